#include "web/rate_limit.h"

#include <algorithm>
#include <cmath>

#include "web/address.h"

namespace evenkeel::web {

namespace {

double refilled(double tokens, Instant from, Instant now, const Bucket& bucket) {
    const double seconds = std::chrono::duration<double>(now - from).count();
    return std::min(bucket.capacity, tokens + std::max(0.0, seconds) * bucket.per_second);
}

}  // namespace

std::string peer_key(std::string_view peer) {
    auto address = parse_address(peer);
    if (!address || address->is_v4()) return std::string(peer);
    std::fill(address->bytes.begin() + 8, address->bytes.end(), std::uint8_t{0});
    return to_string(*address);
}

Response slow_down(std::chrono::seconds wait, std::string_view says) {
    auto response = problem(Error{Fault::too_many, "", std::string(says), {}});
    std::erase_if(response.headers, [](const auto& line) { return line.first == "Retry-After"; });
    response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
    return response;
}

std::optional<std::chrono::seconds> RateLimiter::take(RateClass rate, std::string_view peer) {
    const Instant now = clock_.now();
    const Bucket& limit = bucket(rate);
    auto key = peer_key(peer);
    const std::lock_guard lock(mutex_);
    auto& levels = levels_[static_cast<std::size_t>(rate)];
    auto found = levels.find(key);
    if (found == levels.end()) {
        if (levels.size() >= max_peers) make_room(levels, limit, now);
        found = levels.emplace(std::move(key), Level{limit.capacity, now}).first;
    }
    Level& level = found->second;
    level.tokens = refilled(level.tokens, level.at, now, limit);
    level.at = now;
    if (level.tokens >= 1) {
        level.tokens -= 1;
        return std::nullopt;
    }
    const double wait = std::ceil((1 - level.tokens) / limit.per_second);
    return std::chrono::seconds(std::max(1L, static_cast<long>(wait)));
}

std::size_t RateLimiter::peers() const {
    const std::lock_guard lock(mutex_);
    std::size_t sum = 0;
    for (const auto& levels : levels_) sum += levels.size();
    return sum;
}

const Bucket& RateLimiter::bucket(RateClass rate) const {
    switch (rate) {
        case RateClass::read:
            return limits_.read;
        case RateClass::write:
            return limits_.write;
        case RateClass::sign_in:
            return limits_.sign_in;
        case RateClass::heavy:
            break;
    }
    return limits_.heavy;
}

// Full buckets say nothing and go first. When none is full, all go: a peer that used
// up its tokens gains a bucket, which costs less than growing without bound.
void RateLimiter::make_room(Levels& levels, const Bucket& limit, Instant now) {
    std::erase_if(levels, [&](const auto& entry) {
        return refilled(entry.second.tokens, entry.second.at, now, limit) >= limit.capacity;
    });
    if (levels.size() >= max_peers) levels.clear();
}

}  // namespace evenkeel::web
