#pragma once
// How often one peer may call: a bucket of tokens for each class of route.
//
// This protects the machine, not an account: guessing of passwords is counted by
// account where sessions are kept. The buckets are wide, since a whole clinic may share
// one address. Source: the token bucket of RFC 2697, one rate, no colours.

#include <array>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "web/router.h"

namespace evenkeel::web {

struct Bucket {
    double capacity;    // calls at once
    double per_second;  // calls regained
};

struct RateLimits {
    Bucket read{600, 50};
    Bucket write{300, 20};
    Bucket sign_in{60, 1};
    Bucket heavy{30, 0.5};
};

// 429 with Retry-After. `says`: what happened and what to do, in one or two sentences.
Response slow_down(std::chrono::seconds wait,
                   std::string_view says =
                       "Too many requests came from your network. Wait a moment, then try again.");

// Whom a peer's address counts for: of IPv6 the first 64 bits, since one host has the rest.
std::string peer_key(std::string_view peer);

class RateLimiter {
  public:
    // The clock must outlive the limiter.
    RateLimiter(const Clock& clock, RateLimits limits) : clock_(clock), limits_(limits) {}

    // Takes one token, or says how long to wait for the next. `peer` is Request::peer;
    // of an IPv6 address the first 64 bits count, since one host has all the rest.
    // Thread-safe. A clock that steps back gives no tokens.
    std::optional<std::chrono::seconds> take(RateClass, std::string_view peer);

    // Peers whose bucket is not full. At most about `max_peers`: under a flood from
    // more addresses than that, what is known is dropped rather than memory spent.
    [[nodiscard]] std::size_t peers() const;
    static constexpr std::size_t max_peers = 50'000;

  private:
    struct Level {
        double tokens;
        Instant at;
    };
    using Levels = std::unordered_map<std::string, Level>;
    [[nodiscard]] const Bucket& bucket(RateClass) const;
    static void make_room(Levels&, const Bucket&, Instant now);

    const Clock& clock_;
    RateLimits limits_;
    mutable std::mutex mutex_;
    std::array<Levels, 4> levels_;
};

}  // namespace evenkeel::web
