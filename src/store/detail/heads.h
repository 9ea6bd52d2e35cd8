#pragma once
// Signed heads of all chains, as JSON text with one chain on each line. Kept outside
// the service's reach they show a tail that was cut and a chain computed anew.

#include <string>
#include <vector>

#include "store/vault.h"

namespace evenkeel::store::detail {

struct HeadLine {
    Id stream;
    std::int64_t seq = 0;
    Hash hash{};
};

struct Heads {
    Instant at{};
    HeadLine audit;  // stream nil; seq 0 = no row yet
    std::vector<HeadLine> streams;
};

std::string write_heads(const Heads&, const Vault&);
// Fails with invalid_input when the text is damaged or another service signed it.
Result<Heads> read_heads(const std::string& text, const Vault&);

// Ed25519 (RFC 8032) by the holder of `public_key`.
bool is_signed_by(std::string_view public_key, std::string_view bytes, std::string_view signature);

}  // namespace evenkeel::store::detail
