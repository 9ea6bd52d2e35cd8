// `course early-warning`: rolling indicators of a series and their tendency.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

#include "app/commands.h"
#include "app/report.h"
#include "app/series_input.h"
#include "app/series_pictures.h"
#include "course/early_warning.h"
#include "course/series.h"

namespace evenkeel::app {
namespace {

struct Options {
    TableOptions table;
    std::string value, index, detrend = "none";
    course::EarlyWarningOptions analysis;
    OutputOptions output;
};

Json tendency(const course::Tendency& found) {
    return {
        JsonObject{{"tau", found.tau ? json_number(*found.tau) : Json{}},
                   {"p_surrogate", found.p_surrogate ? json_number(*found.p_surrogate) : Json{}}}};
}

void add_warnings(Report& report, const course::EarlyWarning& found, std::size_t asked) {
    const auto gaps = std::count_if(found.indicators.ar1.begin(), found.indicators.ar1.end(),
                                    [](double value) { return std::isnan(value); });
    warn_of(report.warnings, static_cast<std::size_t>(gaps),
            "window holds one value throughout: it has no autocorrelation and skewness.",
            "windows hold one value throughout: they have no autocorrelation and skewness.");
    if (!found.ar1.tau || !found.variance.tau || !found.skewness.tau) {
        report.warnings.emplace_back(
            "An indicator has fewer than 2 different values, so it has no tendency.");
    }
    if (found.n_surrogates < asked) {
        report.warnings.push_back(
            fmt::format("The series is so long that {} surrogates were made instead of {}.",
                        found.n_surrogates, asked));
    }
}

Result<Exit> run_early_warning(const Options& options, const Surroundings& at) {
    TRY(const auto series, read_series(options.table, options.value, options.index));
    const auto observed = course::observed_of(series.values);
    auto analysis = options.analysis;
    analysis.detrend = options.detrend == "linear"     ? course::Detrend::linear
                       : options.detrend == "gaussian" ? course::Detrend::gaussian
                                                       : course::Detrend::none;
    const auto made = course::early_warning(observed.values, analysis);
    if (!made.ok()) return series.placed(made.error(), observed.positions);
    const auto& found = made.value();

    Report report{.method = fmt::format("early-warning indicators, window {}, detrended: {}",
                                        analysis.window, options.detrend),
                  .source = "Dakos et al. (2012), PLoS ONE 7:e41010; Kendall (1970)",
                  .n = observed.values.size(),
                  .warnings = series.warnings};
    add_warnings(report, found, analysis.n_surrogates);
    report.more = {{"kendall",
                    {JsonObject{{"ar1", tendency(found.ar1)},
                                {"variance", tendency(found.variance)},
                                {"skewness", tendency(found.skewness)}}}},
                   {"surrogates", json_whole(found.n_surrogates)},
                   {"surrogate_ar1", json_number(found.surrogate_ar1)}};
    if (analysis.detrend == course::Detrend::gaussian) {
        report.more.emplace_back("bandwidth", json_number(found.bandwidth));
    }
    report.columns = {"end", "index", "ar1", "variance", "skewness"};
    for (std::size_t w = 0; w < found.window_end.size(); ++w) {
        report.rows.push_back({json_whole(found.window_end[w]),
                               series.index[observed.positions[found.window_end[w] - 1]],
                               json_number(found.indicators.ar1[w]),
                               json_number(found.indicators.variance[w]),
                               json_number(found.indicators.skewness[w])});
    }
    if (!options.output.plot.empty()) {
        report.picture = early_warning_picture(series, observed, analysis.window, found);
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action course_early_warning(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--value", options->value, "The column of values")->required();
    command.add_option("--index", options->index, "The column of days, else the order of rows");
    command.add_option("--window", options->analysis.window, "Values in a window")->required();
    command.add_option("--detrend", options->detrend, "none, linear or gaussian")
        ->check(CLI::IsMember({"none", "linear", "gaussian"}))
        ->capture_default_str();
    command.add_option("--bandwidth", options->analysis.bandwidth,
                       "Of the Gaussian trend, as R's ksmooth; else a tenth of the series");
    command
        .add_option("--surrogates", options->analysis.n_surrogates,
                    "Series without change to compare with")
        ->check(CLI::Range(std::size_t{0}, std::size_t{1'000'000}))
        ->capture_default_str();
    command
        .add_option("--surrogate-step", options->analysis.surrogate_step,
                    "Round their autocorrelation up to a multiple of this, as the record does")
        ->check(CLI::Range(0.0, 0.5));
    declare_seed(command, options->analysis.seed);
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_early_warning(*options, at); };
}

}  // namespace evenkeel::app
