#pragma once
// The second factor: time-based one-time codes, six digits, thirty seconds.
//
// Source: RFC 6238 with RFC 4226, HMAC-SHA-1, by liboath 2.6. One step before and
// after now is accepted; a code works once (the caller keeps the last step).

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace evenkeel::web {

std::string new_second_factor_secret();  // 20 random bytes, base32
std::string second_factor_uri(std::string_view secret, std::string_view account,
                              std::string_view service);  // otpauth://
// The time step of a code that fits and is later than `last_step`.
std::optional<std::int64_t> second_factor_step(std::string_view secret, std::string_view code,
                                               Instant now, std::int64_t last_step);

// Sealed bytes as text, for a note: lower-case hexadecimal.
std::string hex_text(std::string_view bytes);
// Nothing when the text is not such.
std::optional<std::string> bytes_of_hex(std::string_view text);

}  // namespace evenkeel::web
