// Do intervals, charts and warnings keep their word on people whose truth is known?
//
//   bench_simulation FRIED.csv REISBY.csv [--seed S] [--share X] [--out FILE]
//
// Two kinds of people: the product's own (simulate/) and people whose days are drawn from what real
// series leave over (simulate/hard_series.h). Methods were chosen with the seed 1; the page is
// written with another (the default here).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>

#include "course/run_length.h"
#include "exchange/csv.h"
#include "exchange/input.h"
#include "simulate/draw.h"
#include "simulate/judge.h"

namespace evenkeel::simulate {
namespace {

constexpr std::uint64_t tuning_seed = 1;

struct Options {
    std::string days, scores, out;
    std::uint64_t seed = 20'261'126;
    double share = 1;  // of the draws, for a quick look
};

using Table = exchange::CsvTable;

double number(const Table& table, std::size_t row, std::string_view column) {
    const auto cell = table.cell(row, *table.column(column));
    return cell ? exchange::parse_number(*cell, '.').value_or(std::nan("")) : std::nan("");
}

// The mean of each question over the moments of a day, for each person.
std::vector<std::vector<double>> daily(const Table& table,
                                       const std::vector<std::string>& questions) {
    struct Mean {
        double sum = 0, n = 0;
    };
    std::vector<std::vector<double>> out;
    for (const auto& question : questions) {
        std::map<double, std::map<double, Mean>> people;
        for (std::size_t row = 0; row < table.n_rows(); ++row) {
            const double value = number(table, row, question);
            if (std::isnan(value)) continue;
            auto& day = people[number(table, row, "person")][number(table, row, "day")];
            day.sum += value;
            day.n += 1;
        }
        for (const auto& [person, days] : people) {
            auto& series = out.emplace_back();
            const double first = days.begin()->first, last = days.rbegin()->first;
            for (double day = first; day <= last; ++day) {
                const auto at = days.find(day);
                series.push_back(at == days.end() ? std::nan("") : at->second.sum / at->second.n);
            }
        }
    }
    return out;
}

// What a straight line leaves over of each patient's scores, with mean 0 and variance 1.
std::vector<double> around_lines(const Table& table) {
    std::map<double, std::vector<std::pair<double, double>>> patients;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        patients[number(table, row, "id")].emplace_back(number(table, row, "week"),
                                                        number(table, row, "hamd_change"));
    }
    std::vector<double> out;
    for (const auto& [id, points] : patients) {
        if (points.size() < 4) continue;
        double x = 0, y = 0, xx = 0, xy = 0;
        const auto n = static_cast<double>(points.size());
        for (const auto& [week, score] : points) {
            x += week / n;
            y += score / n;
        }
        for (const auto& [week, score] : points) {
            xx += (week - x) * (week - x);
            xy += (week - x) * (score - y);
        }
        for (const auto& [week, score] : points) {
            out.push_back(score - y - xy / xx * (week - x));
        }
    }
    double squares = 0;
    for (const double value : out) squares += value * value;
    const double sd = std::sqrt(squares / static_cast<double>(out.size()));
    for (double& value : out) value /= sd;
    return out;
}

std::string points(const Judged& judged) {
    return fmt::format("{:.1f} (+- {:.1f})", 100 * judged.value, 100 * judged.error);
}

const char* within(double value, double nominal, double reach) {
    return std::abs(value - nominal) <= reach ? "holds" : "**misses**";
}

class Page {
  public:
    Page(const Options& options, std::vector<double> days, std::vector<double> scores)
        : options_(options),
          left_of_days_(std::move(days)),
          left_of_scores_(std::move(scores)),
          random_(options.seed) {}

    void write() {
        head();
        expected_response();
        forecasts();
        known_run_lengths();
        personal_run_lengths();
        early_warnings();
    }

  private:
    struct Kind {
        const char* name;
        DrawDays draw;
    };

    [[nodiscard]] std::size_t draws(double wanted) const {
        return std::max<std::size_t>(20, static_cast<std::size_t>(wanted * options_.share));
    }
    [[nodiscard]] DrawDays hard(HardDays days = {}) {
        return [this, days](std::size_t n, Random& random) {
            return draw_hard_days(days, left_of_days_, n, random);
        };
    }
    [[nodiscard]] static DrawDays independent_normal() {
        return [](std::size_t n, Random& random) {
            std::vector<double> out(n);
            for (double& value : out) value = normal(random);
            return out;
        };
    }
    [[nodiscard]] static DrawDays fading(double ar1) {
        return [ar1](std::size_t n, Random& random) {
            std::vector<double> out(n);
            double state = normal(random);
            for (double& value : out) {
                value = state;
                state = ar1 * state + std::sqrt(1 - ar1 * ar1) * normal(random);
            }
            return out;
        };
    }
    [[nodiscard]] std::vector<Kind> both() {
        return {{"the product's, steady", draw_steady_diary}, {"hard", hard()}};
    }

