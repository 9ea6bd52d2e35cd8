// Goal: what is sealed opens only where it was sealed and only while its key is there;
// a careless or foreign key file is refused; rotation and copies lose nothing.

#include "store/vault.h"

#include <sys/stat.h>

#include <thread>

#include "store/detail/sqlite.h"
#include "store/detail/store_fixture.h"

namespace evenkeel::store {
namespace {

namespace fs = std::filesystem;

class VaultTest : public testing::Test {
  public:
    Id fresh() { return new_id(noon, random); }
    std::unique_ptr<Vault> open(std::optional<std::string> passphrase = {}) {
        return must(Vault::open(folder.path(), std::move(passphrase)));
    }
    [[nodiscard]] fs::path key_file() const { return folder.path() / "service.key"; }

    TestFolder folder;
    SeededRandom random{3};
};

TEST_F(VaultTest, SealedTextOpensAfterReopening) {
    const Id person = fresh();
    Bytes sealed;
    {
        auto vault = open();
        must(vault->create_key(person));
        sealed = must(vault->seal(person, "entry:1", "sehr müde"));
    }
    auto vault = open();
    EXPECT_EQ(must(vault->open_sealed(person, "entry:1", sealed)), "sehr müde");
    EXPECT_EQ(must(vault->open_sealed(person, "x", must(vault->seal(person, "x", "")))), "");
}

TEST_F(VaultTest, TheKeyFileIsForItsOwnerOnly) {
    open();
    struct stat found {};
    ASSERT_EQ(::stat(key_file().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600u);
    ASSERT_EQ(::stat((folder.path() / "vault.db").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(VaultTest, RefusesAKeyFileThatOthersCanReadAndSaysHowToMendIt) {
    open();
    ASSERT_EQ(::chmod(key_file().c_str(), 0644), 0);
    const auto refused = Vault::open(folder.path());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::invalid_input);
    EXPECT_NE(refused.error().message.find("chmod 600"), std::string::npos);
    ASSERT_EQ(::chmod(key_file().c_str(), 0600), 0);
    open();
}

TEST_F(VaultTest, AlteredSealedTextIsRefused) {
    const Id person = fresh();
    auto vault = open();
    must(vault->create_key(person));
    const Bytes sealed = must(vault->seal(person, "entry:1", "text"));
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        Bytes altered = sealed;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        const auto opened = vault->open_sealed(person, "entry:1", altered);
        ASSERT_FALSE(opened.ok()) << at;
        EXPECT_EQ(opened.error().fault, Fault::invalid_input);
        EXPECT_FALSE(vault->open_sealed(person, "entry:1", sealed.substr(0, at)).ok()) << at;
    }
}

TEST_F(VaultTest, SealedTextCannotBeMovedToAnotherPlaceOrPerson) {
    const Id person = fresh();
    const Id other = fresh();
    auto vault = open();
    must(vault->create_key(person));
    must(vault->create_key(other));
    const Bytes sealed = must(vault->seal(person, "entry:1", "text"));
    EXPECT_FALSE(vault->open_sealed(person, "entry:2", sealed).ok());
    EXPECT_FALSE(vault->open_sealed(other, "entry:1", sealed).ok());
    EXPECT_FALSE(vault->open_for_service("entry:1", sealed).ok());
    const Bytes service = vault->seal_for_service("a", "text");
    EXPECT_EQ(must(vault->open_for_service("a", service)), "text");
    EXPECT_FALSE(vault->open_for_service("b", service).ok());
}

TEST_F(VaultTest, SealingIsRepeatableAndDiffersByTextPlaceAndPerson) {
    const Id person = fresh();
    const Id other = fresh();
    auto vault = open();
    must(vault->create_key(person));
    must(vault->create_key(other));
    const Bytes sealed = must(vault->seal(person, "entry:1", "text"));
    EXPECT_EQ(must(vault->seal(person, "entry:1", "text")), sealed);
    const auto nonce = [](const Bytes& bytes) { return bytes.substr(1, 24); };
    EXPECT_NE(nonce(must(vault->seal(person, "entry:1", "texT"))), nonce(sealed));
    EXPECT_NE(nonce(must(vault->seal(person, "entry:2", "text"))), nonce(sealed));
    EXPECT_NE(nonce(must(vault->seal(other, "entry:1", "text"))), nonce(sealed));
}

TEST_F(VaultTest, ADestroyedKeyIsGoneFromEveryFileAndNeverComesBack) {
    auto vault = open();
    std::vector<Id> people;
    for (int i = 0; i < 300; ++i) {
        people.push_back(fresh());
        must(vault->create_key(people.back()));
    }
    const Id person = people[150];
    const Bytes sealed = must(vault->seal(person, "entry:1", "text"));
    // The row on disk is the id and, right behind it, the wrapped key.
    const std::string id{reinterpret_cast<const char*>(person.bytes.data()), 16};
    std::string row;
    for (const char* name : {"vault.db", "vault.db-wal"}) {
        const std::string bytes = bytes_of_file(folder.path() / name);
        for (auto at = bytes.find(id); at != std::string::npos; at = bytes.find(id, at + 1)) {
            if (bytes.substr(at + 16, 1) == "\1") row = bytes.substr(at + 17, 40);
        }
    }
    ASSERT_EQ(row.size(), 40u);
    ASSERT_TRUE(folder_holds(folder.path(), row));

    must(vault->destroy_key(person));
    EXPECT_FALSE(folder_holds(folder.path(), row));
    EXPECT_FALSE(vault->has_key(person));
    EXPECT_EQ(vault->open_sealed(person, "entry:1", sealed).error().fault, Fault::not_found);
    EXPECT_EQ(vault->seal(person, "entry:1", "x").error().fault, Fault::not_found);
    EXPECT_EQ(vault->create_key(person).error().fault, Fault::not_found);
    vault = open();
    EXPECT_EQ(vault->create_key(person).error().fault, Fault::not_found);
    EXPECT_TRUE(vault->has_key(people[151]));
}

TEST_F(VaultTest, AnErasingThatACrashCutShortIsFinishedAtTheNextStart) {
    const Id person = fresh();
    auto vault = open();
    must(vault->create_key(person));
    // As the crash leaves it: the row is empty, but its old page is still in the log.
    auto connection = must(detail::Connection::open(folder.path() / "vault.db",
                                                    detail::Connection::Access::read_write));
    std::string wrapped;
    {
        auto rows = connection->run(sql::Statement::stream_key, person);
        ASSERT_TRUE(must(rows.next()));
        wrapped = rows.bytes(0);
    }
    must(connection->execute(sql::Statement::destroy_stream_key, person));
    TestFolder crashed;
    for (const char* name : {"service.key", "vault.db", "vault.db-wal"}) {
        fs::copy(folder.path() / name, crashed.path() / name);
    }
    ASSERT_TRUE(folder_holds(crashed.path(), wrapped));
    const auto after = must(Vault::open(crashed.path()));
    EXPECT_FALSE(folder_holds(crashed.path(), wrapped));
    EXPECT_FALSE(after->has_key(person));
}

TEST_F(VaultTest, AKeyThatAnotherProcessDestroyedIsForgottenAtOnce) {
    const Id person = fresh();
    auto server = open();
    auto command = open();
    must(server->create_key(person));
    const Bytes sealed = must(server->seal(person, "entry:1", "text"));
    must(command->destroy_key(person));
    EXPECT_EQ(server->open_sealed(person, "entry:1", sealed).error().fault, Fault::not_found);
}

TEST_F(VaultTest, RotationKeepsEverythingReadableAndEveryServiceKey) {
    const Id person = fresh();
    auto vault = open();
    auto other_process = open();
    must(vault->create_key(person));
    const Bytes sealed = must(vault->seal(person, "entry:1", "text"));
    const Bytes service = vault->seal_for_service("a", "secret");
    const Hash audit = vault->audit_hash("row");
    const Hash lookup = vault->lookup_hash("mail");
    const auto key = vault->public_key();
    const std::string before = bytes_of_file(key_file());
    must(vault->rotate());
    EXPECT_NE(bytes_of_file(key_file()), before);
    const auto expect_same = [&](const Vault& now) {
        EXPECT_EQ(must(now.open_sealed(person, "entry:1", sealed)), "text");
        EXPECT_EQ(must(now.seal(person, "entry:1", "text")), sealed);
        EXPECT_EQ(must(now.open_for_service("a", service)), "secret");
        EXPECT_EQ(now.audit_hash("row"), audit);
        EXPECT_EQ(now.lookup_hash("mail"), lookup);
        EXPECT_EQ(now.public_key(), key);
    };
    expect_same(*vault);
    expect_same(*other_process);
    must(other_process->create_key(fresh()));
    expect_same(*open());
}

TEST_F(VaultTest, TheOldSecretOpensNothingAfterRotation) {
    auto vault = open();
    const std::string before = bytes_of_file(key_file());
    must(vault->rotate());
    vault.reset();
    put_file(key_file(), before);
    const auto opened = Vault::open(folder.path());
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().fault, Fault::invalid_input);
}

TEST_F(VaultTest, ARotationCutShortBeforeTheRenamingIsFinishedAtTheNextStart) {
    const Id person = fresh();
    auto vault = open();
    must(vault->create_key(person));
    const std::string before = bytes_of_file(key_file());
    must(vault->rotate());
    vault.reset();
    // As the crash leaves it: the vault wrapped anew, the new secret still beside.
    fs::rename(key_file(), folder.path() / "service.key.next");
    put_file(key_file(), before);
    ASSERT_EQ(::chmod(key_file().c_str(), 0600), 0);
    vault = open();
    EXPECT_TRUE(vault->seal(person, "entry:1", "text").ok());
    EXPECT_FALSE(fs::exists(folder.path() / "service.key.next"));
}

TEST_F(VaultTest, APassphraseIsAskedForCheckedAndKeptThroughRotation) {
    const Id person = fresh();
    auto vault = open("correct horse");
    must(vault->create_key(person));
    const Bytes sealed = must(vault->seal(person, "entry:1", "text"));
    must(vault->rotate());
    vault.reset();
    EXPECT_EQ(Vault::open(folder.path()).error().where, "/passphrase");
    EXPECT_EQ(Vault::open(folder.path(), "wrong").error().where, "/passphrase");
    EXPECT_EQ(must(open("correct horse")->open_sealed(person, "entry:1", sealed)), "text");
}

TEST_F(VaultTest, APassphraseForAPlainKeyFileIsRefused) {
    open();
    EXPECT_EQ(Vault::open(folder.path(), "words").error().where, "/passphrase");
}

TEST_F(VaultTest, AMissingKeyFileBesideDataIsNeverReplacedByANewOne) {
    open();
    fs::rename(key_file(), folder.path() / "elsewhere");
    const auto opened = Vault::open(folder.path());
    ASSERT_FALSE(opened.ok());
    EXPECT_FALSE(fs::exists(key_file()));
    fs::rename(folder.path() / "elsewhere", key_file());
    put_file(folder.path() / "record.db", "");
    for (const char* name : {"vault.db", "vault.db-wal", "vault.db-shm"}) {
        fs::remove(folder.path() / name);
    }
    EXPECT_FALSE(Vault::open(folder.path()).ok());
    EXPECT_FALSE(fs::exists(folder.path() / "vault.db"));
}

TEST_F(VaultTest, AKeyFileThatIsNoneIsRefused) {
    open();
    for (const char* text :
         {"", "hello", "evenkeel-key-1\nplain 00\n", "evenkeel-key-1\npassphrase 1 8192 00 00\n"}) {
        put_file(key_file(), text);
        EXPECT_FALSE(Vault::open(folder.path(), "words").ok()) << text;
    }
}

TEST_F(VaultTest, ACopyOfTheKeysReplacesTheEarlierOneAndBringsThemBack) {
    const Id person = fresh();
    const fs::path copy = folder.path() / "keys.copy";
    auto vault = open();
    must(vault->copy_keys(copy));
    must(vault->create_key(person));
    const Bytes sealed = must(vault->seal(person, "entry:1", "text"));
    must(vault->copy_keys(copy));
    struct stat found {};
    ASSERT_EQ(::stat(copy.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600u);

    TestFolder elsewhere;
    must(Vault::put_back_keys(copy, elsewhere.path()));
    auto again = must(Vault::open(elsewhere.path()));
    EXPECT_EQ(must(again->open_sealed(person, "entry:1", sealed)), "text");
    EXPECT_EQ(Vault::put_back_keys(copy, elsewhere.path()).error().fault, Fault::conflict);
}

TEST_F(VaultTest, ADamagedCopyOfTheKeysIsRefusedAndTouchesNothing) {
    const fs::path copy = folder.path() / "keys.copy";
    must(open()->copy_keys(copy));
    const std::string whole = bytes_of_file(copy);
    TestFolder elsewhere;
    for (std::size_t at = 0; at < whole.size(); at += 97) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 4);
        put_file(copy, damaged);
        EXPECT_FALSE(Vault::put_back_keys(copy, elsewhere.path()).ok()) << at;
        put_file(copy, whole.substr(0, at));
        EXPECT_FALSE(Vault::put_back_keys(copy, elsewhere.path()).ok()) << at;
    }
    EXPECT_TRUE(fs::is_empty(elsewhere.path()));
}

TEST_F(VaultTest, ManyThreadsSealAndOpenAtOnceBeyondTheKeysKeptInMemory) {
    auto vault = open();
    std::vector<Id> people;
    for (int i = 0; i < 600; ++i) {
        people.push_back(fresh());
        must(vault->create_key(people.back()));
    }
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < 600; ++i) {
                const Id& person = people[(i * 7 + t * 150) % people.size()];
                const Bytes sealed = must(vault->seal(person, "a", "text"));
                EXPECT_EQ(must(vault->open_sealed(person, "a", sealed)), "text");
            }
        });
    }
    for (auto& thread : threads) thread.join();
}

TEST(Password, OnlyTheSamePasswordMatchesItsHash) {
    const std::string hash = hash_password("correct horse");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
    EXPECT_TRUE(password_matches("correct horse", hash));
    EXPECT_FALSE(password_matches("correct horsf", hash));
    EXPECT_FALSE(password_matches("correct horse", ""));
    EXPECT_FALSE(password_matches("correct horse", std::string(500, 'a')));
}

}  // namespace
}  // namespace evenkeel::store
