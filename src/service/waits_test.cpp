// Goal: the forecast is what the waits say, given the wait so far, and nothing where they are
// too few.

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "base/testing.h"
#include "service/waits.h"

namespace evenkeel::service {
namespace {

// Days 1, 2 ... n, all of whom began.
std::vector<Wait> everybody_began(int n) {
    std::vector<Wait> out;
    for (int day = 1; day <= n; ++day) out.push_back({static_cast<double>(day), true});
    return out;
}

TEST(WaitForecast, OfAHundredDaysIsTheTenthAndTheNinetieth) {
    const auto forecast = wait_forecast(everybody_began(100), 0);
    ASSERT_TRUE(forecast);
    EXPECT_EQ(forecast->people, 100u);
    EXPECT_EQ(forecast->began, 100u);
    EXPECT_EQ(forecast->alike, 100u);
    EXPECT_DOUBLE_EQ(forecast->from_days, 10);
    ASSERT_TRUE(forecast->to_days);
    EXPECT_DOUBLE_EQ(*forecast->to_days, 90);
}

// Of the days 51 to 100 the tenth part is over on day 55, nine tenths on day 95.
TEST(WaitForecast, CountsFromTheWaitSoFar) {
    const auto forecast = wait_forecast(everybody_began(100), 50);
    ASSERT_TRUE(forecast);
    EXPECT_EQ(forecast->alike, 50u);
    EXPECT_DOUBLE_EQ(forecast->from_days, 5);
    EXPECT_DOUBLE_EQ(*forecast->to_days, 45);
}

TEST(WaitForecast, WhoStillWaitsMovesItLater) {
    auto waits = everybody_began(40);
    const auto without = wait_forecast(waits, 0);
    for (int i = 0; i < 20; ++i) waits.push_back({40.0, false});
    const auto with = wait_forecast(waits, 0);
    ASSERT_TRUE(without && with);
    EXPECT_GT(with->from_days, without->from_days);
    ASSERT_TRUE(without->to_days);
    EXPECT_FALSE(with->to_days);  // a third of them wait beyond all that is known
}

TEST(WaitForecast, SaysNothingFromTooFew) {
    EXPECT_FALSE(wait_forecast({}, 0));
    EXPECT_FALSE(wait_forecast(everybody_began(static_cast<int>(began_min) - 1), 0));
    EXPECT_TRUE(wait_forecast(everybody_began(static_cast<int>(began_min)), 0));
    // Enough began, but hardly anybody waited as long as this person.
    const auto waits = everybody_began(50);
    EXPECT_TRUE(wait_forecast(waits, 50.0 - static_cast<double>(alike_min)));
    EXPECT_FALSE(wait_forecast(waits, 51.0 - static_cast<double>(alike_min)));
}

// Whoever comes next from the same distribution begins within the interval 8 times of 10.
TEST(WaitForecast, HoldsEightOfTenWhoComeAfter) {
    std::mt19937_64 random{7};
    std::gamma_distribution<double> wait{3, 20};
    int inside = 0, judged = 0;
    for (int service = 0; service < 200; ++service) {
        std::vector<Wait> waits;
        for (int i = 0; i < 150; ++i) {
            const double days = wait(random);
            const double left = wait(random) * 2.5;
            waits.push_back({std::min(days, left), days <= left});
        }
        const double waited = 15;
        double own = 0;
        while (own <= waited) own = wait(random);
        const auto forecast = wait_forecast(waits, waited);
        if (!forecast || !forecast->to_days) continue;
        ++judged;
        inside += own - waited >= forecast->from_days && own - waited <= *forecast->to_days;
    }
    ASSERT_GT(judged, 180);
    // Two standard errors of a share of 0.8 in 180 are 0.06.
    EXPECT_NEAR(static_cast<double>(inside) / judged, 0.8, 0.07);
}

}  // namespace
}  // namespace evenkeel::service
