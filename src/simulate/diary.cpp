#include "simulate/diary.h"

#include <algorithm>
#include <cmath>

#include "simulate/draw.h"

namespace evenkeel::simulate {
namespace {

constexpr auto activities =
    std::to_array<std::string_view>({"walk", "outside", "people", "call", "cook", "home", "work",
                                     "sport", "music", "read", "make", "rest"});

constexpr auto on_bad_days = std::to_array<std::string_view>(
    {"Could not get going.", "Slept badly again.", "Everything takes so long.",
     "Did not answer anyone today.", "Dread before Mondays.", "Too tired to cook."});
constexpr auto on_other_days = std::to_array<std::string_view>(
    {"The walk helped a little.", "Rang my sister.", "Work was all right.",
     "Cooked for the first time this week.", "Quiet day. That was fine.", "Saw a friend."});

// From severity to one of five choices; `sign` +1 when more of it is worse.
int rating(double theta, double sign, Random& random) {
    const double level = 2 + sign * (theta - 0.8) * 1.1 + normal(random, 0, 0.55);
    return static_cast<int>(std::clamp(std::lround(level), 0L, 4L));
}

}  // namespace

practice::CheckIn draw_check_in(const DayState& day, const ReportingHabit& habit, Random& random) {
    practice::CheckIn out;
    out.visible_to = chance(random, habit.keeps_to_self) ? practice::Visibility::me
                                                         : practice::Visibility::care_team;
    const double today = day.theta + normal(random, 0, 0.35);
    const bool bad = today > 1.75;
    if (bad && chance(random, habit.taps_hard)) {
        out.hard = true;
        return out;
    }
    const auto ask = [&](std::optional<int>& field, double sign) {
        if (chance(random, habit.answers_question)) field = rating(today, sign, random);
    };
    ask(out.mood, -1);
    ask(out.energy, -1);
    ask(out.sleep, -1);
    ask(out.interest, -1);
    if (chance(random, 0.4)) ask(out.anxiety, +1);
    if (chance(random, 0.3)) ask(out.rumination, +1);
    if (chance(random, habit.answers_question)) {
        const double hours = day.sleep_hours + normal(random, 0, 0.7);
        out.sleep_hours = std::clamp(std::round(hours * 2) / 2, 1.0, 12.0);
    }
    const double per_activity = std::clamp(0.32 - 0.1 * today, 0.03, 0.4);
    for (const auto each : activities) {
        if (chance(random, per_activity)) out.activities.emplace_back(each);
    }
    if (chance(random, habit.writes)) {
        out.text = std::string(bad ? one_of(random, on_bad_days) : one_of(random, on_other_days));
        out.to_talk_about = bad && chance(random, 0.4);
    }
    return out;
}

std::chrono::minutes draw_writing_time(Random& random) {
    const bool morning = chance(random, 0.4);
    return std::chrono::minutes{static_cast<int>(morning ? between(random, 6.8 * 60, 9.5 * 60)
                                                         : between(random, 17.5 * 60, 22.2 * 60))};
}

}  // namespace evenkeel::simulate
