#include "store/detail/record_file.h"

#include <fmt/format.h>

#include "store/sql/migrations.h"

namespace evenkeel::store::detail {
namespace {

using sql::Statement;

Status claim(Connection& connection, const Vault& vault, const std::filesystem::path& file) {
    const auto own = vault.public_key();
    TRY(auto transaction, Transaction::begin(connection));
    {
        auto rows = connection.run(Statement::service_key);
        TRY(const bool found, rows.next());
        if (found) {
            if (rows.hash(0) == own) return Done{};
            return Error{Fault::invalid_input,
                         "",
                         fmt::format("{} belongs to another service: its keys are not in this "
                                     "vault.",
                                     file.string()),
                         {}};
        }
    }
    CHECK_OK(connection.execute(Statement::add_service_key, Hash{own}));
    return transaction.commit();
}

}  // namespace

Result<std::unique_ptr<Connection>> open_record(const std::filesystem::path& file,
                                                const Vault& vault) {
    TRY(auto connection, Connection::open(file, Connection::Access::read_write));
    CHECK_OK(connection->script(sql::record_settings));
    CHECK_OK(migrate(*connection, sql::record_migrations(), file.filename().string()));
    CHECK_OK(claim(*connection, vault, file));
    return connection;
}

}  // namespace evenkeel::store::detail
