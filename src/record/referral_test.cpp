// Goal: a referral never lies unread, goes only the ways it can go, and the wait is care: its
// signals have an owner, its end ends what was opened for it.

#include "record/referral.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "base/testing.h"

namespace evenkeel::record {
namespace {

using namespace std::chrono_literals;
using care::ReferralMove;
using care::Role;
using care::SignalKind;

const Instant night = *parse_instant("2026-11-24T03:00:00Z");

class Referral : public testing::Test {
  protected:
    SeededRandom random{11};
    Id duty = make_id(), late_duty = make_id(), therapist = make_id(), manager = make_id();
    std::vector<Id> switched_off;
    bool solo = false;
    measures::Instrument phq;
    OrganisationState organisation;
    PersonState state;
    Instant now = night;

    void SetUp() override {
        phq.id = "phq-9";
        state.id = make_id();
        organisation.settings = care::OrganisationSet{.name = "Service", .zone = "Europe/London"};
        organisation.settings->duty = {{late_duty, night + 30h, night + 38h, {}},
                                       {duty, night + 6h, night + 14h, {}}};
        must(write(care::PersonRegistered{.name = "Noor Haddad", .zone = "Europe/London"},
                   {{}, Role::system}));
    }
    Id make_id() { return new_id(night, random); }
    Context context() {
        return {.now = now,
                .instrument = [this](std::string_view id) { return id == phq.id ? &phq : nullptr; },
                .instrument_hash = [](std::string_view) { return std::string("hash"); },
                .organisation = organisation,
                .managers = {manager},
                .solo = solo,
                .is_active =
                    [this](const Id& id) {
                        return std::find(switched_off.begin(), switched_off.end(), id) ==
                               switched_off.end();
                    }};
    }
    Result<Decision> write(Body body, care::Author author) {
        auto decided = decide(state,
                              {.id = make_id(),
                               .stream = state.id,
                               .body = std::move(body),
                               .effective_at = now,
                               .zone = "Europe/London",
                               .supersedes = {},
                               .author = author},
                              context());
        if (!decided.ok()) return decided;
        for (auto& entry : decided.value().entries) {
            entry.seq = state.seq + 1;
            apply(state, entry);
        }
        return decided;
    }
    static care::ReferralReceived asking(care::Thoughts thoughts = care::Thoughts::no) {
        return {.trouble = "I cannot get up.",
                .thoughts = thoughts,
                .phone = "01632 960 001",
                .consent = true};
    }
    Result<Decision> ask(const care::ReferralReceived& body) {
        return write(body, {{}, Role::system});
    }
    static care::ReferralStep step(ReferralMove move) {
        return {.move = move, .text = "In a sentence.", .therapist = {}, .terms = {}};
    }
    care::ReferralStep with_terms(ReferralMove move, int every_days) {
        auto out = step(move);
        out.terms = care::EpisodeTerms{.questionnaire = "phq-9",
                                       .questionnaire_every_days = every_days,
                                       .check_in_every_days = every_days};
        if (move == ReferralMove::assigned) out.therapist = therapist;
        return out;
    }
    Result<Decision> take(const care::ReferralStep& body) {
        return write(body, {duty, Role::duty_clinician});
    }
    void accept() { must(take(with_terms(ReferralMove::accepted, 28))); }
    void expect_refused(const Result<Decision>& result, std::string_view where,
                        Fault fault = Fault::invalid_input) {
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().fault, fault);
        const auto problems = result.error().problems();
        EXPECT_TRUE(
            std::ranges::any_of(problems, [&](const auto& each) { return each.where == where; }))
            << problems.front().where << ": " << problems.front().message;
    }
};

TEST_F(Referral, AtNightGoesToWhoeverIsOnDutyNextAndRaisesSignalsAtOnce) {
    const auto decided = must(ask(asking(care::Thoughts::yes_or_unsure)));
    EXPECT_TRUE(decided.show.help);
    ASSERT_EQ(state.signals.size(), 2u);
    EXPECT_EQ(state.signals[0].kind(), SignalKind::referral_thoughts);
    EXPECT_EQ(care::tier_of(state.signals[0].kind()), care::Tier::safety);
    EXPECT_EQ(state.signals[1].kind(), SignalKind::asked_for_contact);
    for (const auto& each : state.signals) EXPECT_EQ(each.owner, duty);
    EXPECT_EQ(state.in_relation(Role::duty_clinician, now), duty);
}

TEST_F(Referral, WithoutDangerRaisesOneSignalAndShowsNoHelp) {
    const PersonState registered = state;
    for (const auto thoughts : {care::Thoughts::no, care::Thoughts::rather_not_say}) {
        state = registered;
        EXPECT_FALSE(must(ask(asking(thoughts))).show.help);
        ASSERT_EQ(state.signals.size(), 1u);
        EXPECT_EQ(state.signals[0].raised.reason.code, "reason.referral");
    }
}

TEST_F(Referral, PassesOverWhoeverIsSwitchedOffAndEndsAtAManager) {
    switched_off = {duty};
    EXPECT_EQ(intake_of(context()), late_duty);
    organisation.settings->duty.clear();
    EXPECT_TRUE(intake_of(context()).is_nil());
    must(ask(asking(care::Thoughts::yes_or_unsure)));
    for (const auto& each : state.signals) EXPECT_EQ(each.owner, manager);
}

TEST_F(Referral, NamesEverythingThatIsMissing) {
    auto body = asking();
    body.phone.reset();
    body.consent = false;
    body.source = care::ReferralSource::professional;
    const auto refused = ask(body);
    for (const auto where : {"/phone", "/consent", "/referrer"}) expect_refused(refused, where);
    solo = true;
    expect_refused(ask(asking()), "", Fault::conflict);
    EXPECT_FALSE(state.referral);
}

TEST_F(Referral, OfSomebodyWhoWaitsOrIsInCareIsRefused) {
    must(ask(asking()));
    expect_refused(ask(asking()), "", Fault::conflict);
    accept();
    expect_refused(ask(asking()), "", Fault::conflict);
    must(take(with_terms(ReferralMove::assigned, 7)));
    expect_refused(ask(asking()), "", Fault::conflict);
}

// Every move in every stage: what may follow what.
TEST_F(Referral, GoesOnlyTheWaysItCanGo) {
    const std::vector<ReferralMove> moves{ReferralMove::accepted,  ReferralMove::offered,
                                          ReferralMove::preferred, ReferralMove::declined,
                                          ReferralMove::opted_out, ReferralMove::assigned};
    const auto full = [&](ReferralMove move) { return with_terms(move, 7); };
    expect_refused(take(full(ReferralMove::accepted)), "", Fault::conflict);
    const auto allowed_from = [&](PersonState before) {
        std::vector<ReferralMove> out;
        for (const auto move : moves) {
            state = before;
            const auto result = take(full(move));
            if (result.ok()) {
                out.push_back(move);
            } else {
                EXPECT_EQ(result.error().fault, Fault::conflict);
                EXPECT_EQ(result.error().where, "/move");
            }
        }
        state = before;
        return out;
    };
    must(ask(asking()));
    EXPECT_EQ(allowed_from(state), (std::vector{ReferralMove::accepted, ReferralMove::declined,
                                                ReferralMove::opted_out}));
    accept();
    EXPECT_EQ(allowed_from(state),
              (std::vector{ReferralMove::offered, ReferralMove::preferred, ReferralMove::declined,
                           ReferralMove::opted_out, ReferralMove::assigned}));
    const PersonState waiting = state;
    for (const auto end :
         {ReferralMove::declined, ReferralMove::opted_out, ReferralMove::assigned}) {
        state = waiting;
        must(take(full(end)));
        EXPECT_TRUE(allowed_from(state).empty());
    }
}

TEST_F(Referral, AStepNeedsWhatItNeeds) {
    must(ask(asking()));
    expect_refused(take(step(ReferralMove::accepted)), "/terms");
    auto unknown = with_terms(ReferralMove::accepted, 28);
    unknown.terms->questionnaire = "none";
    expect_refused(take(unknown), "/terms/questionnaire");
    auto bare = step(ReferralMove::declined);
    bare.text.reset();
    expect_refused(take(bare), "/text");
    accept();
    for (const auto move : {ReferralMove::offered, ReferralMove::preferred}) {
        bare.move = move;
        expect_refused(take(bare), "/text");
    }
    auto nobody = with_terms(ReferralMove::assigned, 7);
    nobody.therapist.reset();
    expect_refused(take(nobody), "/therapist");
    switched_off = {therapist};
    expect_refused(take(with_terms(ReferralMove::assigned, 7)), "/therapist");
}

TEST_F(Referral, TheWaitHasAMeasureAndItsSilenceAnOwner) {
    must(ask(asking()));
    EXPECT_FALSE(state.episode);
    accept();
    ASSERT_TRUE(state.episode);
    EXPECT_TRUE(state.waits());
    EXPECT_EQ(state.episode->terms.questionnaire_every_days, 28);
    now += 24h * 57;
    const auto silent = must(decide_due(state, {DueKind::silence, state.id, now}, context()));
    ASSERT_EQ(silent.size(), 1u);
    EXPECT_EQ(std::get<care::SignalRaised>(silent[0].body).owner, duty);
}

TEST_F(Referral, AnAssignedPersonHasATherapistANewEpisodeAndNoIntakeAnyMore) {
    must(ask(asking()));
    accept();
    const Id of_the_wait = state.episode->id;
    now += 24h * 30;
    must(take(with_terms(ReferralMove::assigned, 7)));
    EXPECT_EQ(state.referral->stage, ReferralStage::assigned);
    EXPECT_EQ(state.referral->ended_at, now);
    EXPECT_EQ(state.in_relation(Role::therapist, now), therapist);
    EXPECT_NE(state.episode->id, of_the_wait);
    EXPECT_EQ(state.episode->opened_at, now);
    EXPECT_FALSE(state.in_relation(Role::duty_clinician, now));
    // What is open keeps its owner, who keeps access by it.
    EXPECT_TRUE(std::ranges::any_of(relations_of(state), [&](const auto& each) {
        return each.staff == duty && each.basis == care::Basis::signal;
    }));
}

TEST_F(Referral, AfterAnEndNothingIsAskedAndWhatIsOpenStaysOpen) {
    must(ask(asking(care::Thoughts::yes_or_unsure)));
    accept();
    must(take(step(ReferralMove::opted_out)));
    EXPECT_FALSE(state.episode);
    EXPECT_EQ(state.referral->ended_because, "In a sentence.");
    for (const auto& each : state.signals) EXPECT_TRUE(each.open());
    for (const auto& each : dues(state)) EXPECT_EQ(each.kind, DueKind::escalation);
    // Later the same person may come again.
    now += 24h;
    must(ask(asking()));
    EXPECT_EQ(state.referral->stage, ReferralStage::received);
}

TEST_F(Referral, OnlyIntakeTakesSteps) {
    must(ask(asking()));
    for (const auto role :
         {Role::client, Role::therapist, Role::supervisor, Role::prescriber, Role::administrator}) {
        const auto refused = write(step(ReferralMove::declined), {make_id(), role});
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().fault, Fault::forbidden);
    }
    must(write(step(ReferralMove::declined), {manager, Role::manager}));
    EXPECT_EQ(state.referral->stage, ReferralStage::declined);
}

}  // namespace
}  // namespace evenkeel::record
