// Goal: what is known of a person is the latest that was told; a plan has a responsible person and
// a review to come; two people who change it at once lose nothing of each other.

#include "record/plan.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "base/testing.h"

namespace evenkeel::record {
namespace {

using namespace std::chrono_literals;
using care::Role;

const Instant noon = *parse_instant("2026-11-24T12:00:00Z");
const Day today{std::chrono::year{2026} / 11 / 24};

guidance::RuleBook small_book() {
    guidance::RuleBook book;
    book.facts = {{.id = "phq9",
                   .says = "PHQ-9 total",
                   .kind = guidance::FactKind::number,
                   .max = 27,
                   .filled_from = "score.phq-9"},
                  {.id = "age",
                   .says = "age",
                   .kind = guidance::FactKind::number,
                   .min = 18,
                   .max = 120,
                   .filled_from = "born"},
                  {.id = "wants", .says = "wants treatment"},
                  {.id = "response",
                   .says = "response",
                   .kind = guidance::FactKind::choice,
                   .max = 1,
                   .values = {"none", "good"}}};
    book.options = {{.id = "therapy", .name = "Therapy", .is_a = {}, .effects = {}},
                    {.id = "cbt", .name = "CBT", .is_a = 0, .effects = {}},
                    {.id = "walks", .name = "Walks", .is_a = {}, .effects = {}}};
    guidance::Rule rule{.id = "N1", .guideline = "n", .says = "Offer therapy."};
    rule.offers = {{.option = 0, .detail = {}, .when = {}}};
    book.rules = {rule};
    return book;
}

class Plan : public testing::Test {
  protected:
    SeededRandom random{5};
    guidance::RuleBook book = small_book();
    measures::Instrument phq9;
    OrganisationState organisation;
    Id therapist = make_id(), supervisor = make_id(), client = make_id(), item = make_id();
    std::vector<Id> switched_off;
    PersonState state;

    void SetUp() override {
        state.id = make_id();
        state.seq = 1;
        state.person.zone = "Europe/London";
        for (const auto& [id, role] :
             {std::pair{therapist, Role::therapist}, {supervisor, Role::supervisor}}) {
            state.relations.push_back({{id, role}, noon - 24h});
        }
    }
    Id make_id() { return new_id(noon, random); }

