#include "store/detail/sqlite.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "store/sql/migrations.h"

namespace evenkeel::store::detail {
namespace {

// Another process holds the write lock for one group commit; far longer is a fault.
constexpr Milliseconds patience{10'000};

template <class Fixed>
void copy_bytes(std::string_view from, Fixed& to) {
    std::memcpy(to.data(), from.data(), std::min(from.size(), to.size()));
}

int as_size(std::string_view bytes) {
    EK_ASSERT(bytes.size() <= 0x7fffffff);
    return static_cast<int>(bytes.size());
}

}  // namespace

Error sqlite_error(sqlite3* database, int code) {
    switch (code & 0xff) {
        case SQLITE_CONSTRAINT:
            return {Fault::conflict, "", "This stands already with another content.", {}};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Fault::unavailable,
                    "",
                    "Another process is using the database. Try again in a moment.",
                    {}};
        case SQLITE_FULL:
            return {Fault::unavailable, "", "The disk is full; nothing was written.", {}};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {Fault::unavailable,
                    "",
                    "The database file is damaged. Restore the newest backup.",
                    {}};
        default:
            return {
                Fault::unavailable,
                "",
                fmt::format("The database could not be read or written ({}).",
                            database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database)),
                {}};
    }
}

Rows::~Rows() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

Result<bool> Rows::next() {
    if (error_) return *error_;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    error_ = sqlite_error(sqlite3_db_handle(statement_), code);
    return *error_;
}

void Rows::bind(int at, std::int64_t value) {
    EK_ASSERT(sqlite3_bind_int64(statement_, at, value) == SQLITE_OK);
}

void Rows::bind(int at, std::string_view text) {
    EK_ASSERT(sqlite3_bind_text(statement_, at, text.empty() ? "" : text.data(), as_size(text),
                                SQLITE_STATIC) == SQLITE_OK);
}

void Rows::bind(int at, Blob blob) {
    EK_ASSERT(sqlite3_bind_blob(statement_, at, blob.bytes.empty() ? "" : blob.bytes.data(),
                                as_size(blob.bytes), SQLITE_STATIC) == SQLITE_OK);
}

bool Rows::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Rows::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string_view Rows::text(int column) const {
    const auto* text = sqlite3_column_text(statement_, column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Rows::bytes(int column) const {
    const auto* bytes = sqlite3_column_blob(statement_, column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Id Rows::id(int column) const {
    Id id;
    copy_bytes(bytes(column), id.bytes);
    return id;
}

Hash Rows::hash(int column) const {
    Hash hash{};
    copy_bytes(bytes(column), hash);
    return hash;
}

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& file,
                                                     Access access) {
    const bool writes = access == Access::read_write;
    if (writes) {  // SQLite would make it readable for everybody
        const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (made < 0) {
            return Error{
                Fault::unavailable,
                "",
                fmt::format("{} cannot be opened: {}.", file.string(), std::strerror(errno)),
                {}};
        }
        ::close(made);
    }
    const int flags = (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
    std::unique_ptr<Connection> connection{new Connection(database)};
    if (code != SQLITE_OK) return sqlite_error(database, code);
    sqlite3_extended_result_codes(database, 1);
    connection->wait_at_most(patience);
    CHECK_OK(connection->script(writes ? sql::sqlite_settings : sql::sqlite_read_only_settings));
    return connection;
}

Connection::~Connection() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    sqlite3_finalize(data_version_);
    sqlite3_close(database_);
}

Result<sqlite3_stmt*> Connection::prepare(sql::Statement which) {
    auto& statement = statements_[static_cast<std::size_t>(which)];
    if (statement == nullptr) {
        const std::string_view text = sql::named(which).text;
        const int code = sqlite3_prepare_v3(database_, text.data(), as_size(text),
                                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) return sqlite_error(database_, code);
    }
    EK_ASSERT(sqlite3_stmt_busy(statement) == 0);  // its rows are still being read
    return statement;
}

Status Connection::script(std::string_view text) {
    const int code = sqlite3_exec(database_, std::string(text).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return sqlite_error(database_, code);
    return Done{};
}

Result<std::string> Connection::single(std::string_view text) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(database_, text.data(), as_size(text), &statement, nullptr);
    if (code != SQLITE_OK) return sqlite_error(database_, code);
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owned{statement, sqlite3_finalize};
    Rows rows{statement};
    TRY(const bool found, rows.next());
    return std::string(found ? rows.text(0) : std::string_view{});
}

Result<std::int64_t> Connection::data_version() {
    if (data_version_ == nullptr) {
        const int code =
            sqlite3_prepare_v3(database_, sql::data_version.data(), as_size(sql::data_version),
                               SQLITE_PREPARE_PERSISTENT, &data_version_, nullptr);
        if (code != SQLITE_OK) return sqlite_error(database_, code);
    }
    Rows rows{data_version_};
    CHECK_OK(rows.next());
    return rows.integer(0);
}

void Connection::wait_at_most(Milliseconds patience) {
    sqlite3_busy_timeout(database_, static_cast<int>(patience.count()));
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(database_) == 0;
}

std::int64_t Connection::rows_changed() const {
    return sqlite3_changes64(database_);
}

Status migrate(Connection& connection, std::span<const std::string_view> steps,
               std::string_view file_name) {
    TRY(auto transaction, Transaction::begin(connection));
    TRY(const std::string has_tables, connection.single(sql::has_tables));
    std::size_t done = 0;
    if (has_tables != "0") {
        auto rows = connection.run(sql::Statement::schema_version);
        CHECK_OK(rows.next());
        done = static_cast<std::size_t>(rows.integer(0));
    }
    if (done > steps.size()) {
        return Error{Fault::conflict,
                     "",
                     fmt::format("{} was written by a newer version of Evenkeel (schema {}, this "
                                 "version knows {}). Install the newer version.",
                                 file_name, done, steps.size()),
                     {}};
    }
    if (done == steps.size()) return Done{};
    for (; done < steps.size(); ++done) {
        CHECK_OK(connection.script(sql::spoken(steps[done], sql::Dialect::sqlite)));
        CHECK_OK(connection.execute(sql::Statement::add_schema_version,
                                    static_cast<std::int64_t>(done + 1)));
    }
    return transaction.commit();
}

Result<Transaction> Transaction::begin(Connection& connection, std::string_view how) {
    CHECK_OK(connection.script(how));
    return Transaction{&connection};
}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself after a disk fault.
    if (connection_ != nullptr && connection_->in_transaction()) {
        (void)connection_->script(sql::rollback);
    }
}

Status Transaction::commit() {
    CHECK_OK(connection_->script(sql::commit));
    connection_ = nullptr;
    return Done{};
}

}  // namespace evenkeel::store::detail
