#pragma once
// How does severity move over an episode of care? Six kinds of course, as known truth
// against which estimates can be judged.
//
// Limits: shapes and sizes are simulated, not estimated. A course is the smooth part plus
// a first-order autoregression from day to day.

#include <vector>

#include "base/describe.h"
#include "base/random.h"

namespace evenkeel::simulate {

enum class CourseKind { response, partial_response, no_response, relapse, sudden_gain, worsening };
constexpr auto enum_names(CourseKind) {
    return std::to_array<std::pair<CourseKind, std::string_view>>(
        {{CourseKind::response, "response"},
         {CourseKind::partial_response, "partial_response"},
         {CourseKind::no_response, "no_response"},
         {CourseKind::relapse, "relapse"},
         {CourseKind::sudden_gain, "sudden_gain"},
         {CourseKind::worsening, "worsening"}});
}

// Shares with which the kinds are drawn; they sum to 1.
inline constexpr auto course_shares = std::to_array<double>({0.32, 0.25, 0.18, 0.10, 0.09, 0.06});

struct SeverityCourse {
    CourseKind kind = CourseKind::response;
    std::vector<double> theta;       // one for each day, 0 = the middle of the community
    std::optional<int> gain_day;     // sudden_gain: the day of the gain
    std::optional<int> relapse_day;  // relapse: the day on which it begins
};

CourseKind draw_course_kind(Random&);
// `days` > 0.
SeverityCourse draw_course(CourseKind, int days, Random&);

}  // namespace evenkeel::simulate
