#pragma once
// TOML in: a settings file as the JSON tree that read_json<T>() walks, so that both
// forms are checked by one description. Times and dates become their text.
//
// Source: toml.io 1.0, by toml++ 3.3.

#include "exchange/json.h"

namespace evenkeel::exchange {

// Fails with invalid_input (where = "line:column").
Result<Json> parse_toml(std::string_view text);

}  // namespace evenkeel::exchange
