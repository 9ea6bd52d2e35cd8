#pragma once
// Which numbers does a formula ask for? Columns of a table become the response, the fixed and
// random columns of a linear model, and the groups of its rows.
//
// Method: coding of factors as in Chambers & Hastie (1992), Statistical Models in S, ch. 2.3:
// contrasts to the first level where the margin of the term stands in the model, else one
// column for each level.
// Missing data: rows that are complete in every column that is used; the others are counted.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "course/formula.h"

namespace evenkeel::course {

// Numbers, or a factor: `codes` index `levels`, -1 is missing. A number is missing as NaN.
struct Column {
    std::string name;
    std::vector<double> numbers;
    std::vector<std::int32_t> codes;
    std::vector<std::string> levels;

    [[nodiscard]] bool is_factor() const { return numbers.empty() && !codes.empty(); }
    [[nodiscard]] std::size_t size() const { return is_factor() ? codes.size() : numbers.size(); }
};

// Codes by first appearance; a number names its level by its shortest text.
Column as_groups(const Column&);

// Column by column, each n long.
struct Matrix {
    std::size_t n = 0;
    std::vector<double> values;
    std::vector<std::string> names;

    [[nodiscard]] std::size_t n_columns() const { return names.size(); }
    [[nodiscard]] std::span<const double> column(std::size_t j) const {
        return std::span(values).subspan(j * n, n);
    }
};

struct DesignMatrix {
    std::vector<std::size_t> rows;  // of the table, those that are complete
    std::vector<double> response;
    Matrix fixed;
    Matrix random;
    std::vector<std::vector<std::size_t>> blocks;  // columns of `random` that may correlate
    std::vector<std::int32_t> groups;              // by first appearance; empty without groups
    std::vector<std::string> group_names;
    std::string group_column;
    std::vector<double> time;  // empty where no time column is named
    std::size_t n_left_out = 0;
};

// What stands beside the formula.
struct DesignOptions {
    std::string group;  // where the formula has no random term; may be empty
    std::string time;   // of the residuals' correlation; may be empty
};

// Numbers above this are refused: their squares would leave the range of double.
inline constexpr double largest_number = 1e100;

// Fails with invalid_input, every fault named: an unknown column, text where a number is
// needed, a logarithm of a number outside its domain, a number above largest_number, no
// complete row, two grouping columns. `where` is "/rows/ROW/COLUMN" (ROW from 0) or
// "/columns/COLUMN".
Result<DesignMatrix> design_matrix(const Formula&, std::span<const Column>,
                                   const DesignOptions& = {});

}  // namespace evenkeel::course
