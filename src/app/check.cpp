#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/knowledge_option.h"
#include "app/report.h"
#include "app/service_check.h"

namespace evenkeel::app {
namespace {

struct Options {
    std::string knowledge;
    OutputOptions output;
    DataOptions data;
    bool data_was_named = false;
};

// The service too, where there is one.
Result<std::vector<Problem>> add_service(const Options& options, Report& report) {
    if (!options.data_was_named && !has_record(options.data.folder)) {
        report.warnings.emplace_back("No service was checked: name its folder with --data.");
        return std::vector<Problem>{};
    }
    TRY(auto found, check_service(options.data));
    report.warnings.insert(report.warnings.end(), found.advice.begin(), found.advice.end());
    report.more.emplace_back("service", Json{std::move(found.facts)});
    return std::move(found.must);
}

Result<Exit> run_check(const Options& options, const Surroundings& at) {
    TRY(const auto knowledge, load_named_knowledge(options.knowledge, at));
    Report report;
    report.method =
        "Fields, ranges, bands without gap or overlap, sources, terminology codes, hashes.";
    report.source = knowledge.folder.string();
    report.n = knowledge.file_hashes.size();
    report.more = {{"hash", {knowledge.hash}}};
    report.columns = {"file", "hash"};
    for (const auto& [file, hash] : knowledge.file_hashes) report.rows.push_back({{file}, {hash}});
    warn_of(report.warnings, knowledge.n_to_be_verified,
            "statement is still to be verified in its source by a clinician.",
            "statements are still to be verified in their source by a clinician.");
    TRY(const auto must, add_service(options, report));
    if (must.empty()) return write_report(report, options.output, at);
    Faults faults;
    for (const auto& each : must) faults.add(each.where, each.message);
    return faults.error();
}

}  // namespace

Action check(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_knowledge(command, options->knowledge);
    declare_output(command, options->output);
    declare_data(command, options->data);
    return [options, &command](const Surroundings& at) {
        options->data_was_named = command.get_option("--data")->count() > 0;
        return run_check(*options, at);
    };
}

}  // namespace evenkeel::app
