#pragma once
// The JSON Schema (2020-12) of a described struct, for the API document.

#include "exchange/json.h"

namespace evenkeel::exchange {

namespace detail {

void write_limits(JsonWriter&, const Domain&, bool is_number, bool is_text);

template <class T>
void write_schema(JsonWriter& out, const Domain& domain) {
    if constexpr (is_optional<T>::value) {
        write_schema<typename T::value_type>(out, domain);
        return;
    }
    out.begin_object();
    if (!domain.says.empty()) {
        out.key("description");
        out.text(domain.says);
    }
    const auto type = [&](std::string_view name) {
        out.key("type");
        out.text(name);
    };
    const auto text_format = [&](std::string_view name) {
        type("string");
        out.key("format");
        out.text(name);
    };
    if constexpr (is_optional<T>::value || std::is_same_v<T, Json>) {
        // anything
    } else if constexpr (std::is_same_v<T, Scalar>) {
        out.key("type");
        out.raw(R"(["string","number"])");
    } else if constexpr (std::is_same_v<T, bool>) {
        type("boolean");
    } else if constexpr (std::is_arithmetic_v<T>) {
        type(std::is_integral_v<T> ? "integer" : "number");
        write_limits(out, domain, true, false);
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        type("string");
        write_limits(out, domain, false, true);
    } else if constexpr (NamedEnum<T>) {
        type("string");
        out.key("enum");
        out.begin_list();
        for (const auto& [each, name] : enum_names(T{})) out.text(name);
        out.end_list();
    } else if constexpr (is_vector<T>::value) {
        type("array");
        out.key("maxItems");
        out.number(static_cast<std::uint64_t>(domain.max_count));
        out.key("items");
        if constexpr (is_optional<typename T::value_type>::value) {
            out.begin_object();
            out.key("anyOf");
            out.begin_list();
            write_schema<typename T::value_type>(out, domain);
            out.raw(R"({"type":"null"})");
            out.end_list();
            out.end_object();
        } else {
            write_schema<typename T::value_type>(out, domain);
        }
    } else if constexpr (is_text_map<T>::value) {
        type("object");
        out.key("additionalProperties");
        write_schema<typename T::mapped_type>(out, domain);
    } else if constexpr (std::is_same_v<T, Id>) {
        text_format("uuid");
    } else if constexpr (std::is_same_v<T, Instant>) {
        text_format("date-time");
    } else if constexpr (std::is_same_v<T, Day>) {
        text_format("date");
    } else {
        static_assert(Described<T>, "no schema for this type");
        type("object");
        std::vector<std::string_view> required;
        out.key("properties");
        out.begin_object();
        T example{};
        T::fields(example, [&]<class F>(std::string_view name, F&, const Domain& each = {}) {
            out.key(name);
            write_schema<F>(out, each);
            if (!is_optional<F>::value && !is_vector<F>::value && !is_text_map<F>::value &&
                !each.optional) {
                required.push_back(name);
            }
        });
        out.end_object();
        if (!required.empty()) {
            out.key("required");
            write_value(out, required);
        }
        out.key("additionalProperties");
        out.boolean(false);
    }
    out.end_object();
}

}  // namespace detail

template <class T>
std::string schema_of() {
    JsonWriter out;
    detail::write_schema<T>(out, Domain{});
    return out.take();
}

}  // namespace evenkeel::exchange
