// Goal: the commands an operator relies on keep their word, on a real record: good calls,
// bad input with its exit code and words, and beside a process that is writing.
// Method: the real program in a folder of its own; people are written through the keeper.

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/testing.h"
#include "exchange/json.h"
#include "exchange/test_folder.h"
#include "store/keeper.h"
#include "store/one_time_code.h"

namespace evenkeel {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
    std::ostringstream all;
    all << std::ifstream{file, std::ios::binary}.rdbuf();
    return all.str();
}

class WallClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    }
};

struct Answer {
    int code = 0;
    std::string out, err;
    [[nodiscard]] exchange::Json json() const { return must(exchange::parse_json(out)); }
    [[nodiscard]] std::string text(std::string_view key) const {
        const auto document = json();
        const auto* found = document.find(key);
        return found != nullptr && found->text() != nullptr ? *found->text() : "";
    }
};

class Commands : public testing::Test {
  public:
    void SetUp() override {
        ASSERT_EQ(call("init --name North --zone Europe/London --region GB").code, 0);
    }

    // Arguments as in a shell, inside the test's folder.
    Answer call(const std::string& arguments) const {
        const auto out = folder / "out.txt";
        const auto err = folder / "err.txt";
        const std::string line = "cd '" + folder.string() + "' && EVENKEEL_DATA=data '" +
                                 EVENKEEL_BINARY + "' " + arguments + " >'" + out.string() +
                                 "' 2>'" + err.string() + "'";
        const int status = std::system(line.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, bytes_of(out), bytes_of(err)};
    }

    void put(const std::string& name, const std::string& text) const {
        std::ofstream{folder / name, std::ios::binary} << text;
    }

    // The record as a server has it open.
    struct Opened {
        std::unique_ptr<store::Vault> vault;
        std::unique_ptr<store::Store> store;
        WallClock clock;
        std::unique_ptr<store::Keeper> keeper;
    };
    std::unique_ptr<Opened> open() const {
        auto opened = std::make_unique<Opened>();
        opened->vault = must(store::Vault::open(data));
        opened->store = must(store::Store::open(data, *opened->vault));
        opened->keeper = std::make_unique<store::Keeper>(
            *opened->store,
            store::Instruments{[](std::string_view) { return nullptr; },
                               [](std::string_view) { return std::string{}; }},
            opened->clock, false);
        return opened;
    }

    Id write(Opened& opened, const Id& person, care::Role role, record::Body body) {
        const Id id = new_id(opened.clock.now(), random);
        must(opened.keeper->write({.id = id,
                                   .stream = person,
                                   .body = std::move(body),
                                   .effective_at = opened.clock.now(),
                                   .zone = "Europe/London",
                                   .supersedes = {},
                                   .author = {person, role}},
                                  {.action = "write.entry", .outcome = "allowed"}));
        return id;
    }

    // A person whose name, address and 1,000 words can be looked for in files.
    Id plant_person() {
        const auto opened = open();
        const Id person = new_id(opened->clock.now(), random);
        write(*opened, person, care::Role::manager,
              care::PersonRegistered{.name = word(0), .zone = "Europe/London"});
        for (int i = 1; i < 998; i += 4) {
            practice::CheckIn check_in{.mood = i % 5};
            check_in.text = word(i) + " " + word(i + 1);
            check_in.activities = {word(i + 2), word(i + 3)};
            write(*opened, person, care::Role::client, check_in);
        }
        const store::Account account{.id = new_id(opened->clock.now(), random),
                                     .role = "client",
                                     .person = person,
                                     .name = word(998),
                                     .email = word(999) + "@example.org"};
        must(opened->store->write(
            [&](store::Writing& writing) { return writing.put_account(account); }));
        return person;
    }

    static std::string word(int i) { return "zq" + std::to_string(1000 + i) + "planted"; }

    int words_found(const fs::path& where) const {
        std::string all;
        for (const auto& each : fs::recursive_directory_iterator(where)) {
            if (each.is_regular_file()) all += bytes_of(each.path());
        }
        int found = 0;
        for (int i = 0; i < 1000; ++i) found += all.find(word(i)) != std::string::npos ? 1 : 0;
        return found;
    }

    void sql(const std::string& text) const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open((data / "record.db").c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
    }

    const TestFolder own;
    const fs::path folder = own.path();
    const fs::path data = folder / "data";
    store::SystemRandom random;
};

