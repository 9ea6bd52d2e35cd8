// Goal: the API document describes what the service does: it names every route, every
// reference in it resolves, and its schemas take what the service takes and refuse what
// has the wrong shape.

#include <nlohmann/json.hpp>
#include <set>

#include "documented.h"
#include "service.h"

namespace evenkeel::api {
namespace {

using nlohmann::json;

class OpenApi : public testing::Test {
  public:
    OpenApi() {
        const auto served = service.get("signed_out", "/api/openapi.json");
        EXPECT_EQ(served.status, 200);
        document = json::parse(served.body);
    }

    // `path` with "/" as "~1".
    bool takes(const std::string& path, const std::string& text) {
        return schema_takes(*service.application,
                            "/paths/" + path + "/requestBody/content/application~1json/schema",
                            text);
    }

    // One request that must succeed; Service::send holds the answer against the document.
    std::string good(std::string_view caller, web::Method method, const std::string& path,
                     const std::string& body = {}) {
        auto asked = service.request(service.session(caller), method, path, body);
        const auto match = service.application->router().match(method, asked.path);
        const auto answer = service.send(asked);
        EXPECT_LT(answer.status, 300) << path << answer.body;
        answered.insert(std::string(name_of(method)) + " " + match.route->pattern);
        return answer.body;
    }
    void ask_about_accounts();
    void make_a_plan(const std::string& anna);
    void ask_about_referrals();
    void ask_about_cover();

