// `course changepoints`: where the level or spread of a series changed.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "app/commands.h"
#include "app/report.h"
#include "app/series_input.h"
#include "app/series_pictures.h"
#include "course/change_points.h"
#include "course/series.h"

namespace evenkeel::app {
namespace {

using course::ChangeIn;

struct Options {
    TableOptions table;
    std::string value, index, change = "mean", penalty = "bic", algorithm = "pelt";
    std::size_t min_length = 0;  // 0: the smallest the change allows
    std::optional<std::size_t> n_changes;
    bool standardize = false;
    OutputOptions output;
};

ChangeIn change_of(const std::string& name) {
    if (name == "variance") return ChangeIn::variance;
    return name == "meanvar" ? ChangeIn::mean_and_variance : ChangeIn::mean;
}

Result<course::Penalty> penalty_of(const std::string& text, ChangeIn change, std::size_t n) {
    if (text == "bic") return course::bic_penalty(change, n);
    if (text == "mbic") return course::mbic_penalty(change, n);
    if (text == "aic") return course::aic_penalty(change);
    if (const auto number = exchange::parse_number(text)) return course::Penalty{*number};
    return Error{Fault::invalid_input, "--penalty", "Give bic, mbic, aic or a number.", {}};
}

Result<course::ChangePoints> search(const Options& options, const std::vector<double>& values) {
    const ChangeIn change = change_of(options.change);
    const std::size_t shortest = change == ChangeIn::mean ? 1 : 2;
    const std::size_t min_length = options.min_length > 0 ? options.min_length : shortest;
    if (options.n_changes) {
        if (change != ChangeIn::mean) {
            return Error{Fault::invalid_input,
                         "--changes",
                         "A number of changes is found for the mean: leave out --change.",
                         {}};
        }
        return course::best_mean_changes(values, *options.n_changes, min_length);
    }
    TRY(const auto penalty,
        penalty_of(options.penalty, change, std::max<std::size_t>(1, values.size())));
    return options.algorithm == "exact"
               ? course::change_points_by_all_pairs(values, change, penalty, min_length)
               : course::change_points(values, change, penalty, min_length);
}

JsonList segments_of(const course::ChangePoints& found) {
    JsonList segments;
    for (const auto& segment : found.segments) {
        segments.push_back({JsonObject{{"from", json_whole(segment.from)},
                                       {"to", json_whole(segment.to)},
                                       {"mean", json_number(segment.mean)},
                                       {"variance", json_number(segment.variance)}}});
    }
    return segments;
}

Result<Exit> run_change_points(const Options& options, const Surroundings& at) {
    TRY(const auto series, read_series(options.table, options.value, options.index));
    auto observed = course::observed_of(series.values);
    auto& values = observed.values;  // as analysed
    if (options.standardize) {
        Faults faults;
        course::check_series(values, "/values", faults);
        if (!faults.none()) return series.placed(faults.error(), observed.positions);
        auto z = course::standardized(values);
        if (!z.ok()) return series.placed(z.error());
        values = std::move(z).value();
    }
    const auto made = search(options, values);
    if (!made.ok()) return series.placed(made.error(), observed.positions);
    const auto& found = made.value();

    Report report{
        .method = fmt::format("change points in {}, {}", options.change,
                              options.n_changes ? fmt::format("best {}", *options.n_changes)
                                                : "penalty " + options.penalty),
        .source =
            "Killick, Fearnhead & Eckley (2012), J Am Stat Assoc 107:1590; "
            "Jackson et al. (2005), IEEE Signal Process Lett 12:105",
        .n = values.size(),
        .warnings = series.warnings};
    if (options.change == "mean" && !options.n_changes && !options.standardize) {
        report.warnings.emplace_back(
            "A change of the mean is priced for values with variance 1: --standardize makes them "
            "so.");
    }
    const bool flat =
        std::any_of(found.segments.begin(), found.segments.end(),
                    [](const auto& each) { return each.variance < course::smallest_variance; });
    if (options.change != "mean" && flat) {
        report.warnings.emplace_back(
            "A stretch of one value throughout has no spread and is taken as nearly so: the "
            "changes "
            "beside it and the criterion follow from that.");
    }
    JsonList locations, indexes;
    for (const std::size_t location : found.locations) {
        locations.push_back(json_whole(location));
        indexes.push_back(series.index[observed.positions[location - 1]]);
    }
    report.more = {{"locations", {std::move(locations)}},
                   {"location_index", {std::move(indexes)}},
                   {"segments", {segments_of(found)}},
                   {"criterion", json_number(found.criterion)}};
    report.has_rows = false;
    if (!options.output.plot.empty()) {
        report.picture = change_points_picture(
            series, observed, found, options.value + (options.standardize ? ", standardized" : ""));
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action course_change_points(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--value", options->value, "The column of values")->required();
    command.add_option("--index", options->index, "The column of days, else the order of rows");
    command.add_option("--change", options->change, "What changes: mean, variance or meanvar")
        ->check(CLI::IsMember({"mean", "variance", "meanvar"}))
        ->capture_default_str();
    command.add_option("--penalty", options->penalty, "bic, mbic, aic or a number")
        ->capture_default_str();
    command.add_option("--min-length", options->min_length, "Of a segment, in values")
        ->check(CLI::PositiveNumber);
    command.add_flag("--standardize", options->standardize, "To mean 0 and sd 1 before all");
    command.add_option("--changes", options->n_changes, "Exactly so many changes of the mean");
    command.add_option("--algorithm", options->algorithm, "pelt, or exact: all pairs")
        ->check(CLI::IsMember({"pelt", "exact"}))
        ->capture_default_str();
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_change_points(*options, at); };
}

}  // namespace evenkeel::app