TEST_F(Commands, InitMakesAPrivateFolderOnceAndNamesEveryFault) {
    EXPECT_EQ(fs::status(data).permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(data / "service.key").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    const auto again = call("init --name North --zone Europe/London --region GB");
    EXPECT_EQ(again.code, 3);
    EXPECT_NE(again.err.find("already"), std::string::npos);
    const auto bad = call("init --data other --zone Nowhere --hours 'mon 9-5' --json");
    EXPECT_EQ(bad.code, 3);
    EXPECT_EQ(bad.json().find("problems")->list()->size(), 4u);
    EXPECT_FALSE(fs::exists(folder / "other"));
    put("s.toml",
        "name = 'South'\nzone = 'Europe/Paris'\nregion = 'FR'\n"
        "holidays = [2026-12-25]\n[[hours]]\nweekday = 'mon'\nfrom = '08:00'\n"
        "to = '16:00'\n");
    EXPECT_EQ(call("init --data south --settings s.toml --json").text("zone"), "Europe/Paris");
    put("s.toml", "name = 'South'\nzonne = 'Europe/Paris'\n");
    const auto slip = call("init --data slip --settings s.toml");
    EXPECT_EQ(slip.code, 3);
    EXPECT_NE(slip.err.find("/zonne"), std::string::npos);
}

TEST_F(Commands, APassphraseSealsTheKeyFileAndIsAskedForAgain) {
    put("phrase", "correct horse battery\n");
    ASSERT_EQ(
        call("init --data p --name N --zone Etc/UTC --region GB --passphrase-file phrase").code, 0);
    EXPECT_NE(call("verify --data p").code, 0);
    EXPECT_EQ(call("verify --data p --passphrase-file phrase").code, 0);
    put("wrong", "something else\n");
    EXPECT_NE(call("verify --data p --passphrase-file wrong").code, 0);
}

TEST_F(Commands, AnAccountStartsWithACodeAndNeverWithAPassword) {
    const auto added = call("user add --name Ana --email ana@x.org --role manager --json");
    ASSERT_EQ(added.code, 0) << added.err;
    {
        const auto opened = open();
        must(opened->store->read([&](store::Reading& reading) -> Status {
            TRY(const auto account, reading.account_by_email("ANA@x.org"));
            EXPECT_TRUE(account && !account->password_hash);
            TRY(const auto invitation,
                reading.invitation(store::one_time_code_hash(*opened->vault, added.text("code"))));
            EXPECT_TRUE(invitation && !invitation->used);
            if (invitation) {
                EXPECT_EQ(to_string(invitation->account), added.text("id"));
                const auto lives = invitation->expires - opened->clock.now();
                EXPECT_GT(lives, std::chrono::days{7} - std::chrono::minutes{5});
                EXPECT_LE(lives, std::chrono::days{7});
            }
            return Done{};
        }));
    }
    const auto twice = call("user add --name Eva --email Ana@X.org --role therapist");
    EXPECT_EQ(twice.code, 3);
    EXPECT_NE(twice.err.find("--email"), std::string::npos);
    const auto bad = call("user add --name '' --email ana --role client --json");
    EXPECT_EQ(bad.code, 3);
    EXPECT_EQ(bad.json().find("problems")->list()->size(), 3u);
    EXPECT_NE(call("user code ana@x.org --json").text("code"), added.text("code"));
    EXPECT_EQ(call("user disable ana@x.org").code, 0);
    EXPECT_EQ(call("user code ana@x.org").code, 3);
    EXPECT_EQ(call("user code nobody@x.org").code, 3);
    const auto list = call("user list --csv");
    EXPECT_NE(list.out.find("ana@x.org"), std::string::npos);
    EXPECT_EQ(call("user add --name X").code, 2);
}

TEST_F(Commands, CrisisContactsComeInWholeOrNotAtAll) {
    EXPECT_EQ(call("check --data data --json").code, 3) << "no contacts yet";
    const WallClock clock;
    const auto today = to_string(std::chrono::floor<std::chrono::days>(clock.now()));
    const std::string head = "region,owner,checked_on,name,number,kind\n";
    const std::string rest = "GB,Duty desk," + today + ",";
    put("c.csv", head + rest + "Emergency,999,emergency\n" + rest + "Line,abc,lines\n");
    const auto bad = call("crisis-contacts import c.csv --json");
    EXPECT_EQ(bad.code, 3);
    EXPECT_NE(bad.err.find("3:6 kind"), std::string::npos) << bad.err;
    put("c.csv", head + rest + "Emergency,999,emergency\n" + rest + "Line,abc,line\n");
    EXPECT_NE(call("crisis-contacts import c.csv").err.find("3:5 number"), std::string::npos);
    put("c.csv", head + "GB,Duty desk,2199-01-01,Emergency,999,emergency\n");
    EXPECT_EQ(call("crisis-contacts import c.csv").code, 3);
    put("c.csv", head + rest + "Emergency,999,emergency\n" + rest + "Line,116 123,line\n");
    const auto good = call("crisis-contacts import c.csv --json");
    EXPECT_EQ(good.code, 0) << good.err;
    EXPECT_EQ(good.json().find("rows")->list()->size(), 2u);
    const auto checked = call("check --data data --json");
    EXPECT_EQ(checked.code, 0) << checked.err;
    put("c.json",
        "{\"region\":\"GB\",\"owner\":\"Duty\",\"checked_on\":\"2020-01-01\",\"contacts\":"
        "[{\"name\":\"E\",\"number\":\"999\",\"kind\":\"emergency\"}]}");
    EXPECT_EQ(call("crisis-contacts import c.json").code, 0);
    const auto overdue = call("check --data data");
    EXPECT_EQ(overdue.code, 3);
    EXPECT_NE(overdue.err.find("to be checked by"), std::string::npos);
}

TEST_F(Commands, TheServiceDoesNotGoLiveWithoutCrisisContacts) {
    const auto refused = call("serve --listen 127.0.0.1:0");
    EXPECT_NE(refused.code, 0);
    EXPECT_NE(refused.err.find("crisis-contacts import"), std::string::npos) << refused.err;
    put("contacts.csv",
        "region,owner,checked_on,name,number,kind\nGB,Ann,2026-11-01,Emergency,999,emergency\n");
    ASSERT_EQ(call("crisis-contacts import contacts.csv").code, 0);
    // With them it listens until it is asked to stop.
    const std::string line = "timeout --preserve-status -s TERM 3 '" +
                             std::string(EVENKEEL_BINARY) +
                             "' serve --listen 127.0.0.1:0 --data '" + data.string() + "' >'" +
                             (folder / "serve.txt").string() + "' 2>/dev/null";
    EXPECT_EQ(std::system(line.c_str()), 0);
    EXPECT_NE(bytes_of(folder / "serve.txt").find("Evenkeel is ready"), std::string::npos);
}

TEST_F(Commands, AnErasedPersonIsInNoFileAndInNoOlderBackup) {
    const Id person = plant_person();
    const auto id = to_string(person);
    fs::create_directory(folder / "keys");
    ASSERT_EQ(call("backup old.backup").code, 0);
    const auto whole = call("export --person " + id + " --readable page.html --json");
    ASSERT_EQ(whole.code, 0) << whole.err;
    EXPECT_EQ(whole.json().find("entries")->list()->size(), 251u);
    const auto page = bytes_of(folder / "page.html");
    int in_json = 0, in_page = 0;
    for (int i = 0; i < 1000; ++i) {
        in_json += whole.out.find(word(i)) != std::string::npos ? 1 : 0;
        in_page += page.find(word(i)) != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(in_json, 1000);
    EXPECT_EQ(in_page, 1000);
    fs::remove(folder / "page.html");

    EXPECT_EQ(call("erase --person " + id + " --reason asked").code, 3) << "without --yes";
    EXPECT_EQ(call("export --person " + id).code, 0) << "nothing happened";
    const auto erased = call("erase --person " + id + " --reason asked --yes --json");
    ASSERT_EQ(erased.code, 0) << erased.err;
    EXPECT_EQ(erased.json().find("entries_made_unreadable")->number(), 251.0);
    EXPECT_EQ(call("verify").code, 0);
    EXPECT_EQ(words_found(folder), 0);
    const auto gone = call("export --person " + id);
    EXPECT_EQ(gone.code, 3);
    EXPECT_NE(gone.err.find("erased"), std::string::npos);

    ASSERT_EQ(call("restore old.backup").code, 0);
    EXPECT_EQ(call("export --person " + id).code, 3) << "the older backup stays unreadable";
    EXPECT_EQ(call("rebuild").code, 0);
    EXPECT_EQ(call("rebuild --json").json().find("differed")->number(), 0.0);
    must(open()->store->read([&](store::Reading& reading) -> Status {
        TRY(const auto accounts, reading.accounts());
        EXPECT_EQ(accounts.size(), 1u);
        for (const auto& each : accounts) EXPECT_EQ(each.name + each.email, "");
        return Done{};
    }));
    EXPECT_EQ(words_found(folder), 0);
}

TEST_F(Commands, VerifyFindsAnAlteredEntryAndACutTail) {
    plant_person();
    ASSERT_EQ(call("verify --export-heads heads.json").code, 0);
    ASSERT_EQ(call("backup good.backup").code, 0);
    sql("UPDATE entries SET recorded_at = recorded_at + 1 WHERE seq = 100");
    const auto altered = call("verify --json");
    EXPECT_EQ(altered.code, 3);
    EXPECT_EQ(altered.json().find("problems")->list()->size(), 1u);
    EXPECT_NE(altered.out.find("/100"), std::string::npos);
    ASSERT_EQ(call("restore good.backup").code, 0);
    sql("DELETE FROM entries WHERE seq = 251; UPDATE streams SET seq = 250, hash = (SELECT hash "
        "FROM entries WHERE entries.stream = streams.stream AND entries.seq = 250) "
        "WHERE seq = 251");
    EXPECT_EQ(call("verify").code, 0) << "a tail cut with its noted end does not show alone";
    EXPECT_EQ(call("verify --heads heads.json").code, 3);
    EXPECT_EQ(call("verify --heads nowhere.json").code, 5);
}

TEST_F(Commands, ABackupBringsTheOperatorsOwnMeasuresBack) {
    const std::string definition =
        R"({"id":"mood-total","title":"Mood","min":0,"max":10,"better":"lower","bands":[],)"
        "\"source\":\"Own form\"}\n\n";
    fs::create_directory(data / "measures");
    put("data/measures/mood-total.json", definition);
    fs::create_directory(folder / "k");
    const auto made = call("backup a.backup --keys k/keys");
    ASSERT_EQ(made.code, 0) << made.err;
    const auto drill = call("restore --drill a.backup --json");
    ASSERT_EQ(drill.code, 0) << drill.err;
    EXPECT_EQ(drill.json().find("own_measures")->number(), 1.0);
    put("data/measures/mood-total.json", "{}");
    ASSERT_EQ(call("restore a.backup").code, 0);
    EXPECT_EQ(bytes_of(data / "measures" / "mood-total.json"), definition);
    ASSERT_EQ(call("restore a.backup --data fresh --keys k/keys").code, 0);
    EXPECT_EQ(bytes_of(folder / "fresh" / "measures" / "mood-total.json"), definition);
    // What is damaged before is not carried into a backup unseen.
    put("data/measures/mood-total.json", "{}");
    EXPECT_EQ(call("backup b.backup").code, 3);
    EXPECT_FALSE(fs::exists(folder / "b.backup"));
}

TEST_F(Commands, RestoreRefusesWhatIsDamagedOrForeignAndTouchesNothing) {
    plant_person();
    fs::create_directory(folder / "k");
    ASSERT_EQ(call("backup a.backup --keys k/keys").code, 0);
    EXPECT_EQ(call("backup a.backup").code, 3) << "a backup is never written over";
    EXPECT_EQ(call("backup b.backup --keys keys").code, 3) << "keys lie apart";
    const auto drill = call("restore --drill a.backup --keys k/keys --json");
    EXPECT_EQ(drill.code, 0) << drill.err;
    EXPECT_EQ(drill.json().find("readable")->number(), 2.0);
    auto bytes = bytes_of(folder / "a.backup");
    bytes[bytes.size() / 2] ^= 1;
    put("damaged.backup", bytes);
    const auto before = call("verify --json").out;
    EXPECT_EQ(call("restore damaged.backup").code, 3);
    EXPECT_EQ(call("restore --drill damaged.backup").code, 3);
    EXPECT_EQ(call("restore nowhere.backup").code, 5);
    ASSERT_EQ(call("init --data other --name O --zone Etc/UTC --region GB").code, 0);
    EXPECT_EQ(call("restore a.backup --data other").code, 3);
    EXPECT_EQ(call("verify --json").out, before);
    EXPECT_EQ(call("restore damaged.backup --data fresh --keys k/keys").code, 3);
    EXPECT_FALSE(fs::exists(folder / "fresh" / "service.key"));
    EXPECT_EQ(call("restore a.backup --data fresh --keys k/keys").code, 0);
    EXPECT_EQ(call("rotate-keys").code, 0);
    EXPECT_EQ(call("verify").code, 0);
}

TEST_F(Commands, BackupAndAccountsWorkBesideAProcessThatIsWriting) {
    const Id person = plant_person();
    const auto server = open();
    std::atomic<bool> stop{false};
    std::atomic<int> written{0};
    std::thread writer{[&] {
        while (!stop) {
            write(*server, person, care::Role::client, practice::CheckIn{.mood = 2});
            ++written;
        }
    }};
    const auto backup = call("backup live.backup");
    const auto added = call("user add --name Eva --email eva@x.org --role therapist --json");
    const int before_end = written;
    stop = true;
    writer.join();
    EXPECT_EQ(backup.code, 0) << backup.err;
    EXPECT_EQ(added.code, 0) << added.err;
    EXPECT_GT(before_end, 0);
    must(server->store->read([&](store::Reading& reading) -> Status {
        TRY(const auto account, reading.account_by_email("eva@x.org"));
        EXPECT_TRUE(account) << "the running process sees it";
        TRY(const auto note, reading.note("last_backup"));
        EXPECT_TRUE(note && parse_instant(*note));
        return Done{};
    }));
    EXPECT_EQ(call("verify").code, 0);
    EXPECT_EQ(call("restore --drill live.backup").code, 0);
    const auto busy = call("restore live.backup");
    EXPECT_EQ(busy.code, 5) << "not under a running service";
}

}  // namespace
}  // namespace evenkeel
