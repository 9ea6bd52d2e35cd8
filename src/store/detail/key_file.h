#pragma once
// The file service.key: the one secret everything else is wrapped under, in clear
// with mode 0600, or sealed under a passphrase by Argon2id (RFC 9106).
//
//   evenkeel-key-1
//   plain <64 hex digits>
// or
//   passphrase <passes> <bytes of memory> <salt, hex> <sealed secret, hex>

#include <filesystem>
#include <optional>
#include <string>

#include "store/detail/sealing.h"

namespace evenkeel::store::detail {

class KeyFile {
  public:
    // A new secret, not yet on disk.
    static Result<KeyFile> make(const std::optional<std::string>& passphrase);
    // `earlier` spares the passphrase when the same lock is still on the file.
    static Result<KeyFile> read(const std::filesystem::path&,
                                const std::optional<std::string>& passphrase,
                                const KeyFile* earlier = nullptr);
    // Another secret under the same passphrase.
    [[nodiscard]] KeyFile renewed() const;

    [[nodiscard]] Status write(const std::filesystem::path&) const;
    [[nodiscard]] SealingKey wrapping_key() const { return sealing_key(secret_); }
    // Names the secret without telling it.
    [[nodiscard]] Bytes secret_id() const;

  private:
    struct Lock {
        unsigned long long passes = 0;
        std::size_t memory_bytes = 0;
        Bytes salt;
        SecretKey key;
    };
    static Result<Lock> lock_from(const std::string& passphrase, unsigned long long passes,
                                  std::size_t memory_bytes, const Bytes& salt);
    static Result<KeyFile> parse(const std::string& text, const std::filesystem::path&,
                                 const std::optional<std::string>& passphrase,
                                 const KeyFile* earlier);

    SecretKey secret_;
    std::optional<Lock> lock_;
};

}  // namespace evenkeel::store::detail
