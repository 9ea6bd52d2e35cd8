// Goal: whoever edits, removes, inserts or reorders what was written is found by
// verify(); a cut tail and a chain computed anew are found against exported heads.
// The tampering is done with plain SQL on the file, as an intruder would.

#include "store/detail/chain.h"
#include "store/detail/sealing.h"
#include "store/detail/sqlite.h"
#include "store/detail/store_fixture.h"

namespace evenkeel::store {
namespace {

using detail::Connection;

class Chain : public StoreFixture {
  public:
    void SetUp() override {
        open();
        for (int i = 1; i <= 5; ++i) {
            for (const Id& stream : {anna, ben}) {
                StoredEntry one = entry(stream, "body");
                if (i == 4) one.supersedes = one.id;
                append(one);
            }
            must(store->write([&](Writing& writing) {
                return writing.audit({noon, ben, anna, "read.glance", "allowed", "why"});
            }));
        }
    }

    // Runs SQL on the file while nobody has it open, then opens the store again.
    void tamper(const std::string& text) {
        store.reset();
        {
            auto connection = must(Connection::open(record(), Connection::Access::read_write));
            must(connection->script("PRAGMA ignore_check_constraints = ON;" + text));
        }
        store = must(Store::open(folder.path(), *vault));
    }

    std::vector<std::string> problems(std::optional<std::string> heads = {}) {
        std::vector<std::string> where;
        for (const auto& problem : must(store->verify(std::move(heads))).problems) {
            EXPECT_FALSE(problem.message.empty());
            where.push_back(problem.where);
        }
        return where;
    }

    static std::string hex(const Id& id) {
        std::string text;
        for (const char c : to_string(id)) {
            if (c != '-') text += c;
        }
        return "x'" + text + "'";
    }
    [[nodiscard]] std::string of_anna(int seq) const {
        return " WHERE stream = " + hex(anna) + " AND seq = " + std::to_string(seq) + ";";
    }
    static std::string place(const Id& stream, int seq) {
        return "stream/" + to_string(stream) + "/" + std::to_string(seq);
    }

    // What a thief of the audit key could do: every link of the stream anew.
    void compute_chain_anew(const Id& stream);

