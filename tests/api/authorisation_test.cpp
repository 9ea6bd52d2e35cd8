// Goal: every route has a declared answer for every role and relation, and gives it. The
// table is written by hand (routes.csv, access.csv), not taken from the code it checks; a
// route without a row fails. Refusals do not tell whether a record exists.

#include <fmt/format.h>

#include <fstream>
#include <set>
#include <sstream>

#include "service.h"
#include "store/codec.h"

namespace evenkeel::api {
namespace {

using care::Role;
using web::Method;

using Line = std::vector<std::string>;

std::vector<Line> table(const std::string& file) {
    std::ifstream in(std::string(EVENKEEL_SOURCE_DIR) + "/tests/api/" + file);
    std::vector<Line> out;
    for (std::string text; std::getline(in, text);) {
        Line line;
        std::istringstream cells(text);
        for (std::string cell; std::getline(cells, cell, ',');) line.push_back(cell);
        out.push_back(std::move(line));
    }
    EXPECT_GT(out.size(), 1u) << file;
    return out;
}

std::string named(const web::Route& route) {
    return std::string(name_of(route.method)) + " " + route.pattern;
}

std::string path_of(std::string pattern, const Id& person, const Id& other) {
    const auto put = [&](const std::string& name, const std::string& value) {
        const auto at = pattern.find(name);
        if (at != std::string::npos) pattern.replace(at, name.size(), value);
    };
    put("{person}", to_string(person));
    put("{account}", to_string(other));
    put("{signal}", to_string(other));
    put("{instrument}", "phq-9");
    put("{tool}", "not_on_track");
    put("{code}", "ABCD-EFGH-JKLM-NPQR");
    return pattern;
}

// In whose care people come to be on every basis: therapist_a stands in, the specialist is
// assigned, the prescriber opened the record in an emergency, and a signal has come to duty.
// All of it is over for therapist_b, and for the supervisor, who opened it the day before.
Id cara(Service& service) {
    using namespace std::chrono_literals;
    const Id person = service.fresh();
    const auto start = [&](std::string_view caller, Role role, care::Basis basis,
                           std::optional<Instant> until = {}) {
        service.write_for_team(person,
                               care::RelationStarted{{service.id_of(caller), role, basis, until}});
    };
    const auto open = [&](std::string_view caller) {
        const auto body = fmt::format(R"({{"id":"{}","who":"EK-30999","reason":"Police called"}})",
                                      to_string(service.fresh()));
        EXPECT_EQ(service.post(caller, "/api/emergency-access", body).status, 201);
    };
    service.add_person(person, "Cara Dunn", 30999);
    start("therapist_b", Role::therapist, care::Basis::cover, service.clock.at + 1h);
    start("specialist", Role::specialist, care::Basis::assigned);
    open("supervisor");
    service.clock.at += 25h;
    start("therapist_a", Role::therapist, care::Basis::cover, service.clock.at + 48h);
    open("prescriber");
    const auto answers = must(exchange::parse_json(nine(1, "2")));
    must(service.keeper->write({.id = service.fresh(),
                                .stream = person,
                                .body = must(store::body_of_kind("answers", answers)),
                                .effective_at = service.clock.at,
                                .zone = "Europe/London",
                                .supersedes = {},
                                .author = {service.fresh(), Role::client}},
                               {.at = service.clock.at, .action = "write.answers"}));
    service.clock.at += 61min;
    must(service.keeper->work_off());
    return person;
}

bool as_declared(const std::string& declared, Method method, int status) {
    if (declared != "ok") return std::to_string(status) == declared;
    if (status == 401 || status == 403 || status >= 500) return false;
    return method != Method::get || status == 200 || status == 404;
}

TEST(Authorisation, EveryRouteHasARowAndEveryRowARoute) {
    Service service;
    std::set<std::string> declared;
    for (const auto& line : table("routes.csv")) declared.insert(line.at(0));
    declared.erase("route");
    std::set<std::string> real;
    for (const auto& route : service.application->router().routes()) real.insert(named(route));
    EXPECT_EQ(declared, real);
}

TEST(Authorisation, EveryRoleGetsTheDeclaredAnswerOnEveryRoute) {
    Service service;
    const Id nobody = service.fresh();
    const std::map<std::string, Id> records{{"-", nobody},
                                            {"anna", service.anna},
                                            {"ben", service.ben},
                                            {"cara", cara(service)},
                                            {"nobody", nobody}};
    std::map<std::string, std::string> access_of;
    for (const auto& line : table("routes.csv")) access_of[line.at(0)] = line.at(1);
    const auto access = table("access.csv");
    for (std::size_t i = 0; i < callers.size(); ++i) EXPECT_EQ(access[0].at(i + 2), callers[i]);
    std::size_t asked = 0;
    for (const auto& route : service.application->router().routes()) {
        for (const auto& line : access) {
            if (line.at(0) != access_of[named(route)]) continue;
            const auto path = path_of(route.pattern, records.at(line.at(1)), nobody);
            const std::string body = route.method == Method::get ? "" : "{}";
            for (std::size_t i = 0; i < callers.size(); ++i) {
                const auto answer = service.ask(callers[i], route.method, path, body);
                EXPECT_TRUE(as_declared(line.at(i + 2), route.method, answer.status))
                    << callers[i] << " " << named(route) << " on " << line.at(1) << ": "
                    << answer.status << ", declared " << line.at(i + 2) << "\n"
                    << answer.body;
                ++asked;
            }
        }
    }
    EXPECT_GE(asked, 700u);
}

TEST(Authorisation, ARefusalDoesNotTellWhetherTheRecordExists) {
    Service service;
    const Id nobody = service.fresh();
    for (const std::string what : {"/glance", "/course", "/safety-plan", "/export", "/looked"}) {
        for (const auto caller : {"client_a", "therapist_a", "duty", "manager", "supporter"}) {
            const auto there = service.get(caller, "/api/people/" + to_string(service.ben) + what);
            const auto not_there = service.get(caller, "/api/people/" + to_string(nobody) + what);
            const auto no_id = service.get(caller, "/api/people/me" + what);
            EXPECT_EQ(there.status, 403) << caller << what;
            EXPECT_EQ(there.body, not_there.body);
            EXPECT_EQ(there.body, no_id.body);
            EXPECT_EQ(there.headers, not_there.headers);
        }
    }
}

TEST(Authorisation, ARefusedLookIsKeptAndAnAllowedOneShownToThePerson) {
    Service service;
    const auto path = "/api/people/" + to_string(service.anna) + "/glance";
    EXPECT_EQ(service.get("therapist_b", path).status, 403);
    EXPECT_EQ(service.get("client_b", path).status, 403);
    EXPECT_EQ(service.get("therapist_a", path).status, 200);
    std::size_t refused = 0;
    for (const auto& row : service.audit_of(service.anna)) refused += row.outcome == "refused";
    EXPECT_EQ(refused, 2u);
    const auto looked =
        service.get("client_a", "/api/people/" + to_string(service.anna) + "/looked").json();
    const auto* looks = looked.find("looks")->list();
    ASSERT_FALSE(looks->empty());
    EXPECT_EQ(*looks->front().find("who")->text(), "therapist_a");
    EXPECT_EQ(*looks->front().find("what")->text(), "read.glance");
    for (const auto& each : *looks) EXPECT_NE(*each.find("who")->text(), "therapist_b");
}

TEST(Authorisation, AccessEndsWithTheRelation) {
    Service service;
    const auto path = "/api/people/" + to_string(service.anna) + "/glance";
    EXPECT_EQ(service.get("supervisor", path).status, 200);
    service.clock.at += std::chrono::hours{1};
    service.relate(service.anna, "supervisor", Role::supervisor, true);
    EXPECT_EQ(service.get("supervisor", path).status, 403);
    const auto caseload = service.get("supervisor", "/api/caseload");
    EXPECT_EQ(caseload.body.find("Anna Berg"), std::string::npos);
}

TEST(Authorisation, ARelationThatSomebodyWroteForAClientOpensNothing) {
    Service service;
    service.relate(service.anna, "client_b", Role::therapist);
    service.relate(service.anna, "manager", Role::therapist);
    const auto path = "/api/people/" + to_string(service.anna) + "/course";
    EXPECT_EQ(service.get("client_b", path).status, 403);
    EXPECT_EQ(service.get("manager", path).status, 403);
    // And through the front door it cannot be written.
    for (const auto staff : {service.id_of("client_b"), service.id_of("manager"),
                             service.id_of("disabled"), service.fresh()}) {
        const auto body = R"({"staff":")" + to_string(staff) + R"(","role":"therapist"})";
        EXPECT_EQ(
            service.write("therapist_a", service.anna, service.entry("relation_started", body))
                .status,
            422);
    }
}

// Which role may write what to the record of a person it stands in a relation to; @ is an id
// that nothing has, $ that of a clinician.
struct Kind {
    std::string_view kind;
    std::string_view body;
    std::string_view roles;
};
constexpr auto kinds = std::to_array<Kind>({
    {"check_in", R"({"hard":true,"visible_to":"care_team"})", "client_a"},
    {"hard_day_answer", R"({"about":"@","thoughts":"no"})", "client_a"},
    {"contact_request", "{}", "client_a"},
    {"withdrawal", "{}", "client_a"},
    {"safety_plan", R"({"parts":{}})", "client_a therapist_a"},
    {"signal_seen", R"({"signal":"@"})", "therapist_a co_leader supervisor"},
    {"signal_action", R"({"signal":"@","action":"messaged"})", "therapist_a co_leader supervisor"},
    {"meeting_outcome", R"({"meeting":"@","outcome":"attended"})", "therapist_a"},
    {"meeting_planned", R"({"at":"2026-12-01T10:00:00Z","minutes":50,"place":"video"})",
     "therapist_a"},
    {"score_computed",
     R"({"of":"@","instrument":"phq-9","prorated":false,"missing_items":0,)"
     R"("safety_skipped":false,"at_least_moderate":false,"method":"","knowledge":""})",
     ""},
    {"signal_escalated", R"({"signal":"@","owner":"@","level":1})", ""},
    {"relation_started", R"({"staff":"$","role":"prescriber"})", "therapist_a"},
    {"relation_started",
     R"({"staff":"$","role":"prescriber","basis":"cover","until":"2026-12-24T00:00:00Z"})",
     "therapist_a"},
    {"relation_started",
     R"({"staff":"$","role":"duty_clinician","basis":"emergency","reason":"Police called"})", ""},
    {"relation_ended", R"({"staff":"$","role":"prescriber"})", "therapist_a"},
    {"crisis_contacts_checked", R"({"checked_on":"2026-11-24"})", ""},
});

TEST(Authorisation, EveryKindOfEntryIsWrittenByTheDeclaredRolesAlone) {
    Service service;
    const auto other = to_string(service.fresh());
    for (const auto& [kind, pattern, roles] : kinds) {
        std::string body(pattern);
        const auto put = [&](char mark, const std::string& id) {
            for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark)) {
                body.replace(at, 1, id);
            }
        };
        put('@', other);
        put('$', to_string(service.id_of("prescriber")));
        for (const std::string caller : {"client_a", "therapist_a", "co_leader", "supervisor"}) {
            const auto answer = service.write(caller, service.anna, service.entry(kind, body));
            const bool may = roles.find(caller) != std::string_view::npos;
            EXPECT_EQ(answer.status == 403, !may) << caller << " " << kind << " " << answer.body;
            EXPECT_LT(answer.status, 500);
        }
    }
}

