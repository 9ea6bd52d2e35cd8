#pragma once
// The text of a data file, and the way to its struct with faults that name the file.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/json.h"

namespace evenkeel::knowledge::detail {

struct NamedText {
    std::string name;  // how faults call the file
    std::string_view text;
};

// None when anything is wrong; every fault is then in `faults` as "name#/pointer".
template <class T>
std::optional<T> read_named(const NamedText& file, Faults& faults) {
    auto read = exchange::read_json<T>(file.text);
    if (read.ok()) return std::move(read).value();
    for (const auto& problem : read.error().problems()) {
        faults.add(file.name + "#" + problem.where, problem.message);
    }
    return std::nullopt;
}

}  // namespace evenkeel::knowledge::detail
