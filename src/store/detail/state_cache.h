#pragma once
// States as a durable write left them, so that the next one need not open and read
// what this process wrote a moment ago.
//
// A cached state counts only while its seq is the one in the record: another process
// that writes or erases makes it stale by that alone. Bounded by the bytes of the
// states' JSON text, least recently used first out. Thread-safe.

#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/id.h"

namespace evenkeel::store::detail {

template <class State>
struct Held {
    State state;
    std::size_t bytes = 0;  // of its JSON text
};

template <class State>
class StateCache {
  public:
    explicit StateCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    // A copy, when the state of that seq is here.
    std::optional<Held<State>> find(const Id& stream, std::uint64_t seq) {
        const std::lock_guard lock{mutex_};
        const auto at = standing(stream, seq);
        if (at == kept_.end()) return std::nullopt;
        kept_.splice(kept_.begin(), kept_, at);
        return *at;
    }

    // The state itself, for a writer that will keep() the next one: copying years of
    // check-ins costs more than adding one.
    std::optional<Held<State>> take(const Id& stream, std::uint64_t seq) {
        const std::lock_guard lock{mutex_};
        const auto at = standing(stream, seq);
        if (at == kept_.end()) return std::nullopt;
        Held<State> held{std::move(at->state), at->bytes};
        remove(at);
        return held;
    }

    // Only what is durable may be kept. Of two writers the later seq stays.
    void keep(const Id& stream, Held<State> held) {
        const std::lock_guard lock{mutex_};
        if (const auto at = at_.find(stream); at != at_.end()) {
            if (at->second->state.seq > held.state.seq) return;
            remove(at->second);
        }
        bytes_ += held.bytes;
        kept_.push_front({{std::move(held.state), held.bytes}, stream});
        at_[stream] = kept_.begin();
        while (bytes_ > most_bytes_) remove(std::prev(kept_.end()));
    }

    void clear() {
        const std::lock_guard lock{mutex_};
        kept_.clear();
        at_.clear();
        bytes_ = 0;
    }

    void drop(const Id& stream) {
        const std::lock_guard lock{mutex_};
        if (const auto at = at_.find(stream); at != at_.end()) remove(at->second);
    }

  private:
    struct Kept : Held<State> {
        Id stream;
    };
    using Place = typename std::list<Kept>::iterator;

    Place standing(const Id& stream, std::uint64_t seq) {
        const auto at = at_.find(stream);
        return at != at_.end() && at->second->state.seq == seq ? at->second : kept_.end();
    }

    void remove(Place at) {
        bytes_ -= at->bytes;
        at_.erase(at->stream);
        kept_.erase(at);
    }

    const std::size_t most_bytes_;
    std::mutex mutex_;
    std::list<Kept> kept_;  // most recently used first
    std::unordered_map<Id, Place> at_;
    std::size_t bytes_ = 0;
};

}  // namespace evenkeel::store::detail
