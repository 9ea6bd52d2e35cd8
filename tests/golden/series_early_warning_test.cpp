// Goal: early-warning indicators and Kendall's tau equal those of base R 4.2.2 (acf, var, ksmooth,
// cor.test). Method: the reference's series, built from its data as its script does.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "agreement.h"
#include "course/early_warning.h"

namespace evenkeel {
namespace {

using course::Detrend;

// Observed values of a column in order, up to `last_day`.
std::vector<double> observed(const exchange::CsvTable& table, const std::string& column,
                             double last_day) {
    std::vector<double> values;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const double value = golden::number(table, row, column);
        if (!std::isnan(value) && golden::number(table, row, "day") <= last_day) {
            values.push_back(value);
        }
    }
    return values;
}

std::map<std::string, std::vector<double>> all_series(const std::string& days,
                                                      const std::string& beeps) {
    const auto daily = golden::read_table(days), beep = golden::read_table(beeps);
    std::map<std::string, std::vector<double>> series;
    for (const std::string name : {"mood_down", "pat_worry", "mood_cheerf"}) {
        series["daily_" + name] = observed(daily, name, 127);
        series["daily_full_" + name] = observed(daily, name, 1e9);
    }
    series["beep_mood_down"] = observed(beep, "mood_down", 127);
    return series;
}

const std::map<std::string, Detrend> kinds{
    {"none", Detrend::none}, {"linear", Detrend::linear}, {"gauss", Detrend::gaussian}};

course::EarlyWarning analysed(const std::vector<double>& values, const std::string& kind,
                              double window) {
    return course::early_warning(values, {.window = static_cast<std::size_t>(window),
                                          .detrend = kinds.at(kind),
                                          .n_surrogates = 0})
        .value();
}

class EarlyWarningGolden : public testing::Test {
  protected:
    void compare(const std::map<std::string, std::vector<double>>& series,
                 const std::string& kendall_file, const std::string& points_file,
                 const std::string& kind, golden::Deviation& untied, golden::Deviation& tied,
                 golden::Deviation& points) {
        const auto kendall = golden::read_table(kendall_file);
        for (std::size_t row = 0; row < kendall.n_rows(); ++row) {
            if (golden::text(kendall, row, "detrend") != kind) continue;
            const auto found = analysed(series.at(golden::text(kendall, row, "series")), kind,
                                        golden::number(kendall, row, "window"));
            const std::string indicator = golden::text(kendall, row, "indicator");
            const double want = golden::number(kendall, row, "kendall_tau");
            // Windows of whole-number answers repeat the same values in another order. They are
            // ties here; the reference ranks them by the rounding of their sums.
            golden::Deviation& tau =
                golden::text(kendall, row, "series") == "beep_mood_down" ? tied : untied;
            if (indicator == "ac1_acf") tau.add(found.ar1.tau.value(), want);
            if (indicator == "var") tau.add(found.variance.tau.value(), want);
            if (indicator == "skew") tau.add(found.skewness.tau.value(), want);
        }
        const auto table = golden::read_table(points_file);
        std::string current;
        course::EarlyWarning found;
        for (std::size_t row = 0; row < table.n_rows(); ++row) {
            if (golden::text(table, row, "detrend") != kind) continue;
            const std::string name = golden::text(table, row, "series");
            const double window = golden::number(table, row, "window");
            if (name + std::to_string(window) != current) {
                current = name + std::to_string(window);
                found = analysed(series.at(name), kind, window);
            }
            const auto at =
                static_cast<std::size_t>(golden::number(table, row, "end_index") - window);
            points.add(found.indicators.ar1[at], golden::number(table, row, "ac1_acf"));
            points.add(found.indicators.variance[at], golden::number(table, row, "var"));
            points.add(found.indicators.skewness[at], golden::number(table, row, "skew"));
        }
    }
};

TEST_F(EarlyWarningGolden, IndicatorsAndTauEqualThoseOfR) {
    REFERENCE_OR_SKIP(kendall, "timeseries/out/ews_kendall.csv");
    REFERENCE_OR_SKIP(points_file, "timeseries/out/ews_points.csv");
    REFERENCE_OR_SKIP(days, "timeseries/data/kossakowski_daily.csv");
    REFERENCE_OR_SKIP(beeps, "timeseries/data/kossakowski_beeps.csv");
    const auto series = all_series(days, beeps);
    for (const std::string kind : {"none", "linear", "gauss"}) {
        golden::Deviation tau, tied, points;
        compare(series, kendall, points_file, kind, tau, tied, points);
        const double tolerance = kind == "gauss" ? 1e-6 : 1e-9;
        golden::agree("early warning: Kendall's tau, " + kind, "6 series, 2 windows", tau,
                      tolerance);
        golden::agree("early warning: Kendall's tau among ties, " + kind, "whole-number beeps",
                      tied, 5e-4);
        if (points.compared() == 0) continue;  // the reference lists no points of linear residuals
        golden::agree("early warning: indicators, " + kind, "4 series, 2 windows", points,
                      tolerance);
    }
}

}  // namespace
}  // namespace evenkeel
