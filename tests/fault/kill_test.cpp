// Goal: kill -9 at any moment, under eight writers, loses, doubles and alters nothing
// that was acknowledged and never leaves a signal without its entry or the reverse.
//
// Method: a child opens the service's folder and writes from eight threads, telling
// through a pipe each id it was given an acknowledgement for. The parent kills it at a
// random moment, opens the folder itself and looks through it; then the next child goes
// on in the same folder. A seed replays the moments of killing, though not the threads.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <random>
#include <set>
#include <thread>

#include "store/detail/store_fixture.h"

namespace evenkeel::fault {
namespace {

using namespace store;

constexpr int n_writers = 8;
constexpr std::size_t n_streams = 32;
constexpr int rounds_in_a_folder = 10;

Id stream_id(std::size_t which) {
    Id id;
    id.bytes.fill(static_cast<std::uint8_t>(which + 1));
    return id;
}

std::string body_of(const Id& id) {
    return "body of " + to_string(id);
}

SignalRow signal_of(const Id& entry, const Id& person) {
    return {derived_id(entry, "signal"), person, "safety", "now", "raised", Id{}, 0, noon, noon};
}

// The ids in a state, in order: what the projection was computed from.
std::vector<Id> ids_in(const std::string& state) {
    std::vector<Id> ids;
    for (std::size_t at = 0; at + 36 <= state.size(); at += 36) {
        ids.push_back(*parse_id(std::string_view{state}.substr(at, 36)));
    }
    return ids;
}

Status write_pair(Writing& writing, const Id& id, const Id& person) {
    TRY(const auto before, writing.state(person));
    TRY(const auto seq, writing.append({.id = id,
                                        .stream = person,
                                        .seq = 0,
                                        .kind = "answers",
                                        .version = 1,
                                        .effective_at = noon,
                                        .recorded_at = noon,
                                        .author = person,
                                        .supersedes = {},
                                        .body = body_of(id)}));
    Projection projection{.state = StoredState{seq, (before ? before->bytes : "") + to_string(id)}};
    for (const Id& each : ids_in(projection.state->bytes)) {
        projection.signals.push_back(signal_of(each, person));
    }
    return writing.put_projection(person, projection);
}

[[noreturn]] void write_until_killed(const std::filesystem::path& folder, int pipe) {
    auto vault = must(Vault::open(folder));
    auto store = must(Store::open(folder, *vault));
    std::vector<std::thread> writers;
    for (int t = 0; t < n_writers; ++t) {
        writers.emplace_back([&] {
            SystemRandom random;
            while (true) {
                const Id id = new_id(noon, random);
                const Id person = stream_id(random.next() % n_streams);
                must(store->write(
                    [&](Writing& writing) { return write_pair(writing, id, person); }));
                // Sixteen bytes are written whole or not at all (less than PIPE_BUF).
                if (::write(pipe, id.bytes.data(), id.bytes.size()) != 16) ::_exit(1);
            }
        });
    }
    for (auto& writer : writers) writer.join();
    ::_exit(1);
}

std::vector<Id> read_ids(int pipe) {
    std::vector<Id> ids;
    Id id;
    while (::read(pipe, id.bytes.data(), id.bytes.size()) == 16) ids.push_back(id);
    return ids;
}

class Kill : public testing::Test {
  public:
    // One child, killed after so long; what it had acknowledged.
    void round(const std::filesystem::path& folder, std::chrono::microseconds lives) {
        int ends[2];
        ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            write_until_killed(folder, ends[1]);
        }
        ::close(ends[1]);
        std::vector<Id> told;
        std::thread listener{[&] { told = read_ids(ends[0]); }};
        std::this_thread::sleep_for(lives);
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        listener.join();
        ::close(ends[0]);
        EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
            << "the child ended by itself";
        acknowledged.insert(told.begin(), told.end());
        n_acknowledged += told.size();
    }

    void look_through(const std::filesystem::path& folder) {
        auto vault = must(Vault::open(folder));
        auto store = must(Store::open(folder, *vault));
        EXPECT_TRUE(must(store->verify()).problems.empty());
        std::set<Id> standing;
        std::size_t n_entries = 0;
        must(store->read([&](Reading& reading) -> Status {
            for (const Id& person : must(reading.streams())) {
                std::vector<Id> ids;
                for (const auto& entry : must(reading.entries(person))) {
                    ids.push_back(entry.id);
                    EXPECT_EQ(entry.body, body_of(entry.id)) << "altered";
                    EXPECT_EQ(must(reading.signal(derived_id(entry.id, "signal"))),
                              signal_of(entry.id, person))
                        << "an entry without its signal";
                }
                EXPECT_EQ(ids_in(must(reading.state(person))->bytes), ids);
                n_entries += ids.size();
                standing.insert(ids.begin(), ids.end());
            }
            EXPECT_EQ(must(reading.open_signals()).size(), n_entries)
                << "a signal without its entry";
            return Done{};
        }));
        EXPECT_EQ(standing.size(), n_entries) << "doubled";
        for (const Id& id : acknowledged) EXPECT_TRUE(standing.contains(id)) << "lost";
    }

    std::set<Id> acknowledged;  // in the present folder
    std::size_t n_acknowledged = 0;
};

TEST_F(Kill, AtRandomMomentsUnderEightWritersLosesNothing) {
    const char* given = std::getenv("EVENKEEL_TEST_SEED");
    const char* wanted = std::getenv("EVENKEEL_KILL_ROUNDS");
    const unsigned seed =
        given != nullptr ? static_cast<unsigned>(std::atol(given)) : std::random_device{}();
    const int rounds = wanted != nullptr ? std::atoi(wanted) : 200;
    std::cout << "EVENKEEL_TEST_SEED=" << seed << ", " << rounds << " rounds\n";
    std::mt19937 random{seed};
    std::unique_ptr<TestFolder> folder;
    for (int i = 0; i < rounds && !HasFailure(); ++i) {
        SCOPED_TRACE("round " + std::to_string(i));
        if (i % rounds_in_a_folder == 0) {
            folder = std::make_unique<TestFolder>();
            acknowledged.clear();
        }
        // Some die while they open the folder, most while they write.
        const long most = i % 5 == 0 ? 30'000 : 200'000;
        round(folder->path(), std::chrono::microseconds{static_cast<long>(random()) % most});
        look_through(folder->path());
    }
    std::cout << n_acknowledged << " writes were acknowledged\n";
    EXPECT_GT(n_acknowledged, static_cast<std::size_t>(rounds));
}

}  // namespace
}  // namespace evenkeel::fault
