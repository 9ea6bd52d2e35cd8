#pragma once
// Which patterns of answers occur, and how often?
//
// Item response models see a person only through the pattern of answers, so equal rows are
// computed once. Nine items of four answers give far fewer patterns than there are people.

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::measures {

struct Responses {
    static constexpr std::uint8_t missing = 255;
    static constexpr std::size_t no_pattern = std::numeric_limits<std::size_t>::max();

    std::vector<std::vector<double>> categories;  // of each item, ascending
    std::vector<std::uint8_t> codes;              // pattern by pattern: positions in categories
    std::vector<double> counts;                   // of each pattern
    std::vector<std::size_t> pattern_of_row;      // no_pattern: nothing answered
    std::size_t n_answered = 0;                   // rows with at least one answer

    [[nodiscard]] std::size_t n_items() const { return categories.size(); }
    [[nodiscard]] std::size_t n_patterns() const { return counts.size(); }
    [[nodiscard]] const std::uint8_t* pattern(std::size_t p) const {
        return codes.data() + p * n_items();
    }
};

// The distinct values of each item, ascending; NaN is missing. Fails with invalid_input, where =
// "/items/INDEX", every fault named: more than 100 different values.
Result<std::vector<std::vector<double>>> observed_categories(
    std::span<const std::vector<double>> items);

// Tabulates the rows. `items`: one vector for each item, of the same length, NaN where missing.
// Fails with invalid_input: columns of different lengths, another number of categories than
// items, or (where = "/items/INDEX/ROW", every one named up to 1,000) a value that is no category.
Result<Responses> tabulate(std::span<const std::vector<double>> items,
                           std::vector<std::vector<double>> categories);

}  // namespace evenkeel::measures
