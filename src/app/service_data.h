#pragma once
// The data folder that a system command works on: --data, the passphrase, and the
// record opened in it. A running server may have it open at the same time.

#include <memory>
#include <optional>
#include <string>

#include "app/command.h"
#include "store/keeper.h"

namespace evenkeel::app {

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override;
};

struct DataOptions {
    std::string folder = "data";
    std::string passphrase_file;
};

// Adds --data (EVENKEEL_DATA) and --passphrase-file. Must outlive the parse.
void declare_data(CLI::App&, DataOptions&);

// The first line of --passphrase-file, else EVENKEEL_PASSPHRASE, else none. Fails with
// unavailable or invalid_input (an empty file).
Result<std::optional<std::string>> passphrase(const DataOptions&);

struct ServiceData {
    std::filesystem::path folder;
    std::unique_ptr<store::Vault> vault;
    std::unique_ptr<store::Store> store;
    SystemClock clock;
    std::unique_ptr<store::Keeper> keeper;
};

bool has_keys(const std::filesystem::path& folder);
bool has_record(const std::filesystem::path& folder);

// Fails with unavailable when there is no record here: nothing is ever made by the way.
Result<std::unique_ptr<ServiceData>> open_service(const DataOptions&);
// The keys alone.
Result<std::unique_ptr<store::Vault>> open_keys(const DataOptions&);

// What the command line did, in the audit log: no account acts.
store::AuditRow audit_row(const Clock&, std::string action);

// Writes a fact for the manager's duties page: "last_backup" and the like.
Status note_now(ServiceData&, std::string_view name, std::string action);
// Nothing: never happened.
Result<std::optional<Instant>> noted(store::Store&, std::string_view name);

}  // namespace evenkeel::app
