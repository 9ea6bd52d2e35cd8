#pragma once
// The request target: path and query, decoded once and in one place.
//
// Refused rather than mended: dot segments, empty segments, encoded slashes,
// control characters, text that is not UTF-8. A mended path can mean one thing to a
// proxy and another to us.
//
// Sources: RFC 3986 sections 2.1 and 3.3, RFC 9112 section 3.2.

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace evenkeel::web::detail {

struct Target {
    std::string path;
    std::map<std::string, std::string> query;
};

// Origin form ("/a?b=c") and absolute form ("http://host/a"). Fails with
// invalid_input.
Result<Target> parse_target(std::string_view);

// The body of a form (application/x-www-form-urlencoded); a value may have several lines.
// Fails with invalid_input: an escape that is none, a control character, a name twice.
Result<std::map<std::string, std::string>> parse_form(std::string_view body);

bool is_utf8(std::string_view);

}  // namespace evenkeel::web::detail
