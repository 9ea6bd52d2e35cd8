#include "store/detail/vault_on_disk.h"

#include <fmt/format.h>
#include <sodium.h>

#include <cstring>
#include <vector>

#include "store/detail/files.h"
#include "store/detail/one_look.h"

namespace evenkeel::store::detail {
namespace {

namespace fs = std::filesystem;
using sql::Statement;

// Whoever checks in needs two, of the account and of the record. Some 200 bytes each; a key that
// is not here costs a look into the file and two openings, with everybody else waiting.
constexpr std::size_t keys_in_memory = 4096;

Error erased() {
    return {Fault::not_found, "", "This record was erased.", {}};
}

std::string wrap_context(std::string_view kind, std::string_view name) {
    return fmt::format("{}:{}", kind, name);
}

std::string_view view(const SecretKey& key) {
    return {reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()};
}

Bytes wrap(const SealingKey& under, const std::string& context, const SecretKey& key) {
    return seal_under(under, context, view(key));
}

Result<SecretKey> unwrap(const SealingKey& under, const std::string& context,
                         std::string_view wrapped) {
    auto opened = open_under(under, context, wrapped);
    SecretKey key;
    if (!opened.ok() || opened.value().size() != key.bytes.size()) {
        return Error{Fault::unavailable,
                     "",
                     "The vault does not fit its key file, or was altered. Put back your copy of "
                     "the keys.",
                     {}};
    }
    std::memcpy(key.bytes.data(), opened.value().data(), key.bytes.size());
    sodium_memzero(opened.value().data(), opened.value().size());
    return key;
}

struct Wrapped {
    std::string name;  // raw id or name of the service key
    Bytes bytes;
};

Result<std::vector<Wrapped>> all_wrapped(Connection& database, Statement which) {
    std::vector<Wrapped> all;
    auto rows = database.run(which);
    while (true) {
        TRY(const bool more, rows.next());
        if (!more) return all;
        all.push_back({std::string(rows.bytes(0)), Bytes(rows.bytes(1))});
    }
}

}  // namespace

VaultOnDisk::VaultOnDisk(fs::path folder, KeyFile key_file, std::unique_ptr<Connection> database)
    : folder_(std::move(folder)), key_file_(std::move(key_file)), database_(std::move(database)) {}

Status VaultOnDisk::start() {
    const std::lock_guard lock{mutex_};
    TRY(auto transaction, Transaction::begin(*database_));
    bool is_new = true;
    {
        auto rows = database_->run(Statement::wrapping);
        TRY(const bool found, rows.next());
        is_new = !found;
    }
    if (is_new) CHECK_OK(make_service_keys());
    CHECK_OK(transaction.commit());
    CHECK_OK(finish_rotation());
    CHECK_OK(read_service_keys());
    TRY(data_version_, database_->data_version());
    // An erasing that a crash cut short is finished before anything else happens.
    std::int64_t traces = 0;
    {
        auto rows = database_->run(Statement::count_traces);
        CHECK_OK(rows.next());
        traces = rows.integer(0);
    }
    return traces > 0 ? leave_no_trace() : Status{Done{}};
}

Status VaultOnDisk::make_service_keys() {
    const SealingKey wrapping = key_file_.wrapping_key();
    for (const char* name : {"sealing", "audit", "lookup", "signing"}) {
        CHECK_OK(
            database_->execute(Statement::put_service_secret, std::string_view(name),
                               Blob{wrap(wrapping, wrap_context("service", name), random_key())}));
    }
    return database_->execute(Statement::put_wrapping, Blob{key_file_.secret_id()});
}

// A crash between the vault's commit and the renaming of the new key file leaves
// service.key.next; it is the right one when the vault says so.
Status VaultOnDisk::finish_rotation() {
    Bytes expected;
    {
        auto rows = database_->run(Statement::wrapping);
        CHECK_OK(rows.next());
        expected = rows.bytes(0);
    }
    if (key_file_.secret_id() == expected) return Done{};
    const fs::path next = folder_ / next_key_file_name;
    std::error_code ignored;
    if (fs::exists(next, ignored)) {
        TRY(KeyFile file, KeyFile::read(next, {}, &key_file_));
        if (file.secret_id() == expected) {
            CHECK_OK(rename_durably(next, folder_ / key_file_name));
            key_file_ = std::move(file);
            return Done{};
        }
    }
    TRY(KeyFile file, KeyFile::read(folder_ / key_file_name, {}, &key_file_));
    if (file.secret_id() != expected) {
        return Error{Fault::invalid_input,
                     "",
                     fmt::format("{} does not belong to {}. Put back your copy of the keys.",
                                 key_file_name, vault_file_name),
                     {}};
    }
    key_file_ = std::move(file);
    return Done{};
}

Status VaultOnDisk::read_service_keys() {
    TRY(const auto all, all_wrapped(*database_, Statement::every_service_secret));
    const SealingKey wrapping = key_file_.wrapping_key();
    EK_ASSERT(all.size() == 4);
    for (const auto& [name, wrapped] : all) {
        TRY(const SecretKey key, unwrap(wrapping, wrap_context("service", name), wrapped));
        if (name == "sealing") service_ = sealing_key(key);
        if (name == "audit") audit_ = key;
        if (name == "lookup") lookup_ = key;
        if (name == "signing") signing_seed_ = key;
    }
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
    crypto_sign_seed_keypair(public_key_.data(), secret.data(), signing_seed_.bytes.data());
    sodium_memzero(secret.data(), secret.size());
    return Done{};
}

Status VaultOnDisk::notice_other_process() const {
    TRY(const std::int64_t version, database_->data_version());
    if (version == data_version_) return Done{};
    data_version_ = version;
    forget_keys();
    return const_cast<VaultOnDisk*>(this)->finish_rotation();
}

void VaultOnDisk::forget_keys() const {
    known_at_.clear();
    known_.clear();
}

Result<SecretKey> VaultOnDisk::unwrapped_key(const Id& stream) const {
    auto rows = database_->run(Statement::stream_key, stream);
    TRY(const bool found, rows.next());
    if (!found) return Error{Fault::not_found, "", "This record has no entry yet.", {}};
    if (rows.is_null(0)) return erased();
    return unwrap(key_file_.wrapping_key(), wrap_context("stream", bytes_of(stream)),
                  rows.bytes(0));
}

Result<SealingKey> VaultOnDisk::key_of(const Id& stream) const {
    const std::lock_guard lock{mutex_};
    if (!OneLook::taken(*this)) {
        const auto noticed = notice_other_process();
        if (!noticed.ok()) OneLook::forget();
        CHECK_OK(noticed);
    }
    if (const auto at = known_at_.find(stream); at != known_at_.end()) {
        known_.splice(known_.begin(), known_, at->second);
        return known_.front().key;
    }
    // A key from the file is wrapped as the newest rotation left it, whenever that was.
    CHECK_OK(notice_other_process());
    TRY(const SecretKey key, unwrapped_key(stream));
    known_.push_front({stream, sealing_key(key)});
    known_at_[stream] = known_.begin();
    if (known_.size() > keys_in_memory) {
        known_at_.erase(known_.back().stream);
        known_.pop_back();
    }
    return known_.front().key;
}

Status VaultOnDisk::create_key(const Id& stream) {
    const std::lock_guard lock{mutex_};
    CHECK_OK(notice_other_process());
    if (known_at_.contains(stream)) return Done{};
    {
        auto rows = database_->run(Statement::stream_key, stream);
        TRY(const bool found, rows.next());
        if (found && rows.is_null(0)) return erased();
        if (found) return Done{};
    }
    return database_->execute(Statement::add_stream_key, stream,
                              Blob{wrap(key_file_.wrapping_key(),
                                        wrap_context("stream", bytes_of(stream)), random_key())});
}

bool VaultOnDisk::has_key(const Id& stream) const {
    const std::lock_guard lock{mutex_};
    auto rows = database_->run(Statement::stream_key, stream);
    const auto found = rows.next();
    return found.ok() && found.value() && !rows.is_null(0);
}

Status VaultOnDisk::destroy_key(const Id& stream) {
    const std::lock_guard lock{mutex_};
    forget_keys();
    CHECK_OK(database_->execute(Statement::destroy_stream_key, stream));
    return leave_no_trace();
}

// secure_delete overwrites what is deleted, but a page that was split earlier may hold
// a second copy in its unused part; VACUUM writes every page anew, and the truncating
// checkpoint empties the write-ahead log, where old pages stand too.
Status VaultOnDisk::leave_no_trace() {
    CHECK_OK(database_->script(sql::vacuum));
    TRY(const std::string busy, database_->single(sql::checkpoint));
    if (busy != "0") {
        return Error{Fault::unavailable,
                     "",
                     "The key is destroyed, but another process holds the vault open and traces "
                     "may stand in vault.db-wal. Stop it and run this again.",
                     {}};
    }
    TRY(File file, File::open(folder_ / vault_file_name, 0));
    CHECK_OK(file.sync());
    return database_->execute(Statement::forget_traces);
}

Result<Bytes> VaultOnDisk::seal(const Id& stream, std::string_view address,
                                std::string_view text) const {
    TRY(const SealingKey key, key_of(stream));
    return seal_under(key, sealing_context(stream, address), text);
}

Result<std::string> VaultOnDisk::open_sealed(const Id& stream, std::string_view address,
                                             std::string_view sealed) const {
    TRY(const SealingKey key, key_of(stream));
    return open_under(key, sealing_context(stream, address), sealed);
}

Bytes VaultOnDisk::seal_for_service(std::string_view address, std::string_view text) const {
    return seal_under(service_, sealing_context(Id{}, address), text);
}

Result<std::string> VaultOnDisk::open_for_service(std::string_view address,
                                                  std::string_view sealed) const {
    return open_under(service_, sealing_context(Id{}, address), sealed);
}

Hash VaultOnDisk::audit_hash(std::string_view bytes) const {
    return keyed_hash(audit_, bytes);
}

Hash VaultOnDisk::lookup_hash(std::string_view bytes) const {
    return keyed_hash(lookup_, bytes);
}

std::array<std::uint8_t, 64> VaultOnDisk::sign(std::string_view bytes) const {
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
    std::array<std::uint8_t, 32> unused{};
    crypto_sign_seed_keypair(unused.data(), secret.data(), signing_seed_.bytes.data());
    std::array<std::uint8_t, 64> signature{};
    crypto_sign_detached(signature.data(), nullptr,
                         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         secret.data());
    sodium_memzero(secret.data(), secret.size());
    return signature;
}

std::array<std::uint8_t, 32> VaultOnDisk::public_key() const {
    return public_key_;
}

Status VaultOnDisk::wrap_everything(const SealingKey& before, const SealingKey& after) {
    TRY(const auto streams, all_wrapped(*database_, Statement::every_stream_key));
    for (const auto& [stream, wrapped] : streams) {
        const std::string context = wrap_context("stream", stream);
        TRY(const SecretKey key, unwrap(before, context, wrapped));
        const Bytes again = wrap(after, context, key);
        CHECK_OK(database_->execute(Statement::wrap_stream_key, Blob{stream}, Blob{again}));
    }
    TRY(const auto own, all_wrapped(*database_, Statement::every_service_secret));
    for (const auto& [name, wrapped] : own) {
        const std::string context = wrap_context("service", name);
        TRY(const SecretKey key, unwrap(before, context, wrapped));
        const Bytes again = wrap(after, context, key);
        CHECK_OK(
            database_->execute(Statement::put_service_secret, std::string_view(name), Blob{again}));
    }
    return Done{};
}

// The new secret is on disk before the vault needs it and becomes service.key after;
// whichever moment a crash picks, one of the two files opens the vault.
Status VaultOnDisk::rotate() {
    const std::lock_guard lock{mutex_};
    TRY(auto transaction, Transaction::begin(*database_));
    CHECK_OK(finish_rotation());
    KeyFile next = key_file_.renewed();
    const fs::path next_path = folder_ / next_key_file_name;
    CHECK_OK(next.write(next_path));
    CHECK_OK(wrap_everything(key_file_.wrapping_key(), next.wrapping_key()));
    CHECK_OK(database_->execute(Statement::put_wrapping, Blob{next.secret_id()}));
    CHECK_OK(transaction.commit());
    key_file_ = std::move(next);
    forget_keys();
    const Status renamed = rename_durably(next_path, folder_ / key_file_name);
    // Another process may have finished the renaming for us.
    if (!renamed.ok() && renamed.error().fault != Fault::not_found) return renamed;
    return leave_no_trace();
}

}  // namespace evenkeel::store::detail
