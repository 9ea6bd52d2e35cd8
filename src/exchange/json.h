#pragma once
// JSON in and out, behind one facade; no JSON library shows in a header.
//
// Reading: simdjson checks the text (UTF-8, numbers, depth), then read_json<T>()
// walks the field description of T (base/describe.h) and names every fault by its
// JSON pointer. Unknown fields and doubled keys are faults, so that a misspelt
// field never vanishes silently. Writing: own writer; doubles as the shortest text
// that reads back exactly.
//
// Sources: RFC 8259, RFC 6901 (pointers).

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/describe.h"
#include "base/result.h"

namespace evenkeel::exchange {

struct Json;
using JsonList = std::vector<Json>;
using JsonObject = std::vector<std::pair<std::string, Json>>;  // in the order of the text

struct Json {
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, JsonList, JsonObject>
        value = nullptr;

    [[nodiscard]] bool is_null() const { return value.index() == 0; }
    [[nodiscard]] const JsonObject* object() const { return std::get_if<JsonObject>(&value); }
    [[nodiscard]] const JsonList* list() const { return std::get_if<JsonList>(&value); }
    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }
    // Whole numbers count as numbers.
    [[nodiscard]] std::optional<double> number() const;
    [[nodiscard]] const Json* find(std::string_view key) const;
    // object["a"]["b"] or nullptr.
    [[nodiscard]] const Json* at(std::initializer_list<std::string_view> path) const;
};

inline constexpr std::size_t max_json_depth = 32;

// Fails with invalid_input (where = the pointer of a doubled key, else "") or
// too_large (depth).
Result<Json> parse_json(std::string_view text);

std::string write_json(const Json&);

// Writes JSON text front to back; commas and escapes are its business.
class JsonWriter {
  public:
    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_list() { open('['); }
    void end_list() { close(']'); }
    void key(std::string_view);
    void text(std::string_view);
    void number(double);  // not finite: null, since JSON has no NaN
    void number(std::int64_t);
    void number(std::uint64_t);
    void boolean(bool);
    void null();
    void raw(std::string_view json);  // already JSON
    std::string take() { return std::move(out_); }

  private:
    void separate();
    void open(char);
    void close(char);
    std::string out_;
    bool need_comma_ = false;
};

// ---- reading ------------------------------------------------------------------

namespace detail {

// Where a value stands in a document. Only a fault writes it out, as a JSON pointer.
class Place {
  public:
    Place() = default;
    Place(const Place& parent, std::string_view key) : parent_(&parent), key_(key) {}
    Place(const Place& parent, std::size_t index) : parent_(&parent), index_(index) {}
    [[nodiscard]] std::string pointer() const;

  private:
    const Place* parent_ = nullptr;
    std::string_view key_;
    std::optional<std::size_t> index_;
};

bool check_text(const std::string&, const Domain&, const Place& where, Faults&);
void check_number(double, const Domain&, const Place& where, Faults&);
void check_count(std::size_t, const Domain&, const Place& where, Faults&);
std::string wanted_names(const std::vector<std::string_view>&);

template <class T>
void read_value(const Json&, T&, const Domain&, const Place& where, Faults&);

template <class T>
void read_integer(const Json& json, T& out, const Domain& domain, const Place& where,
                  Faults& faults) {
    const auto* whole = std::get_if<std::int64_t>(&json.value);
    if (whole == nullptr) {
        faults.add(where.pointer(), "Give a whole number.");
        return;
    }
    if (!std::in_range<T>(*whole)) {
        faults.add(where.pointer(), "This number is too large.");
        return;
    }
    check_number(static_cast<double>(*whole), domain, where, faults);
    out = static_cast<T>(*whole);
}

template <class T>
void read_list(const Json& json, std::vector<T>& out, const Domain& domain, const Place& where,
               Faults& faults) {
    const auto* list = json.list();
    if (list == nullptr) {
        faults.add(where.pointer(), "Give a list.");
        return;
    }
    check_count(list->size(), domain, where, faults);
    if (list->size() > domain.max_count) return;
    out.resize(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        T element{};
        read_value((*list)[i], element, domain, Place(where, i), faults);
        out[i] = std::move(element);
    }
}

template <Described T>
void read_object(const Json& json, T& out, const Place& where, Faults& faults) {
    const auto* object = json.object();
    if (object == nullptr) {
        faults.add(where.pointer(), "Give an object.");
        return;
    }
    std::size_t n_known = 0;
    T::fields(out, [&]<class F>(std::string_view name, F& field, const Domain& domain = {}) {
        const Json* found = json.find(name);
        if (found != nullptr) ++n_known;
        if (found == nullptr || (is_optional<F>::value && found->is_null())) {
            constexpr bool may_miss =
                is_optional<F>::value || is_vector<F>::value || is_text_map<F>::value;
            if (found == nullptr && !may_miss && !domain.optional) {
                faults.add(Place(where, name).pointer(), "This field is missing.");
            }
            return;
        }
        read_value(*found, field, domain, Place(where, name), faults);
    });
    if (n_known == object->size()) return;
    std::vector<std::string_view> known;
    T::fields(out,
              [&](std::string_view name, auto&, const Domain& = {}) { known.push_back(name); });
    for (const auto& [name, unused] : *object) {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            faults.add(Place(where, name).pointer(),
                       "This field is not known. Known here: " + wanted_names(known) + ".");
        }
    }
}

