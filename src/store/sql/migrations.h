#pragma once
// The schema of record.db and vault.db as numbered steps. A step that was ever
// released is never edited: a change is a new step.

#include <span>
#include <string>
#include <string_view>

namespace evenkeel::store::sql {

enum class Dialect { sqlite, postgres };

// Step n (from 1) is element n - 1. Words in braces are the dialect's: see `spoken`.
std::span<const std::string_view> record_migrations();
std::span<const std::string_view> vault_migrations();

// The step in the words of one database.
std::string spoken(std::string_view step, Dialect);

}  // namespace evenkeel::store::sql
