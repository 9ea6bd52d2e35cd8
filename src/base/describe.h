#pragma once
// One description of a struct's fields, from which come reading with every fault
// named, writing, and the published schema.
//
//   struct CheckIn {
//       std::optional<int> mood;
//       template <class Self, class Visit>
//       static void fields(Self& self, Visit&& visit) {
//           visit("mood", self.mood, Domain{.min = 0, .max = 4, .says = "0 = very low"});
//       }
//   };
//
// A field is required unless it is an optional, a vector, a map or a bool with
// Domain::optional. Enums are described by enum_names(E), found beside the enum.

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace evenkeel {

// The values a field may take. Limits apply to numbers, to the length of text in
// bytes, and to the number of elements of a list, as the field's type says; for a
// list of numbers or texts `min`/`max`/`max_length` apply to each element.
struct Domain {
    std::optional<double> min = {};
    std::optional<double> max = {};
    std::size_t max_length = 2000;  // of a text, bytes of UTF-8
    std::size_t min_length = 0;
    std::size_t max_count = 1000;  // of a list
    bool optional = false;         // a missing field keeps its default
    std::string_view says = {};    // one line for the API page
};

template <class T>
concept Described = requires(T& value) {
    T::fields(value, [](auto&&...) {});
};

// enum_names(E{}) -> a range of pair<E, string_view>
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires {
    enum_names(T{});
};

template <NamedEnum E>
constexpr std::string_view name_of(E value) {
    for (const auto& [each, name] : enum_names(E{})) {
        if (each == value) return name;
    }
    return "";
}

template <NamedEnum E>
constexpr std::optional<E> enum_named(std::string_view text) {
    for (const auto& [each, name] : enum_names(E{})) {
        if (name == text) return each;
    }
    return std::nullopt;
}

// The name of a type as its declaration has it, without namespaces: "CheckIn".
template <class T>
constexpr std::string_view type_name() {
    // "... [with T = evenkeel::practice::CheckIn; ...]" of g++, "[T = ...]" of clang.
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("T = ") + 4);
    text = text.substr(0, text.find_first_of(";]"));
    const auto colon = text.rfind(':');
    return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

// A value of a sentence: text or a number.
using Scalar = std::variant<std::string, double>;

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_text_map : std::false_type {};
template <class T>
struct is_text_map<std::map<std::string, T>> : std::true_type {};

}  // namespace evenkeel
