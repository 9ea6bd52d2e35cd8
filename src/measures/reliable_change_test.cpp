// Goal: the published example, then the laws every valid input obeys, then refusals.
#include "measures/reliable_change.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace evenkeel::measures {
namespace {

TEST(ReliableChange, MatchesTheWorkedExampleOfThePaper) {
    const auto r = reliable_change({.before = 32.5, .after = 47.5}, {.sd = 10, .coefficient = 0.80},
                                   Direction::higher_is_better);
    ASSERT_TRUE(r.ok());
    EXPECT_NEAR(r.value().index, 2.37, 0.005);
    EXPECT_EQ(r.value().change, Change::improved);
    EXPECT_NEAR(r.value().threshold, 1.96 * 10 * std::sqrt(0.2) * std::sqrt(2.0), 1e-12);
}

TEST(ReliableChange, TheDirectionDecidesWhatBetterMeans) {
    const Reliability reliability{.sd = 10, .coefficient = 0.80};
    const auto r = reliable_change({32.5, 47.5}, reliability, Direction::lower_is_better);
    EXPECT_EQ(r.value().change, Change::deteriorated);
    EXPECT_GT(r.value().index, 0);
}

TEST(ReliableChange, ExactlyAtTheThresholdIsNotReliable) {
    const Reliability reliability{.sd = 1, .coefficient = 0.5};  // Sdiff = 1
    EXPECT_EQ(reliable_change({0, 1.96}, reliability, Direction::lower_is_better).value().change,
              Change::unchanged);
    EXPECT_EQ(reliable_change({0, 1.97}, reliability, Direction::lower_is_better).value().change,
              Change::deteriorated);
}

TEST(ReliableChange, SwappingTheOccasionsOnlyFlipsTheSign) {
    constexpr std::uint64_t seed = 19910059;
    std::mt19937_64 random{seed};
    std::uniform_real_distribution<double> score(0, 27);
    std::uniform_real_distribution<double> sd(0.5, 12);
    std::uniform_real_distribution<double> coefficient(0, 0.99);
    for (int i = 0; i < 1000; ++i) {
        const double a = score(random);
        const double b = score(random);
        const Reliability rel{sd(random), coefficient(random)};
        const auto there = reliable_change({a, b}, rel, Direction::lower_is_better);
        const auto back = reliable_change({b, a}, rel, Direction::lower_is_better);
        ASSERT_EQ(there.value().index, -back.value().index)
            << "seed " << seed << ": " << a << " " << b;
    }
}

TEST(ReliableChange, RefusesPerfectReliabilityAndSaysWhere) {
    const auto r =
        reliable_change({20, 10}, {.sd = 6, .coefficient = 1.0}, Direction::lower_is_better);
    ASSERT_FALSE(r.ok());
    EXPECT_EQ(r.error().where, "/reliability/coefficient");
}

TEST(ReliableChange, NamesEveryFaultAtOnce) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto r = reliable_change({nan, INFINITY}, {.sd = 0, .coefficient = -0.1},
                                   Direction::lower_is_better);
    ASSERT_FALSE(r.ok());
    ASSERT_EQ(r.error().problems().size(), 4U);
    EXPECT_EQ(r.error().problems()[1].where, "/scores/after");
    EXPECT_EQ(r.error().problems()[2].where, "/reliability/sd");
}

TEST(ChangeBetween, ADropOfThePublishedPointsIsMoreThanChance) {
    const auto change = [](double first, double last) {
        return change_between(first, last, 6, Direction::lower_is_better).value();
    };
    EXPECT_EQ(change(15, 9), Change::improved);
    EXPECT_EQ(change(15, 10), Change::unchanged);
    EXPECT_EQ(change(9, 15), Change::deteriorated);
    EXPECT_EQ(change(9, 14), Change::unchanged);
}

TEST(ChangeBetween, WellBeingRisesWhenItImproves) {
    const auto change = [](double first, double last) {
        return change_between(first, last, 10, Direction::higher_is_better).value();
    };
    EXPECT_EQ(change(40, 50), Change::improved);
    EXPECT_EQ(change(50, 40), Change::deteriorated);
    EXPECT_EQ(change(50, 44), Change::unchanged);
}

TEST(ChangeBetween, RefusesAThresholdOfNothing) {
    const auto r = change_between(1, std::nan(""), 0, Direction::lower_is_better);
    ASSERT_FALSE(r.ok());
    ASSERT_EQ(r.error().problems().size(), 2U);
    EXPECT_EQ(r.error().problems()[0].where, "/last");
    EXPECT_EQ(r.error().problems()[1].where, "/rci_points");
}

}  // namespace
}  // namespace evenkeel::measures
