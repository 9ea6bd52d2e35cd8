// `measure change`: reliable and clinically significant change of each row. The method is in
// measures/clinical_change.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "app/commands.h"
#include "app/report.h"
#include "app/table_input.h"
#include "measures/clinical_change.h"

namespace evenkeel::app {
namespace {

using measures::Category;
using measures::Criterion;
using measures::Direction;

struct Options {
    TableOptions table;
    std::string before, after, id, criterion;
    double sd = 0, reliability = 0;
    bool higher_is_better = false;
    std::optional<double> clinical_mean, clinical_sd, functional_mean, functional_sd;
    OutputOptions output;
};

constexpr std::array<std::pair<Category, std::string_view>, 5> names{
    {{Category::recovered, "recovered"},
     {Category::improved, "improved"},
     {Category::unchanged, "unchanged"},
     {Category::deteriorated, "deteriorated"},
     {Category::harmed, "harmed"}}};

// Mean and sd of what is present, in two passes.
struct Moments {
    std::size_t n = 0;
    double mean = 0, sd = 0;
};
Moments moments_of(const std::vector<double>& values) {
    Moments out;
    for (const double v : values) {
        if (std::isnan(v)) continue;
        ++out.n;
        out.mean += (v - out.mean) / static_cast<double>(out.n);
    }
    double squares = 0;
    for (const double v : values) {
        if (!std::isnan(v)) squares += (v - out.mean) * (v - out.mean);
    }
    out.sd = out.n > 1 ? std::sqrt(squares / static_cast<double>(out.n - 1)) : 0;
    return out;
}

Result<double> cutoff_of(const Options& options, Criterion criterion,
                         const std::vector<double>& before, Direction direction) {
    std::optional<measures::Sample> clinical, functional;
    if (criterion != Criterion::b) {
        const auto here = moments_of(before);
        clinical = measures::Sample{options.clinical_mean.value_or(here.mean),
                                    options.clinical_sd.value_or(here.sd)};
    }
    if (options.functional_mean && options.functional_sd) {
        functional = measures::Sample{*options.functional_mean, *options.functional_sd};
    }
    auto found = measures::cutoff(criterion, clinical, functional, direction);
    if (found.ok()) return found;
    Faults faults;
    for (const auto& problem : found.error().problems()) {
        // "/clinical/sd" -> "--clinical-sd"
        auto where = "-" + problem.where;
        std::replace(where.begin(), where.end(), '/', '-');
        faults.add(where,
                   problem.message + (where.starts_with("--clinical")
                                          ? " It comes from the scores before, unless it is given."
                                          : ""));
    }
    return faults.error();
}

Result<measures::ReliableChange> change_of(const Options& options, double before, double after) {
    const auto direction =
        options.higher_is_better ? Direction::higher_is_better : Direction::lower_is_better;
    auto found = measures::reliable_change(
        {before, after}, {.sd = options.sd, .coefficient = options.reliability}, direction);
    if (found.ok()) return found;
    Faults faults;
    for (const auto& problem : found.error().problems()) {
        faults.add(problem.where == "/reliability/sd" ? "--sd" : "--reliability", problem.message);
    }
    return faults.error();
}

Criterion criterion_of(const Options& options) {
    if (options.criterion == "a") return Criterion::a;
    if (options.criterion == "b") return Criterion::b;
    if (options.criterion == "c") return Criterion::c;
    return options.functional_mean && options.functional_sd ? Criterion::c : Criterion::a;
}

Result<Exit> run_change(const Options& options, const Surroundings& at) {
    TRY(const auto table, read_table(options.table));
    TRY(const auto columns, number_columns(table, {options.before, options.after}));
    TRY(auto ids, row_ids(table, options.id));
    const auto& before = columns[0];
    const auto& after = columns[1];
    const auto direction =
        options.higher_is_better ? Direction::higher_is_better : Direction::lower_is_better;
    CHECK_OK(change_of(options, 0, 0));  // sd and reliability, also when no row is complete
    const auto criterion = criterion_of(options);
    TRY(const double cutoff, cutoff_of(options, criterion, before, direction));

    Report report;
    report.method = fmt::format(
        "Reliable change index (after - before) / Sdiff, reliable beyond 1.96; cut-off by "
        "criterion {}.",
        criterion == Criterion::a   ? "a"
        : criterion == Criterion::b ? "b"
                                    : "c");
    report.source = "Jacobson & Truax (1991), J Consult Clin Psychol 59(1):12-19.";
    report.n = table.n_rows();
    report.columns = {"id", "rci", "category"};
    std::array<std::size_t, names.size()> counts{};
    std::size_t n_missing = 0;
    for (std::size_t i = 0; i < report.n; ++i) {
        if (std::isnan(before[i]) || std::isnan(after[i])) {
            ++n_missing;
            report.rows.push_back({std::move(ids[i]), Json{}, Json{}});
            continue;
        }
        TRY(const auto change, change_of(options, before[i], after[i]));
        const auto category =
            measures::clinical_category({before[i], after[i]}, change.change, cutoff, direction);
        const auto position = static_cast<std::size_t>(category);
        ++counts[position];
        report.rows.push_back({std::move(ids[i]), json_number(change.index),
                               Json{std::string(names[position].second)}});
    }
    JsonObject counted;
    for (std::size_t c = 0; c < names.size(); ++c) {
        counted.emplace_back(std::string(names[c].second), json_whole(counts[c]));
    }
    const double sem = options.sd * std::sqrt(1 - options.reliability);
    report.more = {{"sem", json_number(sem)},
                   {"sdiff", json_number(sem * std::sqrt(2.0))},
                   {"cutoff", json_number(cutoff)},
                   {"counts", {std::move(counted)}}};
    warn_of(report.warnings, n_missing, "row lacks a score and has no category.",
            "rows lack a score and have no category.");
    return write_report(report, options.output, at);
}

}  // namespace

Action measure_change(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--before", options->before, "The column of first scores")->required();
    command.add_option("--after", options->after, "The column of last scores")->required();
    command.add_option("--sd", options->sd, "Of the scale before treatment")->required();
    command.add_option("--reliability", options->reliability, "Of the scale")->required();
    command.add_flag("--higher-is-better", options->higher_is_better, "As in quality of life");
    command.add_option("--clinical-mean", options->clinical_mean, "Else that of --before");
    command.add_option("--clinical-sd", options->clinical_sd, "Else that of --before");
    command.add_option("--functional-mean", options->functional_mean, "Of people who are well");
    command.add_option("--functional-sd", options->functional_sd, "Of people who are well");
    command
        .add_option("--cutoff", options->criterion,
                    "Criterion a, b or c; else c with a functional sample, a without")
        ->check(CLI::IsMember({"a", "b", "c"}));
    command.add_option("--id", options->id, "The column that names a row, else its number");
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_change(*options, at); };
}

}  // namespace evenkeel::app
