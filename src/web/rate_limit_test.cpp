// Goal: one peer cannot take the machine from everybody, and memory stays bounded.
// Method: a clock that is set by hand; small buckets.

#include "web/rate_limit.h"

#include <gtest/gtest.h>

namespace evenkeel::web {
namespace {

using std::chrono::seconds;

class SetClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override { return at; }
    Instant at{};
};

constexpr RateLimits small{.read = {3, 1}, .write = {2, 1}, .sign_in = {1, 0.1}, .heavy = {1, 0.5}};

TEST(RateLimiter, LetsTheCapacityThroughAtOnceAndThenOnePerRegainedToken) {
    SetClock clock;
    RateLimiter limiter(clock, small);
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(limiter.take(RateClass::read, "203.0.113.7"));
    EXPECT_EQ(limiter.take(RateClass::read, "203.0.113.7"), seconds(1));
    clock.at += seconds(1);
    EXPECT_FALSE(limiter.take(RateClass::read, "203.0.113.7"));
    EXPECT_TRUE(limiter.take(RateClass::read, "203.0.113.7"));
}

TEST(RateLimiter, RegainsNoMoreThanTheCapacity) {
    SetClock clock;
    RateLimiter limiter(clock, small);
    EXPECT_FALSE(limiter.take(RateClass::read, "203.0.113.7"));
    clock.at += std::chrono::hours(5);
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(limiter.take(RateClass::read, "203.0.113.7"));
    EXPECT_TRUE(limiter.take(RateClass::read, "203.0.113.7"));
}

TEST(RateLimiter, SaysHowLongToWaitForASlowBucket) {
    SetClock clock;
    RateLimiter limiter(clock, small);
    EXPECT_FALSE(limiter.take(RateClass::sign_in, "203.0.113.7"));
    EXPECT_EQ(limiter.take(RateClass::sign_in, "203.0.113.7"), seconds(10));
    clock.at += seconds(9);
    EXPECT_EQ(limiter.take(RateClass::sign_in, "203.0.113.7"), seconds(1));
    clock.at += seconds(1);
    EXPECT_FALSE(limiter.take(RateClass::sign_in, "203.0.113.7"));
}

TEST(RateLimiter, KeepsPeersAndClassesApart) {
    SetClock clock;
    RateLimiter limiter(clock, small);
    EXPECT_FALSE(limiter.take(RateClass::heavy, "203.0.113.7"));
    EXPECT_TRUE(limiter.take(RateClass::heavy, "203.0.113.7"));
    EXPECT_FALSE(limiter.take(RateClass::heavy, "203.0.113.8"));
    EXPECT_FALSE(limiter.take(RateClass::write, "203.0.113.7"));
}

TEST(RateLimiter, CountsOneIpv6HostOnceWhateverAddressItPicks) {
    SetClock clock;
    RateLimiter limiter(clock, small);
    EXPECT_FALSE(limiter.take(RateClass::heavy, "2001:db8:1:2::1"));
    EXPECT_TRUE(limiter.take(RateClass::heavy, "2001:db8:1:2:aaaa::9"));
    EXPECT_FALSE(limiter.take(RateClass::heavy, "2001:db8:1:3::1"));
}

TEST(RateLimiter, AClockThatStepsBackGivesNoTokens) {
    SetClock clock;
    clock.at += std::chrono::hours(1);
    RateLimiter limiter(clock, small);
    EXPECT_FALSE(limiter.take(RateClass::heavy, "203.0.113.7"));
    clock.at -= seconds(600);
    EXPECT_TRUE(limiter.take(RateClass::heavy, "203.0.113.7"));
}

TEST(RateLimiter, StaysBoundedUnderAFloodOfAddresses) {
    SetClock clock;
    RateLimiter limiter(clock, small);
    for (std::size_t i = 0; i < RateLimiter::max_peers + 1000; ++i) {
        EXPECT_FALSE(limiter.take(RateClass::heavy, "peer-" + std::to_string(i)));
    }
    EXPECT_LE(limiter.peers(), RateLimiter::max_peers);
}

TEST(SlowDown, TellsTheTimeToWaitOnce) {
    const auto response = slow_down(seconds(7));
    EXPECT_EQ(response.status, 429);
    int found = 0;
    for (const auto& [name, value] : response.headers) {
        if (name != "Retry-After") continue;
        ++found;
        EXPECT_EQ(value, "7");
    }
    EXPECT_EQ(found, 1);
}

}  // namespace
}  // namespace evenkeel::web
