#pragma once
// What changed, as sentences: the score against an earlier one, in words that say
// whether it could be chance.
//
// Method: the instrument's published reliable-change threshold (measures/
// reliable_change.h); without one the sentence says that chance cannot be told.

#include <optional>
#include <vector>

#include "care/sentence.h"
#include "measures/instrument.h"

namespace evenkeel::guidance {

struct TimedScore {
    Instant at{};
    double total = 0;
};

// change.better_than_chance | worse_than_chance | could_be_chance | unknown_chance,
// with from, to, since; change.first_score with total when there is no earlier one.
care::Sentence change_of_score(std::optional<TimedScore> earlier, TimedScore now,
                               const measures::Instrument&);

struct NightHours {
    Day day{};
    double hours = 0;
};

// Mean sleep of the last seven days against the seven before: change.sleep with hours
// and before. None with fewer than three nights in either week, or less than half an
// hour's difference.
std::optional<care::Sentence> change_of_sleep(const std::vector<NightHours>&, Day today);

// change.hard_days with count and days, for the last seven days; none below two.
std::optional<care::Sentence> hard_days(const std::vector<Day>&, Day today);

}  // namespace evenkeel::guidance
