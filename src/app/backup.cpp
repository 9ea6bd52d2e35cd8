#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/own_measures.h"
#include "app/report.h"
#include "app/service_data.h"

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;

struct Options {
    DataOptions data;
    OutputOptions output;
    std::string file, keys;
};

fs::path folder_of(const fs::path& file) {
    std::error_code unknown;
    return fs::weakly_canonical(fs::absolute(file, unknown), unknown).parent_path();
}

// Everything that speaks against the two names, before anything is written.
Status check_names(const Options& options) {
    Faults faults;
    std::error_code unknown;
    if (fs::exists(options.file, unknown)) {
        faults.add(options.file, "This file is there already. Give a new name.");
    }
    if (!options.keys.empty() && folder_of(options.keys) == folder_of(options.file)) {
        faults.add(options.keys,
                   "Keep the copy of the keys apart from the backups, in another folder.");
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

Result<Exit> run_backup(const Options& options, const Surroundings& at) {
    CHECK_OK(check_names(options));
    TRY(const auto data, open_service(options.data));
    // Into the record first, so that they are signed and checked with it.
    TRY(const auto measures, own_measures_as_text(data->folder));
    CHECK_OK(data->store->write(
        [&](store::Writing& writing) { return writing.put_note(own_measures_note, measures); }));
    CHECK_OK(data->store->backup(options.file, data->clock.now()));
    CHECK_OK(note_now(*data, "last_backup", "system.backup"));
    Report report;
    report.method = "One consistent copy of the record, opened and verified, signed.";
    report.source = (data->folder / "record.db").string();
    report.n = 1;
    report.has_rows = false;
    report.more = {{"backup", {options.file}}};
    if (options.keys.empty()) {
        report.warnings.emplace_back(
            "A backup holds no key. Keep one copy of the keys apart from it: --keys FILE.");
    } else {
        CHECK_OK(data->vault->copy_keys(options.keys));
        CHECK_OK(note_now(*data, "last_key_copy", "system.key_copy"));
        report.more.emplace_back("keys", Json{options.keys});
        report.warnings.emplace_back(
            "Keep this one copy of the keys only; an older one would bring back who was erased.");
    }
    std::error_code unknown;
    const auto bytes = fs::file_size(options.file, unknown);
    report.more.emplace_back("bytes", Json{static_cast<std::int64_t>(unknown ? 0 : bytes)});
    return write_report(report, options.output, at);
}

Result<Exit> run_rotate(const DataOptions& from, const OutputOptions& output,
                        const Surroundings& at) {
    TRY(const auto data, open_service(from));
    CHECK_OK(data->vault->rotate());
    CHECK_OK(data->store->write([&](store::Writing& writing) {
        return writing.audit(audit_row(data->clock, "system.rotate_keys"));
    }));
    Report report;
    report.method = "A new service secret; every key wrapped under it anew, no data rewritten.";
    report.source = (data->folder / "service.key").string();
    report.n = 1;
    report.has_rows = false;
    report.warnings.emplace_back(
        "Replace the copy of the keys now: evenkeel backup FILE --keys KEYFILE.");
    return write_report(report, output, at);
}

}  // namespace

Action backup(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_output(command, options->output);
    command.add_option("FILE", options->file, "The backup to make")->required();
    command.add_option("--keys", options->keys, "Also replace the one copy of the keys")
        ->type_name("KEYFILE");
    return [options](const Surroundings& at) { return run_backup(*options, at); };
}

Action rotate_keys(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_output(command, options->output);
    return [options](const Surroundings& at) {
        return run_rotate(options->data, options->output, at);
    };
}

}  // namespace evenkeel::app
