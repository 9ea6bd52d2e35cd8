// `measure fit-grm`: the parameters of a graded response model from a table of answers. The
// method is in measures/graded_fit.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>

#include "app/commands.h"
#include "app/item_columns.h"
#include "measures/graded_fit.h"

namespace evenkeel::app {
namespace {

struct Options {
    TableOptions table;
    std::vector<std::string> items;
    OutputOptions output;
};

constexpr double few_answers = 5;

Json item_of(const std::string& name, const measures::GradedItem& item,
             const measures::GradedErrors& errors) {
    return {JsonObject{{"item", {name}},
                       {"categories", json_numbers(item.categories)},
                       {"a", json_number(item.a)},
                       {"b", json_numbers(item.b())},
                       {"d", json_numbers(item.d)},
                       {"se",
                        {JsonObject{{"a", json_number(errors.a)},
                                    {"b", json_numbers(errors.b)},
                                    {"d", json_numbers(errors.d)}}}}}};
}

void warn_of_categories(const ItemColumns& items, const measures::Responses& responses,
                        Report& report) {
    for (std::size_t j = 0; j < items.names.size(); ++j) {
        const auto& categories = responses.categories[j];
        std::vector<double> count(categories.size());
        for (std::size_t p = 0; p < responses.n_patterns(); ++p) {
            const auto code = responses.pattern(p)[j];
            if (code != measures::Responses::missing) count[code] += responses.counts[p];
        }
        for (std::size_t c = 0; c < categories.size(); ++c) {
            if (count[c] < few_answers) {
                report.warnings.push_back(fmt::format(
                    "{}: only {} the answer {}; its threshold is unsure.", items.names[j],
                    counted(static_cast<std::size_t>(count[c]), "row has", "rows have"),
                    categories[c]));
            }
            const bool gap = c > 0 && categories[c] - categories[c - 1] > 1 &&
                             categories[c] == std::floor(categories[c]) &&
                             categories[c - 1] == std::floor(categories[c - 1]);
            if (gap) {
                report.warnings.push_back(fmt::format(
                    "{}: no row has an answer between {} and {}; the model has no such category.",
                    items.names[j], categories[c - 1], categories[c]));
            }
        }
    }
}

void warn_of_search(const measures::GradedFit& fit, Report& report) {
    if (!fit.converged) {
        report.warnings.push_back(
            "The search did not arrive at a maximum: do not use these numbers. Items that repeat "
            "each other, or too few rows, do this.");
    }
    if (!fit.errors_known) {
        report.warnings.push_back(
            "The information matrix is not positive definite: there are no standard errors.");
    }
}

Result<Exit> run_fit(const Options& options, const Surroundings& at) {
    TRY(const auto items, read_items(options.table, options.items));
    TRY(auto categories, placed(measures::observed_categories(items.values), items));
    TRY(const auto responses,
        placed(measures::tabulate(items.values, std::move(categories)), items));
    TRY(const auto fit,
        placed(measures::fit_graded(responses, {}, threads_of(options.table)), items));
    Report report;
    report.method =
        "Graded response model, logistic, severity standard normal, by marginal maximum "
        "likelihood; standard errors from the observed information.";
    report.source =
        "Samejima (1969), Psychometrika Monograph 17; Bock & Aitkin (1981), Psychometrika "
        "46:443-459.";
    report.n = items.table.n_rows();
    report.converged = fit.converged;
    report.iterations = fit.iterations;
    report.log_likelihood = fit.log_likelihood;
    report.has_rows = false;
    report.more = {{"n_answered", json_whole(responses.n_answered)},
                   {"n_patterns", json_whole(responses.n_patterns())}};
    JsonList list;
    for (std::size_t j = 0; j < items.names.size(); ++j) {
        list.push_back(item_of(items.names[j], fit.items[j], fit.errors[j]));
    }
    report.more.emplace_back("items", Json{std::move(list)});
    warn_of(report.warnings, report.n - responses.n_answered, "row without any answer is left out.",
            "rows without any answer are left out.");
    warn_of_categories(items, responses, report);
    warn_of_search(fit, report);
    return write_report(report, options.output, at);
}

}  // namespace

Action measure_fit_grm(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    declare_list(command, "--items", options->items, "The item columns");
    command.get_option("--items")->required();
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_fit(*options, at); };
}

}  // namespace evenkeel::app