    Service service;
    json document;
    std::set<std::string> answered;  // routes
};

void expect_references(const json& document, const json& part) {
    if (part.is_object()) {
        const auto found = part.find("$ref");
        if (found != part.end()) {
            const auto text = found->get<std::string>();
            ASSERT_EQ(text.front(), '#');
            EXPECT_TRUE(document.contains(json::json_pointer(text.substr(1)))) << text;
        }
    }
    if (part.is_structured()) {
        for (const auto& each : part) expect_references(document, each);
    }
}

TEST_F(OpenApi, NamesEveryRouteAndWhoMayUseIt) {
    EXPECT_EQ(document.at("openapi"), "3.1.0");
    std::size_t named = 0;
    for (const auto& route : service.application->router().routes()) {
        std::string method(name_of(route.method));
        for (auto& c : method) c = static_cast<char>(std::tolower(c));
        const auto& path = document.at("paths").at(route.pattern);
        ASSERT_TRUE(path.contains(method)) << route.pattern;
        EXPECT_EQ(path.at(method).at("x-access"), route.access.name);
        ++named;
    }
    std::size_t there = 0;
    for (const auto& path : document.at("paths")) there += path.size();
    EXPECT_EQ(there, named);
}

TEST_F(OpenApi, EveryReferenceResolves) {
    expect_references(document, document);
}

TEST_F(OpenApi, RequestSchemasTakeWhatTheServiceTakesAndRefuseWrongShapes) {
    const std::string entries = "~1api~1people~1{person}~1entries/post";
    EXPECT_TRUE(takes(entries, service.entry("check_in", R"({"visible_to":"me"})")));
    EXPECT_FALSE(takes(entries, service.entry("check_in", R"({"visible_to":"all"})")));
    EXPECT_FALSE(takes(entries, service.entry("score_computed", "{}")));
    for (const auto* bad :
         {"[]", "{}",
          R"({"id":7,"kind":"a","effective_at":"x","zone":"x","sent_at":"x","body":{}})"}) {
        EXPECT_FALSE(takes(entries, bad)) << bad;
    }
    const std::string account = "~1api~1accounts/post";
    EXPECT_TRUE(takes(account, R"({"name":"X","email":"x@e.org","role":"therapist"})"));
    EXPECT_FALSE(takes(account, R"({"name":"","email":"x@e.org","role":"therapist"})"));
    EXPECT_FALSE(takes(account, R"({"name":"X","email":"x@e.org","role":"king"})"));
    EXPECT_FALSE(takes(account, R"({"name":"X","email":"x@e.org","role":"therapist","a":1})"));
    const std::string person = "~1api~1people/post";
    EXPECT_TRUE(takes(person, R"({"name":"X","terms":{"therapy":"","questionnaire":"phq-9",)"
                              R"("questionnaire_every_days":7,"check_in_every_days":2}})"));
    EXPECT_FALSE(takes(person, R"({"name":"X","terms":{"therapy":"","questionnaire":"phq-9",)"
                               R"("questionnaire_every_days":0,"check_in_every_days":2}})"));
}

TEST_F(OpenApi, AnswersAlwaysHaveTheirListsAndSendersMayLeaveThemOut) {
    const auto& schemas = document.at("components").at("schemas");
    const auto requires_field = [&](const std::string& schema, const std::string& field) {
        const auto& all = schemas.at(schema).at("required");
        return std::find(all.begin(), all.end(), field) != all.end();
    };
    EXPECT_TRUE(requires_field("SafetyParts", "signs"));
    EXPECT_FALSE(schemas.at("SafetyPartsSent").contains("required"));
    EXPECT_TRUE(requires_field("Caseload", "tiers"));
    EXPECT_FALSE(requires_field("Caseload", "duty"));
    EXPECT_EQ(schemas.at("Tier").at("enum").size(), 9u);
    EXPECT_EQ(document.at("paths").at("/api/people").at("post").at("responses").count("201"), 1u);
}

using web::Method;

void OpenApi::ask_about_accounts() {
    good("signed_out", Method::post, "/api/sign-in",
         R"({"email":"client_b@example.org","password":")" + std::string(password) + R"("})");
    good("client_b", Method::put, "/api/me/password",
         R"({"current":")" + std::string(password) + R"(","password":"other unrelated words"})");
    good("client_b", Method::post, "/api/sign-out");
    const auto offer = json::parse(good("no_factor", Method::post, "/api/me/second-factor"));
    good("no_factor", Method::put, "/api/me/second-factor",
         R"({"code":")" + code_at(offer.at("secret"), service.clock.at) + R"("})");
    const auto added =
        json::parse(good("manager", Method::post, "/api/accounts",
                         R"({"name":"New","email":"new@example.org","role":"therapist"})"));
    const auto invitation = "/api/invitations/" + added.at("code").get<std::string>();
    good("signed_out", Method::get, invitation);
    good("signed_out", Method::post, invitation, R"({"password":"four unrelated words"})");
    good("manager", Method::post,
         "/api/accounts/" + added.at("id").get<std::string>() + "/disable");
}

void OpenApi::make_a_plan(const std::string& anna) {
    const auto item = to_string(service.fresh());
    const auto entry = [&](std::string_view caller, std::string_view kind,
                           const std::string& body) {
        const auto written =
            good(caller, Method::post, anna + "/entries", service.entry(kind, body));
        return std::to_string(json::parse(written).at("seq").get<int>());
    };
    entry("therapist_a", "facts_told",
          R"({"told_by":"client","facts":[{"fact":"wants_treatment","value":"yes"},)"
          R"({"fact":"treatment","value":"none"}]})");
    entry("therapist_a", "preference", R"({"option":"cbt","wish":"wants","words":"Soon"})");
    const auto version =
        entry("therapist_a", "plan_change",
              R"({"item":")" + item + R"(","based_on":0,"problem":"x","measure":"phq-9",)" +
                  R"("goal":{"words":"y","steps":["z"]},"review_on":"2027-01-01",)" +
                  R"("method":{"option":"cbt","rule":"N04","reason":"r"},"responsible":")" +
                  to_string(service.id_of("therapist_a")) + R"("})");
    entry("client_a", "goal_rated", R"({"item":")" + item + R"(","rating":4,"words":"w"})");
    entry("client_a", "plan_answer",
          R"({"plan":)" + version + R"(,"answer":"would_rather","words":"Walks"})");
    good("therapist_a", Method::get, anna + "/assessment");
    for (const auto* each : {"/advice", "/plan"}) {
        good("therapist_a", Method::get, anna + each);
        good("client_a", Method::get, anna + each);
    }
    good("therapist_a", Method::get, anna + "/plan/versions");
}

void OpenApi::ask_about_referrals() {
    good("signed_out", Method::get, "/start");
    const auto shown = service.get("signed_out", "/start").body;
    const auto id_at = shown.find("name=\"id\" value=\"") + 17;
    auto asking = service.request(
        "", Method::post, "/start",
        "name=Noor&phone=01632960001&trouble=x&consent=yes&id=" + shown.substr(id_at, 36));
    asking.headers.erase("content-type");
    asking.headers.add("content-type", "application/x-www-form-urlencoded");
    EXPECT_EQ(service.send(asking).status, 200);
    answered.insert("POST /start");
    const auto referred = json::parse(good(
        "manager", Method::post, "/api/referrals",
        R"({"id":")" + to_string(service.fresh()) +
            R"(","name":"Noor","referral":{"source":"professional","trouble":"x",)"
            R"("thoughts":"no","phone":"01632 960 001","referrer":"Dr Lee","consent":true}})"));
    const auto person = referred.at("person").get<std::string>();
    good("manager", Method::get, "/api/waiting");
    good("duty", Method::get, "/api/people/" + person + "/referral");
    good("manager", Method::post, "/api/referrals/" + person + "/steps",
         R"({"id":")" + to_string(service.fresh()) +
             R"(","step":{"move":"declined","text":"Not here."}})");
}

