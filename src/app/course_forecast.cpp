// `course forecast`: the next days of a series, with 80 and 95 % intervals.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <limits>
#include <memory>

#include "app/commands.h"
#include "app/report.h"
#include "app/series_input.h"
#include "app/series_pictures.h"
#include "course/forecast.h"

namespace evenkeel::app {
namespace {

constexpr std::size_t longest_calendar = 1'000'000;

struct Options {
    TableOptions table;
    std::string value, index;
    std::size_t n_days = 7;
    OutputOptions output;
};

// One value for each day from the first to the last; the later of two values of a day counts.
Result<std::vector<double>> by_day(const SeriesInput& series) {
    std::vector<double> days;
    const auto first = series.index.empty() ? std::nullopt : series.index.front().number();
    for (std::size_t i = 0; i < series.index.size(); ++i) {
        const auto at = series.index[i].number();
        const double day = first && at ? *at - *first : -1;
        if (!(day >= 0) || day != std::floor(day) || day >= longest_calendar) {
            return Error{Fault::invalid_input,
                         "--index",
                         "The index must be whole numbers of days, within a million of each other.",
                         {}};
        }
        days.resize(static_cast<std::size_t>(day) + 1, std::numeric_limits<double>::quiet_NaN());
        if (!std::isnan(series.values[i])) days.back() = series.values[i];
    }
    return days;
}

Result<Exit> run_forecast(const Options& options, const Surroundings& at) {
    TRY(const auto series,
        read_series(options.table, options.value, options.index, Repeats::last_counts));
    TRY(const auto days, by_day(series));
    const auto made = course::forecast(days, options.n_days);
    if (!made.ok()) {
        auto error = made.error();
        if (error.where.starts_with("/values/")) error.where = "/values";
        return series.placed(error);
    }
    const auto& found = made.value();
    Report report{.method = "state-space forecast: level, fading state and noise of the day",
                  .source = "Durbin & Koopman (2012), Time Series Analysis by State Space Methods",
                  .n = found.n,
                  .warnings = series.warnings,
                  .converged = true,
                  .log_likelihood = found.log_likelihood};
    report.more = {{"level", json_number(found.level)},
                   {"ar1", json_number(found.ar1)},
                   {"noise_share", json_number(found.noise_share)}};
    report.columns = {"index", "forecast", "lower", "upper", "lower_80", "upper_80"};
    const double last = series.index.back().number().value_or(0);
    for (std::size_t d = 0; d < found.days.size(); ++d) {
        const auto& day = found.days[d];
        report.rows.push_back({json_number(last + static_cast<double>(d + 1)),
                               json_number(day.expected), json_number(day.lower_95),
                               json_number(day.upper_95), json_number(day.lower_80),
                               json_number(day.upper_80)});
    }
    if (!options.output.plot.empty()) {
        report.picture = forecast_picture(days, last, options.value, options.index, found);
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action course_forecast(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--value", options->value, "The column of values")->required();
    command.add_option("--index", options->index, "The column of days, else one row is one day");
    command.add_option("--days", options->n_days, "How many days")->required();
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_forecast(*options, at); };
}

}  // namespace evenkeel::app
