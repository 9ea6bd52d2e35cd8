#pragma once
// One line for each request: enough to run the service, nothing about a person.
//
// The path is given as its pattern, since a path holds ids; query, bodies, addresses
// and names are left out.

#include <chrono>
#include <string>

#include "web/http.h"

namespace evenkeel::web {

// {"at":"2026-11-24T07:14:03.120Z","method":"GET","route":"/api/today","status":200,
//  "ms":1.25,"bytes":512} without line break.
std::string access_line(std::chrono::system_clock::time_point at, const Request&, int status,
                        std::size_t bytes, std::chrono::nanoseconds took);

// Prints a line to standard error in one write, so that lines never mix.
void log_to_stderr(std::string_view line);

}  // namespace evenkeel::web
