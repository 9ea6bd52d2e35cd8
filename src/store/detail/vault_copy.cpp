// Copies of the keys: one file with service.key and vault.db as they stand.
//
//   evenkeel-keys-1 <bytes of service.key> <bytes of vault.db> <BLAKE2b of both, hex>\n
//   service.key, vault.db

#include <fmt/format.h>
#include <sodium.h>
#include <sqlite3.h>

#include <array>
#include <memory>
#include <sstream>

#include "store/detail/files.h"
#include "store/detail/vault_on_disk.h"

namespace evenkeel::store {
namespace {

namespace fs = std::filesystem;
using namespace detail;

constexpr std::string_view magic = "evenkeel-keys-1";
constexpr std::size_t copy_limit = std::size_t{1} << 30;

std::string digest(std::string_view bytes) {
    std::array<unsigned char, 32> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                       0);
    return to_hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

Error damaged(const fs::path& copy) {
    return {Fault::invalid_input,
            "",
            fmt::format("{} is not a whole copy of the keys. Nothing was changed.", copy.string()),
            {}};
}

}  // namespace

Status detail::VaultOnDisk::copy_keys(const fs::path& to) const {
    const std::lock_guard lock{mutex_};
    CHECK_OK(notice_other_process());
    TRY(std::string keys, read_file(folder_ / key_file_name, 4096));
    const std::size_t key_bytes = keys.size();
    sqlite3_int64 vault_bytes = 0;
    const std::unique_ptr<unsigned char, void (*)(void*)> image{
        sqlite3_serialize(database_->raw(), "main", &vault_bytes, 0), sqlite3_free};
    if (image == nullptr) {
        return Error{Fault::unavailable, "", "There is not enough memory to copy the keys.", {}};
    }
    keys.append(reinterpret_cast<const char*>(image.get()), static_cast<std::size_t>(vault_bytes));
    const Status written = write_file(
        to, fmt::format("{} {} {} {}\n{}", magic, key_bytes, vault_bytes, digest(keys), keys));
    sodium_memzero(keys.data(), keys.size());
    return written;
}

Status Vault::put_back_keys(const fs::path& copy, const fs::path& folder) {
    start_sodium();
    std::error_code ignored;
    for (const char* name : {key_file_name, vault_file_name}) {
        if (fs::exists(folder / name, ignored)) {
            return Error{Fault::conflict,
                         "",
                         fmt::format("{} has keys already. Move them away first.", folder.string()),
                         {}};
        }
    }
    TRY(const std::string text, read_file(copy, copy_limit));
    const auto line_end = text.find('\n');
    if (line_end == std::string::npos) return damaged(copy);
    std::istringstream header{text.substr(0, line_end)};
    std::string first;
    std::size_t key_bytes = 0;
    std::size_t vault_bytes = 0;
    std::string hash;
    header >> first >> key_bytes >> vault_bytes >> hash;
    const std::string_view keys = std::string_view{text}.substr(line_end + 1);
    if (first != magic || key_bytes > keys.size() || keys.size() - key_bytes != vault_bytes ||
        digest(keys) != hash) {
        return damaged(copy);
    }
    fs::create_directories(folder, ignored);
    // The vault first: a key file without a vault would look like a new service.
    CHECK_OK(write_file(folder / vault_file_name, keys.substr(key_bytes)));
    return write_file(folder / key_file_name, keys.substr(0, key_bytes));
}

}  // namespace evenkeel::store
