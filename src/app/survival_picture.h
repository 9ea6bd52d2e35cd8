#pragma once
// Kaplan-Meier curves as SVG.

#include <string>
#include <vector>

#include "course/survival.h"

namespace evenkeel::app {

// One step curve for each group, told apart by dashes, with a label beside it; the interval as a
// band when there is one group alone.
std::string survival_picture(const course::Survival&, const std::vector<std::string>& groups,
                             const std::string& time_label);

}  // namespace evenkeel::app
