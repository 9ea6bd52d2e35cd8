#include "exchange/toml.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#include <fmt/format.h>
#include <simdjson.h>
#include <toml++/toml.h>

#include <charconv>
#include <optional>
#include <sstream>

namespace evenkeel::exchange {
namespace {

// The library's behaviour on letters beyond ASCII in a document with a slip is undefined
// (toml++ 3.3, found by the fuzzer), so it is shown none: each such byte, and "~" itself,
// goes in as "~" with two hexadecimal digits and is put back in the strings that come out.
std::string in_ascii(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '~' || static_cast<unsigned char>(c) >= 0x80) {
            out += fmt::format("~{:02x}", static_cast<unsigned char>(c));
        } else {
            out.push_back(c);
        }
    }
    return out;
}

std::string from_ascii(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const char* digits = text.data() + i + 1;
        const bool coded = text[i] == '~' && i + 2 < text.size() &&
                           std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
        out.push_back(coded ? static_cast<char>(byte) : text[i]);
        if (coded) i += 2;
    }
    return out;
}

Json tree_of(const toml::node& node) {
    if (const auto* table = node.as_table()) {
        JsonObject object;
        for (const auto& [key, value] : *table) {
            object.emplace_back(from_ascii(key.str()), tree_of(value));
        }
        return {std::move(object)};
    }
    if (const auto* array = node.as_array()) {
        JsonList list;
        for (const auto& each : *array) list.push_back(tree_of(each));
        return {std::move(list)};
    }
    if (const auto* text = node.as_string()) return {from_ascii(text->get())};
    if (const auto* truth = node.as_boolean()) return {truth->get()};
    if (const auto* whole = node.as_integer()) return {whole->get()};
    if (const auto* number = node.as_floating_point()) return {number->get()};
    std::ostringstream text;
    node.visit([&](const auto& value) {
        if constexpr (toml::is_date<decltype(value)> || toml::is_time<decltype(value)> ||
                      toml::is_date_time<decltype(value)>) {
            text << value.get();
        }
    });
    return {text.str()};
}

struct Place {
    std::size_t line = 1;
    std::size_t column = 1;
};

// How many bytes a quote at the front opens or closes with: three, one, or none.
std::size_t quote_length(std::string_view text, char quote) {
    if (text.starts_with(std::string(3, quote))) return 3;
    return text.starts_with(quote) ? 1 : 0;
}

// The first byte beyond ASCII outside of strings and comments, where TOML allows none.
std::optional<Place> foreign_outside_strings(std::string_view text) {
    Place at;
    char quote = 0;          // of the string we are in
    std::size_t opened = 0;  // with how many quotes
    bool in_comment = false;
    for (std::size_t i = 0; i < text.size(); ++i, ++at.column) {
        const char c = text[i];
        const auto rest = text.substr(i);
        if (c == '\n') {
            in_comment = false;
            if (opened == 1) quote = 0;
            at = {at.line + 1, 0};
        } else if (in_comment) {
            continue;
        } else if (quote != 0) {
            if (c == '\\' && quote == '"') {
                ++i;
                ++at.column;
            } else if (quote_length(rest, quote) >= opened) {
                i += opened - 1;
                quote = 0;
            }
        } else if (c == '"' || c == '\'') {
            quote = c;
            opened = quote_length(rest, c);
            i += opened - 1;
        } else if (c == '#') {
            in_comment = true;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            return at;
        }
    }
    return std::nullopt;
}

}  // namespace

Result<Json> parse_toml(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);  // a byte order mark
    if (!simdjson::validate_utf8(text.data(), text.size())) {
        return Error{Fault::invalid_input, "", "This is not UTF-8. Save the file as UTF-8.", {}};
    }
    if (const auto place = foreign_outside_strings(text)) {
        return Error{Fault::invalid_input,
                     fmt::format("{}:{}", place->line, place->column),
                     "This letter may stand in quotes only. Put the name or value in quotes.",
                     {}};
    }
    const auto ascii = in_ascii(text);
    const toml::parse_result parsed = toml::parse(ascii);
    if (!parsed) {
        const auto& error = parsed.error();
        const auto& at = error.source().begin;
        return Error{Fault::invalid_input,
                     fmt::format("{}:{}", at.line, at.column),
                     fmt::format("This is not TOML: {}.", error.description()),
                     {}};
    }
    return tree_of(parsed.table());
}

}  // namespace evenkeel::exchange
