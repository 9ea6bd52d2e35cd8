#include "web/openapi.h"

#include <algorithm>
#include <map>

#include "exchange/json.h"

namespace evenkeel::web {

namespace {

using exchange::JsonWriter;

constexpr std::string_view problem_schema =
    R"({"type":"object","description":"RFC 9457; every fault of the request is in problems",)"
    R"("properties":{"type":{"type":"string"},"title":{"type":"string"},)"
    R"("status":{"type":"integer"},"detail":{"type":"string"},"problems":{"type":"array",)"
    R"("items":{"type":"object","properties":{"where":{"type":"string",)"
    R"("description":"JSON pointer into the request body"},"message":{"type":"string"}},)"
    R"("required":["where","message"]}}},)"
    R"("required":["type","title","status","detail","problems"]})";

std::string lower_name(Method method) {
    std::string name(name_of(method));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(c | 0x20); });
    return name;
}

// "get /api/people/{person}/glance" -> "get_people_person_glance"
std::string operation_id(const Route& route) {
    std::string id = lower_name(route.method);
    std::string_view rest = route.pattern;
    if (rest.starts_with("/api")) rest.remove_prefix(4);
    for (const char c : rest) {
        if (c == '{' || c == '}') continue;
        const bool is_word =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        id += is_word ? c : '_';
    }
    return id;
}

std::vector<std::string_view> parameters_of(std::string_view pattern) {
    std::vector<std::string_view> names;
    for (auto open = pattern.find('{'); open != std::string_view::npos;) {
        const auto close = pattern.find('}', open);
        names.push_back(pattern.substr(open + 1, close - open - 1));
        open = pattern.find('{', close);
    }
    return names;
}

void write_parameters(JsonWriter& out, std::string_view pattern) {
    const auto names = parameters_of(pattern);
    if (names.empty()) return;
    out.key("parameters");
    out.begin_list();
    for (const auto name : names) {
        out.begin_object();
        out.key("name");
        out.text(name);
        out.key("in");
        out.text("path");
        out.key("required");
        out.boolean(true);
        out.key("schema");
        out.raw(R"({"type":"string"})");
        out.end_object();
    }
    out.end_list();
}

void write_content(JsonWriter& out, std::string_view media_type, std::string_view schema) {
    out.key("content");
    out.begin_object();
    out.key(media_type);
    out.begin_object();
    out.key("schema");
    out.raw(schema);
    out.end_object();
    out.end_object();
}

void write_operation(JsonWriter& out, const Route& route) {
    out.begin_object();
    out.key("operationId");
    out.text(operation_id(route));
    if (!route.summary.empty()) {
        out.key("summary");
        out.text(route.summary);
    }
    write_parameters(out, route.pattern);
    if (route.request_schema != nullptr) {
        out.key("requestBody");
        out.begin_object();
        out.key("required");
        out.boolean(true);
        write_content(out, "application/json", route.request_schema());
        out.end_object();
    }
    out.key("responses");
    out.begin_object();
    out.key(std::to_string(route.success));
    out.begin_object();
    out.key("description");
    out.text(reason_phrase(route.success));
    if (route.response_schema != nullptr) {
        write_content(out, "application/json", route.response_schema());
    }
    out.end_object();
    out.key("default");
    out.raw(R"({"$ref":"#/components/responses/Problem"})");
    out.end_object();
    out.key("x-access");
    out.text(route.access.name);
    out.key("x-max-body");
    out.number(static_cast<std::uint64_t>(route.limits.max_body));
    out.end_object();
}

}  // namespace

std::string openapi_document(const std::vector<Route>& routes, std::string_view title,
                             std::string_view version) {
    // One path item holds all methods of a pattern; sorted, so that the document of
    // the same table is always the same text.
    std::map<std::string_view, std::vector<const Route*>> paths;
    for (const Route& route : routes) paths[route.pattern].push_back(&route);
    JsonWriter out;
    out.begin_object();
    out.key("openapi");
    out.text("3.1.0");
    out.key("info");
    out.begin_object();
    out.key("title");
    out.text(title);
    out.key("version");
    out.text(version);
    out.end_object();
    out.key("jsonSchemaDialect");
    out.text("https://json-schema.org/draft/2020-12/schema");
    out.key("paths");
    out.begin_object();
    for (auto& [pattern, of_path] : paths) {
        std::sort(of_path.begin(), of_path.end(),
                  [](const Route* a, const Route* b) { return a->method < b->method; });
        out.key(pattern);
        out.begin_object();
        for (const Route* route : of_path) {
            out.key(lower_name(route->method));
            write_operation(out, *route);
        }
        out.end_object();
    }
    out.end_object();
    out.key("components");
    out.begin_object();
    out.key("responses");
    out.begin_object();
    out.key("Problem");
    out.begin_object();
    out.key("description");
    out.text("What is wrong, each fault with its place");
    write_content(out, "application/problem+json", problem_schema);
    out.end_object();
    out.end_object();
    out.end_object();
    out.end_object();
    return out.take();
}

}  // namespace evenkeel::web
