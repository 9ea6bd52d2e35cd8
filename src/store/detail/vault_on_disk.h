#pragma once
// The vault over service.key and vault.db. See store/vault.h for the contract.
//
// vault.db holds every key wrapped under the secret of service.key: one for each
// stream, and the service's own (sealing, audit, lookup, signing), which are random
// and not derived from the secret, so that they outlive its rotation.
//
// Two processes may use one vault: each look at a key asks SQLite whether the file was
// changed by another connection, and if so forgets the keys in memory.

#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "store/detail/key_file.h"
#include "store/detail/record_file.h"
#include "store/detail/sqlite.h"
#include "store/vault.h"

namespace evenkeel::store::detail {

inline constexpr const char* key_file_name = "service.key";
inline constexpr const char* next_key_file_name = "service.key.next";
inline constexpr const char* vault_file_name = "vault.db";

class VaultOnDisk final : public Vault {
  public:
    VaultOnDisk(std::filesystem::path folder, KeyFile key_file,
                std::unique_ptr<Connection> database);
    // Makes the service's keys at the first start, reads them later.
    Status start();

    Status create_key(const Id& stream) override;
    [[nodiscard]] bool has_key(const Id& stream) const override;
    Status destroy_key(const Id& stream) override;
    Result<Bytes> seal(const Id& stream, std::string_view address,
                       std::string_view text) const override;
    Result<std::string> open_sealed(const Id& stream, std::string_view address,
                                    std::string_view sealed) const override;
    Bytes seal_for_service(std::string_view address, std::string_view text) const override;
    Result<std::string> open_for_service(std::string_view address,
                                         std::string_view sealed) const override;
    [[nodiscard]] Hash audit_hash(std::string_view bytes) const override;
    [[nodiscard]] Hash lookup_hash(std::string_view bytes) const override;
    [[nodiscard]] std::array<std::uint8_t, 64> sign(std::string_view bytes) const override;
    [[nodiscard]] std::array<std::uint8_t, 32> public_key() const override;
    Status rotate() override;
    Status copy_keys(const std::filesystem::path& to) const override;

  private:
    struct Known {
        Id stream;
        SealingKey key;
    };

    // All of these with mutex_ held.
    Status notice_other_process() const;
    Status finish_rotation();
    Result<SecretKey> unwrapped_key(const Id& stream) const;
    void forget_keys() const;
    Status leave_no_trace();
    Status wrap_everything(const SealingKey& before, const SealingKey& after);
    Status make_service_keys();
    Status read_service_keys();

    Result<SealingKey> key_of(const Id& stream) const;

    const std::filesystem::path folder_;
    mutable std::mutex mutex_;
    mutable KeyFile key_file_;
    std::unique_ptr<Connection> database_;
    mutable std::int64_t data_version_ = 0;
    // Most recently used first.
    mutable std::list<Known> known_;
    mutable std::unordered_map<Id, std::list<Known>::iterator> known_at_;

    // Set by start(), constant afterwards: read without the mutex.
    SealingKey service_;
    SecretKey audit_;
    SecretKey lookup_;
    SecretKey signing_seed_;
    std::array<std::uint8_t, 32> public_key_{};
};

}  // namespace evenkeel::store::detail
