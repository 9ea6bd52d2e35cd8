// Goal: a backup is whole or refused, restoring it touches nothing unless it will
// succeed, and no backup brings back a person who was erased.

#include <map>
#include <thread>

#include "store/detail/sqlite.h"
#include "store/detail/store_fixture.h"

namespace evenkeel::store {
namespace {

namespace fs = std::filesystem;

class Backup : public StoreFixture {
  public:
    void SetUp() override {
        open();
        append(entry(anna, "anna 1"));
        append(entry(ben, "ben 1"));
        must(store->write([&](Writing& writing) {
            return writing.audit({noon, ben, anna, "read.glance", "allowed", {}});
        }));
    }

    std::map<std::string, std::string> folder_bytes() {
        std::map<std::string, std::string> all;
        for (const auto& each : fs::directory_iterator(folder.path())) {
            // The index of the log is memory that happens to have a name.
            if (each.path().extension() == ".db-shm") continue;
            all[each.path().filename().string()] = bytes_of_file(each.path());
        }
        return all;
    }

    // Every way in which a file can be wrong must leave the folder as it was.
    void expect_refused(Fault fault = Fault::invalid_input) {
        const auto before = folder_bytes();
        const auto restored = restore(file, folder.path(), *vault);
        ASSERT_FALSE(restored.ok());
        EXPECT_EQ(restored.error().fault, fault) << restored.error().message;
        EXPECT_TRUE(folder_bytes() == before) << restored.error().message;
    }

    const Id anna = fresh();
    const Id ben = fresh();
    TestFolder outside;
    const fs::path file = outside.path() / "monday.backup";
};

TEST_F(Backup, RestoringBringsBackWhatWasThere) {
    must(store->backup(file, noon));
    append(entry(anna, "anna 2"));
    EXPECT_EQ(entries(anna).size(), 2u);
    store.reset();
    must(restore(file, folder.path(), *vault));
    store = must(Store::open(folder.path(), *vault));
    ASSERT_EQ(entries(anna).size(), 1u);
    EXPECT_EQ(entries(anna).front().body, "anna 1");
    EXPECT_TRUE(must(store->verify()).problems.empty());
    append(entry(anna, "anna 2 again"));
    EXPECT_TRUE(must(store->verify()).problems.empty());
}

TEST_F(Backup, LeavesOneFileAndRestoringLeavesNoneOver) {
    must(store->backup(file, noon));
    must(store->backup(file, noon));  // replaces the earlier one
    EXPECT_EQ(std::distance(fs::directory_iterator(outside.path()), {}), 1);
    store.reset();
    must(restore(file, folder.path(), *vault));
    for (const auto& each : fs::directory_iterator(folder.path())) {
        const std::string name = each.path().filename().string();
        EXPECT_TRUE(name == "record.db" || name.starts_with("vault.db") || name == "service.key")
            << name;
    }
}

TEST_F(Backup, RestoresIntoAFolderWithoutRecord) {
    must(store->backup(file, noon));
    store.reset();
    fs::remove(record());
    must(restore(file, folder.path(), *vault));
    store = must(Store::open(folder.path(), *vault));
    EXPECT_EQ(entries(ben).size(), 1u);
}

TEST_F(Backup, RestoresOverARecordThatIsDamaged) {
    must(store->backup(file, noon));
    store.reset();
    put_file(record(), "no database at all");
    must(restore(file, folder.path(), *vault));
    store = must(Store::open(folder.path(), *vault));
    EXPECT_EQ(entries(ben).size(), 1u);
}

TEST_F(Backup, ATruncatedBackupIsRefused) {
    must(store->backup(file, noon));
    store.reset();
    const std::string whole = bytes_of_file(file);
    for (const std::size_t size : {std::size_t{0}, std::size_t{10}, whole.find('\n'),
                                   whole.find('\n') + 1, whole.size() / 2, whole.size() - 1}) {
        put_file(file, whole.substr(0, size));
        expect_refused();
    }
    put_file(file, whole + "x");
    expect_refused();
    fs::remove(file);
    expect_refused(Fault::not_found);
}

TEST_F(Backup, AFlippedBitAnywhereIsRefused) {
    must(store->backup(file, noon));
    store.reset();
    const std::string whole = bytes_of_file(file);
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < whole.find('\n'); at += 5) places.push_back(at);
    for (int i = 0; i < 25; ++i) places.push_back(random.next() % whole.size());
    for (const std::size_t at : places) {
        SCOPED_TRACE(at);
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 7)));
        put_file(file, flipped);
        expect_refused();
    }
}

TEST_F(Backup, TheBackupOfAnotherServiceIsRefusedAndNamedAsSuch) {
    TestFolder other;
    auto other_vault = must(Vault::open(other.path()));
    auto other_store = must(Store::open(other.path(), *other_vault));
    must(other_store->backup(file, noon));
    store.reset();
    expect_refused();
    EXPECT_NE(restore(file, folder.path(), *vault).error().message.find("another service"),
              std::string::npos);
}

