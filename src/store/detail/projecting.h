#pragma once
// What stands beside a stream's entries, and how it follows from them.
//
// The rows that others look for (relations, signals, due work) follow at each entry. What
// is sealed as a whole, the state and the newest number blocks, grows with the years;
// sealing it at each entry cost more than all else together. It is sealed at every 16th
// entry: a snapshot. Whoever reads takes the snapshot and folds in the entries since. When
// a snapshot is taken is a function of the seq alone, so that a rebuild gives the same
// bytes.

#include <map>
#include <vector>

#include "record/state.h"
#include "store/codec.h"
#include "store/detail/state_cache.h"

namespace evenkeel::store::detail {

// Reading a person anew folds 8 entries on average. The organisation's settings change
// rarely and are read at each decision: each of its entries is a snapshot.
inline constexpr std::uint64_t entries_per_snapshot = 16;
constexpr std::uint64_t snapshot_until(std::uint64_t seq) {
    return seq - seq % entries_per_snapshot;
}

// The state as the newest entry left it.
template <class State>
Result<Held<State>> read_state(Reading& reading, const Id& stream, const Standing& standing) {
    Held<State> held{.state = {}, .snapshot = standing.snapshot, .rebuilds = standing.rebuilds};
    TRY(const auto snapshot, reading.state(stream));
    if (snapshot && !snapshot->bytes.empty()) {
        TRY(held.state, exchange::read_json<State>(snapshot->bytes));
        held.bytes = snapshot->bytes.size();
    }
    if constexpr (requires { held.state.id; }) held.state.id = stream;
    if (held.state.seq == standing.seq) return held;
    TRY(const auto entries, reading.entries(stream, held.state.seq));
    for (const auto& each : entries) {
        TRY(const auto entry, entry_of(each));
        record::apply(held.state, entry);
        held.bytes += each.body.size();
    }
    return held;
}

// A person's numbers by series, in the order of the entries.
using Series = std::map<std::string, std::vector<NumberPoint>>;
void add_numbers(Series&, const record::Entry&);

// The rows that follow from the state; without the state itself.
Projection rows_of(const record::PersonState&);

// Puts the rows and, when one is due, the snapshot with its numbers. `standing`: the rows
// before, where they are known.
Status project(Writing&, Held<record::PersonState>&, const std::optional<Projection>& standing);

}  // namespace evenkeel::store::detail
