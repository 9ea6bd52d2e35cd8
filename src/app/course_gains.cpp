// `course gains`: sudden gains and losses of each person. The criteria are in
// course/sudden_gains.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <numeric>

#include "app/commands.h"
#include "app/model_columns.h"
#include "app/report.h"
#include "app/table_input.h"
#include "course/sudden_gains.h"

namespace evenkeel::app {
namespace {

// Tang & DeRubeis took 7 points of the BDI.
constexpr double published_threshold = 7;

struct Options {
    TableOptions table;
    std::string id, order, score;
    std::optional<double> threshold;
    OutputOptions output;
};

std::vector<Json> row_of(const Json& id, const course::SuddenChange& change, double threshold,
                         const std::vector<double>& orders) {
    return {id,
            {std::string(change.kind == course::SuddenChange::Kind::gain ? "gain" : "loss")},
            json_number(orders[change.from]),
            json_number(orders[change.from + 1]),
            json_number(change.before),
            json_number(change.after),
            json_number(change.change),
            json_number(threshold),
            json_number(change.share),
            json_number(change.mean_before),
            json_number(change.mean_after),
            json_whole(change.n_before),
            json_whole(change.n_after),
            json_number(change.pooled_sd),
            json_number(change.critical_t),
            {change.reversed}};
}

Result<Exit> run_gains(const Options& options, const Surroundings& at) {
    TRY(const auto table, read_table(options.table));
    TRY(const auto numbers, number_columns(table, {options.order, options.score}));
    TRY(const auto columns, model_columns(table, {options.id}, options.id));
    const auto people = course::as_groups(columns[0]);
    const auto names = json_names(people.levels);
    Report report;
    report.method = "Sudden gains and losses by three criteria; every row meets all three.";
    report.source = "Tang & DeRubeis (1999), J Consult Clin Psychol 67(6):894-904";
    report.n = table.n_rows();
    report.columns = {"id",      "kind",      "from",       "to",          "before",     "after",
                      "change",  "threshold", "share",      "mean_before", "mean_after", "n_before",
                      "n_after", "pooled_sd", "critical_t", "reversed"};
    const double threshold = options.threshold.value_or(published_threshold);
    if (!options.threshold) {
        report.warnings.push_back(
            "Criterion 1 takes 7 points, as published for the BDI. Give --threshold for another "
            "scale, such as its reliable change.");
    }
    std::size_t n_left_out = 0, n_repeats = 0;
    std::vector<std::vector<std::size_t>> rows(people.levels.size());
    for (std::size_t i = 0; i < table.n_rows(); ++i) {
        if (people.codes[i] < 0 || std::isnan(numbers[0][i])) {
            ++n_left_out;
            continue;
        }
        if (std::isnan(numbers[1][i])) ++n_left_out;
        rows[static_cast<std::size_t>(people.codes[i])].push_back(i);
    }
    for (std::size_t person = 0; person < rows.size(); ++person) {
        auto& own = rows[person];
        std::stable_sort(own.begin(), own.end(), [&](std::size_t a, std::size_t b) {
            return numbers[0][a] < numbers[0][b];
        });
        std::vector<double> orders, scores;
        for (const auto row : own) {
            if (!orders.empty() && orders.back() == numbers[0][row]) ++n_repeats;
            orders.push_back(numbers[0][row]);
            scores.push_back(numbers[1][row]);
        }
        const auto found = course::sudden_changes(scores, threshold);
        if (!found.ok()) {
            Faults faults;
            for (const auto& problem : found.error().problems()) {
                const bool is_threshold = problem.where == "/threshold";
                faults.add(is_threshold ? "--threshold" : options.score, problem.message);
            }
            return faults.error();
        }
        for (const auto& change : found.value()) {
            report.rows.push_back(row_of(names[person], change, threshold, orders));
        }
    }
    warn_left_out(n_left_out, report.warnings);
    warn_of(report.warnings, n_repeats, "row repeats the order of a row before it; both count.",
            "rows repeat the order of a row before them; all count.");
    return write_report(report, options.output, at);
}

}  // namespace

Action course_gains(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--id", options->id, "The column of people")->required();
    command.add_option("--order", options->order, "The column that orders a person's meetings")
        ->required();
    command.add_option("--score", options->score, "The column of scores, lower is better")
        ->required();
    command.add_option("--threshold", options->threshold, "Points that criterion 1 asks for");
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_gains(*options, at); };
}

}  // namespace evenkeel::app
