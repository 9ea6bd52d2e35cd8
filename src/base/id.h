#pragma once
// Ids: UUID version 7 (RFC 9562), made by whoever writes first, so that a retry
// or an offline phone cannot write the same thing twice.

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace evenkeel {

class Random;

struct Id {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Id&) const = default;
    [[nodiscard]] bool is_nil() const { return *this == Id{}; }
};

// A new id: 48 bits of time, 74 random bits.
Id new_id(Instant now, Random& random);

// The id of a consequence: the same parent, purpose and index always give the
// same id, so that deciding twice cannot write twice. Version 8 bits (custom).
Id derived_id(const Id& parent, std::string_view purpose, std::uint64_t index = 0);

// "018f3c2e-7b1a-7c3d-9e4f-0123456789ab"
std::string to_string(const Id&);
// Accepts exactly the 36-character form, upper or lower case.
std::optional<Id> parse_id(std::string_view);

}  // namespace evenkeel

template <>
struct std::hash<evenkeel::Id> {
    std::size_t operator()(const evenkeel::Id& id) const noexcept;
};
