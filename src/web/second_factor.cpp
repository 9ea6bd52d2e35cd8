#include "web/second_factor.h"

#include <liboath/oath.h>

#include <array>
#include <charconv>
#include <cstdlib>

#include "base/result.h"
#include "store/vault.h"

namespace evenkeel::web {
namespace {

constexpr std::int64_t step_seconds = 30;
constexpr unsigned digits = 6;

std::string percent_encoded(std::string_view text) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' ||
                           byte == '_';
        if (plain) {
            out.push_back(c);
        } else {
            out.push_back('%');
            out.push_back(hex[byte >> 4]);
            out.push_back(hex[byte & 15]);
        }
    }
    return out;
}

std::string raw_secret(std::string_view base32) {
    char* raw = nullptr;
    std::size_t size = 0;
    if (oath_base32_decode(base32.data(), base32.size(), &raw, &size) != OATH_OK) return {};
    std::string out(raw, size);
    std::free(raw);
    return out;
}

}  // namespace

std::string new_second_factor_secret() {
    std::array<std::uint8_t, 20> raw{};
    store::SystemRandom{}.fill(raw);
    char* text = nullptr;
    std::size_t size = 0;
    const int made =
        oath_base32_encode(reinterpret_cast<const char*>(raw.data()), raw.size(), &text, &size);
    EK_ASSERT(made == OATH_OK);
    std::string out(text, size);
    std::free(text);
    return out;
}

std::string second_factor_uri(std::string_view secret, std::string_view account,
                              std::string_view service) {
    return "otpauth://totp/" + percent_encoded(service) + ":" + percent_encoded(account) +
           "?secret=" + std::string(secret) + "&issuer=" + percent_encoded(service) +
           "&digits=6&period=30";
}

std::string hex_text(std::string_view bytes) {
    constexpr char digit[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out.push_back(digit[byte >> 4]);
        out.push_back(digit[byte & 15]);
    }
    return out;
}

std::optional<std::string> bytes_of_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        unsigned byte = 0;
        const char* end = text.data() + i + 2;
        const auto read = std::from_chars(text.data() + i, end, byte, 16);
        if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
        out.push_back(static_cast<char>(byte));
    }
    return out;
}

std::optional<std::int64_t> second_factor_step(std::string_view secret, std::string_view code,
                                               Instant now, std::int64_t last_step) {
    const auto raw = raw_secret(secret);
    if (raw.empty() || code.size() != digits) return std::nullopt;
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    for (std::int64_t step = seconds / step_seconds - 1; step <= seconds / step_seconds + 1;
         ++step) {
        std::array<char, digits + 1> wanted{};
        const int made =
            oath_hotp_generate(raw.data(), raw.size(), static_cast<std::uint64_t>(step), digits,
                               false, OATH_HOTP_DYNAMIC_TRUNCATION, wanted.data());
        if (made == OATH_OK && step > last_step && code == std::string_view(wanted.data())) {
            return step;
        }
    }
    return std::nullopt;
}

}  // namespace evenkeel::web
