// Goal: the API document describes what the service does: it names every route, every
// reference in it resolves, and its schemas take what the service takes and refuse what
// has the wrong shape.

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

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

    static bool takes(const json& schema, const std::string& text) {
        valijson::Schema parsed;
        valijson::adapters::NlohmannJsonAdapter from(schema);
        valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(from, parsed);
        const auto value = json::parse(text);
        valijson::adapters::NlohmannJsonAdapter target(value);
        return valijson::Validator().validate(parsed, target, nullptr);
    }

    const json& request_of(const std::string& path, const std::string& method) {
        return document.at("paths")
            .at(path)
            .at(method)
            .at("requestBody")
            .at("content")
            .at("application/json")
            .at("schema");
    }

    Service service;
    json document;
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
    const auto& entries = request_of("/api/people/{person}/entries", "post");
    EXPECT_TRUE(takes(entries, service.entry("check_in", R"({"visible_to":"me"})")));
    for (const auto* bad :
         {"[]", "{}",
          R"({"id":7,"kind":"a","effective_at":"x","zone":"x","sent_at":"x","body":{}})"}) {
        EXPECT_FALSE(takes(entries, bad)) << bad;
    }
    const auto& account = request_of("/api/accounts", "post");
    EXPECT_TRUE(takes(account, R"({"name":"X","email":"x@e.org","role":"therapist"})"));
    EXPECT_FALSE(takes(account, R"({"name":"","email":"x@e.org","role":"therapist"})"));
    EXPECT_FALSE(takes(account, R"({"name":"X","email":"x@e.org","role":"king"})"));
    EXPECT_FALSE(takes(account, R"({"name":"X","email":"x@e.org","role":"therapist","a":1})"));
    const auto& person = request_of("/api/people", "post");
    EXPECT_TRUE(takes(person, R"({"name":"X","terms":{"therapy":"","questionnaire":"phq-9",)"
                              R"("questionnaire_every_days":7,"check_in_every_days":2}})"));
    EXPECT_FALSE(takes(person, R"({"name":"X","terms":{"therapy":"","questionnaire":"phq-9",)"
                               R"("questionnaire_every_days":0,"check_in_every_days":2}})"));
}

TEST_F(OpenApi, ResponseSchemasTakeWhatTheServiceAnswers) {
    service.write("client_a", service.anna, service.entry("answers", nine(1, "2")));
    const auto person = "/api/people/" + to_string(service.anna);
    const auto checked = [&](std::string_view caller, const std::string& path,
                             const std::string& pattern) {
        const auto answer = service.get(caller, path);
        ASSERT_EQ(answer.status, 200) << path;
        const auto& schema = document.at("paths")
                                 .at(pattern)
                                 .at("get")
                                 .at("responses")
                                 .at("200")
                                 .at("content")
                                 .at("application/json")
                                 .at("schema");
        EXPECT_TRUE(takes(schema, answer.body)) << pattern << "\n" << answer.body;
    };
    checked("client_a", "/api/today", "/api/today");
    checked("client_a", "/api/me", "/api/me");
    checked("client_a", person + "/course", "/api/people/{person}/course");
    checked("therapist_a", person + "/glance", "/api/people/{person}/glance");
    checked("therapist_a", "/api/caseload", "/api/caseload");
    checked("manager", "/api/duties", "/api/duties");
    checked("manager", "/api/organisation", "/api/organisation");
    checked("signed_out", "/api/service", "/api/service");
}

}  // namespace
}  // namespace evenkeel::api
