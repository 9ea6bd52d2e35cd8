// `course survival`: Kaplan-Meier curves and the log-rank test. The method is in
// course/survival.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <numeric>

#include "app/commands.h"
#include "app/model_columns.h"
#include "app/people_pictures.h"
#include "app/report.h"
#include "app/table_input.h"
#include "course/survival.h"

namespace evenkeel::app {
namespace {

struct Options {
    TableOptions table;
    std::string time, event, by, interval = "log";
    std::optional<double> horizon;
    OutputOptions output;
};

struct Groups {
    std::vector<std::int32_t> codes;
    std::vector<Json> names;
};

// Numbers in their order, texts by alphabet.
Result<Groups> read_groups(const exchange::CsvTable& table, const std::string& by) {
    if (by.empty()) return Groups{{}, {Json{std::string("all")}}};
    TRY(const auto columns, model_columns(table, {by}, by));
    const auto& column = columns[0];
    const auto groups = course::as_groups(column);
    std::vector<std::size_t> order(groups.levels.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto number = [&](std::size_t level) {
        return exchange::parse_number(groups.levels[level]).value_or(0);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return column.is_factor() ? groups.levels[a] < groups.levels[b] : number(a) < number(b);
    });
    Groups out{groups.codes, {}};
    std::vector<std::int32_t> place(order.size());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < order.size(); ++i) {
        place[order[i]] = static_cast<std::int32_t>(i);
        names.push_back(groups.levels[order[i]]);
        out.names.push_back(column.is_factor() ? Json{names.back()}
                                               : json_number(number(order[i])));
    }
    const auto whole = json_names(names);
    if (!column.is_factor()) out.names = whole;
    for (auto& code : out.codes) {
        if (code >= 0) code = place[static_cast<std::size_t>(code)];
    }
    return out;
}

Json rows_of(const course::SurvivalCurve& curve) {
    JsonList rows;
    for (const auto& point : curve.points) {
        rows.push_back({JsonObject{{"time", json_number(point.time)},
                                   {"at_risk", json_whole(point.at_risk)},
                                   {"events", json_whole(point.events)},
                                   {"censored", json_whole(point.censored)},
                                   {"survival", json_number(point.survival)},
                                   {"se", json_optional(point.se)},
                                   {"lower", json_optional(point.lower)},
                                   {"upper", json_optional(point.upper)}}});
    }
    return {std::move(rows)};
}

Json test_of(const std::optional<course::SurvivalTest>& test) {
    if (!test) return {};
    return {JsonObject{{"chisq", json_number(test->statistic)},
                       {"df", json_whole(test->df)},
                       {"p", json_number(test->p)}}};
}

Report report_of(const course::Survival& found, const Groups& groups, const Options& options) {
    Report report;
    report.method = fmt::format("Kaplan-Meier, 95 % intervals on the {} scale; log-rank test.",
                                options.interval);
    report.source =
        "Kaplan & Meier (1958), J Am Stat Assoc 53:457-481; Kalbfleisch & Prentice (2002); Klein & "
        "Moeschberger (2003), sec. 4.5";
    warn_left_out(found.n_left_out, report.warnings);
    JsonList curves;
    report.columns = {"group",    "time", "at_risk", "events", "censored",
                      "survival", "se",   "lower",   "upper"};
    for (std::size_t j = 0; j < found.curves.size(); ++j) {
        const auto& curve = found.curves[j];
        report.n += curve.n;
        if (!curve.median) {
            report.warnings.push_back(fmt::format(
                "{}: the median is not reached; fewer than half are known to have the event.",
                exchange::write_json(groups.names[j])));
        }
        const auto rows = rows_of(curve);
        curves.push_back({JsonObject{{"group", groups.names[j]},
                                     {"n", json_whole(curve.n)},
                                     {"events", json_whole(curve.n_events)},
                                     {"median", json_optional(curve.median)},
                                     {"median_lower", json_optional(curve.median_lower)},
                                     {"median_upper", json_optional(curve.median_upper)},
                                     {"rmean", json_number(curve.restricted_mean)},
                                     {"rmean_se", json_optional(curve.restricted_mean_se)},
                                     {"rows", rows}}});
        for (const auto& row : *rows.list()) {
            std::vector<Json> cells{groups.names[j]};
            for (const auto& [key, value] : *row.object()) cells.push_back(value);
            report.rows.push_back(std::move(cells));
        }
    }
    report.more = {{"horizon", json_number(found.horizon)},
                   {"groups", {std::move(curves)}},
                   {"log_rank", test_of(found.log_rank)},
                   {"peto", test_of(found.peto)}};
    return report;
}

Result<Exit> run_survival(const Options& options, const Surroundings& at) {
    if (options.horizon && !(*options.horizon > 0)) {
        return Error{Fault::invalid_input, "--horizon", "Give a horizon above 0.", {}};
    }
    TRY(const auto table, read_table(options.table));
    TRY(const auto numbers, number_columns(table, {options.time, options.event}));
    TRY(const auto groups, read_groups(table, options.by));
    const auto interval = options.interval == "plain"     ? course::SurvivalInterval::plain
                          : options.interval == "log-log" ? course::SurvivalInterval::log_log
                                                          : course::SurvivalInterval::log;
    const auto found = course::survival(numbers[0], numbers[1], groups.codes, groups.names.size(),
                                        {interval, options.horizon});
    if (!found.ok()) return located(found.error(), table);
    auto report = report_of(found.value(), groups, options);
    if (!options.output.plot.empty()) {
        std::vector<std::string> names;
        for (const auto& name : groups.names) names.push_back(json_text(name));
        report.picture = survival_picture(found.value(), names, options.time);
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action course_survival(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--time", options->time, "The column of times, 0 or more")->required();
    command.add_option("--event", options->event, "1: it happened at that time; 0: not seen")
        ->required();
    command.add_option("--by", options->by, "The column of groups to compare");
    command.add_option("--interval", options->interval, "Scale of the intervals")
        ->check(CLI::IsMember({"log", "plain", "log-log"}));
    command.add_option("--horizon", options->horizon,
                       "The mean time is restricted to this; else to the last time");
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_survival(*options, at); };
}

}  // namespace evenkeel::app