template <class T>
void read_value(const Json& json, T& out, const Domain& domain, const Place& where,
                Faults& faults) {
    if constexpr (is_optional<T>::value) {
        if (json.is_null()) {
            out.reset();
        } else {
            out.emplace();
            read_value(json, *out, domain, where, faults);
        }
    } else if constexpr (std::is_same_v<T, Json>) {
        out = json;
    } else if constexpr (std::is_same_v<T, Scalar>) {
        if (const auto number = json.number()) {
            out = *number;
        } else if (const auto* text = json.text()) {
            out = *text;
        } else {
            faults.add(where.pointer(), "Give text or a number.");
        }
    } else if constexpr (std::is_same_v<T, bool>) {
        if (const auto* b = std::get_if<bool>(&json.value)) {
            out = *b;
        } else {
            faults.add(where.pointer(), "Give true or false.");
        }
    } else if constexpr (std::is_integral_v<T>) {
        read_integer(json, out, domain, where, faults);
    } else if constexpr (std::is_floating_point_v<T>) {
        if (const auto number = json.number()) {
            check_number(*number, domain, where, faults);
            out = *number;
        } else {
            faults.add(where.pointer(), "Give a number.");
        }
    } else if constexpr (is_vector<T>::value) {
        read_list(json, out, domain, where, faults);
    } else if constexpr (is_text_map<T>::value) {
        if (const auto* object = json.object()) {
            check_count(object->size(), domain, where, faults);
            for (const auto& [key, each] : *object) {
                read_value(each, out[key], domain, Place(where, key), faults);
            }
        } else {
            faults.add(where.pointer(), "Give an object.");
        }
    } else if constexpr (Described<T>) {
        read_object(json, out, where, faults);
    } else {
        const std::string* text = json.text();
        if (text == nullptr) {
            faults.add(where.pointer(), "Give text.");
        } else if constexpr (std::is_same_v<T, std::string>) {
            check_text(*text, domain, where, faults);
            out = *text;
        } else if constexpr (NamedEnum<T>) {
            if (const auto named = enum_named<T>(*text)) {
                out = *named;
            } else {
                std::vector<std::string_view> names;
                for (const auto& [each, name] : enum_names(T{})) names.push_back(name);
                faults.add(where.pointer(), "Choose one of: " + wanted_names(names) + ".");
            }
        } else if constexpr (std::is_same_v<T, Id>) {
            if (const auto id = parse_id(*text)) {
                out = *id;
            } else {
                faults.add(where.pointer(),
                           "Give an id such as 018f3c2e-7b1a-7c3d-9e4f-0123456789ab.");
            }
        } else if constexpr (std::is_same_v<T, Instant>) {
            if (const auto instant = parse_instant(*text)) {
                out = *instant;
            } else {
                faults.add(where.pointer(), "Give a time such as 2026-11-24T07:14:00Z.");
            }
        } else {
            static_assert(std::is_same_v<T, Day>, "no way to read this type");
            if (const auto day = parse_day(*text)) {
                out = *day;
            } else {
                faults.add(where.pointer(), "Give a day such as 2026-11-24.");
            }
        }
    }
}

}  // namespace detail

// Reads one described struct. Fails with invalid_input, every fault named.
template <class T>
Result<T> read_json(const Json& json) {
    T out{};
    Faults faults;
    detail::read_value(json, out, Domain{}, detail::Place{}, faults);
    if (!faults.none()) return faults.error();
    return out;
}

template <class T>
Result<T> read_json(std::string_view text) {
    TRY(const Json json, parse_json(text));
    return read_json<T>(json);
}

// ---- writing ------------------------------------------------------------------

template <class T>
void write_value(JsonWriter& out, const T& value) {
    if constexpr (is_optional<T>::value) {
        if (value) {
            write_value(out, *value);
        } else {
            out.null();
        }
    } else if constexpr (std::is_same_v<T, Json>) {
        out.raw(write_json(value));
    } else if constexpr (std::is_same_v<T, Scalar>) {
        std::visit([&](const auto& each) { write_value(out, each); }, value);
    } else if constexpr (std::is_same_v<T, bool>) {
        out.boolean(value);
    } else if constexpr (std::is_integral_v<T>) {
        if constexpr (std::is_signed_v<T>) {
            out.number(static_cast<std::int64_t>(value));
        } else {
            out.number(static_cast<std::uint64_t>(value));
        }
    } else if constexpr (std::is_floating_point_v<T>) {
        out.number(static_cast<double>(value));
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        out.text(value);
    } else if constexpr (NamedEnum<T>) {
        out.text(name_of(value));
    } else if constexpr (is_vector<T>::value) {
        out.begin_list();
        for (const auto& each : value) write_value(out, each);
        out.end_list();
    } else if constexpr (is_text_map<T>::value) {
        out.begin_object();
        for (const auto& [key, each] : value) {
            out.key(key);
            write_value(out, each);
        }
        out.end_object();
    } else if constexpr (Described<T>) {
        out.begin_object();
        T::fields(value, [&]<class F>(std::string_view name, const F& field, const Domain& = {}) {
            if constexpr (is_optional<F>::value) {
                if (!field) return;  // absent rather than null
            }
            out.key(name);
            write_value(out, field);
        });
        out.end_object();
    } else {
        out.text(to_string(value));
    }
}

template <class T>
std::string to_json(const T& value) {
    JsonWriter out;
    write_value(out, value);
    return out.take();
}

}  // namespace evenkeel::exchange
