#include "service.h"

#include <fmt/format.h>
#include <liboath/oath.h>

#include "documented.h"
#include "knowledge/load.h"

namespace evenkeel::api {
namespace {

namespace fs = std::filesystem;
using care::Role;

const knowledge::Knowledge& known() {
    static const auto all =
        must(knowledge::load_knowledge(fs::path{EVENKEEL_SOURCE_DIR} / "knowledge"));
    return all;
}

// Hashed once: it costs what it must.
const std::string& password_hash() {
    static const std::string hash = store::hash_password(password);
    return hash;
}

store::AuditRow audited(std::string action) {
    return {.action = std::move(action), .outcome = "allowed"};
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    for (const auto& [each, value] : headers) {
        if (each == name) return value;
    }
    return {};
}

std::string Answer::cookie() const {
    const auto line = header("Set-Cookie");
    return line.substr(0, line.find(';'));
}

Service::Service(web::SiteSettings settings) {
    vault = must(store::Vault::open(folder.path()));
    store = must(store::Store::open(folder.path(), *vault));
    keeper = std::make_unique<store::Keeper>(
        *store,
        store::Instruments{[](std::string_view id) { return known().instrument(id); },
                           [](std::string_view id) { return known().instrument_hash(id); },
                           &known().rules,
                           [](std::string_view id) { return known().support_tool(id); }},
        clock, settings.solo);
    site.reset(new web::Site{.vault = *vault,
                             .store = *store,
                             .keeper = *keeper,
                             .knowledge = known(),
                             .clock = clock,
                             .hub = hub,
                             .settings = settings});
    application = std::make_unique<web::Application>(*site, "test");
    anna = fresh();
    ben = fresh();
    open_service();
}

Service::~Service() {
    application.reset();
    site.reset();
    keeper.reset();
    store.reset();
    vault.reset();
}

void Service::open_service() {
    add_account("client_a", Role::client, anna);
    add_account("client_b", Role::client, ben);
    add_account("supporter", Role::supporter);
    for (const auto each : {"therapist_a", "therapist_b", "no_factor", "disabled"}) {
        add_account(each, Role::therapist);
    }
    add_account("co_leader", Role::group_co_leader);
    add_account("supervisor", Role::supervisor);
    add_account("prescriber", Role::prescriber);
    add_account("specialist", Role::specialist);
    add_account("duty", Role::duty_clinician);
    add_account("manager", Role::manager);
    add_account("administrator", Role::administrator);

    care::OrganisationSet settings{.name = "Service", .zone = "Europe/London", .region = "GB"};
    for (const auto day : {care::Weekday::mon, care::Weekday::tue, care::Weekday::wed,
                           care::Weekday::thu, care::Weekday::fri}) {
        settings.hours.push_back({day, "09:00", "17:00"});
    }
    settings.duty = {{id_of("duty"), clock.at - std::chrono::days{9},
                      clock.at + std::chrono::days{90}, std::nullopt}};
    must(keeper->write_organisation(settings, {}, audited("write.organisation")));
    add_person(anna, "Anna Berg", 10417);
    add_person(ben, "Ben Carter", 20431);
    relate(anna, "therapist_a", Role::therapist);
    relate(ben, "therapist_b", Role::therapist);
    relate(anna, "supporter", Role::supporter);
    relate(anna, "co_leader", Role::group_co_leader);
    relate(anna, "supervisor", Role::supervisor);
    relate(anna, "prescriber", Role::prescriber);
    relate(anna, "specialist", Role::specialist);
    relate(anna, "disabled", Role::therapist);
    relate(anna, "no_factor", Role::therapist);
}

void Service::add_account(std::string_view caller, Role role, std::optional<Id> person) {
    store::Account account{.id = fresh(),
                           .role = std::string(name_of(role)),
                           .person = person,
                           .active = caller != "disabled",
                           .name = std::string(caller),
                           .email = std::string(caller) + "@example.org",
                           .password_hash = password_hash()};
    if (care::is_staff(role) && caller != "no_factor") {
        account.second_factor = vault->seal_for_service("second_factor", "GEZDGNBVGY3TQOJQ");
    }
    ids_[std::string(caller)] = account.id;
    must(store->write([&](store::Writing& writing) { return writing.put_account(account); }));
}

void Service::add_person(const Id& person, std::string_view name, int number) {
    care::EpisodeOpened terms;
    terms.therapy = "CBT";
    terms.questionnaire = "phq-9";
    write_for_team(person, care::PersonRegistered{.name = std::string(name),
                                                  .reference = fmt::format("EK-{}", number),
                                                  .zone = "Europe/London"});
    write_for_team(person, terms);
}

void Service::write_for_team(const Id& person, record::Body body) {
    must(keeper->write({.id = fresh(),
                        .stream = person,
                        .body = std::move(body),
                        .effective_at = clock.at,
                        .zone = "Europe/London",
                        .supersedes = {},
                        .author = {id_of("therapist_a"), Role::therapist}},
                       audited("write.for_team")));
}

void Service::relate(const Id& person, std::string_view staff, Role role, bool ended) {
    if (ended) return write_for_team(person, care::RelationEnded{id_of(staff), role});
    write_for_team(person, care::RelationStarted{{id_of(staff), role}});
}

void Service::set_crisis_contacts() {
    must(keeper->write_organisation(
        care::CrisisContactsSet{.region = "GB",
                                .owner = "Duty desk",
                                .checked_on = local_day(clock.at, "Europe/London"),
                                .contacts = {{.name = "Emergency",
                                              .number = "999",
                                              .kind = care::ContactKind::emergency}}},
        {}, audited("write.crisis_contacts")));
}

void Service::disable(std::string_view caller) {
    must(keeper->switch_off(id_of(caller), audited("write.account_disabled")));
}

std::string Service::session(std::string_view caller) {
    if (caller == "signed_out") return {};
    const auto token = to_string(fresh());
    const bool staff = caller != "client_a" && caller != "client_b" && caller != "supporter";
    must(store->write([&](store::Writing& writing) {
        return writing.put_session({.token_hash = vault->lookup_hash("session:" + token),
                                    .account = id_of(caller),
                                    .created = clock.at,
                                    .last_seen = clock.at,
                                    .expires = clock.at + std::chrono::hours{12},
                                    .device_is_mine = false,
                                    .second_factor_passed = staff});
    }));
    return "evenkeel=" + token;
}

web::Request Service::request(std::string_view cookie, web::Method method, const std::string& path,
                              const std::string& body) {
    web::Request out;
    out.method = method;
    const auto question = path.find('?');
    out.path = path.substr(0, question);
    if (question != std::string::npos) {
        const auto pair = path.substr(question + 1);
        const auto equals = pair.find('=');
        out.query[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    if (!cookie.empty()) out.headers.add("cookie", std::string(cookie));
    out.headers.add("x-evenkeel", "1");
    if (!body.empty()) out.headers.add("content-type", "application/json");
    out.body = body;
    ++asked_;
    out.peer = fmt::format("10.{}.{}.{}", asked_ >> 16 & 255, asked_ >> 8 & 255, asked_ & 255);
    return out;
}

Answer Service::send(web::Request asked) {
    auto response = application->answer(asked);
    expect_documented(*application, asked, response);
    Answer out{.status = response.status, .body = response.body, .headers = response.headers};
    if (out.body.empty()) out.body = std::string(response.embedded);
    return out;
}

Answer Service::ask(std::string_view caller, web::Method method, const std::string& path,
                    const std::string& body) {
    return send(request(session(caller), method, path, body));
}

std::string Service::entry(std::string_view kind, const std::string& body, const Id& id,
                           const std::string& more) const {
    const auto now = to_string(clock.at);
    return fmt::format(
        R"({{"id":"{}","kind":"{}","effective_at":"{}","zone":"Europe/London","sent_at":"{}",)"
        R"({}"body":{}}})",
        to_string(id), kind, now, now, more, body);
}

std::vector<store::AuditRow> Service::audit_of(const Id& person) {
    std::vector<store::AuditRow> rows;
    must(store->read([&](store::Reading& reading) -> Status {
        TRY(rows, reading.audit_of_person(person, 1000));
        return Done{};
    }));
    return rows;
}

void Service::expect_sound() {
    for (const auto& each : must(store->verify()).problems) {
        ADD_FAILURE() << each.where << ": " << each.message;
    }
    for (const auto& each : must(keeper->rebuild())) ADD_FAILURE() << to_string(each);
}

std::string code_at(const std::string& secret, Instant at) {
    char* raw = nullptr;
    std::size_t size = 0;
    EXPECT_EQ(oath_base32_decode(secret.data(), secret.size(), &raw, &size), OATH_OK);
    std::array<char, 7> code{};
    const auto step = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count() / 30);
    EXPECT_EQ(
        oath_hotp_generate(raw, size, step, 6, false, OATH_HOTP_DYNAMIC_TRUNCATION, code.data()),
        OATH_OK);
    std::free(raw);
    return code.data();
}

std::string nine(int each, const std::string& ninth) {
    std::string list;
    for (int i = 0; i < 8; ++i) list += std::to_string(each) + ",";
    return R"({"instrument":"phq-9","answers":[)" + list + ninth + "]}";
}

}  // namespace evenkeel::api
