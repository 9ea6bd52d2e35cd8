// `measure reliability`: alpha, omega, item statistics and, with --ordinal, polychoric
// correlations of a table of answers. The methods are in measures/.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>

#include "app/commands.h"
#include "app/item_columns.h"
#include "measures/factor.h"
#include "measures/polychoric.h"
#include "measures/reliability.h"

namespace evenkeel::app {
namespace {

struct Options {
    TableOptions table;
    std::vector<std::string> items;
    bool ordinal = false;
    OutputOptions output;
};

Json optional_number(const std::optional<double>& value) {
    return value ? json_number(*value) : Json{};
}

void add_consistency(const measures::Consistency& consistency, Report& report) {
    report.more.emplace_back("alpha", optional_number(consistency.alpha));
    report.more.emplace_back("alpha_standardized", optional_number(consistency.alpha_standardized));
    if (!consistency.alpha) {
        report.warnings.push_back("The sum of the items does not vary: there is no alpha.");
    } else if (*consistency.alpha < 0) {
        report.warnings.push_back(
            "Alpha is below 0: some items run against the others. Are reversed items scored?");
    }
}

void add_omega(const measures::ItemMoments& moments, Report& report) {
    const auto factor = measures::one_factor(moments.covariance, moments.mean.size());
    std::optional<double> omega;
    if (!factor.ok()) {
        report.warnings.push_back("There is no omega. " + factor.error().message);
    } else {
        report.converged = factor.value().converged;
        report.iterations = factor.value().iterations;
        if (factor.value().converged) {
            omega = factor.value().omega;
        } else {
            report.warnings.push_back("The search for the factor did not arrive: no omega.");
        }
        for (const double residual : factor.value().residual) {
            if (factor.value().converged && residual < 0) {
                report.warnings.push_back(
                    "A residual variance is below 0: one factor does not fit these items.");
                break;
            }
        }
    }
    report.more.emplace_back("omega_total", optional_number(omega));
}

void add_items(const ItemColumns& items, const measures::ItemMoments& moments,
               const measures::Consistency& consistency, Report& report) {
    JsonList list;
    for (std::size_t j = 0; j < items.names.size(); ++j) {
        const auto& item = consistency.items[j];
        list.push_back({JsonObject{{"item", {items.names[j]}},
                                   {"n", json_whole(moments.n_complete)},
                                   {"mean", json_number(item.mean)},
                                   {"sd", json_number(item.sd)},
                                   {"r_drop", optional_number(item.r_drop)},
                                   {"alpha_if_dropped", optional_number(item.alpha_if_dropped)}}});
        if (item.sd == 0) {
            report.warnings.push_back(
                fmt::format("{} has the same answer in every complete row.", items.names[j]));
        }
    }
    report.more.emplace_back("items", Json{std::move(list)});
}

Status add_ordinal(const ItemColumns& items, Report& report) {
    TRY(const auto found, placed(measures::polychoric(items.values), items));
    report.more.emplace_back("polychoric", json_matrix(found.correlation, items.names.size()));
    report.more.emplace_back("alpha_ordinal", optional_number(found.alpha));
    if (!found.positive_definite) {
        report.warnings.push_back(
            "The matrix of polychoric correlations is not positive definite; it is given as "
            "estimated, pair by pair.");
    }
    for (const auto& [j, h] : found.at_bound) {
        report.warnings.push_back(fmt::format("{} and {} are as good as perfectly correlated.",
                                              items.names[h], items.names[j]));
    }
    return Done{};
}

Result<Exit> run_reliability(const Options& options, const Surroundings& at) {
    TRY(const auto items, read_items(options.table, options.items));
    TRY(const auto moments, placed(measures::item_moments(items.values), items));
    TRY(const auto consistency, placed(measures::consistency(moments), items));
    Report report;
    report.method =
        "Cronbach's alpha and corrected item-total correlations of complete rows; omega from a "
        "one-factor analysis by maximum likelihood.";
    report.source =
        "Cronbach (1951), Psychometrika 16:297-334; McDonald (1999), Test Theory, eq. 6.20.";
    if (options.ordinal) {
        report.method += " Polychoric correlations by two-step maximum likelihood.";
        report.source += " Olsson (1979), Psychometrika 44:443-460.";
    }
    report.n = items.table.n_rows();
    report.has_rows = false;
    report.more.emplace_back("n_complete", json_whole(moments.n_complete));
    warn_of(report.warnings, report.n - moments.n_complete, "row with a missing item is left out.",
            "rows with missing items are left out.");
    add_consistency(consistency, report);
    add_omega(moments, report);
    report.more.emplace_back("sem", optional_number(consistency.sem));
    add_items(items, moments, consistency, report);
    if (options.ordinal) CHECK_OK(add_ordinal(items, report));
    return write_report(report, options.output, at);
}

}  // namespace

Action measure_reliability(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    declare_list(command, "--items", options->items, "The item columns");
    command.get_option("--items")->required();
    command.add_flag("--ordinal", options->ordinal, "Polychoric correlations and their alpha too");
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_reliability(*options, at); };
}

}  // namespace evenkeel::app