    void head() const;
    void expected_response();
    void forecasts();
    void known_run_lengths();
    void personal_run_lengths();
    void early_warnings();

    const Options& options_;
    std::vector<double> left_of_days_, left_of_scores_;
    SeededRandom random_;
};

void Page::head() const {
    fmt::print(R"(# Do intervals, charts and warnings keep their word?

Written by `bench_simulation` (`ninja -C build/release simulation`) with seed {}; the methods were
chosen with seed {}. Do not edit. In brackets: the Monte Carlo standard error. "Holds" is within 2
percentage points of nominal, or 5 % of a designed run length.

**The product's people** are those of `evenkeel simulate`: answers of simulated people to the
PHQ-9 and to check-ins of five choices, days left out. **Hard people** have shocks drawn from what
real series leave over (days: {} values of 79 students, Fried et al. 2022; scores: {} of the
patients of Reisby et al. 1977), thrown further so that their tails are those of a t distribution
with 5 degrees of freedom, a weekly cycle of a whole standard deviation at the weekend, a fifth of
the days missing, and scores that approach another level exponentially in time at a pace of each
person's own.
)",
               options_.seed, tuning_seed, left_of_days_.size(), left_of_scores_.size());
}

void Page::expected_response() {
    fmt::print(R"(
## Expected response
Archives of 1,000 people, then 1,000 new ones; weekly scores over 16 weeks. The band is meant to
hold 80 %.

| people | archives | inside, % | | above, % | |
|---|---:|---:|---|---:|---|
)");
    const std::vector<std::pair<const char*, DrawScores>> kinds{
        {"the product's", [](Random& random) { return draw_phq9(16, random); }},
        {"hard", [this](Random& random) { return draw_hard_scores(left_of_scores_, 16, random); }}};
    for (const auto& [name, draw] : kinds) {
        const auto found = judge_expected_response(draw, draws(40), 1000, 1000, random_);
        fmt::print("| {} | {} | {} | {} | {} | {} |\n", name, found.inside.n, points(found.inside),
                   within(found.inside.value, 0.8, 0.02), points(found.above),
                   within(found.above.value, 0.1, 0.02));
    }
}

void Page::forecasts() {
    fmt::print(R"(
## Forecast
Seven days ahead, from that many days of which some are missing.

| people | days | series | inside 80 %, % | | inside 95 %, % | |
|---|---:|---:|---:|---|---:|---|
)");
    auto kinds = both();
    kinds.push_back({"the product's, any course", draw_any_diary});
    for (const auto& [name, draw] : kinds) {
        for (const std::size_t n_days : {28U, 60U, 120U}) {
            const auto found = judge_forecast(draw, draws(3000), n_days, 7, random_);
            fmt::print("| {} | {} | {} | {} | {} | {} | {} |\n", name, n_days, found.inside_80.n,
                       points(found.inside_80), within(found.inside_80.value, 0.8, 0.02),
                       points(found.inside_95), within(found.inside_95.value, 0.95, 0.02));
        }
    }
    fmt::print(R"(
A forecast says what comes if nothing changes; "any course" are people who get better or worse
meanwhile.
)");
}

// The designs that are judged: each has the same designed run length.
struct Named {
    const char* name;
    course::ChartDesign design;
    course::Limits limits = course::Limits::fixed;
};

std::vector<Named> designs(double arl) {
    using course::Chart;
    std::vector<Named> out{
        {"EWMA, lambda 0.05", {.chart = Chart::ewma, .lambda = 0.05}, course::Limits::varying},
        {"EWMA, lambda 0.2", {.chart = Chart::ewma, .lambda = 0.2}, course::Limits::varying},
        {"CUSUM, k 0.5", {.chart = Chart::cusum, .k = 0.5}},
        {"Shewhart", {.chart = Chart::shewhart}}};
    for (auto& each : out) {
        const double limit =
            course::limit_for({.design = each.design, .limits = each.limits}, arl).value();
        each.design.spread = course::Spread::standard_deviation;
        (each.design.chart == Chart::cusum ? each.design.h : each.design.limit) = limit;
    }
    return out;
}