    Context context(Instant now) {
        return {
            .now = now,
            .instrument = [this](std::string_view id) { return id == "phq-9" ? &phq9 : nullptr; },
            .instrument_hash = [](std::string_view) { return std::string(); },
            .organisation = organisation,
            .is_active = [this](const Id& id) { return std::ranges::count(switched_off, id) == 0; },
            .rules = &book};
    }
    Result<Decision> write(Body body, Instant at = noon, Role role = Role::therapist) {
        auto decided = decide(state,
                              {.id = make_id(),
                               .stream = state.id,
                               .body = std::move(body),
                               .effective_at = at,
                               .zone = "Europe/London",
                               .supersedes = {},
                               .author = {role == Role::client ? client : therapist, role}},
                              context(at));
        if (!decided.ok()) return decided;
        for (auto& entry : decided.value().entries) {
            entry.seq = state.seq + 1;
            apply(state, entry);
        }
        return decided;
    }
    care::PlanChange begun() {
        care::PlanChange change;
        change.item = item;
        change.problem = "No evening is my own";
        change.goal = care::PlanGoal{.words = "See Sam every week", .steps = {"Call Sam"}};
        change.review_on = today + std::chrono::days{28};
        change.responsible = therapist;
        return change;
    }
    care::PlanChange change_on(std::uint64_t version) {
        care::PlanChange change;
        change.item = item;
        change.based_on = version;
        return change;
    }
    static std::vector<std::string> places(const Result<Decision>& refused) {
        std::vector<std::string> out;
        if (refused.ok()) return out;
        for (const auto& each : refused.error().problems()) out.push_back(each.where);
        return out;
    }
    std::optional<int> known(std::string_view fact) {
        return known_facts(state, book, noon).at(*guidance::fact_named(book, fact));
    }
};

TEST_F(Plan, KnowsTheLatestValueOfAFactAndNothingThatWasTakenBack) {
    const auto tell = [&](std::optional<std::string> value, Instant at) {
        must(write(care::FactsTold{care::ToldBy::client, {{"wants", std::move(value)}}}, at));
    };
    EXPECT_EQ(known("wants"), std::nullopt);
    tell("yes", noon - 3h);
    EXPECT_EQ(known("wants"), 1);
    tell("no", noon - 1h);
    EXPECT_EQ(known("wants"), 0);
    tell("yes", noon - 2h);  // arrives late
    EXPECT_EQ(known("wants"), 0);
    tell(std::nullopt, noon);
    EXPECT_EQ(known("wants"), std::nullopt);
}

TEST_F(Plan, NamesEveryFactThatCannotBeTold) {
    const auto refused = write(care::FactsTold{
        care::ToldBy::clinician,
        {{"wants", "perhaps"}, {"shoe_size", "42"}, {"phq9", "12"}, {"response", "good"}}});
    EXPECT_EQ(places(refused),
              (std::vector<std::string>{"/facts/0/value", "/facts/1/fact", "/facts/2/fact"}));
}

TEST_F(Plan, TakesScoreAndAgeFromTheRecordAndAScoreOnlyFromThisEpisode) {
    state.person.born = Day{std::chrono::year{1990} / 11 / 25};
    EXPECT_EQ(known("age"), 35);  // 36 tomorrow
    state.scores = {{.entry = {}, .at = noon - 24h * 40, .instrument = "phq-9", .total = 21},
                    {.entry = {}, .at = noon - 24h * 9, .instrument = "phq-9", .total = 14}};
    EXPECT_EQ(known("phq9"), std::nullopt);
    state.episode = EpisodeState{.id = {}, .opened_at = noon - 24h * 10, .terms = {}};
    EXPECT_EQ(known("phq9"), 14);
    state.episode->opened_at = noon - 24h * 5;
    EXPECT_EQ(known("phq9"), std::nullopt);
}

TEST_F(Plan, NeedsAProblemAGoalAResponsiblePersonAndAReviewToCome) {
    EXPECT_EQ(places(write(change_on(0))),
              (std::vector<std::string>{"/problem", "/goal", "/review_on", "/responsible"}));
    auto change = begun();
    change.review_on = today - std::chrono::days{1};
    change.responsible = make_id();
    change.measure = "unheard-of";
    change.method = care::PlanMethod{.option = "crystals", .rule = {}, .reason = "why not"};
    EXPECT_EQ(places(write(change)), (std::vector<std::string>{"/method/option", "/measure",
                                                               "/review_on", "/responsible"}));
    EXPECT_FALSE(state.plan);
    change = begun();
    change.review_on = today;
    EXPECT_TRUE(write(change).ok());
    switched_off = {therapist};
    item = make_id();
    EXPECT_EQ(places(write(begun())), std::vector<std::string>{"/responsible"});
}

TEST_F(Plan, NamesTheRuleThatOfferedAMethodOnlyIfItDid) {
    auto change = begun();
    change.method = care::PlanMethod{.option = "walks", .rule = "N1", .reason = "Ruth likes them"};
    EXPECT_EQ(places(write(change)), std::vector<std::string>{"/method/rule"});
    change.method->rule.reset();
    EXPECT_TRUE(write(change).ok());
    auto other = change_on(state.plan->version);
    other.method = care::PlanMethod{.option = "cbt", .rule = "N1", .reason = "a kind of therapy"};
    EXPECT_TRUE(write(other).ok());
}

TEST_F(Plan, MergesChangesOfDifferentPartsAndRefusesThoseThatTouch) {
    must(write(begun()));
    const auto seen = state.plan->version;
    auto first = change_on(seen);
    first.review_on = today + std::chrono::days{14};
    must(write(first));
    auto second = change_on(seen);  // opened before that
    second.measure = "phq-9";
    must(write(second));
    const auto& parts = state.plan->items.front().parts;
    EXPECT_EQ(parts.review_on, today + std::chrono::days{14});
    EXPECT_EQ(parts.measure, "phq-9");

    auto third = change_on(seen);
    third.review_on = today + std::chrono::days{7};
    third.problem = "Evenings";
    const auto refused = write(third);
    EXPECT_EQ(places(refused), std::vector<std::string>{"/review_on"});
    EXPECT_EQ(refused.error().fault, Fault::conflict);
    EXPECT_EQ(parts.problem, "No evening is my own") << "nothing of it is written";
    third.based_on = state.plan->version;
    EXPECT_TRUE(write(third).ok()) << "chosen after looking at both";

    auto ahead = change_on(state.plan->version + 1);
    ahead.problem = "x";
    EXPECT_EQ(places(write(ahead)), std::vector<std::string>{"/based_on"});
}

TEST_F(Plan, TheSameChangeTwiceIsNoNewVersion) {
    must(write(begun()));
    const auto version = state.plan->version;
    auto same = change_on(version);
    same.responsible = therapist;
    must(write(same));
    EXPECT_EQ(state.plan->version, version);
}

TEST_F(Plan, IsAgreedByTheClientOnlyAsItStands) {
    const auto agree = [&](std::uint64_t version) {
        return write(care::PlanAnswer{version, care::PlanConsent::agrees, {}}, noon, Role::client);
    };
    EXPECT_EQ(agree(0).error().fault, Fault::not_found);
    must(write(begun()));
    const auto seen = state.plan->version;
    EXPECT_EQ(write(care::PlanAnswer{seen, care::PlanConsent::agrees, {}}).error().fault,
              Fault::forbidden)
        << "nobody agrees for the client";
    must(agree(seen));
    auto change = change_on(seen);
    change.problem = "Evenings";
    must(write(change));
    EXPECT_NE(state.plan->answer->answer.plan, state.plan->version);
    EXPECT_EQ(agree(seen).error().fault, Fault::conflict);
    const care::PlanAnswer rather{state.plan->version, care::PlanConsent::would_rather, {}};
    EXPECT_EQ(places(write(rather, noon, Role::client)), std::vector<std::string>{"/words"});
}

TEST_F(Plan, KeepsRatingsByTimeAndTheLatestPreference) {
    must(write(begun()));
    must(write(care::GoalRated{item, 4, {}}, noon + 1h, Role::client));
    must(write(care::GoalRated{item, 2, {}}, noon, Role::client));
    const auto& ratings = state.plan->items.front().ratings;
    ASSERT_EQ(ratings.size(), 2U);
    EXPECT_EQ(ratings.back().rating, 4);
    EXPECT_EQ(places(write(care::GoalRated{make_id(), 2, {}})), std::vector<std::string>{"/item"});

    must(
        write(care::Preference{"cbt", care::Wish::does_not_want, "Not again"}, noon, Role::client));
    must(write(care::Preference{"cbt", care::Wish::wants, {}}, noon + 1h));
    ASSERT_EQ(state.preferences.size(), 1U);
    EXPECT_EQ(state.preferences.front().preference.wish, care::Wish::wants);
    EXPECT_FALSE(state.preferences.front().own);
    EXPECT_EQ(places(write(care::Preference{"crystals", care::Wish::wants, {}})),
              std::vector<std::string>{"/option"});
}

}  // namespace
}  // namespace evenkeel::record