TEST_F(Backup, ARecordThatDoesNotVerifyIsNotBackedUp) {
    store.reset();
    {
        auto connection =
            must(detail::Connection::open(record(), detail::Connection::Access::read_write));
        must(connection->script("UPDATE entries SET kind = 'x'"));
    }
    store = must(Store::open(folder.path(), *vault));
    const auto made = store->backup(file, noon);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().problems().size(), 2u);
    EXPECT_TRUE(fs::is_empty(outside.path()));
}

TEST_F(Backup, RestoringUnderARunningServiceIsRefused) {
    must(store->backup(file, noon));
    entries(anna);
    expect_refused(Fault::unavailable);
    EXPECT_EQ(entries(anna).size(), 1u);
    append(entry(anna));
}

TEST_F(Backup, IsConsistentWhileOthersWrite) {
    std::vector<StoredEntry> more;
    for (int i = 0; i < 60; ++i) more.push_back(entry(anna));
    std::thread writer{[&] {
        for (const auto& one : more) append(one);
    }};
    for (int i = 0; i < 3; ++i) must(store->backup(file, noon));
    writer.join();
    store.reset();
    must(restore(file, folder.path(), *vault));
    store = must(Store::open(folder.path(), *vault));
    EXPECT_TRUE(must(store->verify()).problems.empty());
}

TEST_F(Backup, AnOlderBackupDoesNotBringBackAnErasedPerson) {
    must(store->backup(file, noon));
    must(vault->destroy_key(anna));
    store.reset();
    must(restore(file, folder.path(), *vault));
    store = must(Store::open(folder.path(), *vault));
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_EQ(reading.entries(anna).error().fault, Fault::not_found);
        EXPECT_EQ(must(reading.entries(ben)).front().body, "ben 1");
        return Done{};
    }));
    EXPECT_TRUE(must(store->verify()).problems.empty());
}

TEST_F(Backup, ARecordOfANewerVersionIsRefusedInAClearSentence) {
    store.reset();
    {
        auto connection =
            must(detail::Connection::open(record(), detail::Connection::Access::read_write));
        must(connection->script("INSERT INTO schema_versions (version) VALUES (99)"));
    }
    const auto opened = Store::open(folder.path(), *vault);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().fault, Fault::conflict);
    EXPECT_NE(opened.error().message.find("newer version"), std::string::npos);
}

TEST_F(Backup, AfterErasingNoneOfAThousandPlantedWordsIsInAnyFile) {
    const auto word = [&] {
        std::string text;
        for (int i = 0; i < 12; ++i) text += static_cast<char>('a' + random.next() % 26);
        return text;
    };
    const Account account{
        .id = fresh(), .role = "client", .person = anna, .name = word(), .email = word()};
    std::vector<std::string> words{account.name, account.email};
    must(store->write([&](Writing& writing) -> Status {
        CHECK_OK(writing.put_account(account));
        for (int i = 0; i < 200; ++i) {
            for (int w = 0; w < 5; ++w) words.push_back(word());
            const auto* five = &words[words.size() - 5];
            TRY(const auto seq, writing.append(entry(anna, five[0] + " " + five[1])));
            CHECK_OK(writing.put_projection(anna, {.state = StoredState{seq, five[2]}}));
            CHECK_OK(writing.append_numbers(anna, five[3], {{noon, 1}}));
            CHECK_OK(writing.audit({noon, ben, anna, "break_glass", "allowed", five[4]}));
        }
        return Done{};
    }));
    must(store->backup(file, noon));
    // The search would find a word that stood in clear.
    must(store->write([&](Writing& writing) { return writing.put_note("x", "planted word"); }));
    ASSERT_TRUE(folder_holds(folder.path(), "planted word"));

    must(vault->destroy_key(anna));
    must(vault->destroy_key(account.id));
    const auto expect_none = [&](const fs::path& where) {
        for (const auto& each : fs::directory_iterator(where)) {
            const std::string bytes = bytes_of_file(each.path());
            for (const auto& one : words) {
                ASSERT_EQ(bytes.find(one), std::string::npos) << each.path() << " " << one;
            }
        }
    };
    expect_none(folder.path());
    expect_none(outside.path());
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_EQ(must(reading.account(account.id))->name, "");
        EXPECT_EQ(reading.state(anna).error().fault, Fault::not_found);
        EXPECT_EQ(reading.numbers(anna, words[5]).error().fault, Fault::not_found);
        for (const auto& row : must(reading.audit_of_person(anna, 1000))) {
            EXPECT_FALSE(row.reason.has_value());
        }
        return Done{};
    }));
    // What is left can be emptied, and nothing can be added.
    must(store->write([&](Writing& writing) -> Status {
        CHECK_OK(writing.drop_snapshot(anna));
        CHECK_OK(writing.put_account({.id = account.id, .role = "client", .active = false}));
        return writing.put_projection(anna, {.state = StoredState{999, ""}});
    }));
    const auto again = store->write([&](Writing& writing) -> Status {
        TRY([[maybe_unused]] const auto seq, writing.append(entry(anna)));
        return Done{};
    });
    EXPECT_EQ(again.error().fault, Fault::not_found);
    EXPECT_TRUE(must(store->verify()).problems.empty());
}

}  // namespace
}  // namespace evenkeel::store
