#include "web/openapi.h"

#include <algorithm>
#include <map>

#include "exchange/schema.h"

namespace evenkeel::web {

namespace {

using exchange::JsonWriter;
using exchange::NamedSchemas;

// The documents of problem.cpp, RFC 9457.
struct Fault {
    std::string where;
    std::string message;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("where", self.where, Domain{.says = "JSON pointer; /body is the request body"});
        visit("message", self.message);
    }
};

struct Problem {
    std::string type;
    std::string title;
    int status = 400;
    std::string detail;
    std::vector<Fault> problems;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("type", self.type);
        visit("title", self.title);
        visit("status", self.status);
        visit("detail", self.detail);
        visit("problems", self.problems, Domain{.says = "Every fault of the request"});
    }
};

constexpr std::string_view about =
    "Every request that changes something carries the header X-Evenkeel: 1. A field without a "
    "value is left out of an answer; in a request it may be left out or be null.";

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

void write_parameter(JsonWriter& out, const QueryParameter& parameter, std::string_view in) {
    out.begin_object();
    out.key("name");
    out.text(parameter.name);
    out.key("in");
    out.text(in);
    out.key("required");
    out.boolean(in == "path");
    if (!parameter.says.empty()) {
        out.key("description");
        out.text(parameter.says);
    }
    out.key("schema");
    out.raw(parameter.schema);
    out.end_object();
}

void write_parameters(JsonWriter& out, const Route& route) {
    const auto names = parameters_of(route.pattern);
    if (names.empty() && route.query.empty()) return;
    out.key("parameters");
    out.begin_list();
    for (const auto name : names) {
        const bool is_id = name == "person" || name == "account";
        write_parameter(
            out,
            {.name = name,
             .schema = is_id ? R"({"type":"string","format":"uuid"})" : R"({"type":"string"})",
             .says = {}},
            "path");
    }
    for (const auto& each : route.query) write_parameter(out, each, "query");
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

void write_responses(JsonWriter& out, const Route& route, NamedSchemas& named) {
    out.key("responses");
    out.begin_object();
    named.way = exchange::Way::answered;
    for (const int status : route.success.statuses) {
        out.key(std::to_string(status));
        out.begin_object();
        out.key("description");
        out.text(reason_phrase(status));
        if (!route.success.content_type.empty()) {
            write_content(out, route.success.content_type,
                          route.response_schema != nullptr ? route.response_schema(named)
                                                           : R"({"type":"string"})");
        }
        out.end_object();
    }
    out.key("default");
    out.raw(R"({"$ref":"#/components/responses/Problem"})");
    out.end_object();
}

void write_operation(JsonWriter& out, const Route& route, NamedSchemas& named) {
    out.begin_object();
    out.key("operationId");
    out.text(operation_id(route));
    if (!route.summary.empty()) {
        out.key("summary");
        out.text(route.summary);
    }
    write_parameters(out, route);
    if (route.request_schema != nullptr) {
        out.key("requestBody");
        out.begin_object();
        out.key("required");
        out.boolean(true);
        named.way = exchange::Way::sent;
        write_content(
            out,
            route.sent == Sent::form ? "application/x-www-form-urlencoded" : "application/json",
            route.request_schema(named));
        out.end_object();
    }
    write_responses(out, route, named);
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
    NamedSchemas named;
    const auto problem_schema = exchange::schema_of<Problem>(named);
    for (const Route& route : routes) {
        if (route.response_schema != nullptr) route.response_schema(named);
    }
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
    out.key("description");
    out.text(about);
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
            write_operation(out, *route, named);
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
    out.key("schemas");
    out.begin_object();
    for (const auto& [name, schema] : named.all()) {
        out.key(name);
        out.raw(schema);
    }
    out.end_object();
    out.end_object();
    out.end_object();
    return out.take();
}

}  // namespace evenkeel::web
