#pragma once
// When is the questionnaire due?
//
// By calendar days of the person's own zone, so that daylight saving and travel move
// nothing. After a gap it is due once, not once for each week that was missed.

#include <vector>

#include "base/clock.h"

namespace evenkeel::practice {

// The day from which it is due: the day the episode began, or `every_days` after the
// last day on which it was answered. `answered` need not be in order. every_days >= 1.
Day questionnaire_due_from(Day episode_began, const std::vector<Day>& answered, int every_days);

}  // namespace evenkeel::practice