void OpenApi::ask_about_cover() {
    const auto covers = json::parse(good("manager", Method::get, "/api/cover"));
    const auto today = covers.at("today").get<std::string>();
    const auto who = R"("away":")" + to_string(service.id_of("therapist_b")) + R"(","by":")" +
                     to_string(service.id_of("therapist_a")) + '"';
    good("manager", Method::post, "/api/cover",
         R"({"id":")" + to_string(service.fresh()) + R"(","first_day":")" + today +
             R"(","last_day":")" + today + "\"," + who + "}");
    good("manager", Method::post, "/api/cover/end",
         R"({"id":")" + to_string(service.fresh()) + "\"," + who + "}");
}

TEST_F(OpenApi, EveryRouteAnswersWithTheDeclaredStatusAndBody) {
    const std::string anna = "/api/people/" + to_string(service.anna);
    const std::string ben = "/api/people/" + to_string(service.ben);
    const auto answers = service.entry("answers", nine(1, "2"));
    good("client_a", Method::post, anna + "/entries", answers);
    good("client_a", Method::post, anna + "/entries", answers);
    good("client_a", Method::post, anna + "/entries",
         service.entry("check_in", R"({"hard":true,"mood":1,"sleep_hours":5.5,"text":"x",)"
                                   R"("to_talk_about":true,"visible_to":"care_team"})"));
    good("therapist_a", Method::post, anna + "/entries",
         service.entry("safety_plan", R"({"parts":{"signs":["x"],"ask":[{"name":"Y"}]}})"));
    for (const auto* each : {"/api/service", "/help", "/help.css", "/methods/control-charts",
                             "/livez", "/readyz", "/api", "/api/openapi.json"}) {
        good("signed_out", Method::get, each);
    }
    for (const auto* each : {"/course?weeks=4", "/safety-plan", "/relapse-plan",
                             "/discharge-summary", "/looked", "/export"}) {
        good("client_a", Method::get, anna + each);
    }
    for (const auto* each : {"/api/today", "/api/me", "/api/events", "/api/instruments/phq-9"}) {
        good("client_a", Method::get, each);
    }
    good("therapist_a", Method::get, anna + "/glance");
    good("therapist_b", Method::get, ben + "/glance");
    good("therapist_a", Method::get, anna + "/signals");
    good("therapist_a", Method::get, "/api/caseload");
    good("therapist_a", Method::get, "/api/signals");
    make_a_plan(anna);
    ask_about_cover();
    good("therapist_a", Method::get, "/api/support-tools/not_on_track");
    good("manager", Method::get, "/api/duties");
    good("manager", Method::get, "/api/accounts");
    const auto settings = good("manager", Method::get, "/api/organisation");
    good("manager", Method::put, "/api/organisation", settings);
    service.set_crisis_contacts();
    good("manager", Method::post, "/api/crisis-contacts/checked");
    good("manager", Method::get, "/api/duties");
    ask_about_accounts();
    good("therapist_a", Method::post, "/api/people",
         R"({"name":"X","terms":{"therapy":"","questionnaire":"phq-9",)"
         R"("questionnaire_every_days":7,"check_in_every_days":2}})");
    good("manager", Method::post,
         "/api/accounts/" + to_string(service.id_of("no_factor")) + "/reset-second-factor");
    good("prescriber", Method::post, "/api/emergency-access",
         R"({"id":")" + to_string(service.fresh()) +
             R"(","who":"client_b@example.org",)"
             R"("reason":"Call from a neighbour"})");
    // With nobody else to tell, it comes to the manager.
    service.disable("therapist_b");
    good("duty", Method::post, "/api/emergency-access",
         R"({"id":")" + to_string(service.fresh()) +
             R"(","who":"EK-20431","reason":"Call from a neighbour"})");
    const auto told = json::parse(good("manager", Method::get, "/api/duties"));
    std::string opened;
    for (const auto& each : told.at("unread_signals")) {
        if (each.contains("reason")) opened = each.at("signal");
    }
    good("manager", Method::post, "/api/duties/signals/" + opened + "/close",
         R"({"id":")" + to_string(service.fresh()) +
             R"(","action":"called_spoke","text":"We spoke.","judgement":"right"})");
    ask_about_referrals();
    for (const auto& route : service.application->router().routes()) {
        const auto name = std::string(name_of(route.method)) + " " + route.pattern;
        EXPECT_TRUE(answered.contains(name)) << name << " was never answered well here";
    }
}

}  // namespace
}  // namespace evenkeel::api