    const Id anna = fresh();
    const Id ben = fresh();
};

TEST_F(Chain, AnUntouchedRecordVerifies) {
    const auto report = must(store->verify());
    EXPECT_TRUE(report.problems.empty());
    EXPECT_EQ(report.streams, 2u);
    EXPECT_EQ(report.entries, 10u);
    EXPECT_EQ(report.audit_rows, 5u);
    EXPECT_TRUE(problems(must(store->export_heads(noon))).empty());
}

TEST_F(Chain, AnEditOfAnyColumnIsFoundAtItsPlace) {
    for (const char* change :
         {"kind = 'answers'", "version = 2", "effective_at = effective_at + 1",
          "recorded_at = recorded_at - 1", "author = zeroblob(16)", "supersedes = zeroblob(16)",
          "id = randomblob(16)", "sealed = zeroblob(60)", "sealed = CAST(sealed || x'00' AS BLOB)",
          "hash = randomblob(32)"}) {
        store.reset();  // the log goes into record.db
        const std::string before = bytes_of_file(record());
        tamper(std::string("UPDATE entries SET ") + change + of_anna(3));
        const auto found = problems();
        ASSERT_FALSE(found.empty()) << change;
        EXPECT_EQ(found.front(), place(anna, 3)) << change;
        store.reset();
        put_file(record(), before);
        store = must(Store::open(folder.path(), *vault));
        ASSERT_TRUE(problems().empty()) << "the next change needs a whole record";
    }
}

TEST_F(Chain, TakingAwayASupersedesIsFound) {
    tamper("UPDATE entries SET supersedes = NULL" + of_anna(4));
    EXPECT_EQ(problems(), std::vector<std::string>{place(anna, 4)});
}

TEST_F(Chain, ARemovedEntryIsFound) {
    tamper("DELETE FROM entries" + of_anna(3));
    EXPECT_EQ(problems(), std::vector<std::string>{place(anna, 4)});
}

TEST_F(Chain, ARemovedEntryIsFoundAlsoWhenTheOthersMoveUp) {
    tamper("DELETE FROM entries" + of_anna(3) + "UPDATE entries SET seq = 3" + of_anna(4) +
           "UPDATE entries SET seq = 4" + of_anna(5) + "UPDATE streams SET seq = 4" + of_anna(5));
    EXPECT_EQ(problems().front(), place(anna, 3));
}

TEST_F(Chain, AnInsertedEntryIsFound) {
    const std::string copy =
        "INSERT INTO entries SELECT stream, 6, randomblob(16), kind, version, effective_at, "
        "recorded_at, author, supersedes, sealed, hash FROM entries";
    tamper(copy + of_anna(5));
    EXPECT_EQ(problems().front(), place(anna, 6));
    tamper("UPDATE streams SET seq = 6" + of_anna(5));
    EXPECT_EQ(problems().front(), place(anna, 6));
}

TEST_F(Chain, AStreamPutInIsFound) {
    tamper(
        "INSERT INTO entries SELECT zeroblob(16), seq, randomblob(16), kind, version, "
        "effective_at, recorded_at, author, supersedes, sealed, hash FROM entries" +
        of_anna(1));
    EXPECT_EQ(problems().size(), 2u);  // the entry, and the end that is not noted
}

TEST_F(Chain, ReorderedEntriesAreFound) {
    tamper("UPDATE entries SET seq = 99" + of_anna(2) + "UPDATE entries SET seq = 2" + of_anna(3) +
           "UPDATE entries SET seq = 3" + of_anna(99));
    EXPECT_EQ(problems().front(), place(anna, 2));
}

TEST_F(Chain, AnEntryMovedToAnotherPersonIsFoundAndDoesNotOpen) {
    tamper("DELETE FROM entries WHERE stream = " + hex(ben) + " AND seq = 3;" +
           "UPDATE entries SET stream = " + hex(ben) + of_anna(3));
    EXPECT_EQ(problems().size(), 3u);  // the place, the one behind it, and the gap
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_EQ(reading.entries(ben).error().fault, Fault::invalid_input);
        return Done{};
    }));
}

TEST_F(Chain, ACutTailIsFoundByTheNotedEnd) {
    tamper("DELETE FROM entries" + of_anna(5));
    EXPECT_EQ(problems(), std::vector<std::string>{place(anna, 4)});
}

TEST_F(Chain, ACutTailWhoseNotedEndWasCutTooIsFoundAgainstExportedHeads) {
    const std::string heads = must(store->export_heads(noon));
    const std::string end =
        "UPDATE streams SET seq = 4, hash = (SELECT hash FROM entries WHERE stream = " + hex(anna) +
        " AND seq = 4) WHERE stream = " + hex(anna) + ";";
    tamper("DELETE FROM entries" + of_anna(5) + end);
    EXPECT_TRUE(problems().empty());
    EXPECT_EQ(problems(heads), std::vector<std::string>{place(anna, 5)});
}

TEST_F(Chain, AStreamTakenAwayAsAWholeIsFoundAgainstExportedHeads) {
    const std::string heads = must(store->export_heads(noon));
    tamper("DELETE FROM entries WHERE stream = " + hex(anna) + ";" +
           "DELETE FROM streams WHERE stream = " + hex(anna) + ";");
    EXPECT_TRUE(problems().empty());
    EXPECT_EQ(problems(heads), std::vector<std::string>{place(anna, 5)});
}

