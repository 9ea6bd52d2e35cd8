#include "store/detail/key_file.h"

#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>

#include <cstring>
#include <sstream>

#include "store/detail/files.h"

namespace evenkeel::store::detail {
namespace {

constexpr std::string_view magic = "evenkeel-key-1";
constexpr std::string_view lock_context = "service.key";
// RFC 9106 section 4, second recommended option: 3 passes over 64 MiB.
constexpr unsigned long long lock_passes = 3;
constexpr std::size_t lock_memory = std::size_t{64} << 20;

Error not_a_key_file(const std::filesystem::path& path) {
    return {Fault::invalid_input,
            "",
            fmt::format("{} is not a key file of Evenkeel. Put back your copy of the keys.",
                        path.string()),
            {}};
}

Result<SecretKey> key_of(std::string_view bytes, const std::filesystem::path& path) {
    SecretKey key;
    if (bytes.size() != key.bytes.size()) return not_a_key_file(path);
    std::memcpy(key.bytes.data(), bytes.data(), key.bytes.size());
    return key;
}

std::string_view view(const SecretKey& key) {
    return {reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()};
}

Status only_the_owner_reads(const std::filesystem::path& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return file_error("read", path, errno);
    if ((found.st_mode & 0177) != 0) {
        return Error{Fault::invalid_input,
                     "",
                     fmt::format("{0} can be read by others. Run: chmod 600 {0}", path.string()),
                     {}};
    }
    return Done{};
}

}  // namespace

Result<KeyFile::Lock> KeyFile::lock_from(const std::string& passphrase, unsigned long long passes,
                                         std::size_t memory_bytes, const Bytes& salt) {
    Lock lock{passes, memory_bytes, salt, {}};
    if (passes == 0 || passes > 100 || memory_bytes > std::size_t{4} << 30 ||
        salt.size() != crypto_pwhash_SALTBYTES ||
        crypto_pwhash(lock.key.bytes.data(), lock.key.bytes.size(), passphrase.data(),
                      passphrase.size(), reinterpret_cast<const unsigned char*>(salt.data()),
                      passes, memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return Error{Fault::unavailable,
                     "",
                     "There is not enough memory to work out the key from the passphrase.",
                     {}};
    }
    return lock;
}

Result<KeyFile> KeyFile::make(const std::optional<std::string>& passphrase) {
    KeyFile made;
    made.secret_ = random_key();
    if (passphrase) {
        Bytes salt(crypto_pwhash_SALTBYTES, '\0');
        randombytes_buf(salt.data(), salt.size());
        TRY(made.lock_, lock_from(*passphrase, lock_passes, lock_memory, salt));
    }
    return made;
}

KeyFile KeyFile::renewed() const {
    KeyFile next = *this;
    next.secret_ = random_key();
    return next;
}

Result<KeyFile> KeyFile::read(const std::filesystem::path& path,
                              const std::optional<std::string>& passphrase,
                              const KeyFile* earlier) {
    CHECK_OK(only_the_owner_reads(path));
    TRY(std::string text, read_file(path, 4096));
    auto parsed = parse(text, path, passphrase, earlier);
    sodium_memzero(text.data(), text.size());
    return parsed;
}

Result<KeyFile> KeyFile::parse(const std::string& text, const std::filesystem::path& path,
                               const std::optional<std::string>& passphrase,
                               const KeyFile* earlier) {
    std::istringstream words{text};
    std::string first;
    std::string how;
    words >> first >> how;
    KeyFile file;
    if (first != magic) return not_a_key_file(path);
    if (how == "plain") {
        std::string hex;
        words >> hex;
        if (passphrase) {
            return Error{Fault::invalid_input,
                         "/passphrase",
                         fmt::format("{} is not sealed under a passphrase. Start without one.",
                                     path.string()),
                         {}};
        }
        TRY(file.secret_, key_of(from_hex(hex), path));
        return file;
    }
    unsigned long long passes = 0;
    std::size_t memory_bytes = 0;
    std::string salt;
    std::string sealed;
    if (how != "passphrase" || !(words >> passes >> memory_bytes >> salt >> sealed)) {
        return not_a_key_file(path);
    }
    if (earlier != nullptr && earlier->lock_ && earlier->lock_->salt == from_hex(salt)) {
        file.lock_ = earlier->lock_;
    } else if (!passphrase) {
        return Error{Fault::invalid_input,
                     "/passphrase",
                     fmt::format("{} is sealed. Give its passphrase.", path.string()),
                     {}};
    } else {
        TRY(file.lock_, lock_from(*passphrase, passes, memory_bytes, from_hex(salt)));
    }
    const auto opened = open_under(sealing_key(file.lock_->key), lock_context, from_hex(sealed));
    if (!opened.ok()) {
        return Error{Fault::invalid_input, "/passphrase", "This passphrase does not fit.", {}};
    }
    TRY(file.secret_, key_of(opened.value(), path));
    return file;
}

Status KeyFile::write(const std::filesystem::path& path) const {
    std::string text;
    if (lock_) {
        text =
            fmt::format("{}\npassphrase {} {} {} {}\n", magic, lock_->passes, lock_->memory_bytes,
                        to_hex(lock_->salt),
                        to_hex(seal_under(sealing_key(lock_->key), lock_context, view(secret_))));
    } else {
        text = fmt::format("{}\nplain {}\n", magic, to_hex(view(secret_)));
    }
    const auto written = write_file(path, text);
    sodium_memzero(text.data(), text.size());
    return written;
}

Bytes KeyFile::secret_id() const {
    const Hash hash = keyed_hash(derived_key(secret_, 3), "which service secret");
    return Bytes(reinterpret_cast<const char*>(hash.data()), 16);
}

}  // namespace evenkeel::store::detail
