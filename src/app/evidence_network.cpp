// `evidence network`: trials of several treatments from a table, joined into one network. The
// methods stand in evidence/network.h and evidence/ranking.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "app/commands.h"
#include "app/evidence_pictures.h"
#include "app/report.h"
#include "app/trial_table.h"
#include "evidence/ranking.h"
#include "numerics/distributions.h"

namespace evenkeel::app {
namespace {

using evidence::Measure;
using evidence::NetworkAnalysis;
using evidence::NetworkTau2;
using evidence::Pooled;
using evidence::SmallValues;

struct Options {
    TableOptions table;
    TrialColumns columns;
    bool contrasts = false, common = false, exponentiate = false;
    std::string measure, reference, tau2 = "dl", small_values = "good", plot_kind = "network";
    std::uint64_t seed = 1;
    OutputOptions output;
};

struct MeasureName {
    Measure measure;
    const char* title;
    bool of_events;
};

const std::map<std::string, MeasureName>& measures() {
    static const std::map<std::string, MeasureName> table{
        {"OR", {Measure::odds_ratio, "log odds ratio", true}},
        {"RR", {Measure::risk_ratio, "log risk ratio", true}},
        {"RD", {Measure::risk_difference, "risk difference", true}},
        {"MD", {Measure::mean_difference, "mean difference", false}},
        {"SMD", {Measure::smd, "standardised mean difference", false}}};
    return table;
}

// What --measure, --arms and --contrasts need of each other. CLI11 cannot say "one of these sets".
std::string wrong_call(const Options& options) {
    const auto& c = options.columns;
    const auto lacks = [](const std::string& column) { return column.empty(); };
    if (c.arms == options.contrasts) return "Give either --arms or --contrasts.";
    if (options.contrasts) {
        return lacks(c.treat1) || lacks(c.treat2) || lacks(c.effect) || lacks(c.se)
                   ? "--contrasts needs --study, --treat1, --treat2, --effect and --se."
                   : "";
    }
    if (measures().at(options.measure).of_events) {
        return lacks(c.treatment) || lacks(c.events) || lacks(c.n) || !lacks(c.mean)
                   ? fmt::format(
                         "--arms with --measure {} needs --study, --treatment, --events "
                         "and --n.",
                         options.measure)
                   : "";
    }
    return lacks(c.treatment) || lacks(c.mean) || lacks(c.sd) || lacks(c.n) || !lacks(c.events)
               ? fmt::format(
                     "--arms with --measure {} needs --study, --treatment, --mean, --sd "
                     "and --n.",
                     options.measure)
               : "";
}

Result<std::size_t> reference_of(const evidence::Network& network, const std::string& name) {
    const auto& names = network.treatments;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    std::string known;
    for (const auto& each : names) known += (known.empty() ? "" : ", ") + each;
    return Error{Fault::invalid_input, "--reference",
                 fmt::format("No trial with data has {}. The treatments are: {}.", name, known)};
}

Error nothing_left(const TrialTable& trials) {
    Faults out;
    out.add("", "No trial is left that compares two treatments.");
    for (const auto& why : trials.warnings) out.add("", why);
    return out.error();
}

Json number_or_null(const std::optional<double>& number) {
    return number ? json_number(*number) : Json{};
}

struct Effect {
    double estimate = 0, se = 0;
    evidence::Interval interval;
};

Effect effect_of(const Pooled& pooled, std::size_t i, std::size_t j) {
    const double estimate = pooled.estimate(i, j), se = pooled.se(i, j);
    const double half = numerics::normal_quantile(0.975) * se;
    return {estimate, se, {estimate - half, estimate + half}};
}

struct Answer {
    const Options* options;
    const TrialTable* trials;
    const NetworkAnalysis* found;
    std::size_t reference;

