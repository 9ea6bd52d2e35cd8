#pragma once
// The courses of people who never were, for a demonstration that must show what a grown
// service shows. Whatever is computed from them says that they are simulated.

#include <string_view>
#include <vector>

#include "base/random.h"
#include "course/expected_response.h"

namespace evenkeel::simulate {

// Weekly totals of a questionnaire that simulated_items() knows, by courses drawn with
// course_shares; times in days.
std::vector<course::ScoreRecord> simulated_archive(std::string_view instrument, int people,
                                                   int weeks, Random&);

}  // namespace evenkeel::simulate
