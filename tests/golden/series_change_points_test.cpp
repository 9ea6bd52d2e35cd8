// Goal: change points are the exact optimum that the reference found by dynamic programming, and
// those of R's changepoint 2.3 where it finds the optimum; the best m changes are strucchange's.
// Method: the reference's own standardized series; places exactly, criteria to 1e-8.
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <cmath>
#include <map>

#include "agreement.h"
#include "course/change_points.h"
#include "course/series.h"

namespace evenkeel {
namespace {

using course::ChangeIn;

std::map<std::string, std::vector<double>> inputs(const std::string& file) {
    const auto table = golden::read_table(file);
    std::map<std::string, std::vector<double>> series;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        series[golden::text(table, row, "series")].push_back(golden::number(table, row, "y"));
    }
    return series;
}

std::string places(const course::ChangePoints& found) {
    return fmt::format("{}", fmt::join(found.locations, " "));
}

course::Penalty penalty_of(const std::string& name, ChangeIn change, std::size_t n, double value) {
    if (name == "BIC") return course::bic_penalty(change, n);
    if (name == "MBIC") return course::mbic_penalty(change, n);
    if (name == "AIC") return course::aic_penalty(change);
    return {.per_change = value};
}

TEST(ChangePointsGolden, AreTheExactOptimum) {
    REFERENCE_OR_SKIP(file, "timeseries/out/changepoints_exact_dp.csv");
    REFERENCE_OR_SKIP(series_file, "timeseries/out/changepoint_input_series.csv");
    const auto table = golden::read_table(file);
    auto series = inputs(series_file);
    // Whole-number answers have optima that tie: which one a program finds hangs on the last
    // digit, and the file of inputs is rounded. So the series is standardized from its source.
    REFERENCE_OR_SKIP(beeps_file, "timeseries/data/kossakowski_beeps.csv");
    const auto beeps = golden::read_table(beeps_file);
    std::vector<double> answers;
    for (std::size_t row = 0; row < beeps.n_rows(); ++row) {
        const double answer = golden::number(beeps, row, "mood_down");
        if (!std::isnan(answer)) answers.push_back(answer);
    }
    series["beeps_mood_down"] = course::standardized(answers).value();
    golden::Deviation criterion, other_places;
    const std::map<std::string, ChangeIn> changes{{"mean", ChangeIn::mean},
                                                  {"var", ChangeIn::variance},
                                                  {"meanvar", ChangeIn::mean_and_variance}};
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const std::string name = golden::text(table, row, "series");
        const ChangeIn change = changes.at(golden::text(table, row, "what"));
        // Constant stretches: there the smallest variance allowed decides, not the data.
        if (name == "daily_pat_worry" && change == ChangeIn::mean_and_variance) continue;
        const auto& values = series.at(name);
        const auto penalty = penalty_of(golden::text(table, row, "penalty"), change, values.size(),
                                        golden::number(table, row, "pen_value"));
        EXPECT_NEAR(penalty.per_change, golden::number(table, row, "pen_value"), 1e-9);
        const auto min_length = static_cast<std::size_t>(golden::number(table, row, "minseglen"));
        for (const auto& found :
             {course::change_points(values, change, penalty, min_length),
              course::change_points_by_all_pairs(values, change, penalty, min_length)}) {
            ASSERT_TRUE(found.ok());
            criterion.add(found.value().criterion, golden::number(table, row, "total_exact"));
            const bool same = places(found.value()) == golden::text(table, row, "cpts_exact");
            other_places.add(same ? 0 : 1, 0);
            EXPECT_TRUE(same) << name << " " << golden::text(table, row, "what") << " "
                              << golden::text(table, row, "penalty") << ": "
                              << places(found.value());
        }
    }
    golden::agree("change points: criterion", "7 series, 3 kinds, 4 penalties", criterion, 1e-8);
    golden::agree("change points: places", "7 series, 3 kinds, 4 penalties", other_places, 0);
}

TEST(ChangePointsGolden, BestChangesOfTheMeanEqualThoseOfStrucchange) {
    REFERENCE_OR_SKIP(file, "timeseries/out/optimal_partition_strucchange.csv");
    REFERENCE_OR_SKIP(series_file, "timeseries/out/changepoint_input_series.csv");
    const auto table = golden::read_table(file);
    const auto series = inputs(series_file);
    golden::Deviation squares, other_places;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const auto found =
            course::best_mean_changes(series.at(golden::text(table, row, "series")),
                                      static_cast<std::size_t>(golden::number(table, row, "m")),
                                      static_cast<std::size_t>(golden::number(table, row, "h")));
        ASSERT_TRUE(found.ok()) << found.error().message;
        squares.add(found.value().criterion, golden::number(table, row, "rss"));
        other_places.add(places(found.value()) == golden::text(table, row, "breaks") ? 0 : 1, 0);
    }
    golden::agree("change points: best m, sum of squares", "6 series, m = 0 to 5", squares, 1e-9);
    golden::agree("change points: best m, places", "6 series, m = 0 to 5", other_places, 0);
}

}  // namespace
}  // namespace evenkeel
