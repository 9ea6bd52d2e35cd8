#pragma once
// Care, watch and back: what may follow what, how often something is asked in which phase, and
// what in the watch calls a person.
//
// Sources: clinical-reference sections 2 and 8. A relapse alert is a score at caseness and worse by
// more than chance than in remission, confirmed by a second one (after Ali 2017; to be verified by
// a clinician). An early warning is statistics of the diary alone, and is worded so.

#include "record/signals.h"

namespace evenkeel::record {

// Every fault named, with what to do about it.
Status check_opening(const PersonState&);
Status check_plan_version(const PersonState&, const std::optional<Id>& supersedes);
Status check_discharge(const PersonState&, const care::Discharged&);
Status check_change(const PersonState&, const care::WatchChanged&, care::Role, const Context&);
Status check_return(const PersonState&);

// What an empty or half-written plan still needs before a watch can stand on it.
Faults missing_of(const care::RelapseParts&);

// The watch that runs at that time, paused or not; the end of it.
bool in_watch(const PersonState&, Instant);
Instant watch_ends(const EpisodeState&);
bool is_paused(const PersonState&, Instant);

// The days between two questionnaires; none where none is asked: while the person pauses, or has
// left. A score that may be a relapse is looked at again a week
// later.
std::optional<std::chrono::days> asked_every(const PersonState&, Instant);

// Half of what is silence: the agreed check-ins in care, the questionnaire in the watch.
std::chrono::days heard_every(const PersonState&, Instant);

// From when on silence is counted; none: it is not.
std::optional<Instant> silence_counts_from(const PersonState&);

inline constexpr std::chrono::days confirmed_after_min{5}, confirmed_after_max{14};

// The newest answers confirm a score that came 5 to 14 days before: both at least moderate and
// worse by more than chance than the mean of the last two in remission. Remission is the lowest
// band of the questionnaire.
std::optional<NewSignal> relapse_alert(const PersonState&, const Id& answers,
                                       const measures::Instrument&);

// The diary moved against the person's own limits, or springs back more slowly.
std::optional<NewSignal> early_warning(const PersonState&, const practice::FindingsComputed&,
                                       const Context&);

// What falls due of both: the agreed time of the watch is over; nothing was heard for twice the
// interval. Nothing: not yet.
std::vector<Entry> end_watch(const PersonState&, const Context&);
std::vector<Entry> fall_silent(const PersonState&, const Context&);

NewSignal came_back_signal(const Entry& entry);

}  // namespace evenkeel::record
