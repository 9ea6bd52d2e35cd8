#pragma once
// SQLite's C API behind a thin layer: connections that close themselves, statements
// by name, failures as Results. A connection is used by one thread at a time.

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "store/sql/statements.h"
#include "store/vault.h"

struct sqlite3;
struct sqlite3_stmt;

namespace evenkeel::store::detail {

// Bytes, where a string_view means text.
struct Blob {
    std::string_view bytes;
};

inline std::string_view bytes_of(const Id& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}
inline std::string_view bytes_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// One run of a statement. Bindings point into the caller's values, which must
// outlive it.
class Rows {
  public:
    explicit Rows(Error error) : error_(std::move(error)) {}
    template <class... Values>
    explicit Rows(sqlite3_stmt* statement, const Values&... values) : statement_(statement) {
        int at = 0;
        (bind(++at, values), ...);
    }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows();

    // Steps to the next row; false when there is none.
    Result<bool> next();

    void bind(int at, std::int64_t value);
    void bind(int at, std::string_view text);
    void bind(int at, Blob bytes);
    void bind(int at, const Id& id) { bind(at, Blob{bytes_of(id)}); }
    void bind(int at, const Hash& hash) { bind(at, Blob{bytes_of(hash)}); }
    void bind(int at, Instant instant) { bind(at, instant.time_since_epoch().count()); }
    template <class T>
    void bind(int at, const std::optional<T>& value) {
        if (value) bind(at, *value);  // else NULL, as after a reset
    }

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;   // until next()
    [[nodiscard]] std::string_view bytes(int column) const;  // until next()
    // Shorter or longer bytes are filled with zeros or cut.
    [[nodiscard]] Id id(int column) const;
    [[nodiscard]] Hash hash(int column) const;
    [[nodiscard]] Instant instant(int column) const {
        return Instant{Milliseconds{integer(column)}};
    }

  private:
    sqlite3_stmt* statement_ = nullptr;
    std::optional<Error> error_;
};

class Connection {
  public:
    enum class Access { read_write, read_only };

    // Opens, or (read_write) makes with mode 0600, a database file.
    static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file, Access);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    // Runs a statement with its parameters ?1, ?2 ... in order.
    template <class... Values>
    Rows run(sql::Statement statement, const Values&... values) {
        auto prepared = prepare(statement);
        if (!prepared.ok()) return Rows{prepared.error()};
        return Rows{prepared.value(), values...};
    }
    // The same to its end, when no rows are wanted.
    template <class... Values>
    Status execute(sql::Statement statement, const Values&... values) {
        auto rows = run(statement, values...);
        TRY(bool more, rows.next());
        while (more) {
            TRY(more, rows.next());
        }
        return Done{};
    }
    // Several statements without parameters.
    Status script(std::string_view text);
    // First column of the first row, as text; empty when there is no row.
    Result<std::string> single(std::string_view text);

    // How long to wait for another process before giving up; ten seconds at first.
    void wait_at_most(Milliseconds);

    // Changes when another connection has written since the last call.
    Result<std::int64_t> data_version();

    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] std::int64_t rows_changed() const;
    [[nodiscard]] sqlite3* raw() const { return database_; }

  private:
    explicit Connection(sqlite3* database) : database_(database) {}
    Result<sqlite3_stmt*> prepare(sql::Statement);

    sqlite3* database_;
    // One prepared statement for each name: bounded by the table of statements.
    std::array<sqlite3_stmt*, sql::n_statements> statements_{};
    sqlite3_stmt* data_version_ = nullptr;
};

// A failure of SQLite in a sentence.
Error sqlite_error(sqlite3* database, int code);

// Applies the steps the database lacks, each with its number. Refuses a database
// that knows more steps than this program.
Status migrate(Connection&, std::span<const std::string_view> steps, std::string_view file_name);

// Begins at construction; rolls back at destruction unless committed.
class Transaction {
  public:
    static Result<Transaction> begin(Connection&, std::string_view how = sql::begin_write);
    Transaction(Transaction&& other) noexcept
        : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&& other) noexcept {
        std::swap(connection_, other.connection_);
        return *this;
    }
    ~Transaction();
    Status commit();

  private:
    explicit Transaction(Connection* connection) : connection_(connection) {}
    Connection* connection_;
};

}  // namespace evenkeel::store::detail
