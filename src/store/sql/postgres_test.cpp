// Goal: the same migrations make the schema on PostgreSQL 15, and every named
// statement can be prepared there, so that the second database cannot drift away
// unseen. The test starts a server of its own in a folder of its own, on a unix socket
// only, and stops it.

#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "store/sql/migrations.h"
#include "store/sql/statements.h"

namespace evenkeel::store::sql {
namespace {

namespace fs = std::filesystem;

fs::path binaries() {
    const char* named = std::getenv("EVENKEEL_POSTGRES_BIN");
    return named != nullptr ? fs::path{named} : fs::path{"/usr/lib/postgresql/15/bin"};
}

// PostgreSQL refuses to run as root; then it runs as its own user.
struct Owner {
    uid_t uid = 0;
    gid_t gid = 0;
    bool change = false;
};

Owner owner() {
    if (::geteuid() != 0) return {};
    const passwd* found = ::getpwnam("postgres");
    if (found == nullptr) return {};
    return {found->pw_uid, found->pw_gid, true};
}

pid_t start(const std::vector<std::string>& words, const fs::path& log, const Owner& as) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    ::dup2(output, 1);
    ::dup2(output, 2);
    if (as.change &&
        (::setgroups(0, nullptr) != 0 || ::setgid(as.gid) != 0 || ::setuid(as.uid) != 0)) {
        ::_exit(126);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGINT);  // no server outlives a test that crashed
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    if (::chdir("/") == 0) ::execv(arguments.front(), arguments.data());
    ::_exit(127);
}

int wait_for(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

class Postgres : public testing::Test {
  public:
    void SetUp() override {
        if (!fs::exists(binaries() / "initdb")) {
            std::cout << "skipped: no PostgreSQL in " << binaries() << "\n";
            GTEST_SKIP();
        }
        std::string name = "/tmp/evenkeel-pg-XXXXXX";
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder_ = name;
        const Owner as = owner();
        if (as.change) {
            ASSERT_EQ(::chown(folder_.c_str(), as.uid, as.gid), 0);
        }
        const fs::path data = folder_ / "data";
        ASSERT_EQ(wait_for(start({binaries() / "initdb", "-D", data, "-U", "evenkeel", "-A",
                                  "trust", "-E", "UTF8", "--no-sync", "--locale=C"},
                                 log(), as)),
                  0)
            << "initdb; see its log in " << folder_;
        server_ = start({binaries() / "postgres", "-D", data, "-k", folder_, "-c",
                         "listen_addresses=", "-c", "fsync=off"},
                        log(), as);
        connect();
    }

    void TearDown() override {
        connection_.reset();
        if (server_ > 0) {
            ::kill(server_, SIGINT);  // PostgreSQL's "fast" shutdown
            wait_for(server_);
        }
        std::error_code ignored;
        if (!folder_.empty()) fs::remove_all(folder_, ignored);
    }

    void connect() {
        const std::string where = "host=" + folder_.string() + " dbname=postgres user=evenkeel";
        for (int i = 0; i < 300; ++i) {
            connection_.reset(PQconnectdb(where.c_str()));
            if (PQstatus(connection_.get()) == CONNECTION_OK) return;
            std::this_thread::sleep_for(std::chrono::milliseconds{100});
        }
        FAIL() << PQerrorMessage(connection_.get());
    }

    using Answer = std::unique_ptr<PGresult, void (*)(PGresult*)>;
    void expect_done(Answer answer, std::string_view what) {
        EXPECT_EQ(PQresultStatus(answer.get()), PGRES_COMMAND_OK)
            << what << "\n"
            << PQresultErrorMessage(answer.get());
    }
    void run(const std::string& text) {
        expect_done({PQexec(connection_.get(), text.c_str()), PQclear}, text);
    }

  private:
    [[nodiscard]] fs::path log() const { return folder_ / "log"; }

    fs::path folder_;
    pid_t server_ = 0;

  protected:
    std::unique_ptr<PGconn, void (*)(PGconn*)> connection_{nullptr, PQfinish};
};

TEST_F(Postgres, TakesEveryMigrationAndPreparesEveryStatement) {
    // Two databases of SQLite are two schemas here; both have their own versions.
    run("CREATE SCHEMA vault; CREATE SCHEMA record; SET search_path = vault");
    for (const auto step : vault_migrations()) run(spoken(step, Dialect::postgres));
    run("SET search_path = record");
    for (const auto step : record_migrations()) run(spoken(step, Dialect::postgres));
    run("SET search_path = record, vault");
    std::size_t prepared = 0;
    for (std::size_t at = 0; at < n_statements; ++at) {
        const auto& [name, text] = named(static_cast<Statement>(at));
        expect_done({PQprepare(connection_.get(), std::string(name).c_str(),
                               for_postgres(text).c_str(), 0, nullptr),
                     PQclear},
                    name);
        ++prepared;
    }
    EXPECT_GE(prepared, 60u);
}

TEST(Statements, HaveEachANameOfTheirOwnAndParametersWithoutGaps) {
    std::set<std::string_view> names;
    for (std::size_t at = 0; at < n_statements; ++at) {
        const auto& [name, text] = named(static_cast<Statement>(at));
        EXPECT_FALSE(name.empty()) << at;
        EXPECT_TRUE(names.insert(name).second) << name;
        int highest = 0;
        for (int n = 1; n < 20; ++n) {
            if (text.find("?" + std::to_string(n)) == std::string_view::npos) continue;
            EXPECT_EQ(n, highest + 1) << name;
            highest = n;
        }
    }
    // The table stands in the order of the enum.
    EXPECT_EQ(named(Statement::savepoint).name, "savepoint");
    EXPECT_EQ(named(Statement::every_entry).name, "every_entry");
    EXPECT_EQ(named(Statement::open_signals).name, "open_signals");
    EXPECT_EQ(named(Statement::put_session).name, "put_session");
    EXPECT_EQ(named(Statement::wrapping).name, "wrapping");
}

TEST(Statements, SpeakPostgresWithDollarsOutsideQuotes) {
    EXPECT_EQ(for_postgres("SELECT ?1, '?2' WHERE a = ?2"), "SELECT $1, '?2' WHERE a = $2");
}

}  // namespace
}  // namespace evenkeel::store::sql
