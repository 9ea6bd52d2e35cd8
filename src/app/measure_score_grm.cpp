// `measure score-grm`: a severity with its error for each row, from the parameters of a graded
// response model. The methods are in measures/graded_score.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/commands.h"
#include "app/item_columns.h"
#include "measures/graded_score.h"

namespace evenkeel::app {
namespace {

using measures::TraitMethod;

struct Options {
    TableOptions table;
    std::vector<std::string> items;
    std::string parameters, id, method = "eap";
    OutputOptions output;
};

// The parameters of the named items, in the order of the call; all of them without names.
Result<GradedParameters> choose(GradedParameters all, const std::vector<std::string>& names) {
    if (names.empty()) return all;
    GradedParameters out;
    out.sample = all.sample;
    Faults faults;
    for (const auto& name : names) {
        const auto found = std::find(all.names.begin(), all.names.end(), name);
        if (found == all.names.end()) {
            faults.add("--items", fmt::format("There are no parameters for the item {}.", name));
            continue;
        }
        out.names.push_back(name);
        const auto at = static_cast<std::size_t>(found - all.names.begin());
        out.items.push_back(all.items[at]);
        out.asked_apart.push_back(all.asked_apart[at]);
    }
    if (!faults.none()) return faults.error();
    return out;
}

void describe(const std::string& method, Report& report) {
    if (method == "eap") {
        report.method = "Expected a posteriori severity, its error the posterior sd.";
        report.source = "Bock & Mislevy (1982), Appl Psychol Meas 6:431-444.";
    } else if (method == "map") {
        report.method = "Mode of the posterior, its error from the curvature there.";
        report.source = "Samejima (1969), Psychometrika Monograph 17.";
    } else {
        report.method = "Weighted likelihood estimate, its error 1/sqrt(information).";
        report.source = "Warm (1989), Psychometrika 54:427-450.";
    }
}

Result<Exit> run_score(const Options& options, const Surroundings& at) {
    TRY(auto all, read_parameters(options.parameters));
    TRY(const auto parameters, choose(std::move(all), options.items));
    TRY(const auto items, read_items(options.table, parameters.names));
    TRY(auto ids, row_ids(items.table, options.id));
    std::vector<std::vector<double>> categories;
    for (const auto& item : parameters.items) categories.push_back(item.categories);
    TRY(const auto responses,
        placed(measures::tabulate(items.values, std::move(categories)), items));
    const auto method = options.method == "eap"   ? TraitMethod::eap
                        : options.method == "map" ? TraitMethod::map
                                                  : TraitMethod::wle;
    TRY(const auto scores,
        measures::score_graded(parameters.items, responses, method, threads_of(options.table)));

    Report report;
    describe(options.method, report);
    report.n = items.table.n_rows();
    report.columns = {"id", "theta", "se"};
    std::size_t n_empty = 0, n_lost = 0;
    for (std::size_t row = 0; row < report.n; ++row) {
        const auto pattern = responses.pattern_of_row[row];
        if (pattern == measures::Responses::no_pattern || !scores[pattern]) {
            (pattern == measures::Responses::no_pattern ? n_empty : n_lost) += 1;
            report.rows.push_back({std::move(ids[row]), Json{}, Json{}});
            continue;
        }
        report.rows.push_back({std::move(ids[row]), json_number(scores[pattern]->theta),
                               json_number(scores[pattern]->se)});
    }
    if (!parameters.sample.empty()) report.warnings.push_back("From a " + parameters.sample + ".");
    warn_of(report.warnings, n_empty, "row has no answer and so no score.",
            "rows have no answer and so no score.");
    warn_of(report.warnings, n_lost, "row has no score: the search did not arrive.",
            "rows have no score: the search did not arrive.");
    return write_report(report, options.output, at);
}

}  // namespace

Action measure_score_grm(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    declare_list(command, "--items", options->items, "The item columns, else those of P.json");
    command.add_option("--parameters", options->parameters, "What measure fit-grm --json wrote")
        ->required()
        ->type_name("P.json");
    command.add_option("--method", options->method, "eap, map or wle")
        ->check(CLI::IsMember({"eap", "map", "wle"}));
    command.add_option("--id", options->id, "The column that names a row, else its number");
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_score(*options, at); };
}

}  // namespace evenkeel::app
