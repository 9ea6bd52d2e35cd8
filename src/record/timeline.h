#pragma once
// One person's past, decided as it would have been while it happened: each command at
// its own time, and between two commands whatever fell due, at the time it fell due.
//
// Simulation and demonstrations need a past in which signals were raised, escalated and
// closed when they would have been. Pure, like everything it calls. A real import does
// not come this way: what is imported today is recorded today.

#include <span>

#include "record/decide.h"

namespace evenkeel::record {

// When the next thing falls due; may lie in the past. A diary is no such thing: see below.
std::optional<Instant> next_due(const PersonState&);

// Applies what falls due up to and including `until`; returns the entries. `context.now`
// says from when on.
Result<std::vector<Entry>> fall_due(PersonState&, Instant until, Context);

// Decides `command` at its own effective_at and applies what follows from it. Fails as
// decide() does; then the state is unchanged.
Result<std::vector<Entry>> happen(PersonState&, const Command&, Context);

// Both, for commands in order of effective_at, then up to `until`. The diary is looked at
// once, at the end: what it would have said in each night of a past that nobody lived
// through would be a number that nobody saw. Fails with
// invalid_input (where = "/<index>") when the order is not kept.
Result<std::vector<Entry>> live_through(PersonState&, std::span<const Command>, Instant until,
                                        Context);

}  // namespace evenkeel::record
