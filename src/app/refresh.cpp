// evenkeel refresh: computes what the methods say of everybody anew. The server does it
// every night by itself; by hand it is for after an upgrade.

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>

#include "app/commands.h"
#include "app/own_measures.h"
#include "app/report.h"
#include "app/service_data.h"
#include "app/table_input.h"
#include "knowledge/load.h"

namespace evenkeel::app {
namespace {

struct Options {
    DataOptions data;
    unsigned threads = 0;
    OutputOptions output;
};

Result<Exit> run_refresh(const Options& options, const Surroundings& at) {
    TRY(const auto folder, knowledge::find_knowledge_folder(at.program));
    TRY(auto known, knowledge::load_knowledge(folder));
    CHECK_OK(add_own_measures(options.data.folder, known));
    TRY(const auto data, open_service(options.data));
    store::Keeper keeper(*data->store,
                         {.find = [&](std::string_view id) { return known.instrument(id); },
                          .hash = [&](std::string_view id) { return known.instrument_hash(id); }},
                         data->clock, false);
    const auto begin = std::chrono::steady_clock::now();
    TRY(const auto done, keeper.refresh(threads_to_use(options.threads)));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CHECK_OK(note_now(*data, "last_refresh", "system.refresh"));
    Report report;
    report.method = "What each method says of each person's series, computed anew.";
    report.source = (data->folder / "record.db").string();
    report.n = done.people;
    report.has_rows = false;
    report.more = {{"findings", json_whole(done.findings)},
                   {"changed", json_whole(done.changed)},
                   {"seconds", json_number(took.count())}};
    return write_report(report, options.output, at);
}

}  // namespace

Action refresh(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_threads(command, options->threads);
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_refresh(*options, at); };
}

}  // namespace evenkeel::app
