// `evidence meta`: effects and their variances from a table, pooled or regressed on moderators.
// The methods stand in evidence/meta_analysis.h; here only columns, names and the picture.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <map>
#include <memory>

#include "app/commands.h"
#include "app/evidence_pictures.h"
#include "app/moderators.h"
#include "app/report.h"
#include "app/table_input.h"

namespace evenkeel::app {
namespace {

using evidence::HeterogeneityMethod;
using evidence::MetaAnalysis;
using exchange::CsvTable;

struct Options {
    TableOptions table;
    std::string effect, variance, se, study;
    std::string method = "reml", plot_kind = "forest";
    bool knapp_hartung = false;
    std::vector<std::string> moderators;
    OutputOptions output;
};

struct MethodName {
    HeterogeneityMethod method;
    const char* title;
    const char* source;
};

const std::map<std::string, MethodName>& methods() {
    static const std::map<std::string, MethodName> table{
        {"reml",
         {HeterogeneityMethod::reml, "restricted maximum likelihood",
          "Viechtbauer (2005), J Educ Behav Stat 30:261-293"}},
        {"ml",
         {HeterogeneityMethod::ml, "maximum likelihood",
          "Viechtbauer (2005), J Educ Behav Stat 30:261-293"}},
        {"dl",
         {HeterogeneityMethod::dl, "DerSimonian and Laird",
          "DerSimonian & Laird (1986), Control Clin Trials 7:177-188"}},
        {"pm",
         {HeterogeneityMethod::pm, "Paule and Mandel",
          "Paule & Mandel (1982), J Res Natl Bur Stand 87:377-385"}},
        {"he",
         {HeterogeneityMethod::he, "Hedges and Olkin",
          "Hedges & Olkin (1985), Statistical Methods for Meta-Analysis"}},
        {"sj",
         {HeterogeneityMethod::sj, "Sidik and Jonkman",
          "Sidik & Jonkman (2005), JRSS C 54:367-384"}},
        {"eb", {HeterogeneityMethod::eb, "empirical Bayes", "Morris (1983), JASA 78:47-55"}},
        {"fe",
         {HeterogeneityMethod::fe, "common effect",
          "Hedges & Olkin (1985), Statistical Methods for Meta-Analysis"}}};
    return table;
}

// What stands in the table, row for row; NaN where a cell is missing.
struct Columns {
    std::vector<double> effect, variance;
    std::vector<Json> study;
};

// Variances that are there but cannot be; the kernel would only know their place among the kept.
void check_variances(const CsvTable& table, const std::vector<double>& variances,
                     const Options& options, Faults& faults) {
    const bool is_se = !options.se.empty();
    const auto& name = is_se ? options.se : options.variance;
    for (std::size_t row = 0; row < variances.size(); ++row) {
        const double variance = variances[row];
        if (std::isnan(variance) || (variance > 0 && std::isfinite(variance))) continue;
        faults.add(table.place(row, *table.column(name)),
                   fmt::format("The {} must be finite and larger than 0.",
                               is_se ? "standard error" : "variance"));
    }
}

Result<Columns> read_columns(const CsvTable& table, const Options& options) {
    const bool is_se = !options.se.empty();
    Faults faults;
    auto numbers =
        number_columns(table, {options.effect, is_se ? options.se : options.variance}, faults);
    if (is_se) {
        // A negative standard error must stay visible as such.
        for (auto& x : numbers[1]) x *= std::abs(x);
    }
    check_variances(table, numbers[1], options, faults);
    auto study = row_ids(table, options.study);
    if (!study.ok()) faults.add(study.error());
    const auto known = complete_rows(table, options.moderators, {});
    if (!known.ok()) faults.add(known.error());
    if (!faults.none()) return faults.error();
    Columns out;
    out.study = std::move(study).value();
    out.effect = std::move(numbers[0]);
    out.variance = std::move(numbers[1]);
    return out;
}

std::string name_of(const Json& study) {
    if (const auto* text = study.text()) return *text;
    return study.is_null() ? "" : fmt::format("{}", study.number().value_or(0));
}

// The same study with the same numbers twice is more often a copied row than a second result.
void warn_of_doubles(const Columns& columns, const std::vector<std::size_t>& rows,
                     std::vector<std::string>& warnings) {
    std::map<std::tuple<std::string, double, double>, std::size_t> seen;
    for (const auto row : rows) {
        const auto name = name_of(columns.study[row]);
        if (seen.emplace(std::tuple(name, columns.effect[row], columns.variance[row]), row)
                .second) {
            continue;
        }
        warnings.push_back(fmt::format(
            "Study {} stands twice with the same effect and variance; both rows are used.", name));
    }
}

Result<std::vector<std::size_t>> rows_to_use(const CsvTable& table, const Columns& columns,
                                             const Options& options,
                                             std::vector<std::string>& warnings) {
    std::vector<std::size_t> with_effect;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        if (!std::isnan(columns.effect[row]) && !std::isnan(columns.variance[row])) {
            with_effect.push_back(row);
        }
    }
    warn_of(warnings, table.n_rows() - with_effect.size(),
            "row without an effect or its error is left out.",
            "rows without an effect or its error are left out.");
    TRY(auto complete, complete_rows(table, options.moderators, with_effect));
    warn_of(warnings, with_effect.size() - complete.size(), "row without a moderator is left out.",
            "rows without a moderator are left out.");
    if (!options.study.empty()) warn_of_doubles(columns, complete, warnings);
    return complete;
}

Json number_or_null(const std::optional<double>& number) {
    return number ? json_number(*number) : Json{};
}

Json interval_json(const std::optional<evidence::Interval>& interval) {
    if (!interval) return {};
    return {JsonObject{{"lower", json_number(interval->lower)},
                       {"upper", json_number(interval->upper)}}};
}

Json egger_json(const std::optional<evidence::EggerTest>& egger) {
    if (!egger) return {};
    return {JsonObject{{"statistic", json_number(egger->statistic)},
                       {"df", json_number(egger->df)},
                       {"p", json_number(egger->p)},
                       {"limit", json_number(egger->limit)},
                       {"limit_lower", json_number(egger->limit_interval.lower)},
                       {"limit_upper", json_number(egger->limit_interval.upper)}}};
}

Json coefficients_json(const std::vector<evidence::Coefficient>& coefficients) {
    JsonList out;
    for (const auto& c : coefficients) {
        out.push_back({JsonObject{{"term", {c.term}},
                                  {"estimate", json_number(c.estimate)},
                                  {"se", json_number(c.se)},
                                  {"lower", json_number(c.interval.lower)},
                                  {"upper", json_number(c.interval.upper)},
                                  {"p", json_number(c.p)}}});
    }
    return {std::move(out)};
}

Json omnibus_json(const std::optional<evidence::OmnibusTest>& test) {
    if (!test) return {};
    JsonObject out{{"statistic", json_number(test->statistic)}, {"df", json_number(test->df)}};
    if (test->df2) out.emplace_back("df2", json_number(*test->df2));
    out.emplace_back("p", json_number(test->p));
    return {std::move(out)};
}

JsonObject members_of(const MetaAnalysis& found, bool with_moderators) {
    JsonObject out{{"k", json_whole(found.k)}};
    if (!with_moderators) {
        const auto& pooled = found.coefficients.front();
        out.insert(out.end(), {{"estimate", json_number(pooled.estimate)},
                               {"se", json_number(pooled.se)},
                               {"lower", json_number(pooled.interval.lower)},
                               {"upper", json_number(pooled.interval.upper)},
                               {"p", json_number(pooled.p)},
                               {"prediction", interval_json(found.prediction)}});
    }
    const auto bound = [&](double evidence::Interval::*end) {
        return found.tau2_interval ? json_number((*found.tau2_interval).*end) : Json{};
    };
    out.insert(out.end(), {{"tau2", number_or_null(found.tau2)},
                           {"tau2_lower", bound(&evidence::Interval::lower)},
                           {"tau2_upper", bound(&evidence::Interval::upper)},
                           {"tau2_se", number_or_null(found.tau2_se)},
                           {"i2", number_or_null(found.i2)},
                           {"h2", number_or_null(found.h2)},
                           {"q", json_number(found.q)},
                           {"q_df", json_number(found.q_df)},
                           {"q_p", number_or_null(found.q_p)},
                           {"egger", egger_json(found.egger)}});
    if (with_moderators) {
        out.insert(out.end(), {{"coefficients", coefficients_json(found.coefficients)},
                               {"r2", number_or_null(found.r2)},
                               {"qm", omnibus_json(found.qm)},
                               {"qe", json_number(found.q)},
                               {"qe_df", json_number(found.q_df)},
                               {"qe_p", number_or_null(found.q_p)}});
    }
    return out;
}

// Studies in order of the table, the pooled effect below.
std::string forest_of(const MetaAnalysis& found, const Columns& columns,
                      const std::vector<std::size_t>& rows, const std::string& axis,
                      bool with_moderators) {
    Forest forest{.title = "Forest plot", .axis = axis};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double effect = columns.effect[rows[i]];
        const double half = 1.959963984540054 * std::sqrt(columns.variance[rows[i]]);
        forest.lines.push_back({.name = name_of(columns.study[rows[i]]),
                                .estimate = effect,
                                .interval = {effect - half, effect + half},
                                .weight = found.weights[i]});
    }
    if (!with_moderators) {
        const auto& pooled = found.coefficients.front();
        forest.lines.push_back({.name = "Pooled",
                                .estimate = pooled.estimate,
                                .interval = pooled.interval,
                                .pooled = true,
                                .prediction = found.prediction});
        forest.description =
            fmt::format("{} studies. The pooled effect is {:.3f}, 95 % interval {:.3f} to {:.3f}.",
                        found.k, pooled.estimate, pooled.interval.lower, pooled.interval.upper);
        if (found.prediction) {
            forest.description +=
                fmt::format(" A new study is expected between {:.3f} and {:.3f} (dashed line).",
                            found.prediction->lower, found.prediction->upper);
        }
    } else {
        forest.description = fmt::format("{} studies with their 95 % intervals.", found.k);
    }
    return forest_picture(forest);
}

