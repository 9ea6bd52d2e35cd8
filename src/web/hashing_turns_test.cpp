// Goal: never more than so many at once, in the order in which they came, and nobody waits
// behind more than the limit.

#include "web/hashing_turns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace evenkeel::web {
namespace {

using namespace std::chrono_literals;

TEST(HashingTurns, AreNeverMoreAtOnceThanAllowed) {
    HashingTurns turns{2, 100};
    std::atomic<int> under_way = 0;
    std::atomic<int> most = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 24; ++i) {
        threads.emplace_back([&] {
            const auto turn = turns.take();
            ASSERT_TRUE(turn.ok());
            const int now = ++under_way;
            int before = most;
            while (before < now && !most.compare_exchange_weak(before, now)) {
            }
            std::this_thread::sleep_for(1ms);
            --under_way;
        });
    }
    for (auto& each : threads) each.join();
    EXPECT_EQ(most, 2);
}

TEST(HashingTurns, AreGivenInTheOrderInWhichTheyWereAskedFor) {
    HashingTurns turns{1, 8};
    std::optional first{turns.take()};
    std::mutex mutex;
    std::vector<int> order;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            const auto turn = turns.take();
            const std::lock_guard lock{mutex};
            order.push_back(i);
        });
        while (turns.waiting() != static_cast<std::uint64_t>(i) + 1) std::this_thread::yield();
    }
    first.reset();
    for (auto& each : threads) each.join();
    EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(HashingTurns, BeyondTheLimitWaitForNobody) {
    HashingTurns turns{1, 0};
    std::optional held{turns.take()};
    ASSERT_TRUE(held->ok());
    const auto refused = turns.take();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::unavailable);
    held.reset();
    EXPECT_TRUE(turns.take().ok());
}

}  // namespace
}  // namespace evenkeel::web
