// evenkeel init: a data folder with keys, an empty record and the service's settings.

#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/report.h"
#include "app/service_data.h"
#include "exchange/input.h"
#include "exchange/toml.h"

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;

struct Options {
    DataOptions data;
    OutputOptions output;
    std::string settings, name, zone, region;
    std::vector<std::string> hours;
};

// "mon-fri 09:00-17:00" or "sat 10:00-12:00".
void read_hours(const std::string& text, std::vector<care::ServiceDay>& out, Faults& faults) {
    const auto space = text.find(' ');
    const auto days = text.substr(0, space);
    const auto times = space == std::string::npos ? "" : text.substr(space + 1);
    const auto first = enum_named<care::Weekday>(days.substr(0, 3));
    const auto last = days.size() == 7 && days[3] == '-'
                          ? enum_named<care::Weekday>(days.substr(4))
                          : (days.size() == 3 ? first : std::nullopt);
    if (!first || !last || *last < *first || times.size() != 11 || times[5] != '-') {
        faults.add("--hours", fmt::format("\"{}\" is not such as \"mon-fri 09:00-17:00\".", text));
        return;
    }
    for (const auto& [day, unused] : enum_names(care::Weekday{})) {
        if (day < *first || day > *last) continue;
        out.push_back({day, times.substr(0, 5), times.substr(6)});
    }
}

Result<care::OrganisationSet> from_file(const std::string& file) {
    TRY(const auto text, exchange::read_input(file));
    const bool is_json = text.find_first_not_of(" \t\r\n") != std::string::npos &&
                         text[text.find_first_not_of(" \t\r\n")] == '{';
    TRY(const auto tree, is_json ? exchange::parse_json(text) : exchange::parse_toml(text));
    return exchange::read_json<care::OrganisationSet>(tree);
}

Result<care::OrganisationSet> settings_of(const Options& options) {
    Faults faults;
    care::OrganisationSet settings;
    if (!options.settings.empty()) {
        auto read = from_file(options.settings);
        if (!read.ok()) return read.error();
        settings = std::move(read).value();
    }
    // A flag goes over the file.
    if (!options.name.empty()) settings.name = options.name;
    if (!options.zone.empty()) settings.zone = options.zone;
    if (!options.region.empty()) settings.region = options.region;
    if (!options.hours.empty()) settings.hours.clear();
    for (const auto& each : options.hours) read_hours(each, settings.hours, faults);
    if (settings.name.empty()) faults.add("--name", "Give the name of the service.");
    if (settings.region.empty()) {
        faults.add("--region", "Give the region whose crisis contacts apply, such as GB.");
    }
    care::check(settings, faults);
    if (!faults.none()) return faults.error();
    return settings;
}

Status make_folder(const fs::path& folder) {
    std::error_code failed;
    if (has_keys(folder) || has_record(folder)) {
        return Error{Fault::conflict,
                     folder.string(),
                     "A service is in this folder already. Choose another with --data.",
                     {}};
    }
    fs::create_directories(folder, failed);
    if (!failed) fs::permissions(folder, fs::perms::owner_all, failed);
    if (failed) {
        return Error{Fault::unavailable, folder.string(), "This folder could not be made.", {}};
    }
    return Done{};
}

Result<Exit> run_init(const Options& options, const Surroundings& at) {
    TRY(const auto settings, settings_of(options));
    TRY(const auto phrase, passphrase(options.data));
    ::umask(0077);
    const fs::path folder = options.data.folder;
    CHECK_OK(make_folder(folder));
    {
        TRY(const auto vault, store::Vault::open(folder, phrase));
        TRY(const auto store, store::Store::open(folder, *vault));
    }
    TRY(const auto data, open_service(options.data));
    TRY(const auto state,
        data->keeper->write_organisation(settings, {}, audit_row(data->clock, "system.init")));
    Report report;
    report.method = "Keys, an empty record and the settings of the service.";
    report.source = folder.string();
    report.n = 1;
    report.has_rows = false;
    report.footnotes = false;
    report.more = {{"data", {folder.string()}},
                   {"name", {state.settings->name}},
                   {"zone", {state.settings->zone}},
                   {"region", {state.settings->region}},
                   {"passphrase", {phrase.has_value()}}};
    report.warnings = {"Next: evenkeel crisis-contacts import FILE; evenkeel user add.",
                       "Copy the keys to another disk: evenkeel backup FILE --keys KEYFILE."};
    return write_report(report, options.output, at);
}

}  // namespace

Action init(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_output(command, options->output);
    command.add_option("--settings", options->settings, "TOML or JSON with the fields below")
        ->type_name("FILE");
    command.add_option("--name", options->name, "The service's name");
    command.add_option("--zone", options->zone, "Its time zone, such as Europe/London");
    command.add_option("--region", options->region, "Whose crisis contacts apply, such as GB");
    command.add_option("--hours", options->hours, "\"mon-fri 09:00-17:00\"; repeatable")
        ->allow_extra_args(false);
    return [options](const Surroundings& at) { return run_init(*options, at); };
}

}  // namespace evenkeel::app
