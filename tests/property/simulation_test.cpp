// Goal: intervals, charts and warnings keep their word on people whose truth is known: the fast
// form of docs/methods/simulation.md. Method: few draws with a fixed seed; what is asked leaves
// room for two percentage points and three Monte Carlo errors.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "course/run_length.h"
#include "exchange/csv.h"
#include "exchange/input.h"
#include "simulate/draw.h"
#include "simulate/judge.h"

namespace evenkeel {
namespace {

using simulate::Judged;

constexpr std::uint64_t seed = 20'261'127;

void expect_near(const Judged& judged, double nominal) {
    EXPECT_NEAR(judged.value, nominal, 0.02 + 3 * judged.error) << judged.n << " draws";
}

// What real people's answers leave over: one question of the students of Fried et al. (2022).
std::vector<double> real_leftovers() {
    const auto bytes = exchange::read_input(
        EVENKEEL_SOURCE_DIR "/tests/golden/data/timeseries/data/fried2021_beeps.csv");
    const auto table = exchange::parse_csv(bytes.value()).value();
    const auto person = *table.column("person"), worry = *table.column("Worry");
    std::map<std::string, std::vector<double>> people;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const auto cell = table.cell(row, worry);
        people[std::string(table.cell(row, person).value_or(""))].push_back(
            cell ? exchange::parse_number(*cell).value_or(NAN) : NAN);
    }
    std::vector<std::vector<double>> series;
    for (auto& [name, values] : people) series.push_back(std::move(values));
    return simulate::leftovers(series);
}

simulate::DrawDays hard_days() {
    return [left = real_leftovers()](std::size_t n, Random& random) {
        return simulate::draw_hard_days({}, left, n, random);
    };
}

std::vector<double> normal_days(std::size_t n, Random& random) {
    std::vector<double> out(n);
    for (double& value : out) value = simulate::normal(random);
    return out;
}

TEST(Simulation, ForecastsHoldTheirShareOfTheDaysAhead) {
    SeededRandom random{seed};
    for (const auto& draw : {simulate::DrawDays(simulate::draw_steady_diary), hard_days()}) {
        const auto found = simulate::judge_forecast(draw, 250, 60, 7, random);
        expect_near(found.inside_80, 0.8);
        expect_near(found.inside_95, 0.95);
    }
}

TEST(Simulation, BandsOfExpectedResponseHoldTheirShareOfNewPeople) {
    SeededRandom random{seed};
    const auto left = real_leftovers();
    for (const auto& draw :
         {simulate::DrawScores([](Random& r) { return simulate::draw_phq9(10, r); }),
          simulate::DrawScores(
              [&](Random& r) { return simulate::draw_hard_scores(left, 10, r); })}) {
        const auto found = simulate::judge_expected_response(draw, 4, 500, 500, random);
        expect_near(found.inside, 0.8);
        expect_near(found.above, 0.1);
    }
}

TEST(Simulation, ChartsHoldTheirDesignedRunLength) {
    SeededRandom random{seed};
    constexpr double arl = 30;
    for (const auto chart : {course::Chart::ewma, course::Chart::cusum, course::Chart::shewhart}) {
        course::ChartDesign design{.chart = chart};
        const double limit =
            course::limit_for({.design = design,
                               .limits = chart == course::Chart::ewma ? course::Limits::varying
                                                                      : course::Limits::fixed},
                              arl)
                .value();
        (chart == course::Chart::cusum ? design.h : design.limit) = limit;
        const auto found = simulate::judged(simulate::run_lengths(
            normal_days, {.design = design, .longest = 300}, 1500, 1, random));
        EXPECT_NEAR(found.value, arl, 0.05 * arl + 3 * found.error);
    }
}

TEST(Simulation, WarningsAreAsRareAsTheySayWithoutAnyChange) {
    SeededRandom random{seed};
    const auto found = simulate::judge_early_warning(normal_days, 150, 90, 45, 99, 0.05, random);
    expect_near(found.ar1, 0.05);
    expect_near(found.variance, 0.05);
}

}  // namespace
}  // namespace evenkeel
