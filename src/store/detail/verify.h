#pragma once
// Walking the chains, and signed heads to hold against them.

#include <optional>
#include <string>

#include "store/detail/sqlite.h"
#include "store/store.h"

namespace evenkeel::store::detail {

// Inside the caller's read transaction.
Result<VerifyReport> verify_chains(Connection&, const Vault&,
                                   const std::optional<std::string>& heads);
Result<std::string> signed_heads(Connection&, const Vault&, Instant now);

}  // namespace evenkeel::store::detail
