#pragma once
// The head of a response as text, with the security headers that every response
// carries.
//
// Sources: RFC 9110, RFC 9112; Content Security Policy Level 3; RFC 6797 (HSTS).

#include <chrono>
#include <string>
#include <string_view>

#include "web/http.h"

namespace evenkeel::web::detail {

enum class Persistence { keep_alive, close };

// A field that `response.headers` names itself is not set a second time. The length
// is of the body even for HEAD; a subscription has none and ends with the connection.
std::string response_head(const Request&, const Response&, Persistence,
                          std::chrono::system_clock::time_point now);

// The bytes after the head: none for HEAD, 204 and 304.
std::string_view response_body(const Request&, const Response&);

// Broken invariant: a status outside 200 to 599, a header field with a line break,
// a body with 204 or 304 or without content type. Checked where a handler returns.
void check_response(const Response&);

}  // namespace evenkeel::web::detail
