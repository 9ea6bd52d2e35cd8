#pragma once
// Who the people of the demonstration are and how they are getting on, as a table.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "care/person.h"

namespace evenkeel::simulate {

// What is special about today.
enum class Today {
    as_any_day,
    risk_answer,        // item 9 "several days" this morning, not read yet
    hard_day_thoughts,  // "yes, or I am not sure" after "Today is hard"
    asked_for_contact,
    worse,   // by more than chance, seen, in work
    silent,  // seen, tried to reach
    demo_client,
    not_on_track,   // hardly lower at the review point, not read yet
    watch_paused,   // takes a break from the watch
    came_back,      // asked this morning to come back into care
    early_warning,  // in the watch, low for a week
};

inline constexpr int not_answered = -1;

struct Story {
    std::string_view name;
    std::string_view reference;
    std::string_view born;
    care::Pronoun pronoun = care::Pronoun::they;
    std::string_view therapy;
    int planned_meetings = 16;
    std::vector<int> totals = {};           // PHQ-9, one a week, the last one latest
    int last_answer_days = 3;               // ago
    double checks_in = 0.7;                 // on a day
    int last_check_in_days = 0;             // ago; nothing after it
    std::optional<int> meets_in_days = {};  // next meeting; 0 = today
    std::string_view meets_at = "10:30";
    care::Place place = care::Place::in_person;
    Today today = Today::as_any_day;
    std::optional<int> discharged_week = {};  // into the watch, after the answer of that week
};

// The caseload of one therapist of the demonstration.
const std::vector<Story>& stories_of_lee();
const std::vector<Story>& stories_of_osei();

}  // namespace evenkeel::simulate
