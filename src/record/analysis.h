#pragma once
// A person's series out of the state, and what the methods say of them.
//
// Of a diary only what is shared with the care team goes in: what a person keeps to herself
// must not show in a number either. All is of the episode that runs, since the methods
// compare with its beginning.

#include "guidance/findings.h"
#include "record/decide.h"

namespace evenkeel::record {

// "mood" and "sleep_hours", one value a day: the last one said.
std::vector<guidance::Series> diary_of(const PersonState&);
// "score.<instrument>": its totals.
guidance::Series scores_of(const PersonState&, const measures::Instrument&);
std::vector<std::string> questionnaires_of(const PersonState&);

// The entry to write when answers or the diary are due; nothing: not yet.
std::vector<Entry> look_at_scores(const PersonState&, const Id& answers, const Context&);
std::vector<Entry> look_at_diary(const PersonState&, const Context&);

// Everything anew: the entry to write, or nothing where the same stands already. Answers
// and a diary that wait for their own look are left out; a diary that is overdue is done.
std::optional<Entry> refreshed(const PersonState&, const Context&);

}  // namespace evenkeel::record
