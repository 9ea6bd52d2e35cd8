#include "store/detail/projecting.h"

#include <algorithm>
#include <map>

#include "store/codec.h"

namespace evenkeel::store::detail {
namespace {

using record::Entry;

// The same rows in the order in which the store reads them.
Projection in_order(Projection projection) {
    const auto relation = [](const RelationRow& row) {
        return std::tie(row.person, row.staff, row.role, row.since);
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
    return a.state.seq == b.state.seq && a.state.bytes == b.state.bytes &&
           a.relations == b.relations && a.signals == b.signals && a.dues == b.dues;
}

// Puts the projection; false when the same stood there. What cannot be opened differs.
Result<bool> replace(Writing& writing, const Id& stream, const Projection& wanted) {
    const auto standing = writing.projection(stream);
    const bool differed = !standing.ok() || !same(standing.value(), in_order(wanted));
    CHECK_OK(writing.put_projection(stream, wanted));
    return differed;
}

using Series = std::map<std::string, std::vector<NumberPoint>>;

// Puts the numbers anew; false when the same stood there.
Result<bool> replace_numbers(Writing& writing, const Id& stream, Series wanted) {
    bool differed = false;
    for (auto& [name, points] : wanted) {
        const auto standing = writing.numbers(stream, name);
        auto by_time = points;
        std::ranges::stable_sort(by_time, {}, &NumberPoint::at);
        differed = differed || !standing.ok() || standing.value() != by_time;
    }
    CHECK_OK(writing.drop_numbers(stream));
    for (const auto& [name, points] : wanted) {
        for (const auto& point : points) {
            CHECK_OK(writing.append_number(stream, name, point));
        }
    }
    return differed;
}

Result<bool> rebuild_person(Writing& writing, const Id& stream,
                            const std::vector<StoredEntry>& entries) {
    record::PersonState state;
    state.id = stream;
    Series numbers;
    for (const auto& each : entries) {
        TRY(const Entry entry, entry_of(each));
        record::apply(state, entry);
        for (const auto& number : record::numbers_of(entry)) {
            numbers[number.series].push_back({entry.effective_at, number.value});
        }
    }
    TRY(const bool numbers_differed, replace_numbers(writing, stream, std::move(numbers)));
    TRY(const bool differed, replace(writing, stream, projection_of(state)));
    return differed || numbers_differed;
}

Result<bool> rebuild_organisation(Writing& writing, const Id& stream,
                                  const std::vector<StoredEntry>& entries) {
    record::OrganisationState state;
    for (const auto& each : entries) {
        TRY(const Entry entry, entry_of(each));
        record::apply(state, entry);
    }
    return replace(writing, stream, {.state = {state.seq, exchange::to_json(state)}});
}

Result<bool> rebuild_stream(Writing& writing, const Id& stream, const Id& organisation_stream) {
    const auto entries = writing.entries(stream);
    if (!entries.ok() && entries.error().fault == Fault::not_found) {
        // Erased: a tombstone without content.
        CHECK_OK(writing.drop_numbers(stream));
        return replace(writing, stream, Projection{});
    }
    if (!entries.ok()) return entries.error();
    if (stream == organisation_stream) {
        return rebuild_organisation(writing, stream, entries.value());
    }
    return rebuild_person(writing, stream, entries.value());
}

}  // namespace

Projection projection_of(const record::PersonState& state) {
    Projection out{.state = {state.seq, exchange::to_json(state)}};
    for (const auto& each : state.relations) {
        out.relations.push_back(
            {state.id, each.staff, std::string(name_of(each.role)), each.since, each.until});
    }
    for (const auto& each : state.signals) {
        out.signals.push_back({.id = each.raised.signal,
                               .person = state.id,
                               .kind = std::string(name_of(each.kind())),
                               .tier = std::string(name_of(care::tier_of(each.kind()))),
                               .state = std::string(name_of(each.life)),
                               .owner = each.owner,
                               .escalation = each.escalation,
                               .raised_at = each.raised_at,
                               .due_at = each.due.value_or(each.raised.due)});
    }
    for (const auto& each : record::dues(state)) {
        out.dues.push_back({state.id, std::string(name_of(each.kind)), each.ref, each.at});
    }
    return out;
}

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
