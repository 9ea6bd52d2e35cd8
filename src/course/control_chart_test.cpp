// Goal: the worked example of Montgomery (2013), the laws of the charts, and what they refuse.
#include "course/control_chart.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "course/run_length.h"

namespace evenkeel::course {
namespace {

constexpr double missing = NAN;

// Montgomery (2013), table 9.1: twenty values around 10, then ten around 11; sd 1.
const std::vector<double> montgomery{9.45,  7.99,  9.29,  11.66, 12.16, 10.18, 8.04,  11.46,
                                     9.20,  10.34, 9.03,  11.47, 10.51, 9.40,  10.08, 9.37,
                                     10.62, 10.31, 8.52,  10.84, 10.90, 9.33,  12.29, 11.50,
                                     10.60, 11.08, 10.38, 11.62, 11.31, 10.52};

TEST(ControlChart, CusumAlarmsInPeriod29OfMontgomerysTable) {
    const auto chart = control_chart(montgomery, Baseline{.center = 10, .sd = 1},
                                     {.chart = Chart::cusum, .k = 0.5, .h = 5});
    ASSERT_TRUE(chart.ok());
    ASSERT_TRUE(chart.value().first_up);
    EXPECT_EQ(*chart.value().first_up, 28U);
    EXPECT_NEAR(chart.value().points[28].positive, 5.28, 1e-9);
    EXPECT_FALSE(chart.value().first_down);
}

TEST(ControlChart, EwmaAlarmsInPeriod29OfMontgomerysTable) {
    const auto chart =
        control_chart(montgomery, Baseline{.center = 10, .sd = 1}, {.lambda = 0.1, .limit = 2.7});
    ASSERT_TRUE(chart.ok());
    ASSERT_TRUE(chart.value().first_up);
    EXPECT_EQ(*chart.value().first_up, 28U);
    EXPECT_NEAR(chart.value().points[0].statistic, 9.945, 1e-9);
    EXPECT_NEAR(chart.value().points[0].upper, 10.27, 1e-9);
}

std::vector<double> noise(std::uint64_t seed, std::size_t n) {
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal;
    std::vector<double> values(n);
    for (double& value : values) value = normal(engine);
    return values;
}

TEST(ControlChart, MovingAndStretchingTheScaleMovesAndStretchesTheChart) {
    for (const Chart kind : {Chart::ewma, Chart::cusum, Chart::shewhart}) {
        for (const Dependence dependence : {Dependence::ignore, Dependence::residuals}) {
            const auto values = noise(7, 90);
            auto other = values;
            for (double& value : other) value = 50 + 3 * value;
            const ChartDesign design{.chart = kind, .dependence = dependence, .limit = 2, .h = 3};
            const auto a = control_chart(values, 0, 29, design).value();
            const auto b = control_chart(other, 0, 29, design).value();
            EXPECT_EQ(a.first_alarm, b.first_alarm);
            EXPECT_NEAR(50 + 3 * a.points[60].value, b.points[60].value, 1e-9);
            EXPECT_NEAR(a.points[60].positive, b.points[60].positive, 1e-9);
        }
    }
}

TEST(ControlChart, MissingDaysArePassedOver) {
    auto values = noise(11, 60);
    auto gaps = values;
    for (const std::size_t at : {5U, 6U, 40U, 59U}) {
        values.erase(values.begin() + static_cast<std::ptrdiff_t>(
                                          at - static_cast<std::size_t>(60 - values.size())));
        gaps[at] = missing;
    }
    const auto full = control_chart(values, 0, 17, {}).value();
    const auto gapped = control_chart(gaps, 0, 19, {}).value();
    ASSERT_EQ(full.points.size(), gapped.points.size());
    for (std::size_t i = 0; i < full.points.size(); ++i) {
        EXPECT_EQ(full.points[i].statistic, gapped.points[i].statistic) << i;
    }
    EXPECT_EQ(gapped.points[5].at, 7U);
}

TEST(ControlChart, ResidualsOfADependentSeriesAreIndependent) {
    auto values = noise(3, 4000);
    for (std::size_t i = 1; i < values.size(); ++i) values[i] += 0.6 * values[i - 1];
    const auto chart =
        control_chart(values, 0, 3999, {.dependence = Dependence::residuals}).value();
    EXPECT_NEAR(chart.ar1_used, 0.6, 0.05);
    double products = 0, squares = 0;
    for (std::size_t i = 1; i < chart.points.size(); ++i) {
        const double here = chart.points[i].value - chart.baseline.center;
        products += here * (chart.points[i - 1].value - chart.baseline.center);
        squares += here * here;
    }
    EXPECT_LT(std::abs(products / squares), 0.05);
}

TEST(ControlChart, ManyPeopleAtOnceHaveTheAlarmsOfEachAlone) {
    constexpr std::size_t n_days = 120, n_people = 101, baseline = 30;
    auto values = noise(5, n_days * n_people);
    for (std::size_t i = 0; i < values.size(); i += 13) values[i] = missing;
    for (std::size_t p = 0; p < n_people; p += 2) {
        for (std::size_t d = 60; d < n_days; ++d) values[p * n_days + d] += 1;
    }
    std::vector<int> first(n_people);
    ewma_first_alarms(values, n_days, baseline, 0.2, 2.8, first);
    for (std::size_t p = 0; p < n_people; ++p) {
        const auto chart =
            control_chart(std::span(values).subspan(p * n_days, n_days), 0, baseline - 1,
                          {.spread = Spread::standard_deviation, .lambda = 0.2, .limit = 2.8})
                .value();
        const int alone =
            chart.first_alarm ? static_cast<int>(chart.points[*chart.first_alarm].at) : -1;
        EXPECT_EQ(first[p], alone) << p;
    }
}

TEST(ControlChart, RefusesABaselineWithoutSpreadOrValues) {
    const std::vector<double> same(40, 3.0), none(40, missing);
    EXPECT_EQ(control_chart(same, 0, 19, {}).error().where, "/baseline");
    EXPECT_EQ(control_chart(none, 0, 19, {}).error().where, "/baseline");
    EXPECT_EQ(control_chart(same, 0, 40, {}).error().where, "/baseline");
    const std::vector<double> huge{1, 2, 3, 1e300, INFINITY};
    EXPECT_EQ(control_chart(huge, 0, 2, {.lambda = 0}).error().problems().size(), 3U);
}

TEST(RunLength, ShewhartWithThreeSigmaRunsFor370Days) {
    RunLengthQuestion question{.design = {.chart = Chart::shewhart, .limit = 3}};
    EXPECT_NEAR(average_run_length(question).value(), 370.3983, 1e-3);
    question.design = {.lambda = 1, .limit = 3};
    EXPECT_NEAR(average_run_length(question).value(), 370.3983, 1e-3);
}

TEST(RunLength, TheLimitForARunLengthHasThatRunLength) {
    for (const Chart kind : {Chart::ewma, Chart::cusum, Chart::shewhart}) {
        for (const Sides sides : {Sides::one, Sides::two}) {
            RunLengthQuestion question{.design = {.chart = kind}, .sides = sides};
            const double limit = limit_for(question, 250).value();
            (kind == Chart::cusum ? question.design.h : question.design.limit) = limit;
            EXPECT_NEAR(average_run_length(question).value(), 250, 0.01);
        }
    }
}

// The share of alarms that simulation may miss: 4 standard errors of 1,500 runs of a geometric-like
// length are 10 %.
TEST(RunLength, SimulatedRunsLastAsLongAsDesigned) {
    std::mt19937_64 engine(20);
    std::normal_distribution<double> normal;
    for (const Chart kind : {Chart::ewma, Chart::cusum}) {
        RunLengthQuestion question{.design = {.chart = kind}, .limits = Limits::fixed};
        const double limit = limit_for(question, 100).value();
        (kind == Chart::cusum ? question.design.h : question.design.limit) = limit;
        if (kind == Chart::ewma) question.limits = Limits::varying;
        const double expected = average_run_length(question).value();
        double days = 0;
        constexpr int runs = 1500;
        for (int run = 0; run < runs; ++run) {
            std::vector<double> values(800);
            for (double& value : values) value = normal(engine);
            const auto chart = control_chart(values, Baseline{.sd = 1}, question.design).value();
            days += static_cast<double>(chart.first_alarm.value_or(800)) + 1;
        }
        EXPECT_NEAR(days / runs / expected, 1, 0.1);
    }
}

TEST(RunLength, RefusesWhatNoChartHas) {
    RunLengthQuestion question{.design = {.lambda = 2, .limit = -1}};
    EXPECT_EQ(average_run_length(question).error().problems().size(), 2U);
    question = {.design = {.chart = Chart::cusum}, .limits = Limits::varying};
    EXPECT_EQ(average_run_length(question).error().where, "/limits");
    question = {.design = {.limit = 40}};
    EXPECT_EQ(average_run_length(question).error().fault, Fault::not_converged);
    EXPECT_EQ(limit_for({}, 0.5).error().where, "/arl0");
}

}  // namespace
}  // namespace evenkeel::course