TEST(Authorisation, AnotherPersonsIdsInABodyReachNothing) {
    Service service;
    const Id of_ben = service.fresh();
    ASSERT_EQ(service.write("client_b", service.ben, service.entry("answers", nine(1, "2"), of_ben))
                  .status,
              201);
    const Id check_in = service.fresh();
    ASSERT_EQ(service
                  .write("client_b", service.ben,
                         service.entry("check_in", R"({"visible_to":"me"})", check_in))
                  .status,
              201);
    const auto before = exchange::to_json(service.state(service.ben));
    const auto signal = to_string(service.state(service.ben).signals.at(0).raised.signal);
    const auto closed =
        R"({"signal":")" + signal + R"(","action":"messaged","text":"x","judgement":"right"})";
    EXPECT_EQ(
        service.write("therapist_a", service.anna, service.entry("signal_closed", closed)).status,
        404);
    EXPECT_EQ(
        service.write("therapist_a", service.ben, service.entry("signal_closed", closed)).status,
        403);
    const auto supersedes = R"("supersedes":")" + to_string(check_in) + R"(",)";
    const auto taken =
        service.write("client_a", service.anna, service.entry("withdrawal", "{}", supersedes));
    EXPECT_EQ(taken.status, 404) << taken.body;
    EXPECT_NE(taken.body.find("/body/supersedes"), std::string::npos);
    // The id of an entry of Ben's, sent for Anna.
    EXPECT_EQ(service
                  .write("client_a", service.anna,
                         service.entry("check_in", R"({"visible_to":"me"})", check_in))
                  .status,
              409);
    EXPECT_EQ(service
                  .get("client_a", "/api/people/" + to_string(service.anna) +
                                       "/course?person=" + to_string(service.ben))
                  .body.find("Ben"),
              std::string::npos);
    EXPECT_EQ(exchange::to_json(service.state(service.ben)), before);
    service.expect_sound();
}

