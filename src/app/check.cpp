#include <fmt/format.h>

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
    if (knowledge.n_to_be_verified > 0) {
        report.warnings.push_back(
            fmt::format("{} statements are still to be verified in their source by a clinician.",
                        knowledge.n_to_be_verified));
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action check(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_knowledge(command, options->knowledge);
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_check(*options, at); };
}

}  // namespace evenkeel::app
