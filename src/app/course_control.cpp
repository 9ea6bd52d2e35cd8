// `course control`: a control chart on a person's own baseline. The rules are in
// course/control_chart.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/chart_options.h"
#include "app/commands.h"
#include "app/report.h"
#include "app/series_input.h"
#include "app/series_pictures.h"

namespace evenkeel::app {
namespace {

using course::Chart;
using course::ControlChart;

constexpr std::size_t few_baseline_values = 20;
constexpr double considerable_ar1 = 0.3;

struct Options {
    TableOptions table;
    std::string value, index, baseline, spread = "mr", dependence = "ignore";
    ChartOptions chart;
    OutputOptions output;
};

Json index_at(const SeriesInput& series, const ControlChart& chart,
              const std::optional<std::size_t>& point) {
    return point ? series.index[chart.points[*point].at] : Json{};
}

void add_rows(Report& report, const SeriesInput& series, const ControlChart& chart, Chart kind) {
    report.columns = {"index", "value"};
    if (kind == Chart::cusum) {
        report.columns.insert(report.columns.end(), {"pos", "neg"});
    } else {
        report.columns.insert(report.columns.end(), {"statistic", "lower", "upper"});
    }
    report.columns.emplace_back("alarm");
    for (const auto& point : chart.points) {
        std::vector<Json> row{series.index[point.at], json_number(series.values[point.at])};
        if (kind == Chart::cusum) {
            row.push_back(json_number(point.positive));
            row.push_back(json_number(point.negative));
        } else {
            row.push_back(json_number(point.statistic));
            row.push_back(json_number(point.lower));
            row.push_back(json_number(point.upper));
        }
        row.push_back({point.up || point.down});
        report.rows.push_back(std::move(row));
    }
}

void add_warnings(Report& report, const ControlChart& chart, const SeriesInput& series) {
    report.warnings = series.warnings;
    if (chart.baseline.n < few_baseline_values) {
        report.warnings.push_back(fmt::format(
            "The baseline has {} values; with fewer than {} the limits are uncertain and false "
            "alarms more frequent.",
            chart.baseline.n, few_baseline_values));
    }
    if (chart.ar1_used == 0 && std::abs(chart.baseline.ar1) > considerable_ar1) {
        report.warnings.push_back(fmt::format(
            "The baseline's days depend on each other (lag-1 autocorrelation {:.2f}), so alarms "
            "come more often than designed; --autocorrelation residuals takes that into account.",
            chart.baseline.ar1));
    }
    warn_of(report.warnings, series.values.size() - chart.points.size(),
            "missing value was passed over.", "missing values were passed over.");
}

Result<Exit> run_control(const Options& options, const Surroundings& at) {
    TRY(const auto series, read_series(options.table, options.value, options.index));
    TRY(const auto stretch, stretch_of(series, options.baseline));
    auto design = design_of(options.chart);
    design.spread =
        options.spread == "sd" ? course::Spread::standard_deviation : course::Spread::moving_range;
    design.dependence = options.dependence == "residuals" ? course::Dependence::residuals
                                                          : course::Dependence::ignore;
    const auto made = course::control_chart(series.values, stretch.from, stretch.to, design);
    if (!made.ok()) return series.placed(made.error());
    const ControlChart& chart = made.value();

    Report report{.method = name_of(design),
                  .source = design.chart == Chart::ewma    ? "Roberts (1959), Technometrics 1:239"
                            : design.chart == Chart::cusum ? "Page (1954), Biometrika 41:100"
                                                           : "Shewhart (1931)",
                  .n = chart.points.size()};
    add_warnings(report, chart, series);
    report.more = {{"center", json_number(chart.baseline.center)},
                   {"sd", json_number(chart.baseline.sd)},
                   {"n_baseline", json_whole(chart.baseline.n)},
                   {"baseline_ar1", json_number(chart.baseline.ar1)},
                   {"first_alarm", index_at(series, chart, chart.first_alarm)},
                   {"first_alarm_up", index_at(series, chart, chart.first_up)},
                   {"first_alarm_down", index_at(series, chart, chart.first_down)}};
    add_rows(report, series, chart, design.chart);
    if (!options.output.plot.empty()) {
        report.picture = control_picture(series, stretch, chart, design);
    }
    return write_report(report, options.output, at);
}

}  // namespace

void declare_chart(CLI::App& command, ChartOptions& options, LimitOption limit) {
    command.add_option("--chart", options.chart, "ewma, cusum or shewhart")
        ->required()
        ->check(CLI::IsMember({"ewma", "cusum", "shewhart"}));
    command.add_option("--lambda", options.design.lambda, "EWMA: weight of the newest value")
        ->capture_default_str();
    command.add_option("--k", options.design.k, "CUSUM: half the shift to find, in sd")
        ->capture_default_str();
    if (limit == LimitOption::searched) return;
    command.add_option("--limit", options.design.limit, "EWMA, Shewhart: width in standard errors")
        ->capture_default_str();
    command.add_option("--h", options.design.h, "CUSUM: decision limit, in sd")
        ->capture_default_str();
}

course::ChartDesign design_of(const ChartOptions& options) {
    auto design = options.design;
    design.chart = options.chart == "cusum"      ? Chart::cusum
                   : options.chart == "shewhart" ? Chart::shewhart
                                                 : Chart::ewma;
    return design;
}

std::string name_of(const course::ChartDesign& design) {
    switch (design.chart) {
        case Chart::ewma:
            return fmt::format("EWMA control chart, lambda {}, limit {}", design.lambda,
                               design.limit);
        case Chart::cusum:
            return fmt::format("tabular CUSUM, k {}, h {}", design.k, design.h);
        case Chart::shewhart:
            break;
    }
    return fmt::format("Shewhart chart of single values, limit {}", design.limit);
}

Action course_control(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--value", options->value, "The column of values")->required();
    command.add_option("--index", options->index, "The column of days, else positions 1, 2, ...");
    command.add_option("--baseline", options->baseline, "FROM:TO, values of the index")->required();
    command.add_option("--sd-method", options->spread, "mr: moving range; sd: n - 1")
        ->check(CLI::IsMember({"mr", "sd"}))
        ->capture_default_str();
    command
        .add_option("--autocorrelation", options->dependence,
                    "ignore, or residuals: chart what the day before does not explain")
        ->check(CLI::IsMember({"ignore", "residuals"}))
        ->capture_default_str();
    declare_chart(command, options->chart, LimitOption::given);
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_control(*options, at); };
}

}  // namespace evenkeel::app
