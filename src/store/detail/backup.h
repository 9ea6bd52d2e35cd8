#pragma once
// Backups: one file, a line of JSON and then the bytes of a checked copy of record.db.
//
//   {"format":"evenkeel-backup-1","made_at":...,"bytes":n,"sha256":...,
//    "public_key":...,"signature":...}\n
//   record.db
//
// The signature covers everything in the line before it. The keys are not in it: a
// backup outlives an erased person, whose key does not.

#include <filesystem>

#include "store/detail/sqlite.h"

namespace evenkeel::store::detail {

Status make_backup(Connection& from, const Vault&, const std::filesystem::path& to, Instant now);

}  // namespace evenkeel::store::detail
