#include "guidance/findings.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "course/control_chart.h"

namespace evenkeel::guidance {
namespace {

using practice::Finding;
using practice::FindingKind;
using practice::Standing;

std::vector<double> numbers_of(std::span<const Observation> observations) {
    std::vector<double> out;
    for (const auto& each : observations) out.push_back(each.value);
    return out;
}

// One place for each calendar day from the first to the last; NaN where nothing was said.
std::vector<double> by_day(std::span<const Observation> values) {
    const Day first = values.front().day;
    const auto place = [&](const Observation& each) {
        return static_cast<std::size_t>((each.day - first).count());
    };
    std::vector<double> out(place(values.back()) + 1, std::numeric_limits<double>::quiet_NaN());
    for (const auto& each : values) out[place(each)] = each.value;
    return out;
}

// From where the baseline begins: with the person's own remission where it holds enough days and
// one more follows, since the first weeks of care are ill ones; else with the first day.
std::span<const Observation> from_baseline(const Series& series) {
    const std::span<const Observation> all{series.values};
    if (!series.remission) return all;
    const auto begins = std::ranges::find_if(
        all, [&](const auto& each) { return each.at >= series.remission->from; });
    const auto rest = all.subspan(static_cast<std::size_t>(begins - all.begin()));
    const bool enough =
        rest.size() > baseline_values && rest[baseline_values - 1].at <= series.remission->to;
    return enough ? rest : all;
}

std::optional<Finding> reliable_change(const Series& series, const Means&) {
    if (series.instrument == nullptr || !series.instrument->rci) return std::nullopt;
    const double first = series.values.front().value, last = series.values.back().value;
    const double points = series.instrument->rci->points;
    const auto change = measures::change_between(first, last, points, series.instrument->direction);
    if (!change.ok()) return std::nullopt;
    Finding out;
    out.standing = change.value() == measures::Change::improved       ? Standing::better
                   : change.value() == measures::Change::deteriorated ? Standing::worse
                                                                      : Standing::inside;
    out.values = {{"first", first},
                  {"last", last},
                  {"change", last - first},
                  {"points", points},
                  {"index", (last - first) / (points / 1.96)}};
    return out;
}

std::optional<Finding> control_limits(const Series& series, const Means&) {
    const auto values = from_baseline(series);
    const auto days = by_day(values);
    const auto baseline_days = (values[baseline_values - 1].day - values.front().day).count() + 1;
    const course::ChartDesign design{.spread = course::Spread::standard_deviation,
                                     .dependence = course::Dependence::residuals,
                                     .lambda = ewma_lambda,
                                     .limit = ewma_limit};
    const auto made =
        course::control_chart(days, 0, static_cast<std::size_t>(baseline_days - 1), design);
    if (!made.ok()) return std::nullopt;
    const auto& chart = made.value();
    const auto& last = chart.points.back();
    std::size_t outside = 0;
    for (auto each = chart.points.rbegin(); each != chart.points.rend(); ++each) {
        if (each->at < static_cast<std::size_t>(baseline_days)) break;
        if (!(last.up && each->up) && !(last.down && each->down)) break;
        ++outside;
    }
    Finding out;
    out.n = static_cast<int>(values.size());
    out.from = values.front().at;
    const bool of_remission = series.remission && out.from >= series.remission->from &&
                              values[baseline_values - 1].at <= series.remission->to;
    out.standing = last.up ? Standing::above : last.down ? Standing::below : Standing::inside;
    out.values = {{"value", series.values.back().value},
                  {"statistic", last.statistic},
                  {"lower", last.lower},
                  {"upper", last.upper},
                  {"center", chart.baseline.center},
                  {"sd", chart.baseline.sd},
                  {"ar1", chart.ar1_used},
                  {"lambda", design.lambda},
                  {"limit", design.limit},
                  {"n_baseline", static_cast<double>(chart.baseline.n)},
                  {"baseline_days", static_cast<double>(baseline_days)},
                  {"days_outside", static_cast<double>(outside)},
                  {"of_remission", of_remission ? 1.0 : 0.0}};
    return out;
}

std::optional<Finding> early_warning(const Series& series, const Means& means) {
    if (!means.surrogates) return std::nullopt;
    const auto newest = std::span(series.values).last(warning_values);
    const course::EarlyWarningOptions options{.window = warning_window,
                                              .detrend = course::Detrend::gaussian,
                                              .n_surrogates = warning_surrogates,
                                              .surrogate_step = warning_step};
    const auto made = course::early_warning(numbers_of(newest), options, means.surrogates);
    if (!made.ok()) return std::nullopt;
    const auto& found = made.value();
    const bool told = found.ar1.p_surrogate && found.variance.p_surrogate;
    if (!told) return std::nullopt;
    Finding out;
    out.n = static_cast<int>(newest.size());
    out.from = newest.front().at;
    const bool rising =
        *found.ar1.p_surrogate <= warning_level && *found.variance.p_surrogate <= warning_level;
    out.standing = rising ? Standing::rising : Standing::inside;
    out.values = {{"window", static_cast<double>(warning_window)},
                  {"ar1", found.indicators.ar1.back()},
                  {"variance", found.indicators.variance.back()},
                  {"tau_ar1", *found.ar1.tau},
                  {"p_ar1", *found.ar1.p_surrogate},
                  {"tau_variance", *found.variance.tau},
                  {"p_variance", *found.variance.p_surrogate},
                  {"surrogates", static_cast<double>(found.n_surrogates)},
                  {"surrogate_ar1", found.surrogate_ar1}};
    return out;
}

double days_between(Instant from, Instant to) {
    return std::chrono::duration<double, std::ratio<86400>>(to - from).count();
}

// The archive's model takes lower scores as better, so an instrument that rises has none.
std::optional<Finding> expected_response(const Series& series, const Means& means) {
    const bool lower_is_better =
        series.instrument != nullptr &&
        series.instrument->direction == measures::Direction::lower_is_better;
    if (means.archive == nullptr || !lower_is_better) return std::nullopt;
    const auto& first = series.values.front();
    std::vector<course::ScoreRecord> records;
    for (const auto& each : series.values) {
        const double time = days_between(first.at, each.at);
        if (!records.empty() && time <= records.back().time) continue;
        records.push_back({0, time, each.value});
    }
    const auto made = course::expect(*means.archive, records);
    if (!made.ok() || !made.value().back().off_track) return std::nullopt;
    const auto& last = made.value().back();
    Finding out;
    out.standing = *last.off_track                             ? Standing::worse
                   : records.back().score < last.lower.value() ? Standing::better
                                                               : Standing::inside;
    out.values = {{"value", records.back().score},
                  {"expected", *last.expected},
                  {"lower", *last.lower},
                  {"upper", *last.upper},
                  {"n_comparable", static_cast<double>(last.n_comparable)},
                  {"first", first.value},
                  {"days", records.back().time},
                  {"simulated", means.archive_of == practice::ArchiveOf::simulation ? 1.0 : 0.0}};
    return out;
}

using Shown = std::string_view;
constexpr Shown shown_of_change[] = {"first", "last", "change", "points", "index"};
constexpr Shown shown_of_limits[] = {"value", "statistic", "lower", "upper",      "center",
                                     "sd",    "ar1",       "limit", "n_baseline", "of_remission"};
constexpr Shown shown_of_warning[] = {"window",     "ar1",        "variance",
                                      "tau_ar1",    "p_ar1",      "tau_variance",
                                      "p_variance", "surrogates", "surrogate_ar1"};
constexpr Shown shown_of_expectation[] = {"value", "expected",     "lower",
                                          "upper", "n_comparable", "simulated"};

constexpr Method all_methods[] = {
    {FindingKind::reliable_change, "reliable change 1",
     "Jacobson & Truax (1991), J Consult Clin Psychol 59:12-19", "clinical-change", Of::scores, 2,
     shown_of_change, reliable_change},
    {FindingKind::expected_response, "expected response 1",
     "Finch, Lambert & Schaalje (2001), Clin Psychol Psychother 8:231-242; Delgadillo et al. "
     "(2018), Lancet Psychiatry 5:564-572",
     "expected-response", Of::scores, course::first_signal_score, shown_of_expectation,
     expected_response},
    {FindingKind::control_limits, "control limits 2",
     "Roberts (1959), Technometrics 1:239-250; Alwan & Roberts (1988), J Bus Econ Stat 6:87-95",
     "control-charts", Of::diary, least_diary_days, shown_of_limits, control_limits},
    {FindingKind::early_warning, "early warning 1",
     "Dakos et al. (2012), PLoS ONE 7:e41010; van de Leemput et al. (2014), PNAS 111:87-92",
     "early-warning", Of::diary, warning_values, shown_of_warning, early_warning},
};

// "finding.control_limits.below", "finding.control_limits.rule"
std::string coded(FindingKind kind, std::string_view what) {
    return "finding." + std::string(name_of(kind)) + "." + std::string(what);
}

}  // namespace

std::span<const Method> methods() {
    return all_methods;
}

const Method& method_of(FindingKind kind) {
    const auto* found = std::ranges::find(all_methods, kind, &Method::finding);
    EK_ASSERT(found != std::end(all_methods));
    return *found;
}

std::vector<Finding> findings_of(const Series& series, const Means& means) {
    std::vector<Finding> out;
    for (const auto& method : all_methods) {
        const auto of = series.instrument != nullptr ? Of::scores : Of::diary;
        if (method.of != of || series.values.size() < method.least) continue;
        auto found = method.compute(series, means);
        if (!found) continue;
        found->finding = method.finding;
        found->series = series.name;
        found->method = method.name;
        found->to = series.values.back().at;
        if (found->n == 0) {
            found->n = static_cast<int>(series.values.size());
            found->from = series.values.front().at;
        }
        out.push_back(std::move(*found));
    }
    return out;
}

Explained explained(const Finding& finding, const std::string& title,
                    const std::string& threshold) {
    const Method& method = method_of(finding.finding);
    std::map<std::string, Scalar> values{{"series", title.empty() ? finding.series : title},
                                         {"since", to_string(finding.from)},
                                         {"until", to_string(finding.to)},
                                         {"n", static_cast<double>(finding.n)}};
    for (const auto& [name, value] : finding.values) values[name] = value;
    Explained out;
    out.says = {coded(finding.finding, name_of(finding.standing)), values};
    out.why = {.method = finding.method,
               .source = std::string(method.source),
               .inputs = {{"n", static_cast<double>(finding.n), std::nullopt},
                          {"from", to_string(finding.from), finding.from},
                          {"to", to_string(finding.to), finding.to}},
               .rule = {coded(finding.finding, "rule"), values},
               .uncertainty = {coded(finding.finding, "uncertainty"), values},
               .cannot_tell = {coded(finding.finding, "cannot_tell"), values}};
    if (!threshold.empty() && finding.finding == FindingKind::reliable_change) {
        out.why.source += "; threshold: " + threshold;
    }
    for (const auto& name : method.shown) {
        const auto at = finding.values.find(std::string(name));
        if (at == finding.values.end()) continue;
        out.why.inputs.push_back({std::string(name), at->second, std::nullopt});
    }
    return out;
}

}  // namespace evenkeel::guidance