    [[nodiscard]] const Pooled& pooled() const {
        return options->common ? found->common : found->random;
    }
    [[nodiscard]] double tau2() const { return options->common ? 0 : found->tau2; }
    [[nodiscard]] const std::string& name(std::size_t i) const {
        return trials->network.treatments[i];
    }
    [[nodiscard]] SmallValues small() const {
        return options->small_values == "good" ? SmallValues::good : SmallValues::bad;
    }
};

Json effect_json(const Answer& answer, std::size_t i, std::size_t j) {
    const auto e = effect_of(answer.pooled(), i, j);
    const double p = 2 * numerics::normal_upper(std::abs(e.estimate / e.se));
    JsonObject out{{"treat1", {answer.name(i)}},
                   {"treat2", {answer.name(j)}},
                   {"estimate", json_number(e.estimate)},
                   {"se", json_number(e.se)},
                   {"lower", json_number(e.interval.lower)},
                   {"upper", json_number(e.interval.upper)},
                   {"p", json_number(p)}};
    if (!answer.options->common && answer.found->total.df > 0) {
        const double half =
            numerics::t_quantile(0.975, static_cast<double>(answer.found->total.df)) *
            std::hypot(e.se, std::sqrt(answer.found->tau2));
        out.emplace_back("prediction_lower", json_number(e.estimate - half));
        out.emplace_back("prediction_upper", json_number(e.estimate + half));
    }
    if (answer.options->exponentiate) {
        out.emplace_back("ratio", json_number(std::exp(e.estimate)));
        out.emplace_back("ratio_lower", json_number(std::exp(e.interval.lower)));
        out.emplace_back("ratio_upper", json_number(std::exp(e.interval.upper)));
    }
    return {std::move(out)};
}

Json effects_json(const Answer& answer) {
    JsonList out;
    const std::size_t n = answer.pooled().n;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (i != j) out.push_back(effect_json(answer, i, j));
        }
    }
    return {std::move(out)};
}

Json q_json(const NetworkAnalysis& found) {
    return {JsonObject{{"total", json_number(found.total.q)},
                       {"df", json_whole(found.total.df)},
                       {"p", number_or_null(found.total.p)},
                       {"within", json_number(found.within.q)},
                       {"within_df", json_whole(found.within.df)},
                       {"within_p", number_or_null(found.within.p)},
                       {"between", json_number(found.between.q)},
                       {"between_df", json_whole(found.between.df)},
                       {"between_p", number_or_null(found.between.p)}}};
}

Json consistency_json(const NetworkAnalysis& found) {
    if (!found.inconsistency) return {};
    const auto& full = *found.inconsistency;
    return {JsonObject{{"q", json_number(full.between.q)},
                       {"df", json_whole(full.between.df)},
                       {"p", number_or_null(full.between.p)},
                       {"tau2_within", json_number(full.tau2_within)}}};
}

Json designs_json(const Answer& answer) {
    JsonList out;
    for (const auto& design : answer.found->designs) {
        std::string name;
        for (const auto t : design.treatments) name += (name.empty() ? "" : ":") + answer.name(t);
        out.push_back({JsonObject{{"design", {name}},
                                  {"q", json_number(design.test.q)},
                                  {"df", json_whole(design.test.df)},
                                  {"p", number_or_null(design.test.p)}}});
    }
    return {std::move(out)};
}

Json splits_json(const Answer& answer) {
    JsonList out;
    for (const auto& row :
         evidence::direct_indirect(answer.trials->network, answer.pooled(), answer.tau2())) {
        out.push_back({JsonObject{{"treat1", {answer.name(row.treat1)}},
                                  {"treat2", {answer.name(row.treat2)}},
                                  {"n_studies", json_whole(row.n_studies)},
                                  {"direct", number_or_null(row.direct)},
                                  {"direct_se", number_or_null(row.direct_se)},
                                  {"indirect", number_or_null(row.indirect)},
                                  {"indirect_se", number_or_null(row.indirect_se)},
                                  {"difference", number_or_null(row.difference)},
                                  {"se", number_or_null(row.se)},
                                  {"p", number_or_null(row.p)},
                                  {"proportion_direct", json_number(row.proportion_direct)}}});
    }
    return {std::move(out)};
}

