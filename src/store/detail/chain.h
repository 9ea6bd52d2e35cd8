#pragma once
// The links of the chains: a keyed hash over the link before and everything that
// stands in one row, each part with its length, so that no two rows give one text.

#include <cstdint>
#include <optional>
#include <string_view>

#include "store/vault.h"

namespace evenkeel::store::detail {

// A row as it stands on disk; the parts are raw bytes.
struct ChainedEntry {
    std::string_view stream;
    std::int64_t seq = 0;
    std::string_view id;
    std::string_view kind;
    std::int64_t version = 0;
    std::int64_t effective_at = 0;
    std::int64_t recorded_at = 0;
    std::string_view author;
    std::optional<std::string_view> supersedes;
    std::string_view sealed;
};

struct ChainedAudit {
    std::int64_t seq = 0;
    std::int64_t happened_at = 0;
    std::string_view actor;
    std::optional<std::string_view> person;
    std::string_view action;
    std::string_view outcome;
    std::optional<std::string_view> reason;
};

// What the first link of a chain continues.
Hash stream_start(const Vault&, std::string_view stream);
Hash audit_start(const Vault&);

Hash link(const Vault&, const Hash& before, const ChainedEntry&);
Hash link(const Vault&, const Hash& before, const ChainedAudit&);

}  // namespace evenkeel::store::detail
