// Goal: the scoring rules, one sentence each, on small instruments made here; the shipped
// definitions are tested in knowledge/ and against NHANES in tests/golden.
#include "measures/scoring.h"

#include <gtest/gtest.h>

namespace evenkeel::measures {
namespace {

constexpr auto gap = std::nullopt;

const Citation here{"test", "this file", false};

Instrument scale(std::string id, std::size_t n_items, Range values) {
    Instrument out;
    out.id = std::move(id);
    out.title = out.id;
    out.values = values;
    for (std::size_t i = 0; i < n_items; ++i) {
        Item item;
        item.key = std::to_string(i + 1);
        out.items.push_back(item);
    }
    const auto n = static_cast<int>(n_items);
    out.scores = {n * values.min, n * values.max};
    out.scoring_citation = here;
    out.missing.citation = here;
    return out;
}

Instrument phq8() {
    auto out = scale("phq-8", 8, {0, 3});
    out.missing = {MissingPolicy::prorate_mean, 2, {}, here};
    out.bands = {{{0, 9}, "lower", here}, {{10, 24}, "upper", here}};
    return out;
}

Instrument phq9() {
    auto out = scale("phq-9", 9, {0, 3});
    out.missing = {MissingPolicy::prorate_mean, 2, {8}, here};
    out.bands = {{{0, 9}, "lower", here}, {{10, 27}, "upper", here}};
    out.safety_items = {{8, 1, true, here}};
    out.pattern = SymptomPattern{{2, 2, 2, 2, 2, 2, 2, 2, 1}, {0, 1}, 5, 2, "", here};
    out.alternative =
        Alternative{std::make_shared<const Instrument>(phq8()), {0, 1, 2, 3, 4, 5, 6, 7}};
    return out;
}

Score score_of(const Instrument& instrument, const Answers& answers) {
    EXPECT_TRUE(check_definition(instrument).ok()) << instrument.id;
    const auto scored = score(instrument, answers);
    EXPECT_TRUE(scored.ok()) << (scored.ok() ? "" : scored.error().message);
    return scored.value();
}

TEST(Scoring, CompleteAnswersSumToTheTotalWithItsBand) {
    const auto s = score_of(phq9(), {1, 1, 2, 2, 1, 3, 2, 0, 0});
    EXPECT_EQ(s.total, 12);
    EXPECT_EQ(s.band, "upper");
    EXPECT_TRUE(s.scorable);
    EXPECT_FALSE(s.prorated);
    EXPECT_TRUE(s.missing_items.empty());
    EXPECT_TRUE(s.flags.empty());
    EXPECT_FALSE(s.alternative.has_value());
}

TEST(Scoring, UpToTwoMissingItemsTakeTheMeanOfTheRestAndSaySo) {
    const auto s = score_of(phq9(), {gap, 1, 1, 1, 1, 1, 1, gap, 0});
    EXPECT_EQ(s.total, 8);  // 6 * 9 / 7 = 7.71
    EXPECT_TRUE(s.prorated);
    EXPECT_EQ(s.missing_items, (std::vector<std::size_t>{0, 7}));
}

TEST(Scoring, HalvesRoundUp) {
    const auto s = score_of(phq9(), {gap, 1, 1, 1, 1, 0, 0, 0, 0});
    EXPECT_EQ(s.total, 5);  // 4 * 9 / 8 = 4.5
}

TEST(Scoring, ThreeMissingItemsAreNotScorable) {
    const auto s = score_of(phq9(), {gap, gap, gap, 1, 1, 1, 1, 1, 0});
    EXPECT_EQ(s.total, gap);
    EXPECT_EQ(s.band, gap);
    EXPECT_FALSE(s.scorable);
    EXPECT_FALSE(s.prorated);
    EXPECT_FALSE(s.alternative.has_value());
}

TEST(Scoring, Phq9WithoutItemNineHasNoTotalAndOffersThePhq8) {
    const auto s = score_of(phq9(), {2, 2, 2, 2, 2, 2, 2, 2, gap});
    EXPECT_EQ(s.total, gap);
    EXPECT_FALSE(s.scorable);
    ASSERT_TRUE(s.alternative.has_value());
    EXPECT_EQ(*s.alternative, (AlternativeScore{"phq-8", 16, "upper", false}));
    const auto gappy = score_of(phq9(), {2, gap, gap, 2, 2, 2, 2, 2, gap});
    EXPECT_EQ(*gappy.alternative, (AlternativeScore{"phq-8", 16, "upper", true}));
    const auto none = score_of(phq9(), {2, gap, gap, gap, 2, 2, 2, 2, gap});
    EXPECT_EQ(*none.alternative, (AlternativeScore{"phq-8", gap, gap, false}));
}

TEST(Scoring, ThePhq8StandsBesideEveryPhq9WhenAskedFor) {
    const auto asked = alternative_score(phq9(), {1, 1, 1, 1, 1, 1, 1, 1, 3});
    EXPECT_EQ(asked.value()->total, 8);
    EXPECT_FALSE(alternative_score(phq8(), Answers(8, 0)).value().has_value());
}

TEST(Scoring, TheSafetyItemFlagsFromItsThresholdOn) {
    EXPECT_TRUE(score_of(phq9(), {0, 0, 0, 0, 0, 0, 0, 0, 1}).has(Flag::safety_item));
    EXPECT_FALSE(score_of(phq9(), {3, 3, 3, 3, 3, 3, 3, 3, 0}).has(Flag::safety_item));
}

TEST(Scoring, TheSafetyItemLeftOutWhileOthersAreAnsweredIsFlagged) {
    EXPECT_TRUE(score_of(phq9(), {0, gap, gap, gap, gap, gap, gap, gap, gap})
                    .has(Flag::safety_item_left_out));
    EXPECT_FALSE(score_of(phq9(), Answers(9, gap)).has(Flag::safety_item_left_out));
}

TEST(Scoring, TheSafetyFlagStandsEvenWhenNothingCanBeScored) {
    const auto s = score_of(phq9(), {gap, gap, gap, gap, gap, gap, gap, gap, 3});
    EXPECT_FALSE(s.scorable);
    EXPECT_TRUE(s.has(Flag::safety_item));
}

TEST(Scoring, NothingAnsweredIsNotScorable) {
    const auto s = score_of(phq9(), Answers(9, gap));
    EXPECT_FALSE(s.scorable);
    EXPECT_EQ(s.missing_items.size(), 9U);
    EXPECT_TRUE(s.flags.empty());
}

TEST(Scoring, ThePatternNeedsACoreItemAndCountsItemNineFromOne) {
    EXPECT_EQ(score_of(phq9(), {2, 0, 2, 2, 2, 0, 0, 0, 1}).pattern, Pattern::major);
    EXPECT_EQ(score_of(phq9(), {1, 1, 2, 2, 2, 2, 2, 2, 1}).pattern, Pattern::none);
    EXPECT_EQ(score_of(phq9(), {0, 2, 2, 0, 0, 0, 0, 0, 0}).pattern, Pattern::other);
    EXPECT_EQ(score_of(phq9(), {0, 3, 1, 0, 0, 0, 0, 0, 0}).pattern, Pattern::none);
    EXPECT_EQ(score_of(phq9(), {2, 2, 2, 2, 2, 2, 2, gap, 1}).pattern, std::nullopt);
}

TEST(Scoring, ReversedItemsCountFromTheOtherEnd) {
    auto instrument = scale("reversed", 3, {0, 3});
    instrument.items[1].reverse = true;
    EXPECT_EQ(score_of(instrument, {0, 0, 0}).total, 3);
    EXPECT_EQ(score_of(instrument, {1, 3, 2}).total, 3);
}

TEST(Scoring, WithoutAMissingRuleOneGapIsNotScorable) {
    const auto s = score_of(scale("strict", 3, {0, 3}), {1, gap, 1});
    EXPECT_FALSE(s.scorable);
    EXPECT_EQ(s.total, gap);
    EXPECT_FALSE(s.prorated);
}

TEST(Scoring, AMultiplierStretchesTheSum) {
    auto instrument = scale("well-being", 5, {0, 5});
    instrument.multiplier = 4;
    instrument.scores = {0, 100};
    instrument.direction = Direction::higher_is_better;
    EXPECT_EQ(score_of(instrument, {5, 5, 5, 5, 5}).total, 100);
    EXPECT_EQ(score_of(instrument, {1, 2, 3, 4, 0}).total, 40);
}

TEST(Scoring, GroupsCountTheirLargestItem) {
    auto instrument = scale("groups", 4, {0, 3});
    instrument.method = Method::max_groups;
    instrument.groups = {{0, 1}, {2}, {3}};
    instrument.scores = {0, 9};
    EXPECT_EQ(score_of(instrument, {1, 3, 2, 0}).total, 5);
    EXPECT_FALSE(score_of(instrument, {gap, 3, 2, 0}).scorable);
}

TEST(Scoring, SubscalesStandAloneWhereNoTotalIsDefined) {
    auto instrument = scale("subscales", 4, {0, 3});
    instrument.method = Method::subscales_only;
    instrument.subscales = {{"a", "A", {0, 2}, 2, {0, 12}, {{{0, 12}, "all", here}}, {}},
                            {"b", "B", {1, 3}, 2, {0, 12}, {}, {}}};
    const auto s = score_of(instrument, {1, 2, 3, 3});
    EXPECT_EQ(s.total, gap);
    EXPECT_TRUE(s.scorable);
    EXPECT_EQ(s.subscales[0], (SubscaleScore{"a", 8, "all"}));
    EXPECT_EQ(s.subscales[1], (SubscaleScore{"b", 10, gap}));
    const auto gappy = score_of(instrument, {1, gap, 3, 3});
    EXPECT_FALSE(gappy.scorable);
    EXPECT_EQ(gappy.subscales[0].total, 8);
    EXPECT_EQ(gappy.subscales[1].total, gap);
}

TEST(Scoring, AnItemThatDoesNotApplyIsLeftOutWithoutABand) {
    auto instrument = scale("work", 5, {0, 8});
    instrument.items[0].may_not_apply = true;
    instrument.bands = {{{0, 40}, "all", here}};
    const auto s = score_of(instrument, {not_applicable, 8, 8, 8, 8});
    EXPECT_EQ(s.total, 32);
    EXPECT_EQ(s.band, gap);
    EXPECT_FALSE(s.prorated);
    EXPECT_TRUE(s.has(Flag::item_not_applicable));
    EXPECT_FALSE(score(instrument, {8, not_applicable, 8, 8, 8}).ok());
}

TEST(Scoring, EveryAnswerOutOfRangeIsNamedWithItsPlace) {
    const auto r = score(phq9(), {0, 4, 0, -1, 0, 0, 0, 0, 100});
    ASSERT_FALSE(r.ok());
    const auto problems = r.error().problems();
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_EQ(problems[0].where, "/1");
    EXPECT_EQ(problems[0].message, "Give a whole number from 0 to 3, or leave it empty.");
    EXPECT_EQ(problems[1].where, "/3");
    EXPECT_EQ(problems[2].where, "/8");
}

TEST(Scoring, AWrongNumberOfAnswersIsRefused) {
    EXPECT_FALSE(score(phq9(), Answers(8, 0)).ok());
    EXPECT_FALSE(score(phq9(), {}).ok());
}

TEST(Definition, BandsMustCoverTheRangeWithoutGapOrOverlap) {
    auto gappy = phq9();
    gappy.bands = {{{0, 8}, "lower", here}, {{10, 27}, "upper", here}};
    const auto gap_found = check_definition(gappy);
    ASSERT_FALSE(gap_found.ok());
    EXPECT_EQ(gap_found.error().where, "/bands/1/from");
    EXPECT_EQ(gap_found.error().message, "Scores from 9 to 9 have no band.");

    auto overlapping = phq9();
    overlapping.bands = {{{0, 10}, "lower", here}, {{10, 27}, "upper", here}};
    EXPECT_EQ(check_definition(overlapping).error().where, "/bands/1/from");

    auto short_one = phq9();
    short_one.bands = {{{0, 9}, "lower", here}, {{10, 26}, "upper", here}};
    EXPECT_EQ(check_definition(short_one).error().where, "/bands/1/to");
}

TEST(Definition, NamesEveryFaultOfADefinition) {
    auto instrument = phq9();
    instrument.safety_items[0].item = 9;
    instrument.scores = {0, 30};
    instrument.missing.max_missing = 9;
    instrument.rci = ReliablePoints{0, {}};
    instrument.pattern->present_at.pop_back();
    const auto r = check_definition(instrument);
    ASSERT_FALSE(r.ok());
    std::vector<std::string> places;
    for (const auto& problem : r.error().problems()) places.push_back(problem.where);
    EXPECT_EQ(places,
              (std::vector<std::string>{"/scores", "/missing/max_missing", "/pattern/present_at",
                                        "/safety_items/0/item", "/bands/1/to", "/rci/source",
                                        "/rci/page", "/rci/points"}));
}

TEST(Definition, WordingMustBePresentUnlessOnlyScoringShips) {
    auto instrument = scale("words", 1, {0, 1});
    EXPECT_TRUE(check_definition(instrument).ok());
    instrument.licence.status = LicenceStatus::free_to_use;
    EXPECT_EQ(check_definition(instrument).error().problems().size(), 2U);
}

}  // namespace
}  // namespace evenkeel::measures
