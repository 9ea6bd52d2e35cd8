#include "store/detail/rebuild.h"

#include <algorithm>

#include "store/detail/projecting.h"

namespace evenkeel::store::detail {
namespace {

// Everything that stands beside the entries of one stream.
struct Derived {
    Projection projection;
    Series numbers;
};

// The same rows in the order in which the store reads them.
Projection in_order(Projection projection) {
    const auto relation = [](const RelationRow& row) {
        return std::tie(row.person, row.staff, row.role, row.basis, row.since);
    };
    const auto due = [](const DueRow& row) { return std::tie(row.kind, row.ref, row.due_at); };
    std::ranges::sort(projection.relations, {}, relation);
    std::ranges::sort(projection.signals, {}, &SignalRow::id);
    std::ranges::sort(projection.dues, {}, due);
    const auto doubled = std::ranges::unique(projection.dues);
    projection.dues.erase(doubled.begin(), doubled.end());
    return projection;
}

bool same(const Projection& a, const Projection& b) {
    return a.state == b.state && a.relations == b.relations && a.signals == b.signals &&
           a.dues == b.dues && a.referral == b.referral;
}

bool is_found_by(Writing& writing, const Id& stream, const std::string& reference) {
    if (reference.empty()) return true;
    const auto people = writing.people_by_paper_reference(reference);
    return people.ok() && std::ranges::find(people.value(), stream) != people.value().end();
}

// What cannot be opened differs.
bool stands(Writing& writing, const Id& stream, const Derived& wanted) {
    const auto standing = writing.projection(stream);
    if (!standing.ok() || !same(standing.value(), in_order(wanted.projection))) return false;
    const auto reference = wanted.projection.paper_reference.value_or("");
    if (!is_found_by(writing, stream, reference)) return false;
    return std::ranges::all_of(wanted.numbers, [&](const auto& series) {
        auto by_time = series.second;
        std::ranges::stable_sort(by_time, {}, &NumberPoint::at);
        const auto there = writing.numbers(stream, series.first);
        return there.ok() && there.value() == by_time;
    });
}

// Puts everything anew; false when the same stood there.
Result<bool> replace(Writing& writing, const Id& stream, const Derived& wanted) {
    const bool differed = !stands(writing, stream, wanted);
    CHECK_OK(writing.drop_snapshot(stream));
    for (const auto& [name, points] : wanted.numbers) {
        CHECK_OK(writing.append_numbers(stream, name, points));
    }
    CHECK_OK(writing.put_projection(stream, wanted.projection));
    if (differed) CHECK_OK(writing.count_rebuild());
    return differed;
}

Result<Derived> derived_of_person(const Id& stream, const std::vector<StoredEntry>& entries) {
    record::PersonState state;
    state.id = stream;
    const std::uint64_t until = snapshot_until(entries.size());
    Series numbers;
    std::optional<StoredState> snapshot;
    for (const auto& each : entries) {
        TRY(const auto entry, entry_of(each));
        record::apply(state, entry);
        if (entry.seq <= until) add_numbers(numbers, entry);
        if (entry.seq == until) snapshot = StoredState{until, exchange::to_json(state)};
    }
    Derived out{rows_of(state), std::move(numbers)};
    out.projection.paper_reference = state.person.reference;
    out.projection.state = std::move(snapshot);
    return out;
}

Result<Derived> derived_of_organisation(const std::vector<StoredEntry>& entries) {
    record::OrganisationState state;
    for (const auto& each : entries) {
        TRY(const auto entry, entry_of(each));
        record::apply(state, entry);
    }
    return Derived{{.state = StoredState{state.seq, exchange::to_json(state)}}, {}};
}

Result<bool> rebuild_stream(Writing& writing, const Id& stream, const Id& organisation_stream) {
    const auto entries = writing.entries(stream);
    if (!entries.ok() && entries.error().fault == Fault::not_found) {
        // Erased: a tombstone without content.
        return replace(writing, stream, {tombstone(), {}});
    }
    if (!entries.ok()) return entries.error();
    TRY(const auto wanted, stream == organisation_stream
                               ? derived_of_organisation(entries.value())
                               : derived_of_person(stream, entries.value()));
    return replace(writing, stream, wanted);
}

}  // namespace

Result<std::vector<Id>> rebuild_projections(Store& store, const Id& organisation_stream) {
    std::vector<Id> streams;
    CHECK_OK(store.read([&](Reading& reading) -> Status {
        TRY(streams, reading.streams());
        return Done{};
    }));
    std::vector<Id> changed;
    for (const Id& stream : streams) {
        bool differed = false;
        CHECK_OK(store.write([&](Writing& writing) -> Status {
            TRY(differed, rebuild_stream(writing, stream, organisation_stream));
            return Done{};
        }));
        if (differed) changed.push_back(stream);
    }
    return changed;
}

}  // namespace evenkeel::store::detail
