// `measure information`: how much each item of a graded response model tells at each severity.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

#include "app/commands.h"
#include "app/item_columns.h"
#include "exchange/chart.h"

namespace evenkeel::app {
namespace {

struct Options {
    std::string parameters;
    double from = -4, to = 4, step = 0.1;
    OutputOptions output;
};

constexpr double max_rows = 1e6;

Result<std::vector<double>> severities(const Options& options) {
    Faults faults;
    for (const double end : {options.from, options.to}) {
        if (!std::isfinite(end) || std::abs(end) > 1e6) {
            faults.add("--from", "Give --from and --to as numbers within a million.");
            break;
        }
    }
    if (!(options.step > 0) || !std::isfinite(options.step)) {
        faults.add("--step", "The step must be larger than 0.");
    } else if (!((options.to - options.from) / options.step < max_rows)) {
        faults.add("--step", "This gives more than a million rows. Take a larger step.");
    }
    if (!(options.from <= options.to)) faults.add("--to", "--to must not be below --from.");
    if (!faults.none()) return faults.error();
    std::vector<double> out;
    // A step of 0.1 is not exact in binary: without the rounding the last one could be lost.
    const double n = std::floor((options.to - options.from) / options.step + 1e-9);
    for (double i = 0; i <= n; ++i) {
        out.push_back(std::round((options.from + i * options.step) * 1e12) / 1e12);
    }
    return out;
}

// Which item tells most, and where, in a sentence for someone who hears the picture.
std::string peak_of(const std::string& name, const std::vector<double>& thetas,
                    const std::vector<double>& values) {
    const auto top = std::max_element(values.begin(), values.end()) - values.begin();
    return fmt::format("{}: highest {} at severity {}.", name,
                       exchange::label_of(values[static_cast<std::size_t>(top)]),
                       exchange::label_of(thetas[static_cast<std::size_t>(top)]));
}

// One curve for each item.
std::string draw(const std::vector<double>& thetas, const std::vector<std::string>& names,
                 const std::vector<std::vector<double>>& curves) {
    exchange::Panel panel{.y_label = "information", .height = 340, .y_includes = {0}};
    std::string description;
    for (std::size_t j = 0; j < curves.size(); ++j) {
        panel.lines.push_back(
            {.name = names[j], .x = thetas, .y = curves[j], .stroke = exchange::nth_stroke(j)});
        description += peak_of(names[j], thetas, curves[j]) + " ";
    }
    return exchange::picture_of({.title = "Information of each item",
                                 .description = description,
                                 .x_label = "severity, sd of the sample behind the parameters",
                                 .panels = {std::move(panel)}});
}

Result<Exit> run_information(const Options& options, const Surroundings& at) {
    TRY(const auto parameters, read_parameters(options.parameters));
    TRY(const auto thetas, severities(options));
    Report report;
    report.method = "Fisher information of graded items and of their sum; expected sum of answers.";
    report.source = "Samejima (1969), Psychometrika Monograph 17.";
    report.n = thetas.size();
    report.columns = {"theta", "information", "expected_score", "items"};
    std::vector<std::vector<double>> curves(parameters.items.size());
    for (const double theta : thetas) {
        double information = 0, expected = 0;
        JsonObject items;
        for (std::size_t j = 0; j < parameters.items.size(); ++j) {
            const double each = measures::item_information(parameters.items[j], theta);
            information += each;
            curves[j].push_back(each);
            expected += measures::expected_answer(parameters.items[j], theta);
            items.emplace_back(parameters.names[j], json_number(each));
        }
        report.rows.push_back({json_number(theta),
                               json_number(information),
                               json_number(expected),
                               {std::move(items)}});
    }
    if (!options.output.plot.empty()) report.picture = draw(thetas, parameters.names, curves);
    return write_report(report, options.output, at);
}

}  // namespace

Action measure_information(CLI::App& command) {
    auto options = std::make_shared<Options>();
    command.add_option("--parameters", options->parameters, "What measure fit-grm --json wrote")
        ->required()
        ->type_name("P.json");
    command.add_option("--from", options->from, "Lowest severity, sd");
    command.add_option("--to", options->to, "Highest severity, sd");
    command.add_option("--step", options->step, "Between severities, sd");
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_information(*options, at); };
}

}  // namespace evenkeel::app
