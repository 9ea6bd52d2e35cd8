#include "store/detail/projecting.h"

namespace evenkeel::store::detail {
namespace {

using record::PersonState;

// Seals the numbers of the entries since the last snapshot; returns the state at `until`.
Result<StoredState> take_snapshot(Writing& writing, const Held<PersonState>& held,
                                  std::uint64_t until) {
    const Id& stream = held.state.id;
    const bool is_newest = held.state.seq == until;
    PersonState state;
    if (!is_newest) {
        // Entries behind the snapshot came in the same transaction: fold up to it.
        const Standing last{.seq = held.snapshot, .snapshot = held.snapshot};
        TRY(auto earlier, read_state<PersonState>(writing, stream, last));
        state = std::move(earlier.state);
    }
    TRY(const auto entries, writing.entries(stream, held.snapshot, until - held.snapshot));
    Series numbers;
    for (const auto& each : entries) {
        TRY(const auto entry, entry_of(each));
        add_numbers(numbers, entry);
        if (!is_newest) record::apply(state, entry);
    }
    for (const auto& [series, points] : numbers) {
        CHECK_OK(writing.append_numbers(stream, series, points));
    }
    return StoredState{until, exchange::to_json(is_newest ? held.state : state)};
}

}  // namespace

Projection rows_of(const record::PersonState& state) {
    Projection out;
    for (const auto& each : record::relations_of(state)) {
        out.relations.push_back({.person = state.id,
                                 .staff = each.staff,
                                 .role = std::string(name_of(each.role)),
                                 .basis = std::string(name_of(each.basis)),
                                 .since = each.since,
                                 .until = each.until});
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
    if (const auto& referral = state.referral) {
        out.referral = ReferralRow{.person = state.id,
                                   .stage = std::string(name_of(referral->stage)),
                                   .received_at = referral->received_at,
                                   .accepted_at = referral->accepted_at,
                                   .ended_at = referral->ended_at};
    }
    return out;
}

void add_numbers(Series& series, const record::Entry& entry) {
    for (const auto& number : record::numbers_of(entry)) {
        series[number.series].push_back({entry.effective_at, number.value});
    }
}

Status project(Writing& writing, Held<PersonState>& held,
               const std::optional<Projection>& standing) {
    Projection projection = rows_of(held.state);
    const std::uint64_t until = snapshot_until(held.state.seq);
    // It never changes: once is enough, and a record of an earlier version gets it here.
    if (held.snapshot == 0 || until > held.snapshot) {
        projection.paper_reference = held.state.person.reference;
    }
    if (until > held.snapshot) {
        TRY(projection.state, take_snapshot(writing, held, until));
        held.snapshot = until;
        held.bytes = projection.state->bytes.size();
    }
    CHECK_OK(writing.put_projection(held.state.id, projection, standing ? &*standing : nullptr));
    held.rows_stand = true;
    return Done{};
}

}  // namespace evenkeel::store::detail
