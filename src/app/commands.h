#pragma once
// The subcommands: each in a file of its own, named like it.

#include "app/command.h"

namespace evenkeel::app {

Action measure_list(CLI::App&);
Action measure_show(CLI::App&);
Action measure_score(CLI::App&);
Action measure_reliability(CLI::App&);
Action measure_fit_grm(CLI::App&);
Action measure_score_grm(CLI::App&);
Action measure_information(CLI::App&);
Action measure_short_form(CLI::App&);
Action measure_change(CLI::App&);
Action evidence_meta(CLI::App&);
Action evidence_network(CLI::App&);
Action evidence_rules(CLI::App&);
Action course_growth(CLI::App&);
Action course_survival(CLI::App&);
Action course_cox(CLI::App&);
Action course_control(CLI::App&);
Action course_arl(CLI::App&);
Action course_design(CLI::App&);
Action course_change_points(CLI::App&);
Action course_early_warning(CLI::App&);
Action course_gains(CLI::App&);
Action course_expected(CLI::App&);
Action course_network(CLI::App&);
Action course_multilevel_var(CLI::App&);
Action course_forecast(CLI::App&);
Action simulate_people_command(CLI::App&);
Action simulate_service_command(CLI::App&);
Action simulate_cohort_command(CLI::App&);
Action init(CLI::App&);
Action import_command(CLI::App&);
Action check(CLI::App&);
Action serve_command(CLI::App&);
Action user_add(CLI::App&);
Action user_list(CLI::App&);
Action user_disable(CLI::App&);
Action user_code(CLI::App&);
Action crisis_contacts_import(CLI::App&);
Action verify(CLI::App&);
Action rebuild(CLI::App&);
Action refresh(CLI::App&);
Action backup(CLI::App&);
Action restore(CLI::App&);
Action export_command(CLI::App&);
Action erase(CLI::App&);
Action rotate_keys(CLI::App&);
Action version_command(CLI::App&);

}  // namespace evenkeel::app
