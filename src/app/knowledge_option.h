#pragma once
// --knowledge DIR, and the folder beside the program when it is not given.

#include <string>

#include "app/command.h"
#include "knowledge/load.h"
#include "measures/instrument.h"

namespace evenkeel::app {

void declare_knowledge(CLI::App&, std::string& folder);

// Fails as find_knowledge_folder() and load_knowledge() do.
Result<knowledge::Knowledge> load_named_knowledge(const std::string& folder, const Surroundings&);

// Fails with not_found, naming the ids there are.
Result<const measures::Instrument*> instrument_named(const knowledge::Knowledge&,
                                                     const std::string& id);

}  // namespace evenkeel::app
