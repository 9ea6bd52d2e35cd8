#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/knowledge_option.h"
#include "app/report.h"

namespace evenkeel::app {
namespace {

struct Options {
    std::string knowledge;
    OutputOptions output;
};

const char* wording_of(const measures::Instrument& instrument) {
    switch (instrument.licence.status) {
        case measures::LicenceStatus::free_to_use:
            return "included";
        case measures::LicenceStatus::own_licence:
            return "included, own licence";
        case measures::LicenceStatus::scoring_only:
            return "scoring only";
    }
    return "";
}

Result<Exit> list(const Options& options, const Surroundings& at) {
    TRY(const auto knowledge, load_named_knowledge(options.knowledge, at));
    Report report;
    report.method = "The questionnaires of the knowledge folder.";
    report.source = knowledge.folder.string();
    report.n = knowledge.instruments.size();
    report.columns = {"id",  "title",  "items",   "min",
                      "max", "better", "wording", "more_than_chance"};
    for (const auto& [id, each] : knowledge.instruments) {
        const bool lower = each->direction == measures::Direction::lower_is_better;
        report.rows.push_back({{id},
                               {each->title},
                               {static_cast<std::int64_t>(each->items.size())},
                               {static_cast<std::int64_t>(each->scores.min)},
                               {static_cast<std::int64_t>(each->scores.max)},
                               {std::string(lower ? "lower" : "higher")},
                               {std::string(wording_of(*each))},
                               each->rci ? Json{each->rci->points} : Json{}});
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action measure_list(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_knowledge(command, options->knowledge);
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return list(*options, at); };
}

}  // namespace evenkeel::app
