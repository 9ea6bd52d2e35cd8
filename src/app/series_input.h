#pragma once
// A column of numbers in order of time, and how its faults are told by row and column.

#include <string>
#include <vector>

#include "app/table_input.h"

namespace evenkeel::app {

struct SeriesInput {
    exchange::CsvTable table;
    std::string value_column, index_column;  // the latter may be empty
    std::vector<double> values;              // in order of the index; NaN = missing
    std::vector<exchange::Json> index;       // of each value: the index column, or 1, 2, ...
    std::vector<std::size_t> rows;           // of each value: its row in the table
    std::vector<std::string> warnings;

    // A fault of a method at "/values/7" is told at the cell it came from.
    [[nodiscard]] Error placed(const Error&) const;
    // The same where the method saw only the values that are not missing, or a part of them:
    // positions[i] is the place of its i-th value in `values`.
    [[nodiscard]] Error placed(const Error&, const std::vector<std::size_t>& positions) const;
};

// What becomes of rows with the same index: each counts, or the last of them alone.
enum class Repeats { each_counts, last_counts };

// Reads the table and sorts it by the index column (numbers, or texts such as 2024-05-01), with a
// warning if it was not in order and one if an index stands twice: all rows are given all the same.
// Fails with invalid_input, all faults named: no such column, a cell that is no number, an index
// that is missing.
Result<SeriesInput> read_series(const TableOptions&, const std::string& value,
                                const std::string& index, Repeats = Repeats::each_counts);

// The position of the first and last value whose index lies from FROM to TO, both included.
struct Stretch {
    std::size_t from = 0, to = 0;
};
Result<Stretch> stretch_of(const SeriesInput&, const std::string& from_to);

}  // namespace evenkeel::app
