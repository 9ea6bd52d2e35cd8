#include "guidance/rule_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace evenkeel::guidance {

std::string in_words(const Fact& fact, int value) {
    if (fact.kind == FactKind::flag) return value == 1 ? "yes" : "no";
    if (fact.kind == FactKind::choice) return fact.values[static_cast<std::size_t>(value)];
    return std::to_string(value);
}

std::optional<int> value_named(const Fact& fact, std::string_view words) {
    if (fact.kind == FactKind::number) {
        int value = 0;
        const auto* end = words.data() + words.size();
        const auto read = std::from_chars(words.data(), end, value);
        const bool whole = read.ec == std::errc{} && read.ptr == end;
        if (whole && fact.min <= value && value <= fact.max) return value;
        return std::nullopt;
    }
    for (int value = fact.min; value <= fact.max; ++value) {
        if (in_words(fact, value) == words) return value;
    }
    return std::nullopt;
}

std::string values_in_words(const Fact& fact) {
    if (fact.kind == FactKind::flag) return "yes or no";
    if (fact.kind == FactKind::choice)
        return fmt::format("one of: {}", fmt::join(fact.values, ", "));
    return fmt::format("a whole number from {} to {}", fact.min, fact.max);
}

std::string needs(const Fact& fact, const Test& test) {
    std::vector<std::string> words;
    for (const auto& [from, to] : test.ranges) {
        if (fact.kind != FactKind::number) {
            words.push_back(in_words(fact, from));
        } else if (from == fact.min) {
            words.push_back(fmt::format("{} or less", to));
        } else if (to == fact.max) {
            words.push_back(fmt::format("{} or more", from));
        } else {
            words.push_back(fmt::format("{} to {}", from, to));
        }
    }
    return fmt::format("{}", fmt::join(words, " or "));
}

std::string in_words(const RuleBook& book, const Condition& condition) {
    std::vector<std::string> clauses;
    for (const auto& clause : condition) {
        std::vector<std::string> tests;
        for (const auto& test : clause) {
            const auto& fact = book.facts[test.fact];
            tests.push_back(fmt::format("{}: {}", fact.says, needs(fact, test)));
        }
        clauses.push_back(fmt::format("{}", fmt::join(tests, "; ")));
    }
    return fmt::format("{}", fmt::join(clauses, " -- or -- "));
}

}  // namespace evenkeel::guidance