TEST(Authorisation, ADutyClinicianHasAccessAsLongAsTheEscalatedSignalIsOpen) {
    Service service;
    const auto path = "/api/people/" + to_string(service.anna) + "/glance";
    ASSERT_EQ(
        service.write("client_a", service.anna, service.entry("answers", nine(1, "2"))).status,
        201);
    must(service.keeper->work_off());
    EXPECT_EQ(service.get("duty", path).status, 403);
    service.clock.at += std::chrono::minutes{61};
    must(service.keeper->work_off());
    ASSERT_EQ(service.get("duty", path).status, 200);
    EXPECT_NE(service.get("duty", "/api/caseload").body.find("Anna Berg"), std::string::npos);
    // Access by a signal is for the signal: it gives no lasting relation.
    const auto self =
        R"({"staff":")" + to_string(service.id_of("duty")) + R"(","role":"therapist"})";
    EXPECT_EQ(service.write("duty", service.anna, service.entry("relation_started", self)).status,
              403);
    const auto signal = to_string(service.state(service.anna).signals.at(0).raised.signal);
    const auto close = R"({"signal":")" + signal +
                       R"(","action":"called_spoke","text":"Spoke.","judgement":"right"})";
    EXPECT_EQ(service.write("duty", service.anna, service.entry("signal_closed", close)).status,
              201);
    EXPECT_EQ(service.get("duty", path).status, 403);
    EXPECT_EQ(service.get("duty", "/api/caseload").body.find("Anna Berg"), std::string::npos);
}

TEST(Authorisation, AManagerWhoOwnsAnEscalatedSignalReadsNoRecord) {
    Service service;
    service.write("client_a", service.anna, service.entry("answers", nine(1, "2")));
    for (int i = 0; i < 40; ++i) {
        service.clock.at += std::chrono::hours{1};
        must(service.keeper->work_off());
    }
    EXPECT_EQ(service.state(service.anna).signals.at(0).owner, service.id_of("manager"));
    const auto path = "/api/people/" + to_string(service.anna) + "/glance";
    EXPECT_EQ(service.get("manager", path).status, 403);
    const auto duties = service.get("manager", "/api/duties");
    EXPECT_EQ(duties.status, 200);
    EXPECT_EQ(duties.body.find("Anna"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::api
