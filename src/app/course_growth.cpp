// `course growth`: a linear mixed model by formula. The method is in course/mixed_model.h; here
// stand options, columns and the names of the answer.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/commands.h"
#include "app/model_columns.h"
#include "app/people_pictures.h"
#include "app/report.h"
#include "app/table_input.h"
#include "course/mixed_model.h"

namespace evenkeel::app {
namespace {

struct Options {
    TableOptions table;
    std::string formula, method = "reml", residual = "iid", time, group;
    bool random_effects = false;
    OutputOptions output;
};

Json fixed_of(const course::MixedModel& model) {
    JsonList out;
    for (const auto& effect : model.fixed) {
        out.push_back({JsonObject{{"term", {effect.term}},
                                  {"estimate", json_optional(effect.estimate)},
                                  {"se", json_optional(effect.se)},
                                  {"df", json_optional(effect.df)},
                                  {"p", json_optional(effect.p)},
                                  {"lower", json_optional(effect.lower)},
                                  {"upper", json_optional(effect.upper)}}});
    }
    return {std::move(out)};
}

Json random_sd_of(const course::DesignMatrix& design, const course::MixedModel& model) {
    if (model.random.empty()) return {JsonObject{}};
    JsonObject terms;
    for (std::size_t j = 0; j < model.random.size(); ++j) {
        terms.emplace_back(model.random[j], json_number(model.random_sd(j)));
    }
    return {JsonObject{{design.group_column, {std::move(terms)}}}};
}

Json random_correlation_of(const course::DesignMatrix& design, const course::MixedModel& model) {
    JsonObject pairs;
    for (const auto& block : design.blocks) {
        for (std::size_t i = 0; i < block.size(); ++i) {
            for (std::size_t k = i + 1; k < block.size(); ++k) {
                pairs.emplace_back(model.random[block[i]] + "," + model.random[block[k]],
                                   json_optional(model.random_correlation(block[i], block[k])));
            }
        }
    }
    if (pairs.empty()) return {JsonObject{}};
    return {JsonObject{{design.group_column, {std::move(pairs)}}}};
}

Json modes_of(const course::DesignMatrix& design, const course::MixedModel& model) {
    JsonList out;
    const auto q = model.random.size();
    auto names = json_names(design.group_names);
    for (std::size_t g = 0; g < names.size() && q > 0; ++g) {
        JsonObject effects, errors;
        for (std::size_t j = 0; j < q; ++j) {
            effects.emplace_back(model.random[j], json_number(model.modes[g * q + j]));
            const auto variance = model.mode_covariance[g * q * q + j * q + j];
            errors.emplace_back(model.random[j], json_number(std::sqrt(std::max(variance, 0.0))));
        }
        out.push_back({JsonObject{{"id", std::move(names[g])},
                                  {"effects", {std::move(effects)}},
                                  {"se", {std::move(errors)}}}});
    }
    return {std::move(out)};
}

Result<course::Formula> read_formula(const std::string& text) {
    auto formula = course::parse_formula(text);
    if (formula.ok()) return formula;
    return Error{Fault::invalid_input, "--formula", formula.error().message, {}};
}

// Names that the formula takes for columns and the table does not have.
Result<std::vector<course::Column>> columns_for(const exchange::CsvTable& table,
                                                const course::Formula& formula,
                                                const Options& options) {
    auto names = formula.columns();
    for (const auto& more : {options.group, options.time}) {
        if (!more.empty() && std::find(names.begin(), names.end(), more) == names.end()) {
            names.push_back(more);
        }
    }
    return model_columns(table, names,
                         formula.random.empty() ? options.group : formula.random[0].group);
}

Report report_of(const Options& options, const course::DesignMatrix& design,
                 const course::MixedModel& model) {
    Report report;
    const bool reml = options.method == "reml", car1 = options.residual == "car1";
    report.method = fmt::format("Linear mixed model by {}{}; Satterthwaite's degrees of freedom.",
                                reml ? "restricted maximum likelihood" : "maximum likelihood",
                                car1 ? ", residuals with continuous-time AR(1)" : "");
    report.source =
        "Bates et al. (2015), J Stat Softw 67(1); Kuznetsova et al. (2017), J Stat Softw 82(13)";
    if (car1) report.source += "; Pinheiro & Bates (2000), sec. 5.3";
    report.n = model.n_rows;
    report.warnings = model.warnings;
    warn_left_out(design.n_left_out, report.warnings);
    report.converged = model.converged;
    report.iterations = model.iterations;
    report.log_likelihood = model.log_likelihood;
    report.has_rows = false;
    report.more = {{"n_groups", json_whole(model.n_groups)},
                   {"fixed", fixed_of(model)},
                   {"random_sd", random_sd_of(design, model)},
                   {"random_correlation", random_correlation_of(design, model)},
                   {"residual_sd", json_number(model.residual_sd)},
                   {"car1_phi", json_optional(model.car1_phi)},
                   {"aic", json_number(model.aic)},
                   {"bic", json_number(model.bic)},
                   {"singular", {model.singular}}};
    if (options.random_effects) report.more.emplace_back("random", modes_of(design, model));
    return report;
}

Result<Exit> run_growth(const Options& options, const Surroundings& at) {
    TRY(const auto formula, read_formula(options.formula));
    const bool car1 = options.residual == "car1";
    Faults faults;
    if (car1 && options.time.empty()) {
        faults.add("--time", "Correlated residuals need the column of times: --time COL.");
    }
    if (formula.random.empty() && options.group.empty()) {
        faults.add(
            "--formula",
            "Add a random term such as (1 | id), or name the column of people: --group COL.");
    }
    if (!faults.none()) return faults.error();
    TRY(const auto table, read_table(options.table));
    TRY(const auto columns, columns_for(table, formula, options));
    const course::DesignOptions beside{options.group, car1 ? options.time : ""};
    const auto design = course::design_matrix(formula, columns, beside);
    if (!design.ok()) return located(design.error(), table);
    const auto model = course::fit_mixed_model(
        design.value(),
        {.likelihood = options.method == "reml" ? course::Likelihood::reml : course::Likelihood::ml,
         .residuals = car1 ? course::Residuals::car1 : course::Residuals::independent,
         .modes = options.random_effects},
        threads_of(options.table));
    if (!model.ok()) return located(model.error(), table);
    auto report = report_of(options, design.value(), model.value());
    if (!options.output.plot.empty()) {
        const auto picture =
            growth_picture({&formula, columns, beside, &design.value(), &model.value()});
        if (!picture) {
            report.warnings.emplace_back(
                "The formula has no number to draw growth over, so there is no picture.");
        }
        report.picture = picture.value_or("");
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action course_growth(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command
        .add_option("--formula", options->formula,
                    "As in \"bdi ~ lt * btheb + (1 + lt | id)\": columns, log(x), log1p(x), * : +")
        ->required();
    command.add_option("--method", options->method, "reml (the usual choice) or ml")
        ->check(CLI::IsMember({"reml", "ml"}));
    command
        .add_option("--residual", options->residual,
                    "iid, or car1: correlation that fades with the time between rows")
        ->check(CLI::IsMember({"iid", "car1"}));
    command.add_option("--time", options->time, "The column of times, for car1");
    command.add_option("--group", options->group,
                       "The column of people, where the formula has no random term");
    command.add_flag("--random-effects", options->random_effects,
                     "Each person's own deviation, with its error");
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_growth(*options, at); };
}

}  // namespace evenkeel::app
