#pragma once
// Synthetic people and a whole synthetic service, with the truth behind them kept aside:
// it is handed back beside the record and never stands in it.
//
// The same settings and seed give the same people, and the first of ten are the first of a
// hundred: every person has a generator of their own.

#include "simulate/chronicle.h"
#include "simulate/course.h"
#include "simulate/diary.h"

namespace evenkeel::simulate {

// How an episode looks at its end, `weeks` after `start`.
enum class Ending {
    as_it_comes,
    // A quiet last fortnight: what was raised is long dealt with and nothing new comes up.
    settled,
};

struct PeopleSettings {
    int n = 120;        // people, > 0
    int weeks = 26;     // of the longest episode, > 0
    int weeks_min = 8;  // episodes differ in length; never more than `weeks`
    Instant start{};    // first possible opening
    std::string zone = "Europe/London";
    std::string reference = "SIM-1";  // before the four digits of a running number
    Ending ending = Ending::as_it_comes;
};

// What is true of a person, whatever was reported.
struct Truth {
    SeverityCourse course;
    ReportingHabit habit;
    Day first_day{};
    std::vector<Day> days_without_check_in;
    std::vector<Instant> questionnaires_missed;
    int safety_answers = 0;           // item 9 at 1 or more
    std::optional<Day> silent_from;   // stops writing from here on
    std::optional<Day> silent_until;  // and writes again, where somebody does
    std::optional<Day> watched_from;  // the first day of relapse watch
};

struct SimulatedPerson {
    Registered registered;
    Truth truth;
    std::vector<record::Command> commands;  // in order of time
};

// A person of that therapist, the index-th: registration, episode, meetings, check-ins,
// weekly PHQ-9, GAD-7 every fourth week, a safety plan, now and then "please call me".
// Therapy that has helped goes over into relapse watch with fewer questions and meetings;
// who falls ill again comes back to therapy. Nobody has reacted to anything yet.
SimulatedPerson simulate_person(const PeopleSettings&, const Staff&, const Id& therapist, int index,
                                Random&);

// People of all therapists, in turn.
std::vector<SimulatedPerson> simulate_people(const PeopleSettings&, const Staff&, Random&);

struct SimulatedService {
    Staff staff;
    care::OrganisationSet organisation;
    care::CrisisContactsSet contacts;
    std::vector<SimulatedPerson> people;      // with what the staff did woven in
    std::vector<record::PersonState> states;  // where each life led, in the same order
};

// `context`: instruments; its organisation is not looked at. Fails only when an
// instrument that is asked for is missing.
Result<SimulatedService> simulate_service(const PeopleSettings&, const record::Context&, Random&);

}  // namespace evenkeel::simulate
