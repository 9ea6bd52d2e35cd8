// Goal: a change is said to be more than chance exactly when the published threshold
// says so, in the scale's own direction, and never without one.

#include <gtest/gtest.h>

#include "guidance/change.h"

namespace evenkeel::guidance {
namespace {

measures::Instrument lower_is_better() {
    measures::Instrument out;
    out.rci = measures::ReliablePoints{6, {}};
    return out;
}

TEST(Change, SixPointsOfThePhqAreMoreThanChanceAndFiveAreNot) {
    const auto instrument = lower_is_better();
    const TimedScore then{Instant{}, 17};
    EXPECT_EQ(change_of_score(then, {Instant{}, 11}, instrument).code, "change.better_than_chance");
    EXPECT_EQ(change_of_score(then, {Instant{}, 12}, instrument).code, "change.could_be_chance");
    EXPECT_EQ(change_of_score(then, {Instant{}, 22}, instrument).code, "change.could_be_chance");
    EXPECT_EQ(change_of_score(then, {Instant{}, 23}, instrument).code, "change.worse_than_chance");
}

TEST(Change, HigherIsBetterTurnsTheWordsRound) {
    auto instrument = lower_is_better();
    instrument.direction = measures::Direction::higher_is_better;
    EXPECT_EQ(change_of_score(TimedScore{Instant{}, 40}, {Instant{}, 52}, instrument).code,
              "change.better_than_chance");
}

TEST(Change, WithoutAThresholdNothingIsSaidAboutChance) {
    auto instrument = lower_is_better();
    instrument.rci.reset();
    EXPECT_EQ(change_of_score(TimedScore{Instant{}, 20}, {Instant{}, 2}, instrument).code,
              "change.unknown_chance");
}

TEST(Change, SleepIsComparedOnlyWhenBothWeeksHaveThreeNights) {
    const Day today = *parse_day("2026-11-24");
    std::vector<NightHours> nights;
    for (int i = 0; i < 3; ++i) nights.push_back({today - std::chrono::days{i}, 5.0});
    for (int i = 8; i < 10; ++i) nights.push_back({today - std::chrono::days{i}, 6.5});
    EXPECT_FALSE(change_of_sleep(nights, today));
    nights.push_back({today - std::chrono::days{10}, 6.5});
    const auto said = change_of_sleep(nights, today);
    ASSERT_TRUE(said);
    EXPECT_EQ(std::get<double>(said->values.at("hours")), 5.0);
    EXPECT_EQ(std::get<double>(said->values.at("before")), 6.5);
}

TEST(Change, HardDaysCountDaysNotTaps) {
    const Day today = *parse_day("2026-11-24");
    EXPECT_FALSE(hard_days({today, today}, today));
    const auto said = hard_days({today, today, today - std::chrono::days{6}}, today);
    ASSERT_TRUE(said);
    EXPECT_EQ(std::get<double>(said->values.at("count")), 2.0);
    EXPECT_FALSE(hard_days({today, today - std::chrono::days{7}}, today));
}

}  // namespace
}  // namespace evenkeel::guidance
