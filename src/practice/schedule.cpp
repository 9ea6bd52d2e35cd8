#include "practice/schedule.h"

#include <algorithm>

#include "base/result.h"

namespace evenkeel::practice {

Day questionnaire_due_from(Day episode_began, const std::vector<Day>& answered, int every_days) {
    EK_ASSERT(every_days >= 1);
    if (answered.empty()) return episode_began;
    return *std::max_element(answered.begin(), answered.end()) + std::chrono::days{every_days};
}

}  // namespace evenkeel::practice
