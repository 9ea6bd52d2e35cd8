// Goal: indicators and tau on cases that can be done by hand, their laws, and the rate of false
// alarms on series without change.
#include "course/early_warning.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace evenkeel::course {
namespace {

TEST(EarlyWarning, IndicatorsOfFourValuesByHand) {
    // Mean 3; deviations -2 -1 0 3; m2 = 14/4, m3 = 18/4.
    const auto found = rolling_indicators(std::vector<double>{1, 2, 3, 6}, 4);
    EXPECT_NEAR(found.ar1[0], 2.0 / 14, 1e-15);
    EXPECT_NEAR(found.variance[0], 14.0 / 3, 1e-14);
    EXPECT_NEAR(found.skewness[0], 4.5 / std::pow(3.5, 1.5), 1e-14);
}

TEST(EarlyWarning, TauCountsPairsInOrder) {
    EXPECT_NEAR(*kendall_tau(std::vector<double>{1, 2, 3}), 1, 1e-15);
    EXPECT_NEAR(*kendall_tau(std::vector<double>{3, 2, 1}), -1, 1e-15);
    // Pairs 6, of them 1 tied; 4 in order, 1 not: 3 / sqrt(6 * 5).
    EXPECT_NEAR(*kendall_tau(std::vector<double>{1, 2, 2 + 1e-14, 1.5}), 1 / std::sqrt(30.0),
                1e-15);
    EXPECT_FALSE(kendall_tau(std::vector<double>{4, 4, 4}));
    EXPECT_NEAR(*kendall_tau(std::vector<double>{1, NAN, 2, 3}), 1, 1e-15);
}

TEST(EarlyWarning, MovingAndStretchingTheScaleLeavesTheTendency) {
    std::mt19937_64 engine(4);
    std::normal_distribution<double> normal;
    std::vector<double> values(120), other(120);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = normal(engine);
        other[i] = 30 + 5 * values[i];
    }
    for (const Detrend detrend : {Detrend::none, Detrend::linear, Detrend::gaussian}) {
        const EarlyWarningOptions options{.window = 40, .detrend = detrend, .n_surrogates = 50};
        const auto a = early_warning(values, options).value();
        const auto b = early_warning(other, options).value();
        EXPECT_NEAR(*a.ar1.tau, *b.ar1.tau, 1e-12);
        EXPECT_NEAR(*a.variance.p_surrogate, *b.variance.p_surrogate, 1e-12);
        EXPECT_NEAR(25 * a.indicators.variance[30], b.indicators.variance[30], 1e-9);
    }
}

TEST(EarlyWarning, AConstantWindowIsAGapAndTheRestIsUsed) {
    std::vector<double> values(30, 2.0);
    for (std::size_t i = 10; i < 30; ++i) values[i] = static_cast<double>(i * i % 7);
    const auto found = early_warning(values, {.window = 6, .n_surrogates = 20}).value();
    EXPECT_TRUE(std::isnan(found.indicators.ar1[0]));
    EXPECT_EQ(found.indicators.variance[0], 0);
    EXPECT_TRUE(found.ar1.tau && found.ar1.p_surrogate);
}

// 400 series, 5 % level: a share outside 0.02 to 0.09 has a chance below 1 in 500.
TEST(EarlyWarning, SeriesWithoutChangeRaiseFewAlarms) {
    std::mt19937_64 engine(12);
    std::normal_distribution<double> normal;
    int alarms = 0;
    for (int run = 0; run < 400; ++run) {
        std::vector<double> values(80);
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = (i > 0 ? 0.4 * values[i - 1] : 0) + normal(engine);
        }
        const auto found =
            early_warning(values, {.window = 30, .n_surrogates = 99, .seed = engine()}).value();
        alarms += *found.ar1.p_surrogate <= 0.05 ? 1 : 0;
    }
    EXPECT_GT(alarms, 8);
    EXPECT_LT(alarms, 36);
}

TEST(EarlyWarning, RefusesEveryFaultAtOnce) {
    const auto bad =
        early_warning(std::vector<double>{1, NAN, INFINITY}, {.window = 2, .bandwidth = -1});
    ASSERT_FALSE(bad.ok());
    EXPECT_EQ(bad.error().problems().size(), 4U);
    EXPECT_EQ(early_warning(std::vector<double>(9, 1.0), {.window = 4}).error().where, "/values");
    EXPECT_FALSE(early_warning({}, {.window = 3}).ok());
}

}  // namespace
}  // namespace evenkeel::course
