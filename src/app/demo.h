#pragma once
// The demonstration: a made-up service written into an empty record, so that every screen
// has something true to its rules to show.

#include <string_view>
#include <vector>

#include "base/random.h"
#include "care/role.h"
#include "simulate/demo.h"
#include "store/keeper.h"

namespace evenkeel::app {

// One for all demo accounts; printed by `serve --demo`. Never used outside the demo.
inline constexpr std::string_view demo_password = "evenkeel-demo";

struct DemoSignIn {
    std::string_view email;
    care::Role role;
    std::string_view says;  // whose it is and what to see there
};

std::vector<DemoSignIn> demo_sign_ins();

// Writes organisation, crisis contacts, accounts and people. Times are relative to `now`.
// Fails with conflict when the record holds people or accounts already: the demonstration
// never mixes with real ones. `caseload` as in simulate/demo.h.
Status seed_demo(store::Keeper&, Random&, Instant now,
                 std::size_t caseload = simulate::demo_caseload);

}  // namespace evenkeel::app
