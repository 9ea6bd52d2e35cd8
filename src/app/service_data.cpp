#include "app/service_data.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "exchange/input.h"

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_passphrase = 4096;

Error no_service(const fs::path& folder) {
    return {Fault::unavailable,
            folder.string(),
            "There is no record in this folder. Name another with --data, or make one with "
            "evenkeel init.",
            {}};
}

bool is_there(const fs::path& file) {
    std::error_code unknown;
    return fs::exists(file, unknown);
}

}  // namespace

Instant SystemClock::now() const {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

void declare_data(CLI::App& command, DataOptions& options) {
    command.add_option("--data", options.folder, "Folder of the record and its keys")
        ->envname("EVENKEEL_DATA")
        ->type_name("DIR");
    command
        .add_option("--passphrase-file", options.passphrase_file,
                    "Its first line opens a sealed key file; else EVENKEEL_PASSPHRASE")
        ->type_name("FILE");
}

Result<std::optional<std::string>> passphrase(const DataOptions& options) {
    if (options.passphrase_file.empty()) {
        const char* given = std::getenv("EVENKEEL_PASSPHRASE");
        if (given == nullptr || *given == '\0') return std::optional<std::string>{};
        return std::optional<std::string>{given};
    }
    TRY(auto text, exchange::read_file(options.passphrase_file, longest_passphrase));
    text.erase(std::min(text.find_first_of("\r\n"), text.size()));
    if (text.empty()) {
        return Error{Fault::invalid_input,
                     options.passphrase_file,
                     "The first line of this file is empty; write the passphrase there.",
                     {}};
    }
    return std::optional{std::move(text)};
}

bool has_keys(const fs::path& folder) {
    return is_there(folder / "service.key") || is_there(folder / "vault.db");
}
bool has_record(const fs::path& folder) {
    return is_there(folder / "record.db");
}

Result<std::unique_ptr<store::Vault>> open_keys(const DataOptions& options) {
    const fs::path folder = options.folder;
    if (!has_keys(folder)) return no_service(folder);
    TRY(const auto phrase, passphrase(options));
    return store::Vault::open(folder, phrase);
}

Result<std::unique_ptr<ServiceData>> open_service(const DataOptions& options) {
    ::umask(0077);
    auto data = std::make_unique<ServiceData>();
    data->folder = options.folder;
    if (!has_record(data->folder)) return no_service(data->folder);
    TRY(data->vault, open_keys(options));
    TRY(data->store, store::Store::open(data->folder, *data->vault));
    // No command of this program decides on questionnaires without the server.
    const store::Instruments none{[](std::string_view) { return nullptr; },
                                  [](std::string_view) { return std::string{}; }};
    data->keeper = std::make_unique<store::Keeper>(*data->store, none, data->clock, false);
    return data;
}

store::AuditRow audit_row(const Clock& clock, std::string action) {
    return {.at = clock.now(), .action = std::move(action), .outcome = "allowed"};
}

Status note_now(ServiceData& data, std::string_view name, std::string action) {
    return data.store->write([&](store::Writing& writing) -> Status {
        CHECK_OK(writing.put_note(name, to_string(data.clock.now())));
        return writing.audit(audit_row(data.clock, action));
    });
}

Result<std::optional<Instant>> noted(store::Store& store, std::string_view name) {
    std::optional<std::string> text;
    CHECK_OK(store.read([&](store::Reading& reading) -> Status {
        TRY(text, reading.note(name));
        return Done{};
    }));
    return text ? parse_instant(*text) : std::optional<Instant>{};
}

}  // namespace evenkeel::app
