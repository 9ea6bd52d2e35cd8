#include "documented.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace evenkeel::api {
namespace {

using nlohmann::json;

// The table of routes is the same in every test, and so is the document.
const json& document(web::Application& application) {
    static const json parsed = [&] {
        web::Request request;
        request.path = "/api/openapi.json";
        return json::parse(application.answer(request).body);
    }();
    return parsed;
}

const valijson::Schema& schema_at(web::Application& application, const std::string& pointer) {
    static std::map<std::string, std::unique_ptr<valijson::Schema>> known;
    auto& found = known[pointer];
    if (found == nullptr) {
        const json& all = document(application);
        json root = all.at(json::json_pointer(pointer));
        root["components"] = all.at("components");
        found = std::make_unique<valijson::Schema>();
        const valijson::adapters::NlohmannJsonAdapter from(root);
        valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(from, *found);
    }
    return *found;
}

std::string escaped(std::string text) {
    for (auto at = text.find('/'); at != std::string::npos; at = text.find('/', at + 2)) {
        text.replace(at, 1, "~1");
    }
    return text;
}

}  // namespace

bool schema_takes(web::Application& application, const std::string& pointer,
                  const std::string& text) {
    const json value = json::parse(text);
    const valijson::adapters::NlohmannJsonAdapter target(value);
    return valijson::Validator().validate(schema_at(application, pointer), target, nullptr);
}

void expect_documented(web::Application& application, const web::Request& request,
                       const web::Response& answer) {
    if (request.route.empty() || request.method == web::Method::head) return;
    std::string method(name_of(request.method));
    for (auto& c : method) c = static_cast<char>(std::tolower(c));
    const auto responses = fmt::format("/paths/{}/{}/responses", escaped(request.route), method);
    const auto about = fmt::format("{} {}: {} ", method, request.route, answer.status);
    const auto& declared = document(application).at(json::json_pointer(responses));
    const auto status = std::to_string(answer.status);
    const bool page = declared.contains(status) && answer.content_type.starts_with("text/html");
    if (answer.status >= 400 && !page) {  // a page may show its own faults
        EXPECT_EQ(answer.content_type, "application/problem+json") << about;
        if (answer.body.size() > 64 * 1024) return;
        EXPECT_TRUE(schema_takes(application, "/components/schemas/Problem", answer.body)) << about;
        return;
    }
    ASSERT_TRUE(declared.contains(status)) << about << "is not in the API document";
    if (answer.subscription) {
        EXPECT_TRUE(declared.at(status).at("content").contains("text/event-stream")) << about;
        return;
    }
    if (answer.content_type.empty()) {
        EXPECT_FALSE(declared.at(status).contains("content")) << about << "has no body";
        return;
    }
    ASSERT_TRUE(declared.at(status).contains("content")) << about << "has an undeclared body";
    ASSERT_TRUE(declared.at(status).at("content").contains(answer.content_type)) << about;
    if (answer.content_type != "application/json") return;
    // Checking a long list takes seconds under the sanitizers, and says no more than a short
    // one; nor does the hundredth answer of a route.
    static std::map<std::string, int> checked;
    if (answer.body.size() > 64 * 1024 || ++checked[about] > 20) return;
    const auto schema = fmt::format("{}/{}/content/application~1json/schema", responses, status);
    EXPECT_TRUE(schema_takes(application, schema, answer.body)) << about << answer.body;
}

}  // namespace evenkeel::api
