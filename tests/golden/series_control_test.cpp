// Goal: control charts and average run lengths equal those of R's qcc 2.7 and spc 0.7.2.
// Method: the reference's own series and grids, number for number; alarm days exactly.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "agreement.h"
#include "course/control_chart.h"
#include "course/run_length.h"

namespace evenkeel {
namespace {

using course::Chart;

// Rows of spc_points.csv of one case and kind of spread.
struct Series {
    std::vector<double> days, values;
    std::vector<std::size_t> rows;
    std::size_t baseline = 0;
};

std::map<std::string, Series> series_of(const exchange::CsvTable& points) {
    std::map<std::string, Series> all;
    for (std::size_t row = 0; row < points.n_rows(); ++row) {
        const std::string method = golden::text(points, row, "sd_method");
        Series& series = all[golden::text(points, row, "case") + "/" + method];
        series.days.push_back(golden::number(points, row, "day"));
        series.values.push_back(golden::number(points, row, "x"));
        series.rows.push_back(row);
        series.baseline += golden::number(points, row, "base") == 1 ? 1 : 0;
    }
    return all;
}

double day_of(const Series& series, const course::ControlChart& chart,
              std::optional<std::size_t> index) {
    return index ? series.days[chart.points[*index].at] : NAN;
}

class ControlGolden : public testing::Test {
  protected:
    void compare(const exchange::CsvTable& limits, std::size_t row,
                 const exchange::CsvTable& points, const Series& series) {
        const auto want = [&](const char* column) { return golden::number(limits, row, column); };
        const auto spread = golden::text(limits, row, "sd_method") == "mr"
                                ? course::Spread::moving_range
                                : course::Spread::standard_deviation;
        const auto chart = [&](course::ChartDesign design) {
            design.spread = spread;
            return course::control_chart(series.values, 0, series.baseline - 1, design).value();
        };
        const auto days = [&](const course::ControlChart& made, const std::string& name) {
            days_.add(day_of(series, made, made.first_up), want((name + "_first_up").c_str()));
            days_.add(day_of(series, made, made.first_down), want((name + "_first_down").c_str()));
        };
        const auto ewma = chart({.lambda = want("lambda"), .limit = want("L")});
        const auto shewhart = chart({.chart = Chart::shewhart, .limit = 3});
        const auto cusum =
            chart({.chart = Chart::cusum, .k = want("cusum_k"), .h = want("cusum_h")});
        limits_.add(ewma.baseline.center, want("center"));
        limits_.add(ewma.baseline.sd, want("sd"));
        limits_.add(shewhart.points[0].lower, want("shew_lcl"));
        limits_.add(shewhart.points[0].upper, want("shew_ucl"));
        days(ewma, "ewma");
        days(shewhart, "shew");
        days(cusum, "cusum");
        for (std::size_t i = 0; i < series.rows.size(); ++i) {
            const auto at = [&](const char* column) {
                return golden::number(points, series.rows[i], column);
            };
            points_.add(ewma.points[i].statistic, at("ewma"));
            points_.add(ewma.points[i].lower, at("ewma_lcl"));
            points_.add(ewma.points[i].upper, at("ewma_ucl"));
            points_.add(cusum.points[i].positive, at("cusum_pos"));
            points_.add(cusum.points[i].negative, at("cusum_neg"));
        }
    }
    golden::Deviation limits_, points_, days_;
};

TEST_F(ControlGolden, ChartsEqualThoseOfQcc) {
    REFERENCE_OR_SKIP(limits_file, "timeseries/out/spc_limits_alarms.csv");
    REFERENCE_OR_SKIP(points_file, "timeseries/out/spc_points.csv");
    const auto limits = golden::read_table(limits_file), points = golden::read_table(points_file);
    const auto series = series_of(points);
    for (std::size_t row = 0; row < limits.n_rows(); ++row) {
        const std::string name =
            golden::text(limits, row, "case") + "/" + golden::text(limits, row, "sd_method");
        compare(limits, row, points, series.at(name));
    }
    golden::agree("control charts: centre and limits", "9 series, 2 spreads", limits_, 1e-9);
    golden::agree("control charts: points", "9 series, 2 spreads", points_, 1e-9);
    golden::agree("control charts: first alarms", "9 series, 2 spreads", days_, 0);
}

double length_of(const course::RunLengthQuestion& question) {
    const auto length = course::average_run_length(question);
    return length.ok() ? length.value() : NAN;
}

TEST(RunLengthGolden, EwmaLengthsEqualThoseOfSpc) {
    REFERENCE_OR_SKIP(file, "timeseries/out/arl_ewma_two_sided.csv");
    const auto table = golden::read_table(file);
    golden::Deviation fixed, varying;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        course::RunLengthQuestion question{
            .design = {.lambda = golden::number(table, row, "lambda"),
                       .limit = golden::number(table, row, "L")},
            .shift = golden::number(table, row, "mu")};
        fixed.add(length_of(question), golden::number(table, row, "arl_fix"));
        const double theirs = golden::number(table, row, "arl_vacl");
        if (std::isnan(theirs)) continue;
        question.limits = course::Limits::varying;
        varying.add(length_of(question), theirs);
    }
    golden::agree("run length: EWMA, fixed limits", "512 designs and shifts", fixed, 1e-3);
    golden::agree("run length: EWMA, varying limits", "448 designs and shifts", varying, 1e-3);
}

TEST(RunLengthGolden, CusumLengthsEqualThoseOfSpc) {
    REFERENCE_OR_SKIP(file, "timeseries/out/arl_cusum.csv");
    const auto table = golden::read_table(file);
    golden::Deviation one, two;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        course::RunLengthQuestion question{.design = {.chart = Chart::cusum,
                                                      .k = golden::number(table, row, "k"),
                                                      .h = golden::number(table, row, "h")},
                                           .shift = golden::number(table, row, "mu")};
        two.add(length_of(question), golden::number(table, row, "arl_two"));
        question.sides = course::Sides::one;
        one.add(length_of(question), golden::number(table, row, "arl_one"));
    }
    golden::agree("run length: CUSUM, one-sided", "224 designs and shifts", one, 1e-3);
    golden::agree("run length: CUSUM, two-sided", "224 designs and shifts", two, 1e-3);
}

TEST(RunLengthGolden, CriticalValuesEqualThoseOfSpc) {
    REFERENCE_OR_SKIP(file, "timeseries/out/arl_critical_values.csv");
    const auto table = golden::read_table(file);
    golden::Deviation deviation;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const double par = golden::number(table, row, "par");
        const bool cusum = golden::text(table, row, "chart") == "cusum_one";
        const course::RunLengthQuestion question{
            .design = cusum ? course::ChartDesign{.chart = Chart::cusum, .k = par}
                            : course::ChartDesign{.lambda = par},
            .sides = cusum ? course::Sides::one : course::Sides::two};
        const auto limit = course::limit_for(question, golden::number(table, row, "arl0"));
        deviation.add(limit.ok() ? limit.value() : NAN, golden::number(table, row, "crit"));
    }
    golden::agree("run length: limits for a run length", "45 designs", deviation, 1e-3);
}

}  // namespace
}  // namespace evenkeel
