#include "exchange/toml.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <sstream>

namespace evenkeel::exchange {
namespace {

Json tree_of(const toml::node& node) {
    if (const auto* table = node.as_table()) {
        JsonObject object;
        for (const auto& [key, value] : *table) {
            object.emplace_back(std::string(key.str()), tree_of(value));
        }
        return {std::move(object)};
    }
    if (const auto* array = node.as_array()) {
        JsonList list;
        for (const auto& each : *array) list.push_back(tree_of(each));
        return {std::move(list)};
    }
    if (const auto* text = node.as_string()) return {text->get()};
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

}  // namespace

Result<Json> parse_toml(std::string_view text) {
    const toml::parse_result parsed = toml::parse(text);
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
