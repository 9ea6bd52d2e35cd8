#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/report.h"
#include "app/service_data.h"

namespace evenkeel::app {
namespace {

struct Options {
    DataOptions data;
    OutputOptions output;
};

Result<Exit> run_rebuild(const Options& options, const Surroundings& at) {
    TRY(const auto data, open_service(options.data));
    std::size_t n_streams = 0;
    CHECK_OK(data->store->read([&](store::Reading& reading) -> Status {
        TRY(const auto streams, reading.streams());
        n_streams = streams.size();
        return Done{};
    }));
    TRY(const auto differed, data->keeper->rebuild());
    Report report;
    report.method = "Every entry folded anew; projections that differed were replaced.";
    report.source = (data->folder / "record.db").string();
    report.n = n_streams;
    report.more = {{"differed", {static_cast<std::int64_t>(differed.size())}}};
    report.columns = {"stream"};
    for (const auto& stream : differed) report.rows.push_back({{to_string(stream)}});
    return write_report(report, options.output, at);
}

}  // namespace

Action rebuild(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_rebuild(*options, at); };
}

}  // namespace evenkeel::app
