// `simulate people|service|cohort`: synthetic people with known truth, as tables. The same
// seed gives the same bytes.

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/knowledge_option.h"
#include "app/simulate_rows.h"

namespace evenkeel::app {
namespace {

enum class What { people, service, cohort };

struct Options {
    What what = What::people;
    std::uint64_t seed = 1;
    int n = 120;
    int weeks = 26;
    std::string start = "2026-01-05";
    std::string truth, knowledge;
    OutputOptions output;
};

Status write_truth(const Options& options, const std::vector<simulate::SimulatedPerson>& people,
                   const Surroundings& at) {
    if (options.truth.empty()) return Done{};
    TRY(const auto written,
        write_report(truth_of(people), {.json = false, .csv = true, .out = options.truth}, at));
    EK_ASSERT(written == Exit::done);
    return Done{};
}

Result<Exit> run_service(const Options& options, const simulate::PeopleSettings& settings,
                         SeededRandom& random, const Surroundings& at) {
    TRY(const auto known, load_named_knowledge(options.knowledge, at));
    record::OrganisationState organisation;
    record::Context context{
        .now = settings.start,
        .instrument = [&](std::string_view id) { return known.instrument(id); },
        .instrument_hash = [&](std::string_view id) { return known.instrument_hash(id); },
        .organisation = organisation,
        .managers = {},
        .solo = false};
    TRY(const auto service, simulate::simulate_service(settings, context, random));
    organisation.settings = service.organisation;
    context.managers = {service.staff.with_role(care::Role::manager).account};
    const Day last =
        local_day(settings.start, settings.zone) + std::chrono::days{7 * settings.weeks};
    TRY(const auto report,
        entries_of(service, instant_of(last, std::chrono::hours{12}, settings.zone), context));
    CHECK_OK(write_truth(options, service.people, at));
    return write_report(report, options.output, at);
}

Result<Exit> simulate_now(const Options& options, const Surroundings& at) {
    const auto start = parse_day(options.start);
    if (!start) {
        return Error{Fault::invalid_input, "--start", "Give a day such as 2026-01-05.", {}};
    }
    simulate::PeopleSettings settings{.n = options.n, .weeks = options.weeks};
    settings.start = instant_of(*start, std::chrono::hours{0}, settings.zone);
    SeededRandom random{options.seed};
    if (options.what == What::service) return run_service(options, settings, random, at);
    // A cohort is measured for as long as it is: nobody's episode is shorter.
    if (options.what == What::cohort) settings.weeks_min = settings.weeks;
    const auto staff = simulate::simulated_staff(settings.start, random);
    const auto people = simulate::simulate_people(settings, staff, random);
    CHECK_OK(write_truth(options, people, at));
    const auto content =
        options.what == What::cohort ? Content::questionnaires : Content::everything;
    return write_report(said_by(people, content), options.output, at);
}

Action declared(CLI::App& command, What what) {
    auto options = std::make_shared<Options>();
    options->what = what;
    if (what == What::service) options->weeks = 78;  // eighteen months
    command.add_option("--seed", options->seed, "The same seed gives the same bytes")
        ->capture_default_str();
    command.add_option("--n", options->n, "People")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command.add_option("--weeks", options->weeks, "Of the longest episode")
        ->check(CLI::Range(1, 520))
        ->capture_default_str();
    command.add_option("--start", options->start, "First day")->capture_default_str();
    command.add_option("--truth", options->truth, "Writes what is true of them, as CSV")
        ->type_name("FILE");
    if (what == What::service) declare_knowledge(command, options->knowledge);
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return simulate_now(*options, at); };
}

}  // namespace

Action simulate_people_command(CLI::App& command) {
    return declared(command, What::people);
}
Action simulate_service_command(CLI::App& command) {
    return declared(command, What::service);
}
Action simulate_cohort_command(CLI::App& command) {
    return declared(command, What::cohort);
}

}  // namespace evenkeel::app
