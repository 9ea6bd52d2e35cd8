// Goal: forecasts hold their intervals on series of the model with missing days, fade to the
// level, and refuse what cannot be forecast.
#include "course/forecast.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace evenkeel::course {
namespace {

// 400 series x 7 days: 4 standard errors of a share of 95 % among dependent days are about 3 %.
TEST(Forecast, IntervalsCoverWhatComes) {
    std::mt19937_64 engine(9);
    std::normal_distribution<double> normal;
    double inside_95 = 0, inside_80 = 0;
    for (int run = 0; run < 400; ++run) {
        std::vector<double> values(97);
        double state = normal(engine);
        for (double& value : values) {
            state = 0.6 * state + 0.8 * normal(engine);
            value = 4 + state + 0.5 * normal(engine);
        }
        std::vector<double> seen(values.begin(), values.begin() + 90);
        for (std::size_t i = 0; i < seen.size(); ++i) {
            if (engine() % 4 == 0) seen[i] = NAN;
        }
        const auto found = forecast(seen, 7).value();
        for (std::size_t d = 0; d < 7; ++d) {
            const auto& day = found.days[d];
            inside_95 += values[90 + d] > day.lower_95 && values[90 + d] < day.upper_95 ? 1 : 0;
            inside_80 += values[90 + d] > day.lower_80 && values[90 + d] < day.upper_80 ? 1 : 0;
        }
    }
    EXPECT_NEAR(inside_95 / 2800, 0.95, 0.03);
    EXPECT_NEAR(inside_80 / 2800, 0.80, 0.05);
}

TEST(Forecast, MovingTheScaleMovesTheForecast) {
    std::mt19937_64 engine(2);
    std::normal_distribution<double> normal;
    std::vector<double> values(60), other(60);
    for (std::size_t i = 0; i < 60; ++i) {
        values[i] = normal(engine);
        other[i] = 20 + 2 * values[i];
    }
    const auto a = forecast(values, 5).value(), b = forecast(other, 5).value();
    EXPECT_NEAR(20 + 2 * a.days[4].upper_95, b.days[4].upper_95, 1e-9);
    EXPECT_EQ(a.ar1, b.ar1);
}

TEST(Forecast, RefusesEveryFaultAtOnce) {
    EXPECT_EQ(forecast(std::vector<double>{1, INFINITY}, 0).error().problems().size(), 3U);
    EXPECT_FALSE(forecast(std::vector<double>(20, 3.0), 5).ok());
}

}  // namespace
}  // namespace evenkeel::course
