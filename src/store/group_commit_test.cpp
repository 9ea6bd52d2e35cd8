// Goal: many writers share one durable commit; what one of them does wrong touches
// nobody else; a second process may write in between.

#include <atomic>
#include <future>
#include <latch>
#include <thread>

#include "store/detail/store_fixture.h"

namespace evenkeel::store {
namespace {

class GroupCommit : public StoreFixture {
  public:
    std::string note(const char* name) {
        std::string text;
        must(store->read([&](Reading& reading) -> Status {
            TRY(const auto found, reading.note(name));
            text = found.value_or("");
            return Done{};
        }));
        return text;
    }

    // Holds the writer thread until released, so that others must wait in the queue.
    struct Held {
        explicit Held(Store& store)
            : writer([&store, this] {
                  must(store.write([this](Writing&) -> Status {
                      inside.count_down();
                      released.get_future().wait();
                      return Done{};
                  }));
              }) {
            inside.wait();
        }
        void release() {
            released.set_value();
            writer.join();
        }
        std::latch inside{1};
        std::promise<void> released;
        std::thread writer;
    };
};

TEST_F(GroupCommit, EightWritersShareCommitsAndLoseNothing) {
    constexpr int n_threads = 8;
    constexpr int n_each = 100;
    std::vector<Id> people;
    std::vector<std::vector<StoredEntry>> to_write(n_threads);
    for (int t = 0; t < n_threads; ++t) {
        people.push_back(fresh());
        append(entry(people.back()));
    }
    for (int t = 0; t < n_threads; ++t) {
        for (int i = 0; i < n_each; ++i) {
            // Everybody also writes into everybody's stream: heads are shared.
            to_write[static_cast<std::size_t>(t)].push_back(
                entry(people[static_cast<std::size_t>((t + i) % n_threads)]));
        }
    }
    const auto before = store->commits();
    std::vector<std::thread> threads;
    for (const auto& mine : to_write) {
        threads.emplace_back([&] {
            for (const auto& one : mine) append(one);
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_LT(store->commits() - before, std::uint64_t{n_threads * n_each});
    std::size_t total = 0;
    for (const Id& person : people) total += entries(person).size();
    EXPECT_EQ(total, std::size_t{n_threads * n_each + n_threads});
    EXPECT_TRUE(must(store->verify()).problems.empty());
}

TEST_F(GroupCommit, OneByOneCommitsEachWrite) {
    store.reset();
    store = must(Store::open(folder.path(), *vault, CommitMode::one_by_one));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 10; ++i) {
                must(store->write([](Writing& writing) { return writing.put_note("n", "x"); }));
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(store->commits(), 40u);
}

TEST_F(GroupCommit, AnErrorOrAThrowRollsBackItsCallerAloneInsideOneGroup) {
    Held held{*store};
    const auto before = store->commits();
    std::atomic<int> queued{0};
    std::vector<std::thread> threads;
    const auto writer = [&](const char* name, auto&& after) {
        threads.emplace_back([&, name, after] {
            ++queued;
            after(name);
        });
    };
    const auto put = [&](const char* name) {
        must(store->write([&](Writing& writing) { return writing.put_note(name, "kept"); }));
    };
    const auto refuse = [&](const char* name) {
        const auto outcome = store->write([&](Writing& writing) -> Status {
            CHECK_OK(writing.put_note(name, "not kept"));
            return Error{Fault::invalid_input, "/x", "No.", {}};
        });
        EXPECT_EQ(outcome.error().where, "/x");
    };
    const auto break_it = [&](const char* name) {
        EXPECT_THROW((void)store->write([&](Writing& writing) -> Status {
            CHECK_OK(writing.put_note(name, "not kept"));
            EK_ASSERT(name == nullptr);
            return Done{};
        }),
                     BrokenInvariant);
    };
    writer("one", put);
    writer("two", refuse);
    writer("three", put);
    writer("four", break_it);
    writer("five", put);
    while (queued < 5) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    held.release();
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(note("one") + note("two") + note("three") + note("four") + note("five"),
              "keptkeptkept");
    EXPECT_EQ(store->commits() - before, 2u);  // the one that was held, and the group
}

TEST_F(GroupCommit, WritingFromTheWriterThreadItselfIsABrokenInvariant) {
    EXPECT_THROW((void)store->write([&](Writing&) -> Status {
        return store->write([](Writing&) -> Status { return Done{}; });
    }),
                 BrokenInvariant);
    must(store->write([](Writing& writing) { return writing.put_note("still", "alive"); }));
}

TEST_F(GroupCommit, ASecondProcessWritesIntoTheSameChains) {
    const Id person = fresh();
    auto second = must(Store::open(folder.path(), *vault));
    const auto write_some = [&](Store& through, std::vector<StoredEntry> some) {
        for (const auto& one : some) {
            must(through.write([&](Writing& writing) -> Status {
                TRY([[maybe_unused]] const auto seq, writing.append(one));
                return Done{};
            }));
        }
    };
    std::vector<StoredEntry> first_half;
    std::vector<StoredEntry> second_half;
    for (int i = 0; i < 40; ++i) {
        first_half.push_back(entry(person));
        second_half.push_back(entry(person));
    }
    std::thread other{[&] { write_some(*second, second_half); }};
    write_some(*store, first_half);
    other.join();
    EXPECT_EQ(entries(person).size(), 80u);
    EXPECT_TRUE(must(store->verify()).problems.empty());
}

TEST_F(GroupCommit, AReaderSeesOneSnapshotWhileOthersWrite) {
    const Id person = fresh();
    append(entry(person));
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_EQ(must(reading.entries(person)).size(), 1u);
        append(entry(person));
        EXPECT_EQ(must(reading.entries(person)).size(), 1u);
        return Done{};
    }));
    EXPECT_EQ(entries(person).size(), 2u);
}

TEST_F(GroupCommit, ReadersRunInParallelWithWriters) {
    const Id person = fresh();
    append(entry(person));
    std::vector<StoredEntry> more;
    for (int i = 0; i < 50; ++i) more.push_back(entry(person));
    std::atomic<bool> done{false};
    std::vector<std::thread> readers;
    for (int t = 0; t < 3; ++t) {
        readers.emplace_back([&] {
            std::size_t seen = 0;
            while (!done) {
                const auto now = entries(person);
                EXPECT_GE(now.size(), seen);
                seen = now.size();
            }
        });
    }
    for (const auto& one : more) append(one);
    done = true;
    for (auto& reader : readers) reader.join();
}

}  // namespace
}  // namespace evenkeel::store
