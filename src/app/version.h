#pragma once
// Which build is this?

#include <string_view>

namespace evenkeel::app {

extern const std::string_view version;  // "0.1.0"
extern const std::string_view commit;   // short hash, or "unknown" outside a repository

}  // namespace evenkeel::app
