#pragma once
// The JSON Schema (2020-12) of a described struct: whole, as published beside a data
// file, or in named parts, as the API document has them.

#include <set>

#include "exchange/json.h"

namespace evenkeel::exchange {

// Which way a text goes: a sender may leave lists, maps and fields with a default out
// and must keep to the limits; an answer has all of them, and may be as long as it is.
enum class Way { sent, answered };

// Schemas that others refer to as "#/components/schemas/NAME", so that a document says
// each struct and enum once. The name is the type's own; a struct that is answered too is
// named "...Sent" where it is sent. Collect what is answered first.
class NamedSchemas {
  public:
    Way way = Way::answered;
    [[nodiscard]] std::string name_for(std::string_view struct_name) const;
    // Broken invariant: two types of one name.
    void keep(const std::string& name, std::string schema);
    [[nodiscard]] const std::map<std::string, std::string>& all() const { return all_; }

  private:
    std::map<std::string, std::string> all_;
    std::set<std::string, std::less<>> answered_;
};

namespace detail {

void write_limits(JsonWriter&, const Domain&, bool is_number, bool is_text);
void write_reference(JsonWriter&, std::string_view name, const Domain&);

template <class T>
void write_content(JsonWriter& out, const Domain& domain, NamedSchemas* named);

template <class T>
void write_schema(JsonWriter& out, const Domain& domain, NamedSchemas* named = nullptr) {
    if constexpr (is_optional<T>::value) {
        write_schema<typename T::value_type>(out, domain, named);
    } else if constexpr (NamedEnum<T> || Described<T>) {
        if (named == nullptr) return write_content<T>(out, domain, named);
        std::string name(type_name<T>());
        if (Described<T>) name = named->name_for(name);
        JsonWriter part;
        write_content<T>(part, Domain{}, named);
        named->keep(name, part.take());
        write_reference(out, name, domain);
    } else {
        write_content<T>(out, domain, named);
    }
}

// The schema itself, whether or not it has a name.
template <class T>
void write_content(JsonWriter& out, const Domain& domain, NamedSchemas* named) {
    const bool answered = named != nullptr && named->way == Way::answered;
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
    if constexpr (std::is_same_v<T, Json>) {
        // anything
    } else if constexpr (std::is_same_v<T, Scalar>) {
        out.key("type");
        out.raw(R"(["string","number"])");
    } else if constexpr (std::is_same_v<T, bool>) {
        type("boolean");
    } else if constexpr (std::is_arithmetic_v<T>) {
        type(std::is_integral_v<T> ? "integer" : "number");
        if (!answered) write_limits(out, domain, true, false);
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        type("string");
        if (!answered) write_limits(out, domain, false, true);
    } else if constexpr (NamedEnum<T>) {
        type("string");
        out.key("enum");
        out.begin_list();
        for (const auto& [each, name] : enum_names(T{})) out.text(name);
        out.end_list();
    } else if constexpr (is_vector<T>::value) {
        type("array");
        if (!answered) {
            out.key("maxItems");
            out.number(static_cast<std::uint64_t>(domain.max_count));
        }
        out.key("items");
        if constexpr (is_optional<typename T::value_type>::value) {
            out.begin_object();
            out.key("anyOf");
            out.begin_list();
            write_schema<typename T::value_type>(out, domain, named);
            out.raw(R"({"type":"null"})");
            out.end_list();
            out.end_object();
        } else {
            write_schema<typename T::value_type>(out, domain, named);
        }
    } else if constexpr (is_text_map<T>::value) {
        type("object");
        out.key("additionalProperties");
        write_schema<typename T::mapped_type>(out, domain, named);
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
            write_schema<F>(out, each, named);
            const bool may_miss = is_vector<F>::value || is_text_map<F>::value || each.optional;
            if (!is_optional<F>::value && (answered || !may_miss)) required.push_back(name);
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

// A reference to the schema of T, which is kept in `named` with all it refers to.
template <class T>
std::string schema_of(NamedSchemas& named) {
    JsonWriter out;
    detail::write_schema<T>(out, Domain{}, &named);
    return out.take();
}

}  // namespace evenkeel::exchange
