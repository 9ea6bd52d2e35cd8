#include "record/timeline.h"

#include <algorithm>

namespace evenkeel::record {
namespace {

void apply_in_order(PersonState& state, std::vector<Entry>& entries) {
    for (auto& entry : entries) {
        entry.seq = state.seq + 1;
        apply(state, entry);
    }
}

void move_to(std::vector<Entry>& from, std::vector<Entry>& to) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
}

std::optional<Due> first_due(const PersonState& state) {
    std::optional<Due> first;
    for (const auto& each : dues(state)) {
        if (each.kind == DueKind::diary) continue;  // see live_through
        if (!first || each.at < first->at) first = each;
    }
    return first;
}

Result<std::vector<Entry>> look_at_diary(PersonState& state, Instant until, Context context) {
    std::vector<Entry> out;
    for (const auto& each : dues(state)) {
        if (each.kind != DueKind::diary || each.at > until) continue;
        context.now = std::max(context.now, each.at);
        TRY(out, decide_due(state, each, context));
    }
    apply_in_order(state, out);
    return out;
}

}  // namespace

std::optional<Instant> next_due(const PersonState& state) {
    const auto first = first_due(state);
    return first ? std::optional{first->at} : std::nullopt;
}

Result<std::vector<Entry>> fall_due(PersonState& state, Instant until, Context context) {
    std::vector<Entry> out;
    while (const auto due = first_due(state)) {
        if (due->at > until) break;
        context.now = std::max(context.now, due->at);
        TRY(auto entries, decide_due(state, *due, context));
        // Nothing to do any more although it is due: the service would try again later.
        if (entries.empty()) break;
        apply_in_order(state, entries);
        move_to(entries, out);
    }
    return out;
}

Result<std::vector<Entry>> happen(PersonState& state, const Command& command, Context context) {
    context.now = command.effective_at;
    TRY(auto decision, decide(state, command, context));
    apply_in_order(state, decision.entries);
    return std::move(decision.entries);
}

Result<std::vector<Entry>> live_through(PersonState& state, std::span<const Command> commands,
                                        Instant until, Context context) {
    std::vector<Entry> out;
    if (!commands.empty()) context.now = commands.front().effective_at;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const auto& command = commands[i];
        if (command.effective_at < context.now) {
            return Error{Fault::invalid_input,
                         "/" + std::to_string(i),
                         "Commands of a past must stand in the order of their time.",
                         {}};
        }
        TRY(auto due, fall_due(state, command.effective_at, context));
        move_to(due, out);
        TRY(auto happened, happen(state, command, context));
        move_to(happened, out);
        context.now = command.effective_at;
    }
    TRY(auto due, fall_due(state, until, context));
    move_to(due, out);
    TRY(auto diary, look_at_diary(state, until, context));
    move_to(diary, out);
    return out;
}

}  // namespace evenkeel::record
