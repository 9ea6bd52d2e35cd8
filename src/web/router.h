#pragma once
// The route table: which function answers which method and path.
//
// One table gives routing, authorisation, limits and the API document
// (web/openapi.h). The router knows nothing of the server, nor the server of it.

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "web/access.h"
#include "web/http.h"

namespace evenkeel::exchange {
class NamedSchemas;
}

namespace evenkeel::web {

// How often one client may call (web/rate_limit.h holds the numbers).
enum class RateClass { read, write, sign_in, heavy };

struct Limits {
    std::size_t max_body = 64 * 1024;  // bytes
    RateClass rate = RateClass::read;
};

// The JSON Schema of a body, for the API document; exchange::schema_of<T> fits.
using SchemaText = std::string (*)(exchange::NamedSchemas&);

// A good answer. Several statuses share the body: 201 for what is new, 200 for a retry.
struct Success {
    std::vector<int> statuses = {200};
    std::string_view content_type = "application/json";  // "" where there is no body
};

struct QueryParameter {
    std::string_view name;
    std::string_view schema;  // JSON
    std::string_view says;
};

// How the body comes: from a script of ours, or from a page that needs none.
enum class Sent { json, form };

struct Route {
    Method method = Method::get;
    std::string pattern;  // "/api/people/{person}/glance"
    Access access;        // no default: see access.h
    Limits limits = {};
    std::string_view summary = {};  // one sentence for the API document
    Success success = {};
    Sent sent = Sent::json;
    std::vector<QueryParameter> query = {};  // what may stand behind the "?"
    SchemaText request_schema = nullptr;
    SchemaText response_schema = nullptr;
    std::function<Result<Response>(const Request&)> handler = {};
};

struct Match {
    const Route* route = nullptr;  // nullptr: see `allowed`
    std::map<std::string, std::string> parameters = {};
    std::vector<Method> allowed = {};  // empty without route: no such path (404), else 405
};

class Router {
  public:
    // Broken invariants: a pattern that does not start with "/", a parameter named
    // twice, a route without handler, two routes of one method and shape.
    explicit Router(std::vector<Route>);
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    // Literal segments win over parameters, the leftmost first. HEAD finds GET.
    [[nodiscard]] Match match(Method, std::string_view path) const;
    // The largest body this path takes; of an unknown path or method the default, so
    // that 404 and 405 are the answer and not 413.
    [[nodiscard]] std::size_t max_body(Method, std::string_view path) const;
    [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

  private:
    struct Pattern {
        std::vector<std::string> segments = {};  // "" = a parameter
        std::vector<std::string> names = {};     // of the parameters, in order
        std::size_t route = 0;
    };
    std::vector<Route> routes_;
    std::map<std::size_t, std::vector<Pattern>> by_length_;
};

// The answers to a Match without a route: 404, or 405 with Allow.
Response no_route(const Match&);

}  // namespace evenkeel::web
