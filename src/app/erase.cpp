#include "store/erase.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/report.h"
#include "app/service_data.h"

namespace evenkeel::app {
namespace {

struct Options {
    DataOptions data;
    OutputOptions output;
    std::string person, reason;
    bool yes = false;
};

Result<Exit> run_erase(const Options& options, const Surroundings& at) {
    Faults faults;
    const auto person = parse_id(options.person);
    if (!person)
        faults.add("--person", "Give the person's id, as the caseload's address shows it.");
    if (options.reason.find_first_not_of(' ') == std::string::npos) {
        faults.add("--reason", "Say why, without names.");
    }
    if (!options.yes) {
        faults.add("--yes",
                   "Erasing cannot be taken back, not even from a backup. Repeat the "
                   "command with --yes if this is the right person.");
    }
    if (!faults.none()) return faults.error();
    TRY(const auto data, open_service(options.data));
    TRY(const auto erased,
        store::erase_person(
            *data->store, *data->vault,
            {.person = *person, .reason = options.reason, .at = data->clock.now()}));
    Report report;
    report.method = "The keys of the person's record and account were destroyed.";
    report.source = data->folder.string();
    report.n = erased.entries;
    report.more = {{"person", {options.person}},
                   {"entries_made_unreadable", {static_cast<std::int64_t>(erased.entries)}},
                   {"accounts_closed", {static_cast<std::int64_t>(erased.accounts)}},
                   {"erased_before", {erased.again}}};
    report.columns = {"kept", "why"};
    report.rows = {
        {{"sealed entries"}, {"the chain is verified over them; nobody can open them"}},
        {{"times, kinds and random ids"}, {"they hold the chain together and name nobody"}},
        {{"audit rows"}, {"who read and wrote when is owed to everybody; without content"}},
        {{"the account's id and role"}, {"audit rows point at it; without name and address"}}};
    report.warnings.emplace_back(
        "Replace the copy of the keys now: evenkeel backup FILE --keys KEYFILE. An older copy "
        "still opens older backups.");
    return write_report(report, options.output, at);
}

}  // namespace

Action erase(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_output(command, options->output);
    command.add_option("--person", options->person, "The person's id")->required();
    command.add_option("--reason", options->reason, "Kept in the audit log")->required();
    command.add_flag("--yes", options->yes, "It cannot be taken back, and you know");
    return [options](const Surroundings& at) { return run_erase(*options, at); };
}

}  // namespace evenkeel::app
