// Goal: a folder of an earlier version opens with nothing lost: who may see whom, and what is
// erased, is as it was; what is sealed in an old form is put anew from the entries.

#include "store/sql/migrations.h"

#include "store/detail/sqlite.h"
#include "store/detail/store_fixture.h"

namespace evenkeel::store {
namespace {

using detail::Connection;

TEST(Migrations, GiveEveryRelationABasisAndWhoOwnsAnOpenSignalOne) {
    const TestFolder folder;
    auto connection =
        must(Connection::open(folder.path() / "record.db", Connection::Access::read_write));
    const auto steps = sql::record_migrations();
    must(detail::migrate(*connection, steps.first(5), "record.db"));
    must(connection->script(R"(
        INSERT INTO relations VALUES (x'01', zeroblob(16), zeroblob(16), 'therapist', 7, NULL);
        INSERT INTO signals VALUES
            (randomblob(16), x'01', zeroblob(16), 'k', 't', 'raised', zeroblob(16), 0, 9, 9),
            (randomblob(16), x'01', zeroblob(16), 'k', 't', 'seen', zeroblob(16), 0, 8, 9),
            (randomblob(16), x'02', zeroblob(16), 'k', 't', 'closed', zeroblob(16), 0, 9, 9);
        INSERT INTO states VALUES (x'01', 16, x'00'), (x'02', 0, x'');
        INSERT INTO numbers VALUES (x'01', zeroblob(32), 0, x'00');
    )"));
    must(detail::migrate(*connection, steps, "record.db"));
    const auto all = [&](const std::string& text) { return must(connection->single(text)); };
    EXPECT_EQ(all("SELECT group_concat(role || ' ' || basis || ' ' || since_at, ', ') FROM "
                  "(SELECT * FROM relations ORDER BY basis)"),
              "therapist assigned 7, duty_clinician signal 8");
    EXPECT_EQ(all("SELECT group_concat(seq) FROM states"), "0") << "the tombstone alone";
    EXPECT_EQ(all("SELECT COUNT(*) FROM numbers"), "0");
}

}  // namespace
}  // namespace evenkeel::store
