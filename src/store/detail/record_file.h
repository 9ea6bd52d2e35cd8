#pragma once
// record.db as a file: opened, brought to the newest schema, and known to belong to
// this service's vault.

#include <filesystem>
#include <memory>

#include "store/detail/sqlite.h"

namespace evenkeel::store::detail {

inline constexpr const char* record_file_name = "record.db";

// Makes the file when there is none. Fails with conflict when a newer version wrote
// it, invalid_input when it belongs to another service.
Result<std::unique_ptr<Connection>> open_record(const std::filesystem::path& file, const Vault&);

}  // namespace evenkeel::store::detail
