// `course arl` and `course design`: how long a control chart stays silent, and the limit for it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/chart_options.h"
#include "app/commands.h"
#include "app/report.h"
#include "course/run_length.h"

namespace evenkeel::app {
namespace {

struct Options {
    ChartOptions chart;
    bool one_sided = false;
    double shift = 0, arl0 = 0;
    std::string limits = "fixed";
    OutputOptions output;
};

course::RunLengthQuestion question_of(const Options& options) {
    return {
        .design = design_of(options.chart),
        .sides = options.one_sided ? course::Sides::one : course::Sides::two,
        .shift = options.shift,
        .limits = options.limits == "varying" ? course::Limits::varying : course::Limits::fixed};
}

std::string source_of(course::Chart chart) {
    switch (chart) {
        case course::Chart::ewma:
            return "Crowder (1987), Technometrics 29:401";
        case course::Chart::cusum:
            return "Vance (1986), J Qual Technol 18:189; van Dobben de Bruyn (1968)";
        case course::Chart::shewhart:
            break;
    }
    return "Montgomery (2013), Introduction to Statistical Quality Control, ch. 5";
}

// Places such as "/lambda" are the options' names.
Error as_options(const Error& error) {
    Faults faults;
    for (const auto& problem : error.problems()) {
        faults.add(problem.where.starts_with('/') ? "--" + problem.where.substr(1) : problem.where,
                   problem.message);
    }
    return faults.error(error.fault);
}

// One number under `key`; what could not be computed is null, and the exit code says so.
Result<Exit> write_number(Report report, const char* key, const Result<double>& found,
                          const OutputOptions& output, const Surroundings& at) {
    if (!found.ok() && found.error().fault != Fault::not_converged) {
        return as_options(found.error());
    }
    report.converged = found.ok();
    if (!found.ok()) report.warnings.push_back(found.error().message);
    report.more.emplace_back(key, found.ok() ? json_number(found.value()) : Json{});
    report.has_rows = false;
    return write_report(report, output, at);
}

void declare_sides(CLI::App& command, Options& options) {
    command.add_flag("--one-sided", options.one_sided, "Watch for a rise alone");
    command.add_option("--shift", options.shift, "Of the centre from the first day, in sd")
        ->capture_default_str();
    command.add_option("--limits", options.limits, "EWMA: fixed, or varying as a chart starts")
        ->check(CLI::IsMember({"fixed", "varying"}))
        ->capture_default_str();
    declare_output(command, options.output);
}

}  // namespace

Action course_arl(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_chart(command, options->chart, LimitOption::given);
    declare_sides(command, *options);
    return [options](const Surroundings& at) {
        const auto question = question_of(*options);
        return write_number({.method = "average run length: " + name_of(question.design),
                             .source = source_of(question.design.chart)},
                            "arl", course::average_run_length(question), options->output, at);
    };
}

Action course_design(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_chart(command, options->chart, LimitOption::searched);
    command.add_option("--arl0", options->arl0, "The average run length without a change")
        ->required();
    declare_sides(command, *options);
    return [options](const Surroundings& at) {
        const auto question = question_of(*options);
        const bool cusum = question.design.chart == course::Chart::cusum;
        return write_number({.method = "limit for an average run length",
                             .source = source_of(question.design.chart)},
                            cusum ? "h" : "limit", course::limit_for(question, options->arl0),
                            options->output, at);
    };
}

}  // namespace evenkeel::app
