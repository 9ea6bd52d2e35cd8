#include "base/id.h"

#include <cstring>

#include "base/random.h"

namespace evenkeel {
namespace {

constexpr char hex[] = "0123456789abcdef";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_dash_place(std::size_t at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
}

void set_version(Id& id, std::uint8_t version) {
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | (version << 4));
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
}

// SplitMix64 finaliser (Steele, Lea & Flood 2014): mixes, is not a secret.
std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

std::uint64_t half(const Id& id, std::size_t which) {
    std::uint64_t value = 0;
    std::memcpy(&value, id.bytes.data() + 8 * which, 8);
    return value;
}

}  // namespace

Id new_id(Instant now, Random& random) {
    Id id;
    random.fill(id.bytes);
    const auto ms = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (std::size_t i = 0; i < 6; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    }
    set_version(id, 7);
    return id;
}

Id derived_id(const Id& parent, std::string_view purpose, std::uint64_t index) {
    std::uint64_t a = mix(half(parent, 0) + 0x9e3779b97f4a7c15ULL * (index + 1));
    std::uint64_t b = mix(half(parent, 1) ^ a);
    for (const char c : purpose) {
        a = mix(a ^ static_cast<unsigned char>(c));
        b = mix(b + a);
    }
    Id id;
    std::memcpy(id.bytes.data(), &a, 8);
    std::memcpy(id.bytes.data() + 8, &b, 8);
    // The parent's time stays in front, so consequences sort beside their cause.
    std::memcpy(id.bytes.data(), parent.bytes.data(), 6);
    set_version(id, 8);
    return id;
}

std::string to_string(const Id& id) {
    std::string text(36, '-');
    std::size_t at = 0;
    for (const std::uint8_t byte : id.bytes) {
        if (is_dash_place(at)) ++at;
        text[at++] = hex[byte >> 4];
        text[at++] = hex[byte & 15];
    }
    return text;
}

std::optional<Id> parse_id(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Id id;
    std::size_t nibble = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_dash_place(at)) {
            if (text[at] != '-') return std::nullopt;
            continue;
        }
        const int value = hex_value(text[at]);
        if (value < 0) return std::nullopt;
        id.bytes[nibble / 2] =
            static_cast<std::uint8_t>(id.bytes[nibble / 2] | (value << (nibble % 2 == 0 ? 4 : 0)));
        ++nibble;
    }
    return id;
}

}  // namespace evenkeel

std::size_t std::hash<evenkeel::Id>::operator()(const evenkeel::Id& id) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, id.bytes.data() + 8, sizeof value);
    return value;
}
