#include "store/detail/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <optional>

#include "store/detail/files.h"
#include "store/detail/heads.h"
#include "store/detail/record_file.h"
#include "store/detail/sealing.h"
#include "store/detail/verify.h"
#include "store/store.h"

namespace evenkeel::store {

namespace fs = std::filesystem;

namespace detail {
namespace {

constexpr std::string_view format_starts = "{\"format\":\"evenkeel-backup-1\",";
constexpr std::string_view signature_starts = "\"signature\":\"";
constexpr std::size_t longest_header = 4096;
constexpr std::size_t chunk = 1 << 20;

template <class Array>
std::string_view view(const Array& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A file that is gone when its holder goes, unless it was renamed away.
class Passing {
  public:
    explicit Passing(fs::path path) : path_(std::move(path)) { remove(); }
    Passing(const Passing&) = delete;
    Passing& operator=(const Passing&) = delete;
    ~Passing() { remove(); }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    void remove() const {
        std::error_code ignored;
        for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
            fs::remove(path_.string() + suffix, ignored);
        }
    }
    fs::path path_;
};

struct Contents {
    std::uint64_t bytes = 0;
    std::string sha256;  // hex
};

// Reads the rest of `from`, hands each piece to `use`, and tells what it was.
template <class Use>
Result<Contents> read_through(File& from, const Use& use) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    Contents contents;
    while (true) {
        TRY(const std::string piece, from.read(chunk));
        if (piece.empty()) break;
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(piece.data()),
                                  piece.size());
        contents.bytes += piece.size();
        CHECK_OK(use(piece));
    }
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(&state, hash.data());
    contents.sha256 = to_hex(view(hash));
    return contents;
}

std::string header_line(const Contents& contents, const Vault& vault, Instant now) {
    const std::string line = fmt::format(
        "{}\"made_at\":\"{}\",\"bytes\":{},\"sha256\":\"{}\",\"public_key\":\"{}\",", format_starts,
        to_string(now), contents.bytes, contents.sha256, to_hex(view(vault.public_key())));
    return fmt::format("{}{}{}\"}}\n", line, signature_starts, to_hex(view(vault.sign(line))));
}

// The whole file is what SQLite wrote and every chain of it holds.
Status check_record(Connection& connection, const Vault& vault, std::string_view what) {
    TRY(const std::string whole, connection.single(sql::integrity_check));
    if (whole != "ok") {
        return Error{Fault::invalid_input,
                     "",
                     fmt::format("{} is damaged: SQLite finds it inconsistent.", what),
                     {}};
    }
    TRY(const VerifyReport report, verify_chains(connection, vault, {}));
    if (report.problems.empty()) return Done{};
    Error error{Fault::invalid_input,
                report.problems.front().where,
                fmt::format("{} does not verify. {}", what, report.problems.front().message),
                {report.problems.begin() + 1, report.problems.end()}};
    return error;
}

Status copy_database(Connection& from, const fs::path& to) {
    TRY(auto copy, Connection::open(to, Connection::Access::read_write));
    // A copy must be one file: without write-ahead log.
    CHECK_OK(copy->single(sql::leave_wal));
    sqlite3_backup* backup = sqlite3_backup_init(copy->raw(), "main", from.raw(), "main");
    if (backup == nullptr) return sqlite_error(copy->raw(), sqlite3_errcode(copy->raw()));
    const int stepped = sqlite3_backup_step(backup, -1);  // one step: one snapshot
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE) return sqlite_error(nullptr, stepped);
    if (finished != SQLITE_OK) return sqlite_error(nullptr, finished);
    CHECK_OK(copy->single(sql::leave_wal));
    return Done{};
}

// What the header says; nothing when it is not one of ours, whole and signed.
struct Header {
    Contents contents;
    std::string public_key;  // raw
};

std::optional<std::string> field(std::string_view line, std::string_view name) {
    const std::string before = fmt::format("\"{}\":", name);
    const auto at = line.find(before);
    if (at == std::string_view::npos) return std::nullopt;
    std::string_view rest = line.substr(at + before.size());
    if (rest.starts_with('"')) rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find_first_of("\",}")));
}

std::optional<Header> parse_header(std::string_view line) {
    const auto signed_size = line.rfind(signature_starts);
    const auto bytes = field(line, "bytes");
    const auto sha256 = field(line, "sha256");
    const auto key = field(line, "public_key");
    const auto signature = field(line, "signature");
    if (!line.starts_with(format_starts) || signed_size == std::string_view::npos || !bytes ||
        !sha256 || !key || !signature) {
        return std::nullopt;
    }
    // Nothing may follow the signature but the end of the line.
    if (line.substr(signed_size) != fmt::format("{}{}\"}}", signature_starts, *signature)) {
        return std::nullopt;
    }
    Header header{{0, *sha256}, from_hex(*key)};
    const auto [end, failed] =
        std::from_chars(bytes->data(), bytes->data() + bytes->size(), header.contents.bytes);
    if (failed != std::errc{} || end != bytes->data() + bytes->size()) return std::nullopt;
    if (!is_signed_by(header.public_key, line.substr(0, signed_size), from_hex(*signature))) {
        return std::nullopt;
    }
    return header;
}

