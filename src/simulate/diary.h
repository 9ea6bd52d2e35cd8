#pragma once
// What would a person of a given severity say in today's check-in?
//
// Limits: made up to look believable (mood, sleep and activity move with severity, some
// questions are skipped, hard days are one tap). Nothing here is an estimate.

#include "base/clock.h"
#include "practice/check_in.h"

namespace evenkeel {
class Random;
}

namespace evenkeel::simulate {

// How someone reports. All are probabilities.
struct ReportingHabit {
    double checks_in = 0.75;         // on a day
    double answers_question = 0.85;  // each question of a check-in
    double writes = 0.12;            // a few words
    double taps_hard = 0.5;          // on a bad day, one tap in place of the questions
    double keeps_to_self = 0.05;     // visible to the person alone
    double answers_questionnaire = 0.9;
};

// What a person's latent state is on one day.
struct DayState {
    double theta = 0;  // severity
    double sleep_hours = 7;
};

practice::CheckIn draw_check_in(const DayState&, const ReportingHabit&, Random&);

// A time of day at which people write: mornings and evenings, never at night.
std::chrono::minutes draw_writing_time(Random&);

}  // namespace evenkeel::simulate
