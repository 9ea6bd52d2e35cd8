#pragma once
// "Where to start": how to ask for care, as one page that needs no script and no sign-in.
//
// It stands on the paper of the help page. Help is its first link; what was written stays in
// the fields when something is missing.

#include <map>
#include <string>

#include "record/state.h"

namespace evenkeel::web {

// What the form holds, and what is missing: "/phone" -> what to do.
struct StartForm {
    std::string id;  // made with the page, so that sending twice is sending once
    std::map<std::string, std::string> fields;
    std::map<std::string, std::string> faults;
};

std::string start_page(const record::OrganisationState&, const StartForm&, Instant now);

enum class Known { now, before_with_other_words };
// After sending. `help`: the numbers stand first.
std::string started_page(const record::OrganisationState&, bool help, Known, Instant now);

}  // namespace evenkeel::web
