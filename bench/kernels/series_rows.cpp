// pelt_bic, pelt_mbic, pelt_meanvar, ewma, rolling, gvar, var1000, mlvar: series of days.
#include <array>
#include <cmath>
#include <numeric>

#include "course/change_points.h"
#include "course/control_chart.h"
#include "course/early_warning.h"
#include "course/multilevel_var.h"
#include "course/network.h"
#include "course/series.h"
#include "kernel_bench.h"

namespace evenkeel::bench {

static std::vector<double> noise(std::size_t n, std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal;
    std::vector<double> values(n);
    for (double& value : values) value = normal(engine);
    return values;
}

// 100,000 values, a step of one sd after each thousand.
static void changes(const KernelBench& bench) {
    using course::ChangeIn;
    if (!bench.wants_any({"pelt_bic", "pelt_mbic", "pelt_meanvar"})) return;
    auto steps = noise(100'000, 3);
    for (std::size_t i = 0; i < steps.size(); ++i) steps[i] += static_cast<double>(i / 1000 % 2);
    bench.leave("steps", steps);
    const auto search = [&](const char* row, ChangeIn change, course::Penalty penalty,
                            std::size_t min_length) {
        course::ChangePoints found;
        bench.time(row, [&] {
            found = course::change_points(steps, change, penalty, min_length).value();
        });
        bench.answer(row, "changes", static_cast<double>(found.locations.size()));
        bench.answer(row, "criterion", found.criterion);
    };
    search("pelt_bic", ChangeIn::mean, course::bic_penalty(ChangeIn::mean, steps.size()), 1);
    search("pelt_mbic", ChangeIn::mean, course::mbic_penalty(ChangeIn::mean, steps.size()), 1);
    search("pelt_meanvar", ChangeIn::mean_and_variance,
           course::mbic_penalty(ChangeIn::mean_and_variance, steps.size()), 2);
}

static void charts(const KernelBench& bench) {
    if (!bench.wants_any({"ewma", "rolling"})) return;
    constexpr std::size_t n_days = 180, n_people = 10'000, n_rolled = 200, window = 60;
    const auto people = noise(n_days * n_people, 4);
    bench.leave("people", people);
    std::vector<int> first(n_people);
    bench.time("ewma", [&] { course::ewma_first_alarms(people, n_days, 42, 0.2, 3, first); });
    const auto alarms = std::count_if(first.begin(), first.end(), [](int day) { return day > 0; });
    bench.answer("ewma", "alarms", static_cast<double>(alarms));
    std::vector<double> taus(n_rolled);
    bench.time("rolling", [&] {
        bench.workers->each(numerics::parts_of(n_rolled, 8), [&](std::size_t part) {
            const auto n_parts = numerics::parts_of(n_rolled, 8);
            for (auto i = numerics::part_begin(n_rolled, n_parts, part);
                 i < numerics::part_begin(n_rolled, n_parts, part + 1); ++i) {
                const auto found = course::rolling_indicators(
                    std::span(people).subspan(i * n_days, n_days), window);
                taus[i] = *course::kendall_tau(found.ar1) + *course::kendall_tau(found.variance);
            }
        });
    });
    double sum = 0;
    for (const double tau : taus) sum += tau;
    bench.answer("rolling", "sum_of_taus", sum);
}

// Six states of one person: 870 pairs of moments.
static void graphical(const KernelBench& bench) {
    if (!bench.wants("gvar")) return;
    const auto table = bench.table("timeseries/data/kossakowski_beeps.csv");
    std::vector<double> values;
    for (const auto* name :
         {"mood_cheerf", "mood_down", "mood_anxious", "pat_worry", "mood_relaxed", "phy_tired"}) {
        auto column = numbers(table, name);
        const auto seen = course::observed_of(column);
        const auto z = course::standardized(seen.values).value();
        for (std::size_t i = 0; i < z.size(); ++i) column[seen.positions[i]] = z[i];
        values.insert(values.end(), column.begin(), column.end());
    }
    const auto days = numbers(table, "day");
    const std::vector<long> group(days.begin(), days.end());
    const auto pairs = course::lagged_pairs(values, 6, group, numbers(table, "beep"));
    course::GraphicalVarFit fit;
    bench.time("gvar", [&] { fit = course::graphical_var(pairs, {}, *bench.workers).value(); });
    bench.answer("gvar", "pairs", static_cast<double>(pairs.n));
    bench.answer("gvar", "ebic", fit.ebic);
    bench.answer("gvar", "lambda_beta", fit.lambda_beta);
}

// 1,000 people with 56 moments of four states each.
static void personal(const KernelBench& bench) {
    if (!bench.wants("var1000")) return;
    constexpr std::size_t n_people = 1000, n = 55, p = 4;
    const auto values = noise(n_people * (n + 1) * p, 5);
    bench.leave("networks", values);
    std::vector<course::LaggedPairs> pairs(n_people);
    for (std::size_t i = 0; i < n_people; ++i) {
        pairs[i] = {.n = n, .n_variables = p, .before = {}, .after = {}};
        for (std::size_t j = 0; j < p; ++j) {
            const auto* column = values.data() + (i * p + j) * (n + 1);
            pairs[i].before.insert(pairs[i].before.end(), column, column + n);
            pairs[i].after.insert(pairs[i].after.end(), column + 1, column + n + 1);
        }
    }
    std::vector<double> coefficients(n_people * p * (p + 1));
    bench.time("var1000", [&] {
        const auto n_parts = numerics::parts_of(n_people, 64);
        bench.workers->each(n_parts, [&](std::size_t part) {
            for (auto i = numerics::part_begin(n_people, n_parts, part);
                 i < numerics::part_begin(n_people, n_parts, part + 1); ++i) {
                const auto out = std::span(coefficients).subspan(i * p * (p + 1), p * (p + 1));
                if (!course::var_coefficients(pairs[i], out)) std::abort();
            }
        });
    });
    double sum = 0;
    for (const double x : coefficients) sum += x * x;
    bench.answer("var1000", "sum_of_squares", sum);
}

// 79 students, four states.
static void group(const KernelBench& bench) {
    if (!bench.wants("mlvar")) return;
    const auto table = bench.table("timeseries/data/fried2021_beeps.csv");
    const std::vector<std::string> names{"Worry", "Nervous", "Anhedonia", "Alone"};
    std::vector<double> values;
    for (const auto& name : names) {
        const auto column = numbers(table, name);
        values.insert(values.end(), column.begin(), column.end());
    }
    const auto people = numbers(table, "person"), days = numbers(table, "day");
    const std::vector<long> person(people.begin(), people.end());
    std::vector<long> day;
    for (std::size_t row = 0; row < person.size(); ++row) {
        day.push_back(person[row] * 1000 + std::lround(days[row]));
    }
    const auto beep = numbers(table, "beep");
    course::MultilevelVar fit;
    bench.time("mlvar", [&] {
        fit = course::multilevel_var({.variables = names,
                                      .values = values,
                                      .person = person,
                                      .group = day,
                                      .moment = beep})
                  .value();
    });
    bench.answer("mlvar", "worry_to_worry", *fit.effects[0].estimate);
    bench.answer("mlvar", "worry_to_nervous", *fit.effects[1].estimate);
}

// What memory gives: 256 MB read once, by all threads.
static void memory(const KernelBench& bench) {
    if (!bench.wants("memory")) return;
    const std::vector<double> block(32'000'000, 1.0);
    const auto n_parts = numerics::parts_of(block.size(), 1 << 16);
    std::vector<double> sums(n_parts);
    bench.time("memory", [&] {
        bench.workers->each(n_parts, [&](std::size_t part) {
            const auto from = numerics::part_begin(block.size(), n_parts, part);
            const auto to = numerics::part_begin(block.size(), n_parts, part + 1);
            std::array<double, 16> sum{};
            for (auto i = from; i + sum.size() <= to; i += sum.size()) {
                for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += block[i + k];
            }
            sums[part] = std::accumulate(sum.begin(), sum.end(), 0.0);
        });
    });
    bench.answer("memory", "sum", std::accumulate(sums.begin(), sums.end(), 0.0));
}

void series_rows(const KernelBench& bench) {
    memory(bench);
    changes(bench);
    charts(bench);
    graphical(bench);
    personal(bench);
    group(bench);
}

}  // namespace evenkeel::bench