using Ranks = std::vector<std::vector<double>>;

void add_ranking(JsonObject& out, const Answer& answer, const std::vector<double>& scores,
                 const Ranks& ranks) {
    JsonObject by_score, by_rank;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        by_score.emplace_back(answer.name(i), json_number(scores[i]));
        by_rank.emplace_back(answer.name(i), json_numbers(ranks[i]));
    }
    out.emplace_back("p_scores", Json{std::move(by_score)});
    out.emplace_back("rank_probabilities", Json{std::move(by_rank)});
}

JsonObject members_of(const Answer& answer) {
    const auto& found = *answer.found;
    JsonList treatments;
    for (const auto& name : answer.trials->network.treatments) treatments.push_back({name});
    JsonObject out{{"measure", {answer.options->measure}},
                   {"model", {std::string(answer.options->common ? "common" : "random")}},
                   {"reference", {answer.name(answer.reference)}},
                   {"n_studies", json_whole(found.n_studies)},
                   {"n_designs", json_whole(found.n_designs)},
                   {"treatments", {std::move(treatments)}},
                   {"effects", effects_json(answer)},
                   {"tau2", json_number(found.tau2)},
                   {"tau2_correlated", number_or_null(found.tau2_correlated)},
                   {"i2", number_or_null(found.i2)},
                   {"q", q_json(found)},
                   {"consistency", consistency_json(found)},
                   {"designs", designs_json(answer)},
                   {"direct_indirect", splits_json(answer)}};
    return out;
}

std::string forest_of(const Answer& answer, const std::string& measure) {
    Forest forest{.title = fmt::format("Against {}", answer.name(answer.reference)),
                  .description = fmt::format(
                      "Network estimates of {} treatments against {}, with 95 % intervals:",
                      answer.pooled().n - 1, answer.name(answer.reference)),
                  .axis = measure};
    for (std::size_t i = 0; i < answer.pooled().n; ++i) {
        if (i == answer.reference) continue;
        const auto e = effect_of(answer.pooled(), i, answer.reference);
        forest.lines.push_back(
            {.name = answer.name(i), .estimate = e.estimate, .interval = e.interval});
        forest.description += fmt::format(" {}: {:.2f} ({:.2f} to {:.2f}).", answer.name(i),
                                          e.estimate, e.interval.lower, e.interval.upper);
    }
    return forest_picture(forest);
}

std::string picture_of(const Answer& answer, const std::vector<double>& scores,
                       const Ranks& ranks) {
    const auto& options = *answer.options;
    if (options.output.plot.empty()) return "";
    const NetworkPicture picture{&answer.trials->network, &answer.pooled(),
                                 measures().at(options.measure).title};
    if (options.plot_kind == "forest") return forest_of(answer, picture.measure);
    if (options.plot_kind == "league") return league_picture(picture);
    if (options.plot_kind == "rank") return rank_picture(picture, scores, ranks);
    return network_picture(picture);
}

void add_warnings(const Answer& answer, Report& report) {
    const auto add = [&](const std::vector<std::string>& more) {
        report.warnings.insert(report.warnings.end(), more.begin(), more.end());
    };
    add(answer.trials->warnings);
    add(answer.found->warnings);
    report.warnings.emplace_back(
        "Comparisons without trials of their own, or without others, have no direct or no indirect "
        "estimate (null).");
    report.warnings.emplace_back(
        "A rank says nothing about how large a difference is; read it beside the effects.");
    if (!answer.found->converged) {
        report.warnings.emplace_back("The search for tau2 did not arrive; do not rely on it.");
    }
}

