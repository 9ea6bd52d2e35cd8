// Goal: a signal goes to somebody who can see it, and never to the one it tells of.

#include <gtest/gtest.h>

#include "base/random.h"
#include "record/signals.h"

namespace evenkeel::record {
namespace {

using namespace std::chrono_literals;
using care::Role;

const Instant noon = *parse_instant("2026-11-24T12:00:00Z");

class Owner : public testing::Test {
  protected:
    SeededRandom random{7};
    Id therapist = make_id(), second = make_id(), duty = make_id(), backup = make_id();
    Id manager = make_id();
    std::vector<Id> switched_off;
    OrganisationState organisation;
    PersonState state;

    void SetUp() override {
        state.id = make_id();
        state.seq = 1;
        state.person.zone = "Europe/London";
        relate(therapist, Role::therapist);
        relate(backup, Role::supervisor);
        organisation.settings = care::OrganisationSet{.name = "Service", .zone = "Europe/London"};
        organisation.settings->duty = {{duty, noon - 24h, noon + 24h * 30, {}}};
    }
    Id make_id() { return new_id(noon, random); }
    void relate(const Id& staff, Role role) {
        state.relations.push_back({{staff, role}, noon - 24h});
    }
    Context context(Instant now = noon) {
        return {.now = now,
                .instrument = [](std::string_view) { return nullptr; },
                .instrument_hash = [](std::string_view) { return std::string(); },
                .organisation = organisation,
                .managers = {manager},
                .is_active =
                    [this](const Id& id) {
                        return std::find(switched_off.begin(), switched_off.end(), id) ==
                               switched_off.end();
                    }};
    }
    Result<Decision> open(const Id& staff, Role role, Instant at = noon, const Id& as = {}) {
        return decide(state,
                      {.id = make_id(),
                       .stream = state.id,
                       .body = care::RelationStarted{{.staff = as.is_nil() ? staff : as,
                                                      .basis = care::Basis::emergency,
                                                      .reason = "A call came in"}},
                       .effective_at = at,
                       .zone = "Etc/UTC",
                       .supersedes = {},
                       .author = {staff, role}},
                      context(at));
    }
    void append(std::vector<Entry> entries) {
        for (auto& entry : entries) {
            entry.seq = state.seq + 1;
            apply(state, entry);
        }
    }
};

TEST_F(Owner, OfANewSignalIsNotATherapistWhoIsSwitchedOff) {
    EXPECT_EQ(owner_of(state, context()), therapist);
    switched_off = {therapist};
    EXPECT_EQ(owner_of(state, context()), duty);
    relate(second, Role::therapist);
    EXPECT_EQ(owner_of(state, context()), second);
    switched_off = {therapist, second, duty};
    EXPECT_EQ(owner_of(state, context()), backup);
    switched_off.push_back(backup);
    EXPECT_EQ(owner_of(state, context()), manager);
}

TEST_F(Owner, AnEscalatedSignalPassesOverWhoeverIsSwitchedOff) {
    switched_off = {duty};
    EXPECT_EQ(owner_at_level(state, 1, context()), backup);
    EXPECT_EQ(owner_at_level(state, 2, context()), manager);
}

TEST_F(Owner, AccessInAnEmergencyLastsADayAndTellsTheTherapist) {
    const Id other = make_id();
    auto opened = open(other, Role::prescriber);
    ASSERT_TRUE(opened.ok());
    append(opened.value().entries);
    const auto& access = state.relations.back();
    EXPECT_EQ(access.until, noon + 24h);
    EXPECT_TRUE(access.current(noon + 24h - 1min));
    EXPECT_FALSE(access.current(noon + 24h));
    ASSERT_EQ(state.signals.size(), 1u);
    EXPECT_EQ(state.signals[0].kind(), care::SignalKind::emergency_access);
    EXPECT_EQ(state.signals[0].owner, therapist);
    EXPECT_EQ(looked_in(state.signals[0]), other);
    // It makes nobody a backup, and an end of the relation does not touch it.
    EXPECT_FALSE(state.in_relation(Role::duty_clinician, noon));
    append({Entry{.stream = state.id,
                  .effective_at = noon + 1h,
                  .body = care::RelationEnded{other, Role::duty_clinician}}});
    EXPECT_EQ(state.relations.back().until, noon + 24h);
}

TEST_F(Owner, NobodyIsToldOfTheOwnAccess) {
    switched_off = {therapist};
    auto opened = open(duty, Role::duty_clinician);
    ASSERT_TRUE(opened.ok());
    append(opened.value().entries);
    ASSERT_EQ(state.signals.size(), 1u);
    EXPECT_EQ(state.signals[0].owner, backup);
    switched_off.clear();
    state.signals[0].owner = therapist;
    const auto late = *state.signals[0].due + 1min;
    const auto escalated = decide_due(
        state, {DueKind::escalation, state.signals[0].raised.signal, late}, context(late));
    ASSERT_TRUE(escalated.ok());
    ASSERT_EQ(escalated.value().size(), 1u);
    EXPECT_EQ(std::get<care::SignalEscalated>(escalated.value()[0].body).owner, backup);
}

TEST_F(Owner, AccessInAnEmergencyIsForOneselfAndForThoseWithoutAccess) {
    EXPECT_EQ(open(make_id(), Role::prescriber, noon, backup).error().fault, Fault::forbidden);
    EXPECT_EQ(open(therapist, Role::therapist).error().fault, Fault::conflict);
    const Id other = make_id();
    append(open(other, Role::specialist).value().entries);
    EXPECT_EQ(open(other, Role::specialist, noon + 23h).error().fault, Fault::conflict);
    EXPECT_TRUE(open(other, Role::specialist, noon + 25h).ok());
    for (const auto role : {Role::client, Role::supporter, Role::manager, Role::administrator}) {
        EXPECT_EQ(open(make_id(), role).error().fault, Fault::forbidden) << name_of(role);
    }
}

TEST_F(Owner, WhoeverStandsInComesFirstUntilTheDayAgreed) {
    state.relations.push_back(
        {{second, Role::therapist, care::Basis::cover, noon + 48h, "On leave"}, noon});
    EXPECT_EQ(owner_of(state, context()), second);
    EXPECT_EQ(owner_of(state, context(noon + 48h)), therapist);
    append({Entry{.stream = state.id,
                  .effective_at = noon + 1h,
                  .body = care::RelationEnded{second, Role::therapist}}});
    EXPECT_EQ(owner_of(state, context(noon + 1h)), therapist);
    EXPECT_EQ(owner_of(state, context(noon)), second);
}

TEST_F(Owner, ARelationSaysUntilWhenAndOnlyTheTeamGivesOne) {
    const auto give = [&](care::Relation relation, Role by = Role::therapist) {
        return decide(state,
                      {.id = make_id(),
                       .stream = state.id,
                       .body = care::RelationStarted{std::move(relation)},
                       .effective_at = noon,
                       .zone = "Etc/UTC",
                       .supersedes = {},
                       .author = {therapist, by}},
                      context());
    };
    const auto where = [](const Result<Decision>& decided) {
        return decided.ok() ? "decided" : decided.error().where;
    };
    EXPECT_TRUE(give({second}).ok());
    EXPECT_TRUE(give({second}, Role::manager).ok());
    EXPECT_TRUE(give({second, Role::therapist, care::Basis::cover, noon + 1h}).ok());
    EXPECT_EQ(where(give({second, Role::therapist, care::Basis::cover})), "/until");
    EXPECT_EQ(where(give({second, Role::therapist, care::Basis::assigned, noon})), "/until");
    EXPECT_EQ(where(give({second, Role::therapist, care::Basis::signal})), "/basis");
    for (const auto by : {Role::supervisor, Role::prescriber, Role::specialist,
                          Role::duty_clinician, Role::group_co_leader, Role::client}) {
        EXPECT_EQ(give({second}, by).error().fault, Fault::forbidden) << name_of(by);
    }
}

TEST_F(Owner, OfASignalStandsInARelationAsLongAsItIsOpen) {
    append(open(make_id(), Role::prescriber).value().entries);
    const auto of_signal = [&] {
        std::vector<Id> out;
        for (const auto& each : relations_of(state)) {
            if (each.basis == care::Basis::signal) out.push_back(each.staff);
        }
        return out;
    };
    EXPECT_EQ(of_signal(), std::vector{therapist});
    append(open(make_id(), Role::specialist).value().entries);
    EXPECT_EQ(of_signal(), std::vector{therapist}) << "one, however many signals";
    for (auto& each : state.signals) each.life = SignalLife::closed;
    EXPECT_TRUE(of_signal().empty());
}

TEST_F(Owner, WhoIsSwitchedOffHandsOverEveryOpenSignalAndKeepsTheTime) {
    append(open(make_id(), Role::prescriber).value().entries);
    append(open(make_id(), Role::specialist).value().entries);
    state.signals[0].life = SignalLife::closed;
    const auto due = state.signals[1].due;
    switched_off = {therapist};
    append(hand_over(state, therapist, context(noon + 1h)));
    EXPECT_EQ(state.signals[0].owner, therapist) << "closed";
    EXPECT_EQ(state.signals[1].owner, duty);
    EXPECT_EQ(state.signals[1].escalation, 1);
    EXPECT_EQ(state.signals[1].due, due);
    EXPECT_TRUE(hand_over(state, therapist, context(noon + 1h)).empty());
    relate(second, Role::therapist);
    switched_off.push_back(duty);
    append(hand_over(state, duty, context(noon + 1h)));
    EXPECT_EQ(state.signals[1].owner, backup) << "it has gone up already";
    switched_off.push_back(backup);
    append(hand_over(state, backup, context(noon + 1h)));
    EXPECT_EQ(state.signals[1].owner, manager);
    EXPECT_EQ(state.signals[1].escalation, 2);
}

// Whoever is switched off, and whoever opens: the signal is with somebody who can see it and
// is not told of the own access, at every level.
TEST_F(Owner, IsAlwaysSomebodyElseWhoCanSignIn) {
    relate(second, Role::therapist);
    const std::vector<Id> staff{therapist, second, duty, backup};
    for (int i = 0; i < 1000; ++i) {
        switched_off.clear();
        for (const Id& each : staff) {
            if (random.next() % 2 == 0) switched_off.push_back(each);
        }
        const Id who = staff[random.next() % staff.size()];
        const auto off = [&](const Id& id) {
            return std::find(switched_off.begin(), switched_off.end(), id) != switched_off.end();
        };
        for (const Id& owner :
             {owner_of(state, context(), who), owner_at_level(state, 1, context(), who),
              owner_at_level(state, 2, context(), who)}) {
            EXPECT_FALSE(owner.is_nil()) << i;
            EXPECT_FALSE(off(owner)) << i;
            EXPECT_NE(owner, who) << i;
        }
    }
}

}  // namespace
}  // namespace evenkeel::record
