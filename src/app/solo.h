#pragma once
// For one person alone: the same record without a clinic.
//
// Nobody reads the answers, so the questionnaire is the PHQ-8 and no signal is raised;
// help is shown all the same.

#include <optional>
#include <string>

#include "web/site.h"

namespace evenkeel::app {

// Makes the record of the one person when it is empty. Returns a one-time code to set
// the password with, as long as none was set. Fails as the store does.
Result<std::optional<std::string>> make_solo_ready(web::Site&);

}  // namespace evenkeel::app
