#pragma once
// The people of the demonstration: a caseload that is alive whenever it is started.
//
// Every person, score and word is made up. Times are relative to `now`: today's answers,
// today's meetings, and a past in which the simulated staff worked off every signal, so
// that what is open today is what the demonstration is about.

#include <string>
#include <vector>

#include "simulate/service.h"

namespace evenkeel::simulate {

struct DemoClient {
    Id person;
    Id account;  // nil: does not sign in
    std::string name;
    std::string email;
    Id therapist;                           // nil: waits for one
    std::vector<record::Command> commands;  // in order of time, up to `now`
};

struct Demo {
    Staff staff;
    StaffMember supporter;  // of the demo client
    std::vector<DemoClient> clients;
};

inline constexpr std::string_view demo_zone = "Europe/London";

// The demo client, whose story the pictures show; no signal of hers is open.
inline constexpr std::string_view demo_client_name = "Maya Lindqvist";

// When the staff joined, before every episode.
Instant demo_joined(Instant now);

// How many people each therapist has.
inline constexpr std::size_t demo_caseload = 60;

// The people of a table, then simulated ones until each therapist has `caseload`.
// `context`: with the organisation's settings (simulated_organisation) and instruments.
// Fails only where the instruments of the demo (phq-9, gad-7) are missing.
Result<Demo> demo_people(Staff, record::Context, Instant now, Random&,
                         std::size_t caseload = demo_caseload);

}  // namespace evenkeel::simulate