void Chain::compute_chain_anew(const Id& stream) {
    store.reset();
    {
        auto connection = must(Connection::open(record(), Connection::Access::read_write));
        Hash hash = detail::stream_start(*vault, detail::bytes_of(stream));
        std::vector<Hash> hashes;
        {
            auto rows = connection->run(sql::Statement::every_entry);
            while (must(rows.next())) {
                if (rows.id(0) != stream) continue;
                detail::ChainedEntry row{
                    rows.bytes(0),   rows.integer(1), rows.bytes(2), rows.text(3), rows.integer(4),
                    rows.integer(5), rows.integer(6), rows.bytes(7), {},           rows.bytes(9)};
                if (!rows.is_null(8)) row.supersedes = rows.bytes(8);
                hash = detail::link(*vault, hash, row);
                hashes.push_back(hash);
            }
        }
        const auto as_hex = [](const Hash& bytes) {
            return "x'" + detail::to_hex(detail::bytes_of(bytes)) + "'";
        };
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            must(connection->script("UPDATE entries SET hash = " + as_hex(hashes[i]) +
                                    " WHERE stream = " + hex(stream) +
                                    " AND seq = " + std::to_string(i + 1)));
        }
        must(connection->execute(sql::Statement::put_stream_head, stream,
                                 static_cast<std::int64_t>(hashes.size()), hash));
    }
    store = must(Store::open(folder.path(), *vault));
}

TEST_F(Chain, AChainComputedAnewIsFoundAgainstExportedHeads) {
    const std::string heads = must(store->export_heads(noon));
    tamper("UPDATE entries SET kind = 'answers'" + of_anna(2));
    compute_chain_anew(anna);
    EXPECT_TRUE(problems().empty());
    EXPECT_EQ(problems(heads), std::vector<std::string>{place(anna, 5)});
}

TEST_F(Chain, EntriesWrittenAfterTheExportAreNoProblem) {
    const std::string heads = must(store->export_heads(noon));
    append(entry(anna));
    append(entry(fresh()));
    EXPECT_TRUE(problems(heads).empty());
}

TEST_F(Chain, HeadsThatWereAlteredOrCutAreRefused) {
    const std::string heads = must(store->export_heads(noon));
    for (std::size_t at = 0; at < heads.size(); ++at) {
        std::string altered = heads;
        altered[at] = altered[at] == '1' ? '2' : '1';
        EXPECT_FALSE(store->verify(altered).ok()) << at;
        EXPECT_FALSE(store->verify(heads.substr(0, at)).ok()) << at;
    }
}

TEST_F(Chain, HeadsOfAnotherServiceAreRefused) {
    TestFolder other;
    auto other_vault = must(Vault::open(other.path()));
    auto other_store = must(Store::open(other.path(), *other_vault));
    const auto report = store->verify(must(other_store->export_heads(noon)));
    ASSERT_FALSE(report.ok());
    EXPECT_NE(report.error().message.find("another service"), std::string::npos);
}

TEST_F(Chain, TamperingWithTheAuditLogIsFound) {
    const std::string heads = must(store->export_heads(noon));
    tamper("UPDATE audit SET action = 'nothing' WHERE seq = 2;");
    EXPECT_EQ(problems(), std::vector<std::string>{"audit/2"});
    tamper("UPDATE audit SET action = 'read.glance' WHERE seq = 2;");
    EXPECT_TRUE(problems().empty());
    tamper("UPDATE audit SET reason = NULL WHERE seq = 3;");
    EXPECT_EQ(problems(), std::vector<std::string>{"audit/3"});
    tamper("DELETE FROM audit WHERE seq = 3;");
    EXPECT_EQ(problems(), std::vector<std::string>{"audit/4"});
    tamper("DELETE FROM audit WHERE seq >= 3;");
    EXPECT_EQ(problems(), std::vector<std::string>{"audit/2"});
    tamper("UPDATE audit_head SET seq = 2, hash = (SELECT hash FROM audit WHERE seq = 2);");
    EXPECT_TRUE(problems().empty());
    EXPECT_EQ(problems(heads), std::vector<std::string>{"audit/5"});
}

TEST_F(Chain, AnErasedStreamStillVerifies) {
    const std::string heads = must(store->export_heads(noon));
    must(vault->destroy_key(anna));
    EXPECT_TRUE(problems(heads).empty());
}

}  // namespace
}  // namespace evenkeel::store
