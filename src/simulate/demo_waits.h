#pragma once
// Who waits in the demonstration, and how those who no longer wait came.

#include <string_view>
#include <vector>

#include "simulate/chronicle.h"

namespace evenkeel::simulate {

// The same record with a referral and a wait before it. `commands` begin as a Chronicle does.
std::vector<record::Command> after_a_wait(const std::vector<record::Command>& commands,
                                          const Registered&, const Staff&, Random&);

struct WaitingPerson {
    Registered registered;  // the therapist is nil
    std::vector<record::Command> commands;
    bool signs_in = false;  // was accepted, so has an account
    std::string_view known_as = {};
};
std::vector<WaitingPerson> waiting_people(const Staff&, Instant now, Random&);

}  // namespace evenkeel::simulate
