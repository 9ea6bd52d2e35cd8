#include "store/vault.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <semaphore>
#include <system_error>
#include <thread>

#include "store/detail/files.h"
#include "store/detail/vault_on_disk.h"
#include "store/sql/migrations.h"

namespace evenkeel::store {

using namespace detail;
namespace fs = std::filesystem;

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    start_sodium();
    randombytes_buf(bytes.data(), bytes.size());
}

Result<std::unique_ptr<Vault>> Vault::open(const fs::path& folder,
                                           std::optional<std::string> passphrase) {
    start_sodium();
    std::error_code failed;
    if (fs::create_directories(folder, failed)) {
        fs::permissions(folder, fs::perms::owner_all, failed);
    }
    if (failed) return file_error("made", folder, failed.value());

    const fs::path key_path = folder / key_file_name;
    const bool has_key = fs::exists(key_path, failed);
    const bool has_vault = fs::exists(folder / vault_file_name, failed);
    const bool has_record = fs::exists(folder / record_file_name, failed);
    // A new key beside old data would look like a start and be the end of the data.
    if ((!has_key && (has_vault || has_record)) || (!has_vault && has_record)) {
        return Error{Fault::invalid_input,
                     "",
                     fmt::format("{} is missing in {}, but data is there. Put back your copy of "
                                 "the keys.",
                                 has_key ? vault_file_name : key_file_name, folder.string()),
                     {}};
    }
    if (!has_key) {
        TRY(const KeyFile made, KeyFile::make(passphrase));
        CHECK_OK(made.write(key_path));
    }
    TRY(KeyFile key_file, KeyFile::read(key_path, passphrase));
    TRY(auto database, Connection::open(folder / vault_file_name, Connection::Access::read_write));
    CHECK_OK(database->script(sql::vault_settings));
    CHECK_OK(migrate(*database, sql::vault_migrations(), vault_file_name));
    auto vault = std::make_unique<VaultOnDisk>(folder, std::move(key_file), std::move(database));
    CHECK_OK(vault->start());
    return std::unique_ptr<Vault>{std::move(vault)};
}

namespace {

// Each hash takes 64 MiB while it is made: no more at once than there are processors,
// however many sign in. Those who wait lose nothing, since the processors are busy.
class HashingTurn {
  public:
    HashingTurn() { turns().acquire(); }
    HashingTurn(const HashingTurn&) = delete;
    HashingTurn& operator=(const HashingTurn&) = delete;
    ~HashingTurn() { turns().release(); }

  private:
    static std::counting_semaphore<>& turns() {
        static std::counting_semaphore<> free{
            static_cast<std::ptrdiff_t>(std::max(1U, std::thread::hardware_concurrency()))};
        return free;
    }
};

}  // namespace

std::string hash_password(std::string_view password) {
    start_sodium();
    const HashingTurn turn;
    std::string hash(crypto_pwhash_STRBYTES, '\0');
    EK_ASSERT(crypto_pwhash_str(hash.data(), password.data(), password.size(),
                                crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0);
    hash.resize(std::char_traits<char>::length(hash.c_str()));
    return hash;
}

bool password_matches(std::string_view password, const std::string& hash) {
    start_sodium();
    const HashingTurn turn;
    return hash.size() < crypto_pwhash_STRBYTES &&
           crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace evenkeel::store
