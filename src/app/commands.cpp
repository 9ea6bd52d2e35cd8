#include "app/commands.h"

#include <array>

namespace evenkeel::app {

std::span<const Subcommand> subcommands() {
    static constexpr std::array table{
        Subcommand{"measure", "list", "The questionnaires this program knows", measure_list},
        Subcommand{"measure", "show", "One questionnaire: items, scoring, sources", measure_show},
        Subcommand{"measure", "score", "Scores of a table of answers", measure_score},
        Subcommand{"measure", "reliability", "Alpha, omega and item statistics of a table",
                   measure_reliability},
        Subcommand{"measure", "fit-grm", "Fit a graded response model", measure_fit_grm},
        Subcommand{"measure", "score-grm", "Severities by a graded response model",
                   measure_score_grm},
        Subcommand{"measure", "information", "How much items tell at each severity",
                   measure_information},
        Subcommand{"measure", "short-form", "Which item to ask next, until it is precise enough",
                   measure_short_form},
        Subcommand{"measure", "change", "Reliable and clinically significant change",
                   measure_change},
        Subcommand{"evidence", "meta", "Pool effects of studies, or explain their differences",
                   evidence_meta},
        Subcommand{"evidence", "network", "Compare many treatments through a network of trials",
                   evidence_network},
        Subcommand{"course", "growth", "Growth of many people: a linear mixed model",
                   course_growth},
        Subcommand{"course", "survival", "Time to an event: Kaplan-Meier, log-rank",
                   course_survival},
        Subcommand{"course", "cox", "Time to an event by characteristics: Cox regression",
                   course_cox},
        Subcommand{"course", "control", "A control chart on a personal baseline", course_control},
        Subcommand{"course", "arl", "The average run length of a control chart", course_arl},
        Subcommand{"course", "design", "The limit that gives a run length", course_design},
        Subcommand{"course", "changepoints", "Where level or spread changed", course_change_points},
        Subcommand{"course", "early-warning", "Rolling indicators and their tendency",
                   course_early_warning},
        Subcommand{"", "serve", "Open the record and answer", serve_command},
        Subcommand{"simulate", "people", "Synthetic people: check-ins and questionnaires",
                   simulate_people_command},
        Subcommand{"simulate", "service", "A synthetic service's whole record",
                   simulate_service_command},
        Subcommand{"simulate", "cohort", "Synthetic people: questionnaires alone, equal length",
                   simulate_cohort_command},
        Subcommand{"", "init", "A new service: folder, keys, record, settings", init},
        Subcommand{"user", "add", "An account for a member of staff", user_add},
        Subcommand{"user", "list", "The accounts of staff", user_list},
        Subcommand{"user", "disable", "Close an account and sign it out", user_disable},
        Subcommand{"user", "code", "A new one-time code for an account", user_code},
        Subcommand{"crisis-contacts", "import", "The region's crisis numbers",
                   crisis_contacts_import},
        Subcommand{"", "verify", "Whether every chain of the record holds", verify},
        Subcommand{"", "rebuild", "Derive everything derived anew", rebuild},
        Subcommand{"", "backup", "A checked copy of the record, while it is in use", backup},
        Subcommand{"", "restore", "Put a backup back, or try it out", restore},
        Subcommand{"", "export", "Everything about one person, readable", export_command},
        Subcommand{"", "erase", "Make one person's record unreadable for good", erase},
        Subcommand{"", "rotate-keys", "A new service secret", rotate_keys},
        Subcommand{"", "import", "People and their answers from a table", import_command},
        Subcommand{"", "check", "Whether the knowledge and the service are fit to rely on", check},
        Subcommand{"", "version", "Version, commit, compiler and libraries", version_command},
    };
    return table;
}

}  // namespace evenkeel::app
