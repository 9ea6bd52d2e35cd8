#include "web/detail/response_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace evenkeel::web::detail {

namespace {

using Field = std::pair<std::string_view, std::string_view>;

// No inline script or style, nothing from elsewhere, no frame around us.
constexpr std::string_view content_security_policy =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'; object-src 'none'";

constexpr std::string_view permissions_policy =
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
    "fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), "
    "screen-wake-lock=(), serial=(), usb=(), web-share=(), xr-spatial-tracking=()";

constexpr std::array<Field, 7> security_fields{{
    {"Content-Security-Policy", content_security_policy},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Permissions-Policy", permissions_policy},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

bool names(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const auto& field) { return same_name(field.first, name); });
}

// RFC 9110, section 5.6.7: "Tue, 24 Nov 2026 07:14:03 GMT".
std::string http_date(std::chrono::system_clock::time_point now) {
    constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(now - day)};
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        weekdays[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
        time.hours().count(), time.minutes().count(), time.seconds().count());
}

bool has_no_body(int status) {
    return status == 204 || status == 304;
}

std::size_t length_of(const Response& response) {
    return response.embedded.empty() ? response.body.size() : response.embedded.size();
}

bool is_clean(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_below(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace

std::string response_head(const Request& request, const Response& response, Persistence persistence,
                          std::chrono::system_clock::time_point now) {
    std::string text;
    text.reserve(1536);
    auto out = std::back_inserter(text);
    const auto field = [&](std::string_view name, std::string_view value) {
        text.append(name).append(": ").append(value).append("\r\n");
    };
    fmt::format_to(out, "HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
    field("Date", http_date(now));
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!names(response, name)) field(name, value);
    };
    if (response.subscription) {
        field("Content-Type", "text/event-stream");
        add("Cache-Control", "no-store");
        add("X-Accel-Buffering", "no");  // a buffering proxy would hold the events back
    } else if (!has_no_body(response.status)) {
        if (!response.content_type.empty()) field("Content-Type", response.content_type);
        fmt::format_to(out, "Content-Length: {}\r\n", length_of(response));
    }
    for (const auto& [name, value] : response.headers) field(name, value);
    for (const auto& [name, value] : security_fields) add(name, value);
    if (request.secure) add("Strict-Transport-Security", "max-age=31536000");
    if (is_below(request.path, "/api") || is_below(request.path, "/fhir") ||
        response.status >= 400) {
        add("Cache-Control", "no-store");
    }
    if (persistence == Persistence::close || response.subscription) field("Connection", "close");
    text += "\r\n";
    return text;
}

std::string_view response_body(const Request& request, const Response& response) {
    if (request.method == Method::head || has_no_body(response.status)) return {};
    return response.embedded.empty() ? std::string_view(response.body) : response.embedded;
}

void check_response(const Response& response) {
    EK_ASSERT(response.status >= 200 && response.status <= 599);
    EK_ASSERT(is_clean(response.content_type));
    for (const auto& [name, value] : response.headers) {
        EK_ASSERT(!name.empty() && is_clean(name) && is_clean(value));
        EK_ASSERT(name.find(':') == std::string::npos);
    }
    if (response.subscription) return;
    const bool empty = length_of(response) == 0;
    EK_ASSERT(empty || !has_no_body(response.status));
    EK_ASSERT(empty || !response.content_type.empty());
}

}  // namespace evenkeel::web::detail
