#include <stdlib.h>
#include <sys/stat.h>

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
    bool drill = false;
};

// A folder of our own that goes with its holder; inside the data folder, because a copy
// of the keys belongs on no other disk.
class DrillFolder {
  public:
    static Result<std::unique_ptr<DrillFolder>> make(const fs::path& inside) {
        std::string name = (inside / "drill-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            return Error{Fault::unavailable, name, "This folder could not be made.", {}};
        }
        return std::make_unique<DrillFolder>(name);
    }
    explicit DrillFolder(fs::path path) : path_(std::move(path)) {}
    DrillFolder(const DrillFolder&) = delete;
    DrillFolder& operator=(const DrillFolder&) = delete;
    ~DrillFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

struct Tried {
    store::VerifyReport verified;
    std::int64_t readable = 0, erased = 0;
    std::string measures;  // the operator's own, see own_measures.h; "": none
    std::int64_t n_measures = 0;
};

// Verifies every chain and opens every stream: a copy nobody can read is no backup.
Result<Tried> try_out(const fs::path& folder, store::Vault& vault) {
    TRY(const auto store, store::Store::open(folder, vault));
    Tried tried;
    TRY(tried.verified, store->verify());
    CHECK_OK(store->read([&](store::Reading& reading) -> Status {
        TRY(const auto streams, reading.streams());
        for (const auto& stream : streams) {
            const auto entries = reading.entries(stream);
            if (entries.ok()) {
                ++tried.readable;
            } else if (entries.error().fault == Fault::not_found) {
                ++tried.erased;
            } else {
                return entries.error();
            }
        }
        TRY(const auto measures, reading.note(own_measures_note));
        tried.measures = measures.value_or("");
        return Done{};
    }));
    if (!tried.measures.empty()) {
        TRY(const auto count, check_own_measures(tried.measures));
        tried.n_measures = static_cast<std::int64_t>(count);
    }
    return tried;
}

Report report_of(const Tried& tried, const Options& options) {
    Report report;
    report.method = "Signature, length and hash checked; every chain walked, every stream opened.";
    report.source = options.file;
    report.n = tried.verified.entries;
    report.has_rows = false;
    report.more = {{"streams", {static_cast<std::int64_t>(tried.verified.streams)}},
                   {"readable", {tried.readable}},
                   {"erased", {tried.erased}},
                   {"own_measures", {tried.n_measures}},
                   {"drill", {options.drill}}};
    return report;
}

Result<Exit> run_drill(const Options& options, const Surroundings& at) {
    TRY(const auto data, open_service(options.data));
    TRY(const auto folder, DrillFolder::make(data->folder));
    Tried tried;
    if (options.keys.empty()) {
        CHECK_OK(store::restore(options.file, folder->path(), *data->vault));
        TRY(tried, try_out(folder->path(), *data->vault));
    } else {
        CHECK_OK(store::Vault::put_back_keys(options.keys, folder->path()));
        TRY(const auto phrase, passphrase(options.data));
        TRY(const auto vault, store::Vault::open(folder->path(), phrase));
        CHECK_OK(store::restore(options.file, folder->path(), *vault));
        TRY(tried, try_out(folder->path(), *vault));
    }
    CHECK_OK(note_now(*data, "last_restore_drill", "system.restore_drill"));
    auto report = report_of(tried, options);
    if (options.keys.empty()) {
        report.warnings.emplace_back(
            "The keys of this folder were used. Try the copy of the keys too: --keys KEYFILE.");
    }
    return write_report(report, options.output, at);
}

Status put_back(const Options& options, Tried& tried) {
    TRY(const auto vault, open_keys(options.data));
    CHECK_OK(store::restore(options.file, options.data.folder, *vault));
    TRY(tried, try_out(options.data.folder, *vault));
    if (tried.measures.empty()) return Done{};
    return put_back_own_measures(options.data.folder, tried.measures);
}

void take_keys_away(const fs::path& folder) {
    std::error_code ignored;
    for (const char* name : {"service.key", "vault.db", "vault.db-wal", "vault.db-shm"}) {
        fs::remove(folder / name, ignored);
    }
}

Result<Exit> run_restore(const Options& options, const Surroundings& at) {
    std::error_code unknown;
    for (const auto& file : {options.file, options.keys}) {
        if (file.empty() || fs::exists(file, unknown)) continue;
        return Error{Fault::unavailable, file, "There is no such file.", {}};
    }
    if (options.drill) return run_drill(options, at);
    ::umask(0077);
    const fs::path folder = options.data.folder;
    const bool bring_keys = !options.keys.empty();
    if (!has_keys(folder) && !bring_keys) {
        return Error{Fault::unavailable,
                     folder.string(),
                     "This folder has no keys, and without them nobody can read a backup. Give "
                     "the copy of the keys: --keys KEYFILE.",
                     {}};
    }
    if (bring_keys) CHECK_OK(store::Vault::put_back_keys(options.keys, folder));
    Tried tried;
    const Status restored = put_back(options, tried);
    // A refused restore leaves the folder as it was.
    if (!restored.ok() && bring_keys) take_keys_away(folder);
    CHECK_OK(restored);
    TRY(const auto data, open_service(options.data));
    CHECK_OK(data->store->write([&](store::Writing& writing) {
        return writing.audit(audit_row(data->clock, "system.restore"));
    }));
    auto report = report_of(tried, options);
    report.warnings.emplace_back(
        "Entries made after the backup are not in it. Run evenkeel rebuild before serving.");
    return write_report(report, options.output, at);
}

}  // namespace

Action restore(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_output(command, options->output);
    command.add_option("FILE", options->file, "A backup made by evenkeel backup")->required();
    command.add_option("--keys", options->keys, "The copy of the keys")->type_name("KEYFILE");
    command.add_flag("--drill", options->drill,
                     "Restore into a folder of its own, check it, leave the record alone");
    return [options](const Surroundings& at) { return run_restore(*options, at); };
}

}  // namespace evenkeel::app
