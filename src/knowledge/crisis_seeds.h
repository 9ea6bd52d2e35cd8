#pragma once
// Crisis numbers to begin with, for one person alone: a clinic enters and checks its
// own. None of them was checked by whoever runs this machine, and the screens say so.

#include <filesystem>
#include <string_view>
#include <vector>

#include "care/organisation.h"

namespace evenkeel::knowledge {

// The contacts for an ISO 3166 country, from knowledge/crisis_contacts.json; empty for
// a country that is not in the list. Fails with unavailable or invalid_input (the file
// does not hold together, every fault named).
Result<std::vector<care::CrisisContact>> crisis_seeds(const std::filesystem::path& folder,
                                                      std::string_view country);

}  // namespace evenkeel::knowledge
