#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/report.h"
#include "app/service_data.h"
#include "exchange/input.h"
#include "exchange/output.h"

namespace evenkeel::app {
namespace {

struct Options {
    DataOptions data;
    OutputOptions output;
    std::string heads, export_heads;
};

Result<Exit> run_verify(const Options& options, const Surroundings& at) {
    TRY(const auto data, open_service(options.data));
    std::optional<std::string> heads;
    if (!options.heads.empty()) {
        TRY(heads, exchange::read_file(options.heads));
    }
    TRY(const auto found, data->store->verify(heads));
    if (!options.export_heads.empty() && found.problems.empty()) {
        TRY(const auto text, data->store->export_heads(data->clock.now()));
        CHECK_OK(exchange::write_whole_file(options.export_heads, text));
    }
    Report report;
    report.method = "Keyed chains over every entry and audit row, against the noted ends" +
                    std::string(heads ? " and the signed heads." : ".");
    report.source = (data->folder / "record.db").string();
    report.n = found.entries + found.audit_rows;
    JsonList problems;
    for (const auto& each : found.problems) {
        report.rows.push_back({{each.where}, {each.message}});
        problems.push_back({JsonObject{{"where", {each.where}}, {"message", {each.message}}}});
    }
    report.more = {{"streams", {static_cast<std::int64_t>(found.streams)}},
                   {"entries", {static_cast<std::int64_t>(found.entries)}},
                   {"audit_rows", {static_cast<std::int64_t>(found.audit_rows)}}};
    if (options.output.json) report.more.emplace_back("problems", Json{std::move(problems)});
    report.columns = {"where", "message"};
    if (!heads) {
        report.warnings.emplace_back(
            "Without heads that were exported before, a tail cut with care does not show.");
    }
    if (!options.export_heads.empty() && !found.problems.empty()) {
        report.warnings.emplace_back("No heads were exported: the record does not verify.");
    }
    TRY(const Exit written, write_report(report, options.output, at));
    return found.problems.empty() ? written : Exit::bad_input;
}

}  // namespace

Action verify(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_output(command, options->output);
    command.add_option("--heads", options->heads, "Compare with heads exported before")
        ->type_name("FILE");
    command.add_option("--export-heads", options->export_heads, "Write the signed heads")
        ->type_name("FILE");
    return [options](const Surroundings& at) { return run_verify(*options, at); };
}

}  // namespace evenkeel::app