std::string picture_of(const MetaAnalysis& found, const Columns& columns,
                       const std::vector<std::size_t>& rows, const Options& options) {
    if (options.output.plot.empty()) return "";
    const bool with_moderators = !options.moderators.empty();
    if (options.plot_kind == "forest") {
        return forest_of(found, columns, rows, options.effect, with_moderators);
    }
    std::vector<double> effect, se;
    double mean = 0, weight = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        effect.push_back(columns.effect[rows[i]]);
        se.push_back(std::sqrt(columns.variance[rows[i]]));
        mean += found.weights[i] * effect.back();
        weight += found.weights[i];
    }
    const double pooled = with_moderators ? mean / weight : found.coefficients.front().estimate;
    return funnel_picture(effect, se, pooled, options.effect);
}

// Faults of the kernel name the study by its position among the rows used.
Error in_the_table(const Error& error, const CsvTable& table, const std::vector<std::size_t>& rows,
                   const Options& options) {
    Faults out;
    for (const auto& problem : error.problems()) {
        std::string where = problem.where;
        if (where.starts_with("/studies/")) {
            const auto place = std::stoul(where.substr(9));
            const auto slash = where.find('/', 9);
            const auto column =
                slash == std::string::npos ? std::nullopt : table.column(where.substr(slash + 1));
            where = table.place(rows[place], column.value_or(0));
        } else if (where.starts_with("/moderators")) {
            where = "--moderators";
        } else {
            where = options.table.file;
        }
        out.add(where, problem.message);
    }
    return out.error(error.fault);
}

