#pragma once
// The subcommands: each in a file of its own, named like it.

#include "app/command.h"

namespace evenkeel::app {

Action measure_list(CLI::App&);
Action measure_show(CLI::App&);
Action measure_score(CLI::App&);
Action simulate_people_command(CLI::App&);
Action simulate_service_command(CLI::App&);
Action simulate_cohort_command(CLI::App&);
Action check(CLI::App&);
Action serve_command(CLI::App&);
Action version_command(CLI::App&);

}  // namespace evenkeel::app
