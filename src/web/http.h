#pragma once
// What stands between the socket and a plain function: one request in, one
// response out.
//
// The server (web/server.h) fills a Request only after every limit and every rule
// of the format was checked, so a handler sees decoded, bounded, valid text. No
// HTTP library shows here.
//
// Sources: RFC 9110 (semantics), RFC 9112 (HTTP/1.1), RFC 9457 (problem documents).

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace evenkeel::web {

enum class Method { get, head, post, put, patch, remove, options, other };

// "GET"; `remove` is DELETE, `other` is "OTHER".
std::string_view name_of(Method);

// Header fields of a request. Names are kept in lower case, values trimmed. A field
// that came twice is joined with ", " (cookies with "; ").
class Headers {
  public:
    void add(std::string name, std::string value);
    void erase(std::string_view name);
    // `name` in lower case. nullptr when the field is absent.
    [[nodiscard]] const std::string* find(std::string_view name) const;
    // The same, an absent field reading as "".
    [[nodiscard]] std::string_view get(std::string_view name) const;
    [[nodiscard]] std::size_t size() const { return fields_.size(); }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
    Method method = Method::get;
    std::string path = "/";  // decoded UTF-8; no dot segments, no empty segments
    std::map<std::string, std::string> query = {};  // decoded; a name that came twice is refused
    Headers headers = {};
    std::string body = {};
    std::string peer = {};  // the client's address, without port, after trusted proxies
    bool secure = false;    // the client speaks TLS, to us or to a trusted proxy

    // Filled by whoever matched the route (web/router.h).
    std::map<std::string, std::string> parameters = {};  // of the path: {person} -> its text
    std::string route = {};                              // the pattern, for log and metrics

    [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
};

// Turns the response into a stream of server-sent events on these topics
// (web/event_hub.h). It ends after a quarter of an hour at most; the browser comes
// back by itself and is authorised anew.
struct Subscription {
    std::vector<std::string> topics;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};  // beside those the server sets
    std::string body = {};
    std::string_view embedded = {};  // sent instead of `body`; outlives the server
    std::string content_type = {};   // "" only where the body is empty
    std::optional<Subscription> subscription = {};
};

// What the server calls, on a worker thread; several calls run at once.
using Handler = std::function<Response(Request&)>;

Response json_response(std::string body, int status = 200);
Response no_content();  // 204

// Problem documents (RFC 9457): {type, title, status, detail, problems: [{where, message}]}.
// The one table Fault -> status stands in problem.cpp.
int status_of(Fault);
Response problem(const Error&);
// For faults of the transport, which have no place in a document. `status` is 4xx or 5xx.
Response problem(int status, std::string_view detail);

// The phrase of a status code: "Not Found".
std::string_view reason_phrase(int status);

}  // namespace evenkeel::web
