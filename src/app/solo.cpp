#include "app/solo.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "knowledge/crisis_seeds.h"
#include "store/one_time_code.h"

namespace evenkeel::app {
namespace {

using care::Role;

constexpr std::string_view solo_email = "me@localhost";

// The system's zone, as /etc/localtime or TZ name it; UTC when they do not.
std::string system_zone() {
    if (const char* named = std::getenv("TZ"); named != nullptr && is_zone(named)) return named;
    std::error_code unreadable;
    const auto link = std::filesystem::read_symlink("/etc/localtime", unreadable).string();
    const auto at = link.find("zoneinfo/");
    if (at != std::string::npos && is_zone(link.substr(at + 9))) return link.substr(at + 9);
    return "Etc/UTC";
}

// The country of a zone, as the system's zone table says: "GB", "DE"; "" when unknown.
std::string country_of(const std::string& zone) {
    std::ifstream table("/usr/share/zoneinfo/zone.tab");
    for (std::string line; std::getline(table, line);) {
        std::istringstream columns(line);
        std::string country;
        std::string place;
        std::string name;
        if (columns >> country >> place >> name && name == zone) return country;
    }
    return {};
}

// Numbers to begin with; each says that nobody has checked it yet.
Status add_contacts(web::Site& site, const std::string& country, const store::AuditRow& audit) {
    TRY(auto contacts, knowledge::crisis_seeds(site.knowledge.folder, country));
    if (contacts.empty()) return Done{};
    for (auto& each : contacts) each.note = "Not checked yet on this machine.";
    const care::CrisisContactsSet set{.region = country,
                                      .owner = "Nobody yet",
                                      .checked_on = Day{std::chrono::year{1970} / 1 / 1},
                                      .contacts = std::move(contacts)};
    TRY(const auto written, site.keeper.write_organisation(set, {Id{}, Role::system}, audit));
    return Done{};
}

record::Command command(const Id& person, record::Body body, Instant now, const std::string& zone) {
    store::SystemRandom random;
    return {.id = new_id(now, random),
            .stream = person,
            .body = std::move(body),
            .effective_at = now,
            .zone = zone,
            .author = {Id{}, Role::system}};
}

Status make_record(web::Site& site, const std::string& zone, Instant now) {
    store::SystemRandom random;
    const Id person = new_id(now, random);
    care::EpisodeOpened terms;
    terms.therapy = "";
    terms.questionnaire = "phq-8";
    const store::Account account{.id = new_id(now, random),
                                 .role = "client",
                                 .person = person,
                                 .name = "Me",
                                 .email = std::string(solo_email)};
    const store::AuditRow audit{.at = now, .action = "solo.made", .outcome = "allowed"};
    TRY(const auto organisation,
        site.keeper.write_organisation(
            care::OrganisationSet{.name = "Evenkeel", .zone = zone, .region = ""},
            {Id{}, Role::system}, audit));
    CHECK_OK(add_contacts(site, country_of(zone), audit));
    TRY(const auto receipts,
        site.keeper.write_all(
            {command(person, care::PersonRegistered{.name = "Me", .zone = zone}, now, zone),
             command(person, terms, now, zone)},
            audit, [&](store::Writing& writing) { return writing.put_account(account); }));
    return Done{};
}

}  // namespace

Result<std::optional<std::string>> make_solo_ready(web::Site& site) {
    const Instant now = site.clock.now();
    TRY(const auto organisation, site.keeper.organisation());
    if (!organisation.settings) CHECK_OK(make_record(site, system_zone(), now));
    std::optional<std::string> code;
    CHECK_OK(site.store.write([&](store::Writing& writing) -> Status {
        TRY(const auto account, writing.account_by_email(solo_email));
        if (!account || account->password_hash) return Done{};
        store::SystemRandom random;
        code = store::new_one_time_code(random);
        return writing.put_invitation({store::one_time_code_hash(site.vault, *code), account->id,
                                       now + store::one_time_code_lives, false});
    }));
    return code;
}

}  // namespace evenkeel::app
