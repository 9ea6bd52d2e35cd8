// `measure short-form`: which item of a questionnaire tells most after the answers so far, and
// when they are precise enough. The method is in measures/graded_score.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/commands.h"
#include "app/item_columns.h"
#include "exchange/csv.h"
#include "measures/graded_score.h"

namespace evenkeel::app {
namespace {

struct Options {
    std::string parameters;
    std::vector<std::string> answers, apart;
    double wanted_se = 0.5;
    OutputOptions output;
};

using Answers = std::vector<std::optional<std::size_t>>;

std::optional<std::size_t> item_named(const GradedParameters& parameters, std::string_view name) {
    const auto found = std::find(parameters.names.begin(), parameters.names.end(), name);
    if (found == parameters.names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - parameters.names.begin());
}

// "phq2=1" -> the position of 1 among the categories of phq2.
Result<Answers> read_answers(const Options& options, const GradedParameters& parameters) {
    Answers out(parameters.names.size());
    Faults faults;
    for (const auto& text : options.answers) {
        const auto sign = text.find('=');
        const auto item = item_named(parameters, std::string_view(text).substr(0, sign));
        if (sign == std::string::npos || !item) {
            faults.add("--answers", fmt::format("\"{}\" names no item. Write ITEM=ANSWER.", text));
            continue;
        }
        const auto& categories = parameters.items[*item].categories;
        const auto value = exchange::parse_number(std::string_view(text).substr(sign + 1));
        const auto found = std::find(categories.begin(), categories.end(), value);
        if (found == categories.end()) {
            faults.add("--answers", fmt::format("\"{}\": the answers of this item are {}.", text,
                                                fmt::join(categories, ", ")));
            continue;
        }
        out[*item] = static_cast<std::size_t>(found - categories.begin());
    }
    if (!faults.none()) return faults.error();
    return out;
}

// Everything but what is asked apart, by the file or by the call.
Result<std::vector<bool>> askable_items(const Options& options,
                                        const GradedParameters& parameters) {
    std::vector<bool> out;
    for (const bool apart : parameters.asked_apart) out.push_back(!apart);
    for (const auto& name : options.apart) {
        const auto item = item_named(parameters, name);
        if (!item) {
            return Error{
                Fault::invalid_input, "--apart", fmt::format("There is no item {}.", name), {}};
        }
        out[*item] = false;
    }
    return out;
}

Result<Exit> run_short_form(const Options& options, const Surroundings& at) {
    TRY(const auto parameters, read_parameters(options.parameters));
    TRY(const auto answers, read_answers(options, parameters));
    TRY(const auto askable, askable_items(options, parameters));
    TRY(const auto next,
        measures::next_item(parameters.items, answers, askable, options.wanted_se));
    Report report;
    report.method = "Item of most expected information, until the posterior sd is small enough.";
    report.source = "van der Linden (1998), Psychometrika 63:201-216.";
    report.n = options.answers.size();
    report.has_rows = false;
    report.more = {{"next", next.item ? Json{parameters.names[*next.item]} : Json{}},
                   {"theta", json_number(next.score.theta)},
                   {"se", json_number(next.score.se)},
                   {"precise", Json{next.precise}}};
    if (!parameters.sample.empty()) report.warnings.push_back("From a " + parameters.sample + ".");
    if (!next.item && !next.precise) {
        report.warnings.push_back("No item is left to ask; the precision wanted is not reached.");
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action measure_short_form(CLI::App& command) {
    auto options = std::make_shared<Options>();
    command.add_option("--parameters", options->parameters, "What measure fit-grm --json wrote")
        ->required()
        ->type_name("P.json");
    declare_list(command, "--answers", options->answers, "So far, as in phq2=1,phq4=0");
    declare_list(command, "--apart", options->apart, "Items never chosen, like the safety item");
    command.add_option("--se", options->wanted_se, "Stop at this standard error, sd");
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_short_form(*options, at); };
}

}  // namespace evenkeel::app