Result<Exit> run_network(const Options& options, const Surroundings& at) {
    if (const auto wrong = wrong_call(options); !wrong.empty()) {
        at.err << wrong << '\n';
        return Exit::wrong_call;
    }
    const auto& measure = measures().at(options.measure);
    TRY(const auto table, read_table(options.table));
    TRY(const auto trials, read_trials(table, options.columns, measure.measure));
    if (trials.network.contrasts.empty()) return nothing_left(trials);
    TRY(const auto reference, reference_of(trials.network, options.reference));
    const std::map<std::string, NetworkTau2> tau2{
        {"dl", NetworkTau2::dl}, {"reml", NetworkTau2::reml}, {"ml", NetworkTau2::ml}};
    const auto result =
        evidence::network_analysis(trials.network, {tau2.at(options.tau2), reference});
    if (!result.ok()) return in_the_table(result.error(), trials);

    const Answer answer{&options, &trials, &result.value(), reference};
    const auto scores = evidence::p_scores(answer.pooled(), answer.small());
    SeededRandom random(options.seed);
    constexpr std::size_t n_draws = 20'000;
    const auto ranks = evidence::rank_probabilities(answer.pooled(), answer.small(), random,
                                                    n_draws, threads_of(options.table));
    Report report;
    report.method = fmt::format(
        "Network meta-analysis of {}s in the graph-theoretical form, {} effects, tau2 by {}.",
        measure.title, options.common ? "common" : "random", options.tau2);
    report.source =
        "R\u00FCcker (2012), Res Synth Methods 3:312-324; R\u00FCcker & Schwarzer (2014), Stat Med "
        "33:4353-4369";
    report.n = table.n_rows();
    report.converged = answer.found->converged;
    report.iterations = answer.found->iterations;
    report.log_likelihood = answer.found->log_likelihood;
    report.more = members_of(answer);
    add_ranking(report.more, answer, scores, ranks);
    report.has_rows = false;
    report.picture = picture_of(answer, scores, ranks);
    add_warnings(answer, report);
    return write_report(report, options.output, at);
}

void declare_columns(CLI::App& command, Options& options) {
    auto& c = options.columns;
    command.add_flag("--arms", c.arms, "One row for each arm of a trial");
    command.add_flag("--contrasts", options.contrasts,
                     "One row for each contrast; all of them for trials of more than two arms");
    command.add_option("--study", c.study, "The column that names a trial")->required();
    command.add_option("--treatment", c.treatment, "The column of the arm's treatment");
    command.add_option("--events", c.events, "Arms: how many had the event");
    command.add_option("--n", c.n, "Arms: how many people");
    command.add_option("--mean", c.mean, "Arms: the mean");
    command.add_option("--sd", c.sd, "Arms: the standard deviation");
    command.add_option("--treat1", c.treat1, "Contrasts: the first treatment");
    command.add_option("--treat2", c.treat2, "Contrasts: the treatment it is compared with");
    command.add_option("--effect", c.effect, "Contrasts: first minus second");
    command.add_option("--se", c.se, "Contrasts: the standard error");
}

}  // namespace

Action evidence_network(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    declare_columns(command, *options);
    command.add_option("--measure", options->measure, "What is compared; ratios as logarithms")
        ->required()
        ->check(CLI::IsMember({"OR", "RR", "RD", "MD", "SMD"}));
    command.add_option("--reference", options->reference, "The treatment others are set against")
        ->required();
    command.add_option("--tau2", options->tau2, "How tau2 is estimated")
        ->check(CLI::IsMember({"dl", "reml", "ml"}));
    command.add_flag("--common", options->common, "Common effects instead of random ones");
    command.add_option("--small-values", options->small_values, "Whether small values are good")
        ->check(CLI::IsMember({"good", "bad"}));
    command.add_flag("--exponentiate", options->exponentiate, "Add ratios to their logarithms");
    command.add_option("--plot-kind", options->plot_kind, "network, forest, league or rank")
        ->check(CLI::IsMember({"network", "forest", "league", "rank"}));
    declare_seed(command, options->seed);
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_network(*options, at); };
}

}  // namespace evenkeel::app
