// Goal: what is sealed only now and then is never taken for what is true now.
// Method: after each entry, a keeper that remembers against one that reads the record.

#include "store/detail/keeper_fixture.h"
#include "store/detail/projecting.h"

namespace evenkeel::store {
namespace {

using detail::entries_per_snapshot;

class KeeperSnapshot : public KeeperFixture {
  public:
    record::Command check_in(int mood) { return by_client(practice::CheckIn{.mood = mood}); }

    std::string remembered() { return exchange::to_json(must(keeper->person(person))); }
    std::string read_anew() {
        const Keeper other{*store, keeper->instruments(), clock, false};
        return exchange::to_json(must(other.person(person)));
    }

    std::vector<double> moods() {
        std::vector<NumberPoint> points;
        must(store->read([&](Reading& reading) -> Status {
            TRY(points, numbers_of(reading, person, "mood"));
            return Done{};
        }));
        std::vector<double> out;
        for (const auto& each : points) out.push_back(each.value);
        return out;
    }
};

TEST_F(KeeperSnapshot, TheStateIsSealedAtEverySixteenthEntryAndKnownAfterEach) {
    std::vector<double> sent;
    for (int i = 0; i < 40; ++i) {
        const int mood = i % 5;
        must(keeper->write(check_in(mood), audit()));
        sent.push_back(mood);
        const auto now = must(keeper->person(person));
        const auto sealed = standing(person).state;
        EXPECT_EQ(sealed ? sealed->seq : 0, now.seq - now.seq % entries_per_snapshot);
        EXPECT_EQ(now.days.size(), sent.size());
        EXPECT_EQ(read_anew(), remembered());
        EXPECT_EQ(moods(), sent);
    }
    EXPECT_TRUE(must(keeper->rebuild()).empty());
    expect_whole_chains();
}

TEST_F(KeeperSnapshot, ABatchThatEndsBetweenTwoSnapshotsSealsTheStateOfTheLast) {
    std::vector<double> sent;
    for (const std::size_t size : {std::size_t{37}, std::size_t{1}, std::size_t{60}}) {
        std::vector<record::Command> batch;
        for (std::size_t i = 0; i < size; ++i) {
            batch.push_back(check_in(static_cast<int>(i % 5)));
            sent.push_back(static_cast<double>(i % 5));
        }
        must(keeper->write_all(batch, audit()));
        EXPECT_EQ(read_anew(), remembered());
        EXPECT_EQ(moods(), sent);
        EXPECT_TRUE(must(keeper->rebuild()).empty());
    }
}

// Before there were snapshots the sealed state and numbers were those of the newest entry.
TEST_F(KeeperSnapshot, AFolderOfAnEarlierVersionGoesOnWhereItStands) {
    for (int i = 0; i < 5; ++i) must(keeper->write(check_in(i), audit()));
    const auto state = must(keeper->person(person));
    must(store->write([&](Writing& writing) -> Status {
        for (const double mood : {0, 1, 2, 3, 4}) {
            CHECK_OK(writing.append_numbers(person, "mood", {{noon, mood}}));
        }
        auto projection = detail::rows_of(state);
        projection.state = StoredState{state.seq, exchange::to_json(state)};
        return writing.put_projection(person, projection);
    }));
    open_keeper();
    std::vector<double> sent{0, 1, 2, 3, 4};
    for (int i = 0; i < 20; ++i) {
        must(keeper->write(check_in(i % 3), audit()));
        sent.push_back(i % 3);
        EXPECT_EQ(read_anew(), remembered());
        EXPECT_EQ(moods(), sent);
    }
    EXPECT_TRUE(must(keeper->rebuild()).empty());
}

TEST_F(KeeperSnapshot, ARebuildBesideAServerReachesWhatTheServerRemembers) {
    for (int i = 0; i < 20; ++i) must(keeper->write(check_in(1), audit()));
    const auto right = must(keeper->person(person));
    auto wrong = right;
    wrong.days.clear();
    must(store->write([&](Writing& writing) -> Status {
        auto projection = detail::rows_of(wrong);
        projection.state = StoredState{right.seq, exchange::to_json(wrong)};
        return writing.put_projection(person, projection);
    }));
    open_keeper();  // the server starts, and remembers the damaged state
    must(keeper->write(check_in(2), audit()));
    ASSERT_EQ(must(keeper->person(person)).days.size(), 1U);

    auto server = std::move(keeper);
    auto server_store = std::move(store);
    auto server_vault = std::move(vault);
    open();  // the command line, another process
    open_keeper();
    EXPECT_EQ(must(keeper->rebuild()), std::vector<Id>{person});
    EXPECT_EQ(must(server->person(person)).days.size(), 21U);
    must(server->write(check_in(3), audit()));
    EXPECT_EQ(must(keeper->person(person)).days.size(), 22U);
    EXPECT_TRUE(must(keeper->rebuild()).empty());
    keeper.reset();
    store.reset();
    server.reset();
    server_store.reset();
}

}  // namespace
}  // namespace evenkeel::store
