#include "app/commands.h"

#include <array>

namespace evenkeel::app {

std::span<const Subcommand> subcommands() {
    static constexpr std::array table{
        Subcommand{"measure", "list", "The questionnaires this program knows", measure_list},
        Subcommand{"measure", "show", "One questionnaire: items, scoring, sources", measure_show},
        Subcommand{"measure", "score", "Scores of a table of answers", measure_score},
        Subcommand{"", "serve", "Open the record and answer", serve_command},
        Subcommand{"simulate", "people", "Synthetic people: check-ins and questionnaires",
                   simulate_people_command},
        Subcommand{"simulate", "service", "A synthetic service's whole record",
                   simulate_service_command},
        Subcommand{"simulate", "cohort", "Synthetic people: questionnaires alone, equal length",
                   simulate_cohort_command},
        Subcommand{"", "check", "Whether the knowledge folder holds together", check},
        Subcommand{"", "version", "Version, commit, compiler and libraries", version_command},
    };
    return table;
}

}  // namespace evenkeel::app
