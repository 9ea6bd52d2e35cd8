#include "web/application.h"

#include <fmt/format.h>

#include "web/openapi.h"

namespace evenkeel::web {
namespace {

// The table as a page that needs neither script nor network.
std::string api_page(const std::vector<Route>& routes) {
    std::string rows;
    for (const auto& route : routes) {
        rows += fmt::format(
            "<li><p><strong>{} {}</strong></p><p>{}</p><p class=\"quiet\">For: {}"
            "</p></li>\n",
            name_of(route.method), route.pattern, route.summary, route.access.name);
    }
    return fmt::format(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API – Evenkeel</title>
<link rel="stylesheet" href="/help.css">
</head>
<body>
<main>
<h1>What programs may ask Evenkeel</h1>
<p>The full description is the <a href="/api/openapi.json">OpenAPI document</a>.</p>
<ul>
{}</ul>
</main>
</body>
</html>
)",
                       rows);
}

}  // namespace

std::vector<Route> Application::all_routes(Site& site) {
    auto routes = site_routes(site);
    const auto own = [&](std::string pattern, std::string_view summary, const std::string& body,
                         std::string_view type, SchemaText schema) {
        routes.push_back({.method = Method::get,
                          .pattern = std::move(pattern),
                          .access = Access::anyone("anyone"),
                          .summary = summary,
                          .success = {.content_type = type},
                          .response_schema = schema,
                          .handler = [&body, type](const Request&) -> Result<Response> {
                              Response response;
                              response.body = body;
                              response.content_type = std::string(type);
                              return response;
                          }});
    };
    own("/api/openapi.json", "This document", document_, "application/json",
        [](auto&) { return std::string(R"({"type":"object"})"); });
    own("/api", "The API in words", api_page_, "text/html; charset=utf-8", nullptr);
    return routes;
}

Application::Application(Site& site, std::string_view version)
    : router_(all_routes(site)), limiter_(site.clock, RateLimits{}), assets_(embedded_ui()) {
    document_ = openapi_document(router_.routes(), "Evenkeel", version);
    api_page_ = api_page(router_.routes());
}

std::size_t Application::max_body(Method method, std::string_view path) const {
    return router_.max_body(method, path);
}

Response Application::answer(Request& request) {
    auto match = router_.match(request.method, request.path);
    if (match.route == nullptr) {
        if (auto page = assets_.answer(request)) return std::move(*page);
        return no_route(match);
    }
    request.route = match.route->pattern;
    request.parameters = std::move(match.parameters);
    if (const auto wait = limiter_.take(match.route->limits.rate, request.peer)) {
        return slow_down(*wait);
    }
    auto answered = match.route->handler(request);
    return answered.ok() ? std::move(answered).value() : problem(answered.error());
}

}  // namespace evenkeel::web
