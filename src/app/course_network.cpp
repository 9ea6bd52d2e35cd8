// `course network`: what goes before and with what in a person's diary, or across people.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

#include "app/commands.h"
#include "app/model_columns.h"
#include "app/network_table.h"
#include "app/report.h"
#include "app/states_picture.h"
#include "course/network.h"
#include "course/series.h"

namespace evenkeel::app {
namespace {

using course::LaggedPairs;

struct Options {
    TableOptions table;
    std::vector<std::string> variables;
    MomentColumns moments;
    std::string method = "var";
    std::optional<double> lambda;
    double gamma = 0.5;
    bool standardize = false, no_standardize = false, cross_sectional = false;
    std::size_t resamples = 200;
    std::uint64_t seed = 1;
    OutputOptions output;
};

// What every method answers, in one shape.
struct Answer {
    std::vector<double> effect, effect_se, partial_correlation, residual_covariance;
};

void standardize(NetworkColumns& columns) {
    for (auto& column : columns) {
        const auto seen = course::observed_of(column);
        const auto z = course::standardized(seen.values);
        if (!z.ok()) continue;  // constant: check_columns has refused it
        for (std::size_t i = 0; i < seen.positions.size(); ++i) {
            column[seen.positions[i]] = z.value()[i];
        }
    }
}

JsonList temporal_json(const std::vector<std::string>& names, const Answer& answer) {
    JsonList edges;
    const std::size_t p = names.size();
    for (std::size_t from = 0; from < p; ++from) {
        for (std::size_t to = 0; to < p; ++to) {
            edges.push_back({JsonObject{
                {"from", {names[from]}},
                {"to", {names[to]}},
                {"estimate", json_number(answer.effect[from * p + to])},
                {"se", answer.effect_se.empty() ? Json{}
                                                : json_number(answer.effect_se[from * p + to])}}});
        }
    }
    return edges;
}

JsonList centrality_json(const std::vector<std::string>& names,
                         const std::vector<double>& weights) {
    const auto found = course::centrality(weights, names.size());
    JsonList rows;
    for (std::size_t j = 0; j < names.size(); ++j) {
        rows.push_back({JsonObject{{"variable", {names[j]}},
                                   {"in_strength", json_number(found.in_strength[j])},
                                   {"out_strength", json_number(found.out_strength[j])},
                                   {"betweenness", json_number(found.betweenness[j])},
                                   {"closeness", json_number(found.closeness[j])}}});
    }
    return rows;
}

// Of each arrow: the middle 95 % of its estimates in series drawn anew by blocks, and how often
// it has the sign reported. `estimate` gives the effects of one drawn series, or none.
template <class Estimate>
Json stability_json(const Options& options, const LaggedPairs& pairs, const Answer& answer,
                    const Estimate& estimate) {
    const std::size_t p = options.variables.size();
    const auto block = static_cast<std::size_t>(std::ceil(std::cbrt(pairs.n)));
    std::mt19937_64 engine(options.seed);
    std::vector<std::vector<double>> drawn(p * p);
    for (std::size_t r = 0; r < options.resamples; ++r) {
        const auto effects = estimate(course::resampled_blocks(pairs, block, engine));
        for (std::size_t i = 0; i < effects.size(); ++i) drawn[i].push_back(effects[i]);
    }
    JsonList temporal;
    for (std::size_t i = 0; i < p * p && drawn[i].size() > 1; ++i) {
        auto& values = drawn[i];
        std::sort(values.begin(), values.end());
        const auto n = values.size();
        const auto same = std::count_if(values.begin(), values.end(), [&](double value) {
            return value * answer.effect[i] > 0 || (value == 0 && answer.effect[i] == 0);
        });
        temporal.push_back({JsonObject{
            {"from", {options.variables[i / p]}},
            {"to", {options.variables[i % p]}},
            {"lower",
             json_number(values[static_cast<std::size_t>(0.025 * static_cast<double>(n - 1))])},
            {"upper",
             json_number(
                 values[static_cast<std::size_t>(0.975 * static_cast<double>(n - 1) + 0.5)])},
            {"same_sign", json_number(static_cast<double>(same) / static_cast<double>(n))}}});
    }
    return {JsonObject{{"resamples", json_whole(drawn.empty() ? 0 : drawn[0].size())},
                       {"block", json_whole(block)},
                       {"temporal", {std::move(temporal)}}}};
}

std::vector<bool> not_zero(const std::vector<double>& weights) {
    std::vector<bool> out;
    for (const double weight : weights) out.push_back(weight != 0);
    return out;
}

std::string cross_section_picture(const std::vector<std::string>& names,
                                  const course::CrossSection& found) {
    const std::vector<StatesView> views{{"Partial correlations", exchange::Ends::plain,
                                         found.partial_correlation,
                                         not_zero(found.partial_correlation)}};
    return states_picture("What goes together across people",
                          "Partial correlations that the penalty left.", names, views);
}

// Of least squares what can be told from 0 at 95 %, of a penalised estimate what was left.
std::string picture_of(const Options& options, const LaggedPairs& pairs, const Answer& answer) {
    const double z = 1.959964;
    const double free = static_cast<double>(pairs.n) - 2.0 * static_cast<double>(pairs.n_variables);
    auto arrows = not_zero(answer.effect), lines = not_zero(answer.partial_correlation);
    for (std::size_t i = 0; i < arrows.size() && options.method == "var"; ++i) {
        arrows[i] = std::abs(answer.effect[i]) > z * answer.effect_se[i];
        // Fisher's z, given the other variables now and all a moment before.
        lines[i] = std::abs(std::atanh(answer.partial_correlation[i])) * std::sqrt(free - 1) > z;
    }
    const std::vector<StatesView> views{
        {"From one moment to the next", exchange::Ends::arrows, answer.effect, std::move(arrows)},
        {"At the same moment", exchange::Ends::plain, answer.partial_correlation,
         std::move(lines)}};
    const std::string shown =
        options.method == "var"     ? "Shown is what can be told from 0 with 95 % confidence."
        : options.method == "ridge" ? "Every effect is shown; ridge leaves none out."
                                    : "Shown is what the penalty left.";
    return states_picture(
        "Network of states",
        fmt::format("{} pairs of moments. {} An arrow says before, not because.", pairs.n, shown),
        options.variables, views);
}

Result<Exit> run_cross_section(const Options& options, const NetworkColumns& columns,
                               const Surroundings& at) {
    std::vector<double> values;
    std::vector<std::size_t> complete;
    for (std::size_t row = 0; row < columns[0].size(); ++row) {
        const bool whole = std::none_of(columns.begin(), columns.end(), [&](const auto& column) {
            return std::isnan(column[row]);
        });
        if (whole) complete.push_back(row);
    }
    for (const auto& column : columns) {
        for (const auto row : complete) values.push_back(column[row]);
    }
    const auto made = course::cross_sectional_network(values, columns.size(), options.gamma,
                                                      options.lambda.value_or(-1));
    if (!made.ok()) return by_variable(made.error(), options.variables);
    const auto& found = made.value();
    Report report{.method = "graphical lasso by EBIC",
                  .source =
                      "Friedman, Hastie & Tibshirani (2008), Biostatistics 9:432; Epskamp & "
                      "Fried (2018), Psychol Methods 23:617",
                  .n = complete.size(),
                  .converged = found.converged};
    warn_left_out(columns[0].size() - complete.size(), report.warnings);
    if (found.dependent) {
        report.warnings.push_back(fmt::format(
            "{} is a combination of the variables before it, so that edges among them say "
            "little: leave one of them out.",
            options.variables[*found.dependent]));
    }
    report.more = {{"edges", {edges_json(options.variables, found.partial_correlation)}},
                   {"lambda", json_number(found.lambda)},
                   {"ebic", json_number(found.ebic)},
                   {"correlation", json_matrix(found.correlation, columns.size())},
                   {"centrality", {centrality_json(options.variables, found.partial_correlation)}}};
    report.has_rows = false;
    if (!options.output.plot.empty()) {
        report.picture = cross_section_picture(options.variables, found);
    }
    return write_report(report, options.output, at);
}

void add_common(Report& report, const Options& options, const LaggedPairs& pairs,
                const Answer& answer) {
    report.n = pairs.n;
    const bool known = !answer.partial_correlation.empty();
    report.more.insert(
        report.more.begin(),
        {{"n_pairs", json_whole(pairs.n)},
         {"temporal", {temporal_json(options.variables, answer)}},
         {"contemporaneous",
          known ? Json{edges_json(options.variables, answer.partial_correlation)} : Json{}},
         {"residual_covariance", json_matrix(answer.residual_covariance, options.variables.size())},
         {"centrality", {centrality_json(options.variables, answer.effect)}},
         {"centrality_contemporaneous",
          known ? Json{centrality_json(options.variables, answer.partial_correlation)} : Json{}}});
    if (!known) {
        report.warnings.push_back(
            "What is left over of the variables depends on each other exactly, so that there is no "
            "contemporaneous network.");
    }
    warn_of_rows(pairs.n_doubled, pairs.n_without_moment, report.warnings);
    report.has_rows = false;
    if (!options.output.plot.empty()) {
        Answer drawn = answer;  // without lines where there is no network of the same moment
        drawn.partial_correlation.resize(answer.effect.size());
        report.picture = picture_of(options, pairs, drawn);
    }
}

Result<Report> least_squares(const Options& options, const LaggedPairs& pairs) {
    const bool ridge = options.method == "ridge";
    const double lambda = ridge ? options.lambda.value_or(1) : 0;
    const auto made = course::vector_autoregression(pairs, lambda);
    if (!made.ok()) return by_variable(made.error(), options.variables);
    const auto& fit = made.value();
    Report report{.method = ridge ? fmt::format("VAR(1) by ridge regression, lambda {}", lambda)
                                  : "VAR(1) by least squares",
                  .source = ridge ? "Hoerl & Kennard (1970), Technometrics 12:55"
                                  : "Luetkepohl (2005), ch. 3",
                  .converged = true,
                  .log_likelihood = fit.log_likelihood};
    const Answer answer{fit.effect, fit.effect_se, fit.partial_correlation,
                        fit.residual_covariance};
    JsonList intercepts;
    for (std::size_t j = 0; j < options.variables.size(); ++j) {
        intercepts.push_back({JsonObject{{"to", {options.variables[j]}},
                                         {"estimate", json_number(fit.intercept[j])}}});
    }
    report.more = {{"intercept", {std::move(intercepts)}},
                   {"ebic", Json{}},
                   {"lambda", {JsonObject{{"beta", json_number(lambda)}, {"kappa", Json{}}}}},
                   {"stability", stability_json(options, pairs, answer, [&](const auto& drawn) {
                        const auto again = course::vector_autoregression(drawn, lambda);
                        return again.ok() ? again.value().effect : std::vector<double>{};
                    })}};
    add_common(report, options, pairs, answer);
    return report;
}

Result<Report> penalised(const Options& options, const LaggedPairs& pairs) {
    course::GraphicalVarOptions how{.gamma = options.gamma};
    if (options.lambda) how.lambda_beta = how.lambda_kappa = *options.lambda;
    const auto made = course::graphical_var(pairs, how, threads_of(options.table));
    if (!made.ok()) return by_variable(made.error(), options.variables);
    const auto& fit = made.value();
    how.lambda_beta = fit.lambda_beta;
    how.lambda_kappa = fit.lambda_kappa;
    Report report{.method = "graphical VAR by penalised likelihood and EBIC",
                  .source =
                      "Rothman, Levina & Zhu (2010), J Comput Graph Stat 19:947; Epskamp & "
                      "Fried (2018), Psychol Methods 23:617",
                  .converged = fit.converged,
                  .iterations = fit.iterations};
    const Answer answer{fit.effect, {}, fit.partial_correlation, fit.residual_covariance};
    report.more = {{"ebic", json_number(fit.ebic)},
                   {"lambda",
                    {JsonObject{{"beta", json_number(fit.lambda_beta)},
                                {"kappa", json_number(fit.lambda_kappa)}}}},
                   {"stability", stability_json(options, pairs, answer, [&](const auto& drawn) {
                        const auto again = course::graphical_var(drawn, how);
                        return again.ok() ? again.value().effect : std::vector<double>{};
                    })}};
    add_common(report, options, pairs, answer);
    return report;
}

Result<Exit> run_network(const Options& options, const Surroundings& at) {
    TRY(const auto table, read_table(options.table));
    TRY(auto columns, number_columns(table, options.variables));
    CHECK_OK(check_variables(table, options.variables, columns));
    if (options.cross_sectional) return run_cross_section(options, columns, at);
    const bool graphical = options.method == "graphical-var";
    if (options.standardize || (graphical && !options.no_standardize)) standardize(columns);
    TRY(const auto moments, read_moments(table, options.moments));
    std::vector<double> values;
    for (const auto& column : columns) values.insert(values.end(), column.begin(), column.end());
    const auto pairs = course::lagged_pairs(values, columns.size(), moments.group, moments.moment);
    TRY(Report report, graphical ? penalised(options, pairs) : least_squares(options, pairs));
    if (moments.n_people > 1) {
        report.warnings.push_back(fmt::format(
            "The pairs of {} people are pooled: choose one with --where for a personal network.",
            moments.n_people));
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action course_network(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    declare_list(command, "--variables", options->variables, "The columns of the network");
    declare_moments(command, options->moments);
    command.add_option("--method", options->method, "var, ridge or graphical-var")
        ->check(CLI::IsMember({"var", "ridge", "graphical-var"}))
        ->capture_default_str();
    command.add_option("--lambda", options->lambda, "The penalty, instead of a path")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--gamma", options->gamma, "EBIC: how much sparse networks are favoured")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_flag("--standardize", options->standardize, "To mean 0 and sd 1 before all");
    command.add_flag("--no-standardize", options->no_standardize, "graphical-var: as they are");
    command.add_flag("--cross-sectional", options->cross_sectional, "Rows are people, not moments");
    command.add_option("--resamples", options->resamples, "Series drawn anew for the stability")
        ->check(CLI::Range(std::size_t{0}, std::size_t{100'000}))
        ->capture_default_str();
    declare_seed(command, options->seed);
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) {
        if (options->variables.empty()) {
            return Result<Exit>(
                Error{Fault::invalid_input, "--variables", "Name the columns.", {}});
        }
        return run_network(*options, at);
    };
}

}  // namespace evenkeel::app
