#pragma once
// Keys that wipe themselves, and sealing under them.
//
// Sealing is XChaCha20-Poly1305 with a nonce computed from what is sealed:
//   nonce = BLAKE2b-192(key_n; length(context), context, text)
// under a key of its own. Why that is safe: a stream cipher breaks when one nonce
// serves two different messages. Here two messages share a nonce only when the keyed
// hash collides (2^-96 after 2^48 messages of one stream) or when context and text are
// equal, and then the ciphertext is the same too and tells only that they are equal.
// The context holds stream and address, so equality shows only at one place. This is
// the synthetic-nonce construction of Rogaway & Shrimpton 2006 (EUROCRYPT), "DAE".

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/vault.h"

namespace evenkeel::store::detail {

struct SecretKey {
    std::array<std::uint8_t, 32> bytes{};
    SecretKey() = default;
    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey();
};

// The two keys that sealing needs, derived once from one.
struct SealingKey {
    SecretKey encryption;
    SecretKey nonce;
};

void start_sodium();  // once; every entry point of the vault calls it
SecretKey random_key();
// Key number `purpose` of a parent key (BLAKE2b, libsodium's crypto_kdf).
SecretKey derived_key(const SecretKey& parent, std::uint64_t purpose);
SealingKey sealing_key(const SecretKey&);

Bytes seal_under(const SealingKey&, std::string_view context, std::string_view text);
// Fails with invalid_input when the bytes are not what was sealed in this context.
Result<std::string> open_under(const SealingKey&, std::string_view context,
                               std::string_view sealed);

// Stream and address in one text, unambiguously (the id has a fixed length).
std::string sealing_context(const Id& stream, std::string_view address);

Hash keyed_hash(const SecretKey&, std::string_view bytes);
std::string to_hex(std::string_view bytes);
// Empty when the text is not lower-case hexadecimal.
std::string from_hex(std::string_view text);

}  // namespace evenkeel::store::detail