Error damaged(const fs::path& backup) {
    return {
        Fault::invalid_input,
        "",
        fmt::format("{} is not a whole backup of Evenkeel. Nothing was changed.", backup.string()),
        {}};
}

// Checks header, length and hash, and puts the record's bytes into `to`.
Status unpack(const fs::path& backup, const fs::path& to, const Vault& vault) {
    TRY(File from, File::open(backup, O_RDONLY));
    TRY(const std::string start, from.read(longest_header));
    const auto line_end = start.find('\n');
    if (line_end == std::string::npos) return damaged(backup);
    const auto header = parse_header(std::string_view{start}.substr(0, line_end));
    if (!header) return damaged(backup);
    const auto own_key = vault.public_key();
    if (header->public_key != view(own_key)) {
        return Error{Fault::invalid_input,
                     "",
                     fmt::format("{} is the backup of another service; this vault has none of "
                                 "its keys. Nothing was changed.",
                                 backup.string()),
                     {}};
    }
    if (::lseek(from.descriptor(), static_cast<off_t>(line_end + 1), SEEK_SET) < 0) {
        return file_error("read", backup, errno);
    }
    TRY(File into, File::open(to, O_WRONLY | O_CREAT | O_TRUNC));
    TRY(const Contents contents,
        read_through(from, [&](const std::string& piece) { return into.write(piece); }));
    if (contents.bytes != header->contents.bytes || contents.sha256 != header->contents.sha256) {
        return damaged(backup);
    }
    return into.sync();
}

// Ends the write-ahead log of the record that is there. Only possible when nobody
// else has it open; a record too damaged to open does not stand in the way.
Status close_standing_record(const fs::path& file) {
    auto standing = Connection::open(file, Connection::Access::read_write);
    const std::string damaged_file = sqlite_error(nullptr, SQLITE_CORRUPT).message;
    if (!standing.ok()) {
        return standing.error().message == damaged_file ? Status{Done{}} : standing.error();
    }
    standing.value()->wait_at_most(Milliseconds{500});
    const auto mode = standing.value()->single(sql::leave_wal);
    if (mode.ok() && mode.value() == "delete") return Done{};
    if (!mode.ok() && mode.error().message == damaged_file) return Done{};
    return Error{Fault::unavailable,
                 "",
                 "The service is running on this folder. Stop it, then restore.",
                 {}};
}

}  // namespace

Status make_backup(Connection& from, const Vault& vault, const fs::path& to, Instant now) {
    const Passing copy{to.string() + ".copy"};
    const Passing packed{to.string() + ".tmp"};
    CHECK_OK(copy_database(from, copy.path()));
    {
        TRY(auto opened, Connection::open(copy.path(), Connection::Access::read_only));
        CHECK_OK(check_record(*opened, vault, "The copy"));
    }
    Contents contents;
    {
        TRY(File reading, File::open(copy.path(), O_RDONLY));
        TRY(contents, read_through(reading, [](const std::string&) -> Status { return Done{}; }));
    }
    {
        TRY(File reading, File::open(copy.path(), O_RDONLY));
        TRY(File writing, File::open(packed.path(), O_WRONLY | O_CREAT | O_TRUNC));
        CHECK_OK(writing.write(header_line(contents, vault, now)));
        CHECK_OK(
            read_through(reading, [&](const std::string& piece) { return writing.write(piece); }));
        CHECK_OK(writing.sync());
    }
    return rename_durably(packed.path(), to);
}

}  // namespace detail

Status restore(const fs::path& backup, const fs::path& folder, Vault& vault) {
    using namespace detail;
    const fs::path file = folder / record_file_name;
    const fs::path aside = file.string() + ".before-restore";
    const Passing unpacked{file.string() + ".restoring"};
    CHECK_OK(unpack(backup, unpacked.path(), vault));
    {
        TRY(auto opened, open_record(unpacked.path(), vault));
        CHECK_OK(check_record(*opened, vault, "The backup"));
        CHECK_OK(opened->single(sql::leave_wal));
    }
    {
        TRY(File synced, File::open(unpacked.path(), O_RDONLY));
        CHECK_OK(synced.sync());
    }
    std::error_code failed;
    const bool standing = fs::exists(file, failed);
    if (standing) {
        CHECK_OK(close_standing_record(file));
        fs::remove(aside, failed);
        // A second name, not a move: at no moment is there a folder without record.
        fs::create_hard_link(file, aside, failed);
        if (failed) return file_error("kept aside", file, failed.value());
        CHECK_OK(sync_folder(folder));
    }
    for (const char* suffix : {"-wal", "-shm"}) fs::remove(file.string() + suffix, failed);
    CHECK_OK(rename_durably(unpacked.path(), file));
    if (standing) fs::remove(aside, failed);
    return sync_folder(folder);
}

}  // namespace evenkeel::store
