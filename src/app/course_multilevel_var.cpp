// `course multilevel-var`: what goes before and with what in the people of a group. The method is
// in course/multilevel_var.h.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/model_columns.h"
#include "app/network_table.h"
#include "course/multilevel_var.h"

namespace evenkeel::app {
namespace {

struct Options {
    TableOptions table;
    std::vector<std::string> variables;
    MomentColumns moments;
    OutputOptions output;
};

JsonList fixed_json(const std::vector<std::string>& names,
                    const std::vector<course::PeopleEffect>& effects) {
    JsonList rows;
    const std::size_t p = names.size();
    for (std::size_t from = 0; from < p; ++from) {
        for (std::size_t to = 0; to < p; ++to) {
            const auto& effect = effects[from * p + to];
            rows.push_back({JsonObject{{"from", {names[from]}},
                                       {"to", {names[to]}},
                                       {"estimate", json_optional(effect.estimate)},
                                       {"se", json_optional(effect.se)},
                                       {"p", json_optional(effect.p)},
                                       {"random_sd", json_number(effect.random_sd)}}});
        }
    }
    return rows;
}

void add_network(JsonObject& more, const std::string& name, const std::vector<std::string>& names,
                 const std::optional<course::Associations>& found) {
    more.emplace_back(name, found ? Json{edges_json(names, found->partial_correlation)} : Json{});
    more.emplace_back(name + "_correlation",
                      found ? json_matrix(found->correlation, names.size()) : Json{});
}

Result<Exit> run_multilevel_var(const Options& options, const Surroundings& at) {
    TRY(const auto table, read_table(options.table));
    TRY(const auto columns, number_columns(table, options.variables));
    CHECK_OK(check_variables(table, options.variables, columns));
    TRY(const auto moments, read_moments(table, options.moments));
    std::vector<double> values;
    for (const auto& column : columns) values.insert(values.end(), column.begin(), column.end());
    const auto made = course::multilevel_var({.variables = options.variables,
                                              .values = values,
                                              .person = moments.person,
                                              .group = moments.group,
                                              .moment = moments.moment});
    if (!made.ok()) return by_variable(made.error(), options.variables);
    const auto& found = made.value();
    Report report{.method =
                      "Two-step multilevel VAR(1) by maximum likelihood, random effects "
                      "independent of each other",
                  .source =
                      "Epskamp, Waldorp, Mottus & Borsboom (2018), Multivar Behav Res "
                      "53:453; Bringmann et al. (2013), PLoS ONE 8:e60188",
                  .n = found.n_pairs,
                  .warnings = found.warnings,
                  .converged = found.converged,
                  .iterations = found.iterations,
                  .log_likelihood = found.log_likelihood};
    warn_of_rows(found.n_doubled, found.n_without_moment, report.warnings);
    report.has_rows = false;
    report.more = {{"n_people", json_whole(found.n_people)},
                   {"n_pairs", json_whole(found.n_pairs)},
                   {"fixed", {fixed_json(options.variables, found.effects)}}};
    add_network(report.more, "contemporaneous", options.variables, found.contemporaneous);
    add_network(report.more, "between", options.variables, found.between);
    return write_report(report, options.output, at);
}

}  // namespace

Action course_multilevel_var(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    declare_list(command, "--variables", options->variables, "The columns of the network");
    declare_moments(command, options->moments);
    declare_output(command, options->output);
    return [options](const Surroundings& at) {
        Faults faults;
        if (options->variables.empty()) faults.add("--variables", "Name the columns.");
        if (options->moments.id.empty()) faults.add("--id", "Name the column of people.");
        if (!faults.none()) return Result<Exit>(faults.error());
        return run_multilevel_var(*options, at);
    };
}

}  // namespace evenkeel::app
