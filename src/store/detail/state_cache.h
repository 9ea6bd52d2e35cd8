#pragma once
// States as a durable write left them, so that the next one need not open and read
// what this process wrote a moment ago.
//
// A cached state counts only while its seq and the count of rebuilds are those in the
// record: another process that writes, erases or rebuilds makes it stale by that alone.
// Bounded by about the bytes of the states' JSON text, least recently used first out.
// Thread-safe.

#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "store/store.h"

namespace evenkeel::store::detail {

template <class State>
struct Held {
    State state;
    std::size_t bytes = 0;       // about those of its JSON text
    std::uint64_t snapshot = 0;  // seq of the state that stands sealed
    std::uint64_t rebuilds = 0;  // when it was read
    // The rows in the record are those of this state: this process put them. Until then they are
    // read once, so that what an earlier version or a fault left is put right.
    bool rows_stand = false;
};

template <class State>
class StateCache {
  public:
    explicit StateCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    // A copy, when the state that stands is here.
    std::optional<Held<State>> find(const Id& stream, const Standing& standing) {
        const std::lock_guard lock{mutex_};
        const auto at = place_of(stream, standing);
        if (at == kept_.end()) return std::nullopt;
        kept_.splice(kept_.begin(), kept_, at);
        return *at;
    }

    // The state itself, for a writer that will keep() the next one: copying years of
    // check-ins costs more than adding one.
    std::optional<Held<State>> take(const Id& stream, const Standing& standing) {
        const std::lock_guard lock{mutex_};
        const auto at = place_of(stream, standing);
        if (at == kept_.end()) return std::nullopt;
        Held<State> held{std::move(static_cast<Held<State>&>(*at))};
        remove(at);
        return held;
    }

    // Only what is durable may be kept. Of two writers the later one's stays.
    void keep(const Id& stream, Held<State> held) {
        const std::lock_guard lock{mutex_};
        if (const auto at = at_.find(stream); at != at_.end()) {
            const auto age = [](const Held<State>& each) {
                return std::pair{each.rebuilds, each.state.seq};
            };
            if (age(*at->second) > age(held)) return;
            remove(at->second);
        }
        bytes_ += held.bytes;
        kept_.push_front({std::move(held), stream});
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

    Place place_of(const Id& stream, const Standing& standing) {
        const auto at = at_.find(stream);
        const bool stands = at != at_.end() && at->second->state.seq == standing.seq &&
                            at->second->rebuilds == standing.rebuilds;
        return stands ? at->second : kept_.end();
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
