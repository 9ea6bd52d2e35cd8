// Goal: a path finds exactly its route, mistakes in the table are found at start, and
// what the API document says is what the table holds.
#include "web/router.h"

#include <gtest/gtest.h>

#include "exchange/json.h"
#include "web/openapi.h"

namespace evenkeel::web {
namespace {

// A route that does not say who may use it does not compile.
template <class R>
concept CanLeaveAccessOut = requires {
    R{.method = Method::get, .pattern = "/a"};
};
template <class R>
concept CanNameAccess = requires(Access access) {
    R{.method = Method::get, .pattern = "/a", .access = access};
};
static_assert(!CanLeaveAccessOut<Route>);
static_assert(CanNameAccess<Route>);

Result<Response> answered(const Request&) {
    return no_content();
}

Route route(Method method, std::string pattern) {
    return {.method = method,
            .pattern = std::move(pattern),
            .access = Access::anyone("everyone"),
            .handler = answered};
}

std::string found(const Router& router, Method method, std::string_view path) {
    const auto match = router.match(method, path);
    if (match.route == nullptr) return std::to_string(no_route(match).status);
    std::string text = match.route->pattern;
    for (const auto& [name, value] : match.parameters) text += " " + name + "=" + value;
    return text;
}

TEST(Router, FindsLiteralsAndParameters) {
    std::vector<Route> table;
    table.push_back(route(Method::get, "/"));
    table.push_back(route(Method::get, "/api/people/{person}/glance"));
    table.push_back(route(Method::get, "/api/people/{person}"));
    table.push_back(route(Method::post, "/api/people"));
    const Router router(std::move(table));
    EXPECT_EQ(found(router, Method::get, "/"), "/");
    EXPECT_EQ(found(router, Method::get, "/api/people/42"), "/api/people/{person} person=42");
    EXPECT_EQ(found(router, Method::get, "/api/people/4 2/glance"),
              "/api/people/{person}/glance person=4 2");
    EXPECT_EQ(found(router, Method::head, "/api/people/42"), "/api/people/{person} person=42");
    for (const auto* path : {"/api", "/api/people/", "/api/people/42/", "/api/people/42/other",
                             "/api/people//glance", "/API/people/42"}) {
        EXPECT_EQ(found(router, Method::get, path), "404") << path;
    }
}

TEST(Router, PrefersLiteralsWhateverTheOrderOfTheTable) {
    std::vector<Route> table;
    table.push_back(route(Method::get, "/api/{kind}/{id}"));
    table.push_back(route(Method::get, "/api/people/{person}"));
    table.push_back(route(Method::get, "/api/people/search"));
    const Router router(std::move(table));
    EXPECT_EQ(found(router, Method::get, "/api/people/search"), "/api/people/search");
    EXPECT_EQ(found(router, Method::get, "/api/people/x"), "/api/people/{person} person=x");
    EXPECT_EQ(found(router, Method::get, "/api/teams/x"), "/api/{kind}/{id} id=x kind=teams");
}

TEST(Router, AnswersAnotherMethodWith405AndWhatIsAllowed) {
    std::vector<Route> table;
    table.push_back(route(Method::get, "/api/organisation"));
    table.push_back(route(Method::put, "/api/organisation"));
    const Router router(std::move(table));
    for (const Method method : {Method::post, Method::other, Method::remove}) {
        const auto response = no_route(router.match(method, "/api/organisation"));
        EXPECT_EQ(response.status, 405);
        const std::pair<std::string, std::string> allow{"Allow", "GET, HEAD, PUT"};
        EXPECT_EQ(response.headers.at(0), allow);
    }
}

TEST(Router, HeadOfARouteWithoutGetIsNotAllowed) {
    std::vector<Route> table;
    table.push_back(route(Method::post, "/api/sign-in"));
    EXPECT_EQ(found(Router(std::move(table)), Method::head, "/api/sign-in"), "405");
}

TEST(Router, RefusesABrokenTable) {
    const auto made = [](std::vector<Route> table) { const Router router(std::move(table)); };
    const auto two = [](std::string a, std::string b) {
        std::vector<Route> table;
        table.push_back(route(Method::get, std::move(a)));
        table.push_back(route(Method::get, std::move(b)));
        return table;
    };
    EXPECT_THROW(made(two("/a/{x}", "/a/{x}")), BrokenInvariant);
    EXPECT_THROW(made(two("/a/{x}", "/a/{y}")), BrokenInvariant) << "the same shape";
    EXPECT_THROW(made(two("/a", "b")), BrokenInvariant);
    EXPECT_THROW(made(two("/a", "/b/{x}/{x}")), BrokenInvariant);
    EXPECT_THROW(made(two("/a", "/b//c")), BrokenInvariant);
    auto without_handler = two("/a", "/b");
    without_handler[0].handler = nullptr;
    EXPECT_THROW(made(std::move(without_handler)), BrokenInvariant);
    EXPECT_NO_THROW(made(two("/a/{x}", "/a/b")));
}

TEST(Router, TellsTheLargestBodyOfAPath) {
    std::vector<Route> table;
    table.push_back(route(Method::post, "/api/import"));
    table.back().limits.max_body = 500'000;
    const Router router(std::move(table));
    EXPECT_EQ(router.max_body(Method::post, "/api/import"), 500'000U);
    EXPECT_EQ(router.max_body(Method::post, "/api/other"), Limits{}.max_body);
}

TEST(OpenApi, SaysWhatTheTableHolds) {
    std::vector<Route> table;
    table.push_back(route(Method::put, "/api/people/{person}/plan"));
    table.back().summary = "Write \"the\" plan";
    table.back().request_schema = [](auto&) { return std::string(R"({"type":"object"})"); };
    table.back().success = {.statuses = {204}, .content_type = {}};
    table.push_back(route(Method::get, "/api/people/{person}/plan"));
    table.back().response_schema = [](auto&) { return std::string(R"({"type":"array"})"); };
    const auto parsed = exchange::parse_json(openapi_document(table, "Evenkeel", "1.2.3"));
    ASSERT_TRUE(parsed.ok()) << parsed.error().message;
    const auto& document = parsed.value();
    EXPECT_EQ(*document.at({"openapi"})->text(), "3.1.0");
    EXPECT_EQ(*document.at({"info", "version"})->text(), "1.2.3");
    const auto* put = document.at({"paths", "/api/people/{person}/plan", "put"});
    ASSERT_NE(put, nullptr);
    EXPECT_EQ(*put->at({"summary"})->text(), "Write \"the\" plan");
    EXPECT_EQ(*put->at({"operationId"})->text(), "put_people_person_plan");
    EXPECT_EQ(*put->at({"x-access"})->text(), "everyone");
    EXPECT_EQ(*put->at({"parameters"})->list()->at(0).at({"name"})->text(), "person");
    EXPECT_NE(put->at({"requestBody", "content", "application/json", "schema", "type"}), nullptr);
    EXPECT_NE(put->at({"responses", "204"}), nullptr);
    const auto* get = document.at({"paths", "/api/people/{person}/plan", "get"});
    ASSERT_NE(get, nullptr);
    EXPECT_EQ(get->at({"requestBody"}), nullptr);
    EXPECT_NE(get->at({"responses", "200", "content", "application/json"}), nullptr);
    EXPECT_NE(get->at({"responses", "default"}), nullptr);
}

}  // namespace
}  // namespace evenkeel::web