Result<Exit> run_meta(const Options& options, const Surroundings& at) {
    TRY(const auto table, read_table(options.table));
    TRY(const auto columns, read_columns(table, options));
    Report report;
    TRY(const auto rows, rows_to_use(table, columns, options, report.warnings));
    TRY(const auto moderators, moderators_of(table, options.moderators, rows));
    std::vector<double> effect, variance;
    for (const auto row : rows) {
        effect.push_back(columns.effect[row]);
        variance.push_back(columns.variance[row]);
    }
    const auto& method = methods().at(options.method);
    const auto result = evidence::meta_analysis(
        effect, variance, moderators,
        {method.method, options.knapp_hartung ? evidence::CoefficientTest::knapp_hartung
                                              : evidence::CoefficientTest::normal});
    if (!result.ok()) return in_the_table(result.error(), table, rows, options);
    const MetaAnalysis& found = result.value();
    report.method =
        fmt::format("{}, tau2 by {}, {}.",
                    options.moderators.empty() ? "Meta-analysis" : "Meta-regression", method.title,
                    options.knapp_hartung ? "t tests and intervals by Knapp and Hartung"
                                          : "normal tests and intervals");
    report.source = method.source;
    if (options.knapp_hartung) report.source += "; Knapp & Hartung (2003), Stat Med 22:2693-2710";
    report.n = table.n_rows();
    report.converged = found.converged;
    report.iterations = found.iterations;
    report.log_likelihood = found.log_likelihood;
    report.warnings.insert(report.warnings.end(), found.warnings.begin(), found.warnings.end());
    if (!found.converged) {
        report.warnings.emplace_back("The search for tau2 did not arrive; do not rely on it.");
    }
    report.more = members_of(found, !options.moderators.empty());
    report.columns = {"study", "effect", "se", "weight"};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        report.rows.push_back({columns.study[rows[i]], json_number(effect[i]),
                               json_number(std::sqrt(variance[i])), json_number(found.weights[i])});
    }
    report.picture = picture_of(found, columns, rows, options);
    return write_report(report, options.output, at);
}

}  // namespace

Action evidence_meta(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--effect", options->effect, "The column of effects")->required();
    auto* spread = command.add_option_group("spread", "How exact each effect is: one of them");
    spread->add_option("--variance", options->variance, "The column of sampling variances");
    spread->add_option("--se", options->se, "The column of standard errors");
    spread->require_option(1);
    std::vector<std::string> names;
    for (const auto& [name, _] : methods()) names.push_back(name);
    command.add_option("--method", options->method, "How tau2 is estimated")
        ->check(CLI::IsMember(names));
    command.add_flag("--knapp-hartung", options->knapp_hartung,
                     "t and F tests that take the uncertainty of tau2 into account");
    declare_list(command, "--moderators", options->moderators,
                 "Columns that may explain differences; a:b is an interaction");
    command.add_option("--study", options->study, "The column that names a study");
    command.add_option("--plot-kind", options->plot_kind, "forest or funnel")
        ->check(CLI::IsMember({"forest", "funnel"}));
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_meta(*options, at); };
}

}  // namespace evenkeel::app
