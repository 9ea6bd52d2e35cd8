#pragma once
// The vault: keys, sealing, keyed hashes, signatures.
//
// One service secret (key file with mode 0600, or the same sealed under a
// passphrase by Argon2id) gives the wrapping key. Every stream has a random key of
// its own, wrapped under the wrapping key and kept in `vault.db`, apart from the
// record and from its backups: destroying that one row makes every copy of the
// stream's entries unreadable, in old backups too. The service's own keys (sealing,
// audit, lookup, signing) are random and wrapped likewise, so that they outlive a
// new service secret.
//
// Sealing is XChaCha20-Poly1305 with a nonce derived by keyed hash from the text
// and its address, so the same text at the same address seals to the same bytes:
// `rebuild` can be compared byte for byte. detail/sealing.h says why that is safe.
// Limit: what a disk keeps of overwritten blocks (flash, snapshots, copy-on-write)
// is beyond the reach of a program; put the folder on an encrypted disk. Sources: RFC 8439;
// draft-irtf-cfrg-xchacha-03; RFC 9106 (Argon2id); libsodium 1.0.18.
//
// Thread-safe: every member may be called from any thread.

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/random.h"
#include "base/result.h"

namespace evenkeel::store {

using Bytes = std::string;  // raw bytes
using Hash = std::array<std::uint8_t, 32>;

// Random numbers from the operating system, for ids and keys.
class SystemRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t>) override;
};

class Vault {
  public:
    // Opens the key file and vault.db in `folder`; makes both at the first start.
    // A key file that others can read (mode other than 0600) is refused with the
    // command that mends it. Fails with unavailable, invalid_input.
    static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder,
                                               std::optional<std::string> passphrase = {});
    virtual ~Vault() = default;

    // Makes a key for the stream if it has none; durable when it returns. Fails with
    // not_found when the stream's key was destroyed: erased stays erased.
    virtual Status create_key(const Id& stream) = 0;
    [[nodiscard]] virtual bool has_key(const Id& stream) const = 0;
    // Destroys the stream's key for good: overwritten, checkpointed, synced.
    virtual Status destroy_key(const Id& stream) = 0;

    // `address` says where the text stands ("entry:<seq>"), so that a sealed text
    // cannot be moved elsewhere. Fails with not_found when the key is gone.
    virtual Result<Bytes> seal(const Id& stream, std::string_view address,
                               std::string_view text) const = 0;
    // Fails with not_found (erased) or invalid_input (altered).
    virtual Result<std::string> open_sealed(const Id& stream, std::string_view address,
                                            std::string_view sealed) const = 0;
    // The same under the service's own key, for what belongs to no person
    // (second-factor secrets).
    virtual Bytes seal_for_service(std::string_view address, std::string_view text) const = 0;
    virtual Result<std::string> open_for_service(std::string_view address,
                                                 std::string_view sealed) const = 0;

    // Keyed hashes: the audit key chains entries, the lookup key finds an account by
    // its address or a session by its token without storing either.
    [[nodiscard]] virtual Hash audit_hash(std::string_view bytes) const = 0;
    [[nodiscard]] virtual Hash lookup_hash(std::string_view bytes) const = 0;
    [[nodiscard]] virtual std::array<std::uint8_t, 64> sign(std::string_view bytes) const = 0;
    [[nodiscard]] virtual std::array<std::uint8_t, 32> public_key() const = 0;

    // Makes a new service secret and wraps every key anew; data is not rewritten.
    // The audit, lookup and signing keys stay, so chains and sign-ins go on.
    virtual Status rotate() = 0;
    // Copies key file and vault to one file, replacing an earlier copy: there must
    // never be a history of key copies, or erasing could not reach backups.
    virtual Status copy_keys(const std::filesystem::path& to) const = 0;
    // Puts such a copy into a folder that has no keys. Fails with conflict where
    // keys are, invalid_input when the copy is damaged.
    static Status put_back_keys(const std::filesystem::path& copy,
                                const std::filesystem::path& folder);
};

// Argon2id (interactive limits of libsodium 1.0.18: 2 passes, 64 MiB). About 60 ms:
// never call on an I/O or writer thread.
std::string hash_password(std::string_view password);
bool password_matches(std::string_view password, const std::string& hash);

}  // namespace evenkeel::store
