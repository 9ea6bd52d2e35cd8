#include "app/service_check.h"

#include <fmt/format.h>

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;

// A backup every night and a drill four times a year, each with some grace.
constexpr days backup_every{2};
constexpr days drill_every{100};
constexpr std::uintmax_t least_free_bytes = std::uintmax_t{100} << 20;
constexpr std::uintmax_t wanted_free_bytes = std::uintmax_t{1} << 30;

Json text_or_null(const std::optional<std::string>& text) {
    return text ? Json{*text} : Json{};
}

void check_contacts(const record::OrganisationState& state, Instant now, ServiceFindings& found) {
    if (!state.contacts) {
        found.must.push_back({"crisis-contacts",
                              "There are no crisis contacts. Enter them with: evenkeel "
                              "crisis-contacts import FILE."});
        return;
    }
    const auto& contacts = *state.contacts;
    const int every = state.settings ? state.settings->escalation.contacts_check_days
                                     : care::Escalation{}.contacts_check_days;
    const Day due = contacts.checked_on + days{every};
    found.facts.emplace_back("contacts_checked_on", Json{to_string(contacts.checked_on)});
    found.facts.emplace_back("contacts_check_due", Json{to_string(due)});
    if (due < std::chrono::floor<days>(now)) {
        found.must.push_back({"crisis-contacts",
                              fmt::format("The crisis contacts were to be checked by {}. Dial each "
                                          "number, then import them with the day.",
                                          to_string(due))});
    }
    if (state.settings && state.settings->region != contacts.region) {
        found.must.push_back({"crisis-contacts",
                              fmt::format("The service's region is {}, its crisis contacts are for "
                                          "{}.",
                                          state.settings->region, contacts.region)});
    }
}

Status check_note(ServiceData& data, const char* name, std::optional<days> every,
                  std::string_view what, ServiceFindings& found) {
    TRY(const auto last, noted(*data.store, name));
    std::optional<std::string> text;
    if (last) text = to_string(*last);
    found.facts.emplace_back(name, text_or_null(text));
    if (!last) {
        found.advice.push_back(fmt::format("There was no {} yet.", what));
    } else if (every && *last + *every < data.clock.now()) {
        found.advice.push_back(fmt::format("The last {} was on {}.", what, text->substr(0, 10)));
    }
    return Done{};
}

void check_disk(const fs::path& folder, ServiceFindings& found) {
    std::error_code failed;
    const auto space = fs::space(folder, failed);
    if (failed) {
        found.must.push_back({folder.string(), "The free space of this disk cannot be seen."});
        return;
    }
    found.facts.emplace_back("free_bytes", Json{static_cast<std::int64_t>(space.available)});
    if (space.available < least_free_bytes) {
        found.must.push_back({folder.string(), "Less than 100 MiB are free on this disk."});
    } else if (space.available < wanted_free_bytes) {
        found.advice.emplace_back("Less than 1 GiB is free on the disk of the record.");
    }
}

void check_modes(const fs::path& folder, ServiceFindings& found) {
    constexpr auto others = fs::perms::group_all | fs::perms::others_all;
    std::error_code failed;
    for (const auto& path : {folder, folder / "service.key", folder / "vault.db"}) {
        const auto mode = fs::status(path, failed).permissions();
        if (!failed && (mode & others) == fs::perms::none) continue;
        found.must.push_back(
            {path.string(),
             fmt::format("Others can reach this. Mend it with: chmod go= {}", path.string())});
    }
}

}  // namespace

Result<ServiceFindings> check_service(const DataOptions& options) {
    ServiceFindings found;
    check_modes(options.folder, found);
    TRY(const auto data, open_service(options));
    check_disk(data->folder, found);
    TRY(const auto organisation, data->keeper->organisation());
    if (organisation.settings) {
        Faults faults;
        care::check(*organisation.settings, faults);
        found.must.insert(found.must.end(), faults.all().begin(), faults.all().end());
        if (organisation.settings->hours.empty()) {
            found.advice.emplace_back(
                "No service hours are set, so every minute counts towards what falls due.");
        }
    } else {
        found.must.push_back({"organisation", "The service has no settings. Run evenkeel init."});
    }
    check_contacts(organisation, data->clock.now(), found);
    CHECK_OK(check_note(*data, "last_backup", backup_every, "backup", found));
    CHECK_OK(check_note(*data, "last_key_copy", {}, "copy of the keys", found));
    CHECK_OK(check_note(*data, "last_restore_drill", drill_every, "restore drill", found));
    return found;
}

}  // namespace evenkeel::app
