#include "web/detail/target.h"

#include <algorithm>
#include <optional>

namespace evenkeel::web::detail {

namespace {

Error refused(std::string message) {
    return {.fault = Fault::invalid_input, .where = "", .message = std::move(message), .also = {}};
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Plus { is_itself, is_space };

enum class Lines { refused, kept };

bool is_line_break(char c) {
    return c == '\n' || c == '\r' || c == '\t';
}

// nullopt: an escape that is none, a control character, or not UTF-8.
std::optional<std::string> decoded(std::string_view text, Plus plus, Lines lines = Lines::refused) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus == Plus::is_space) {
            c = ' ';
        }
        const auto byte = static_cast<unsigned char>(c);
        const bool kept = lines == Lines::kept && is_line_break(c);
        if ((byte < 0x20 && !kept) || byte == 0x7f) return std::nullopt;
        out += c;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

// "http://host:1/a" -> "/a". Anything else comes back as it is.
std::string_view without_authority(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        const auto path = target.find_first_of("/?", scheme.size());
        return path == std::string_view::npos ? "/" : target.substr(path);
    }
    return target;
}

bool has_bad_segment(std::string_view path) {
    path.remove_prefix(1);
    while (true) {
        const auto slash = path.find('/');
        const auto segment = path.substr(0, slash);
        if (segment == "." || segment == "..") return true;
        if (slash == std::string_view::npos) return false;  // a trailing slash may stand
        if (segment.empty()) return true;
        path.remove_prefix(slash + 1);
    }
}

Result<std::string> parse_path(std::string_view raw) {
    if (!raw.starts_with('/')) return refused("The address does not start with a slash.");
    for (std::size_t at = raw.find('%'); at != std::string_view::npos; at = raw.find('%', at + 1)) {
        const auto escape = raw.substr(at, 3);
        if (escape == "%2f" || escape == "%2F" || escape == "%5c" || escape == "%5C") {
            return refused("The address has an encoded slash.");
        }
    }
    auto path = decoded(raw, Plus::is_itself);
    if (!path || path->find('\\') != std::string::npos) {
        return refused("The path of the address cannot be read.");
    }
    if (has_bad_segment(*path)) {
        return refused("The address has an empty segment or one of dots.");
    }
    return *std::move(path);
}

Status parse_pairs(std::string_view raw, Lines lines, std::map<std::string, std::string>& pairs) {
    while (!raw.empty()) {
        const auto end = std::min(raw.find('&'), raw.size());
        const auto pair = raw.substr(0, end);
        raw.remove_prefix(std::min(end + 1, raw.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals), Plus::is_space);
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::is_space, lines);
        if (!name || !value) return refused("What was sent as name and value cannot be read.");
        if (!pairs.emplace(*std::move(name), *std::move(value)).second) {
            return refused("What was sent names one thing twice.");
        }
    }
    return Done{};
}

}  // namespace

bool is_utf8(std::string_view text) {
    // Table 3-7 of the Unicode Standard: the second byte decides about overlong
    // forms, surrogates and code points above U+10FFFF.
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t at) -> unsigned {
            return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
        };
        const unsigned first = byte(i);
        if (first < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        const unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        const unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (first < 0xc2 || first > 0xf4) return false;
        if (byte(i + 1) < low || byte(i + 1) > high) return false;
        for (std::size_t k = 2; k < length; ++k) {
            if ((byte(i + k) & 0xc0U) != 0x80U) return false;
        }
        i += length;
    }
    return true;
}

Result<Target> parse_target(std::string_view raw) {
    raw = without_authority(raw);
    const auto mark = std::min(raw.find('?'), raw.size());
    if (raw.find('#') != std::string_view::npos) {
        return refused("The address has a fragment, which stays in the browser.");
    }
    Target target;
    // "http://host?a=b" has an empty path, which means "/".
    TRY(target.path, parse_path(mark == 0 && !raw.empty() ? "/" : raw.substr(0, mark)));
    if (mark < raw.size()) {
        CHECK_OK(parse_pairs(raw.substr(mark + 1), Lines::refused, target.query));
    }
    return target;
}

Result<std::map<std::string, std::string>> parse_form(std::string_view body) {
    std::map<std::string, std::string> fields;
    CHECK_OK(parse_pairs(body, Lines::kept, fields));
    return fields;
}

}  // namespace evenkeel::web::detail
