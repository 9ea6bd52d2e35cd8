#include "web/guessing.h"

#include <algorithm>

#include "web/rate_limit.h"

namespace evenkeel::web {
namespace {

// As the store compares addresses.
std::string lower(std::string_view address) {
    std::string out(address);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

}  // namespace

std::optional<std::chrono::seconds> GuessingLimit::wait(Times& times, const std::string& key,
                                                        std::size_t most, Instant now) {
    const auto found = times.find(key);
    if (found == times.end()) return std::nullopt;
    auto& guesses = found->second;
    while (!guesses.empty() && guesses.front() + window <= now) guesses.pop_front();
    if (guesses.size() < most) return std::nullopt;
    const auto left = std::chrono::ceil<std::chrono::seconds>(guesses.front() + window - now);
    // A clock that was set back must not keep anybody out for longer.
    return std::min<std::chrono::seconds>(left, window);
}

void GuessingLimit::add(Times& times, const std::string& key, Instant now) {
    if (times.size() >= max_remembered && !times.contains(key)) {
        std::erase_if(times, [&](const auto& each) {
            return each.second.empty() || each.second.back() + window <= now;
        });
        for (std::size_t few = 1; times.size() >= max_remembered; ++few) {
            std::erase_if(times, [&](const auto& each) { return each.second.size() <= few; });
        }
    }
    times[key].push_back(now);
}

std::optional<std::chrono::seconds> GuessingLimit::guess(std::string_view address,
                                                         std::string_view peer, Instant now) {
    const auto who = lower(address);
    const auto from = peer_key(peer);
    const std::lock_guard lock(mutex_);
    const auto for_address = wait(by_address_, who, per_address, now);
    const auto for_peer = wait(by_peer_, from, per_peer, now);
    if (for_address || for_peer) {
        return std::max(for_address.value_or(std::chrono::seconds{1}),
                        for_peer.value_or(std::chrono::seconds{1}));
    }
    add(by_address_, who, now);
    add(by_peer_, from, now);
    return std::nullopt;
}

void GuessingLimit::was_right(std::string_view address, std::string_view peer) {
    const std::lock_guard lock(mutex_);
    by_address_.erase(lower(address));
    const auto found = by_peer_.find(peer_key(peer));
    if (found != by_peer_.end() && !found->second.empty()) found->second.pop_back();
}

void GuessingLimit::was_no_guess(std::string_view address, std::string_view peer) {
    const std::lock_guard lock(mutex_);
    const auto one_back = [](Times& times, const std::string& key) {
        const auto found = times.find(key);
        if (found != times.end() && !found->second.empty()) found->second.pop_back();
    };
    one_back(by_address_, lower(address));
    one_back(by_peer_, peer_key(peer));
}

std::size_t GuessingLimit::remembered() const {
    const std::lock_guard lock(mutex_);
    return std::max(by_address_.size(), by_peer_.size());
}

}  // namespace evenkeel::web