void Page::known_run_lengths() {
    constexpr double arl = 100;
    fmt::print(R"(
## Run length with known centre and spread
Designed for {} days between false alarms. "Independent normal days" is what the design assumes;
the others are charted as the product does with dependent days (each day against what the days
before let expect); centre, spread and dependence come from 1,000 days.

| days | chart | people x runs | mean run length | of design |  |
|---|---|---:|---:|---:|---|
)",
               arl);
    std::vector<Kind> kinds{{"independent normal days", independent_normal()}};
    for (auto& each : both()) kinds.push_back(std::move(each));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        for (auto [name, design, limits] : designs(arl)) {
            const bool normal_days = k == 0;
            if (!normal_days) design.dependence = course::Dependence::residuals;
            const std::size_t n_people = normal_days ? draws(20'000) : draws(200);
            const std::size_t n_runs = normal_days ? 1 : 10;
            const auto lengths = run_lengths(
                kinds[k].draw,
                {.design = design, .baseline_days = normal_days ? 0U : 1000U, .longest = 1000},
                n_people, n_runs, random_);
            const auto found = judged(lengths);
            fmt::print("| {} | {} | {} x {} | {:.1f} (+- {:.1f}) | {:.2f} | {} |\n", kinds[k].name,
                       name, n_people, n_runs, found.value, found.error, found.value / arl,
                       within(found.value / arl, 1, 0.05));
        }
    }
    fmt::print(R"(
What a limit promises, it promises for independent normal days. The product's people answer in few
choices; hard people have a weekly cycle and tails that no limit knows of. For them the table is
what to expect.
)");
}

void Page::personal_run_lengths() {
    constexpr double arl = 100;
    fmt::print(R"(
## Run length with a baseline of some weeks
The same charts (EWMA, lambda 0.2), centre and spread from each person's own baseline: the mean
run length of a person over 20 runs, each given up after 1,000 days. Designed for {} days.

| days | baseline | people | 5 % are below | 25 % below | half below | 75 % below | 95 % below |
|---|---:|---:|---:|---:|---:|---:|---:|
)",
               arl);
    auto design = designs(arl)[1].design;
    std::vector<Kind> kinds{{"independent normal days", independent_normal()}};
    for (auto& each : both()) kinds.push_back(std::move(each));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        design.dependence = k == 0 ? course::Dependence::ignore : course::Dependence::residuals;
        for (const std::size_t baseline : {28U, 42U, 90U}) {
            const Watch watch{.design = design, .baseline_days = baseline, .longest = 1000};
            auto lengths = run_lengths(kinds[k].draw, watch, draws(400), 20, random_);
            std::sort(lengths.begin(), lengths.end());
            fmt::print("| {} | {} | {} |", kinds[k].name, baseline, lengths.size());
            for (const double p : {0.05, 0.25, 0.5, 0.75, 0.95}) {
                const auto at = static_cast<double>(lengths.size() - 1) * p;
                fmt::print(" {:.0f} |", lengths[static_cast<std::size_t>(at)]);
            }
            fmt::print("\n");
        }
    }
}

void Page::early_warnings() {
    fmt::print(R"(
## Early warning
120 days without any change, windows of 60, 199 surrogates; warned is p <= 0.05. Nominal: 5 %.

| days | series | autocorrelation, % | | variance, % | |
|---|---:|---:|---|---:|---|
)");
    std::vector<Kind> kinds{{"surrogates, no dependence", independent_normal()},
                            {"surrogates, dependence 0.5", fading(0.5)}};
    for (auto& each : both()) kinds.push_back(std::move(each));
    kinds.push_back({"hard, no weekly cycle", hard({.weekend = 0})});
    for (const auto& [name, draw] : kinds) {
        const auto found = judge_early_warning(draw, draws(1500), 120, 60, 199, 0.05, random_);
        fmt::print("| {} | {} | {} | {} | {} | {} |\n", name, found.ar1.n, points(found.ar1),
                   within(found.ar1.value, 0.05, 0.02), points(found.variance),
                   within(found.variance.value, 0.05, 0.02));
    }
}

Table table_of(const std::string& file) {
    const auto bytes = exchange::read_input(file);
    if (!bytes.ok()) {
        fmt::print(stderr, "{} cannot be read.\n", file);
        std::exit(5);
    }
    return exchange::parse_csv(bytes.value()).value();
}

int run(int argc, char** argv) {
    Options options;
    CLI::App app{"Judges the course methods on simulated people; prints a page."};
    app.add_option("days", options.days, "Moments of people: person, day, questions")->required();
    app.add_option("scores", options.scores, "Scores of patients: id, week, hamd_change")
        ->required();
    app.add_option("--seed", options.seed)->capture_default_str();
    app.add_option("--share", options.share, "Of the draws")->check(CLI::Range(0.001, 10.0));
    app.add_option("--out", options.out, "A file in place of standard output");
    CLI11_PARSE(app, argc, argv);
    if (!options.out.empty() && std::freopen(options.out.c_str(), "w", stdout) == nullptr) {
        fmt::print(stderr, "{} cannot be written.\n", options.out);
        return 5;
    }
    Page(options,
         leftovers(daily(table_of(options.days), {"Worry", "Nervous", "Anhedonia", "Tired"})),
         around_lines(table_of(options.scores)))
        .write();
    return 0;
}

}  // namespace
}  // namespace evenkeel::simulate

int main(int argc, char** argv) {
    return evenkeel::simulate::run(argc, argv);
}
