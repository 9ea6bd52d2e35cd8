// `course cox`: proportional hazards regression. The method is in course/cox.h.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/commands.h"
#include "app/model_columns.h"
#include "app/report.h"
#include "app/table_input.h"
#include "course/cox.h"
#include "course/formula.h"

namespace evenkeel::app {
namespace {

struct Options {
    TableOptions table;
    std::string time, event, ties = "efron";
    std::vector<std::string> covariates;
    OutputOptions output;
};

// Covariates are terms of a formula, so that factors and a:b work as in `course growth`. A
// name that is a column as it stands needs no backticks.
Result<course::Formula> formula_of(const Options& options, const exchange::CsvTable& table) {
    std::vector<std::string> terms;
    for (const auto& each : options.covariates) {
        terms.push_back(table.column(each) ? "`" + each + "`" : each);
    }
    auto formula =
        course::parse_formula(fmt::format("`{}` ~ {}", options.time, fmt::join(terms, " + ")));
    if (!formula.ok()) {
        return Error{Fault::invalid_input, "--covariates", formula.error().message, {}};
    }
    if (!formula.value().random.empty() || !formula.value().intercept) {
        return Error{Fault::invalid_input,
                     "--covariates",
                     "Give columns or their products, without 0 and without random terms.",
                     {}};
    }
    return formula;
}

Json tests_of(const course::CoxModel& model) {
    JsonList out;
    for (const auto& each : model.proportional_hazards) {
        out.push_back({JsonObject{{"term", {each.term}},
                                  {"chisq", json_number(each.test.statistic)},
                                  {"df", json_whole(each.test.df)},
                                  {"p", json_number(each.test.p)}}});
    }
    return {std::move(out)};
}

Json test_of(const course::SurvivalTest& test) {
    return {JsonObject{{"chisq", json_number(test.statistic)},
                       {"df", json_whole(test.df)},
                       {"p", json_number(test.p)}}};
}

Report report_of(const Options& options, const course::CoxModel& model, std::size_t n_left_out) {
    Report report;
    report.method = fmt::format("Cox regression, ties: {}.", options.ties);
    report.source =
        "Cox (1972), J R Stat Soc B 34:187-220; Efron (1977), J Am Stat Assoc 72:557-565; Grambsch "
        "& Therneau (1994), Biometrika 81:515-526";
    report.n = model.n;
    report.warnings = model.warnings;
    warn_left_out(n_left_out, report.warnings);
    report.converged = model.converged;
    report.iterations = model.iterations;
    report.log_likelihood = model.log_likelihood;
    report.has_rows = false;
    JsonList coefficients;
    for (const auto& each : model.coefficients) {
        coefficients.push_back({JsonObject{{"term", {each.term}},
                                           {"estimate", json_optional(each.estimate)},
                                           {"se", json_optional(each.se)},
                                           {"z", json_optional(each.z)},
                                           {"p", json_optional(each.p)},
                                           {"hazard_ratio", json_optional(each.hazard_ratio)},
                                           {"lower", json_optional(each.lower)},
                                           {"upper", json_optional(each.upper)}}});
    }
    report.more = {{"n_events", json_whole(model.n_events)},
                   {"coefficients", {std::move(coefficients)}},
                   {"log_likelihood_null", json_number(model.log_likelihood_null)},
                   {"concordance", json_optional(model.concordance)},
                   {"concordance_se", json_optional(model.concordance_se)},
                   {"proportional_hazards", tests_of(model)},
                   {"likelihood_ratio", test_of(model.likelihood_ratio)},
                   {"wald", test_of(model.wald)},
                   {"score", test_of(model.score)}};
    return report;
}

Result<Exit> run_cox(const Options& options, const Surroundings& at) {
    TRY(const auto table, read_table(options.table));
    TRY(const auto formula, formula_of(options, table));
    auto names = formula.columns();
    if (std::find(names.begin(), names.end(), options.event) == names.end()) {
        names.push_back(options.event);
    }
    TRY(const auto columns, model_columns(table, names));
    const auto design = course::design_matrix(formula, columns, {"", options.event});
    if (!design.ok()) return located(design.error(), table);
    const auto& found = design.value();
    // Without the intercept, which stands first.
    course::Matrix covariates{
        found.fixed.n,
        {found.fixed.values.begin() + static_cast<std::ptrdiff_t>(found.fixed.n),
         found.fixed.values.end()},
        {found.fixed.names.begin() + 1, found.fixed.names.end()}};
    const auto ties = options.ties == "efron"     ? course::Ties::efron
                      : options.ties == "breslow" ? course::Ties::breslow
                                                  : course::Ties::exact;
    const auto model = course::cox_regression(found.response, found.time, covariates, ties);
    if (!model.ok()) {
        // Rows of the design back to rows of the table.
        Faults faults;
        for (const auto& problem : model.error().problems()) {
            auto where = problem.where;
            constexpr std::string_view rows = "/rows/";
            if (where.rfind(rows, 0) == 0) {
                const auto row = found.rows.at(std::stoul(where.substr(rows.size())));
                where = fmt::format("/rows/{}", row);
            }
            faults.add(where, problem.message);
        }
        return located(faults.error(model.error().fault), table);
    }
    return write_report(report_of(options, model.value(), found.n_left_out), options.output, at);
}

}  // namespace

Action course_cox(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--time", options->time, "The column of times, 0 or more")->required();
    command.add_option("--event", options->event, "1: it happened at that time; 0: not seen")
        ->required();
    declare_list(command, "--covariates", options->covariates,
                 "Columns, their logarithms or products: age,arm,age:arm");
    command.get_option("--covariates")->required();
    command.add_option("--ties", options->ties, "How equal times are taken")
        ->check(CLI::IsMember({"efron", "breslow", "exact"}));
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_cox(*options, at); };
}

}  // namespace evenkeel::app
