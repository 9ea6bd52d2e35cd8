#pragma once
// Columns of a table as the models of course/ read them, and their faults with line and column.

#include <optional>
#include <string>
#include <vector>

#include "app/report.h"
#include "course/design_matrix.h"
#include "exchange/csv.h"

namespace evenkeel::app {

// Numbers where every cell is one, else a factor. Fails with invalid_input, every fault named:
// an unknown column, or one that mixes numbers with text (a typing error would become a level
// of its own); `may_mix` (a column of names) is let pass.
Result<std::vector<course::Column>> model_columns(const exchange::CsvTable&,
                                                  const std::vector<std::string>& names,
                                                  const std::string& may_mix = "");

// "/rows/ROW/COLUMN" and "/columns/COLUMN" of the core become "line:column".
Error located(const Error&, const exchange::CsvTable&);

// A name of a group as the table has it: a number where every name is a whole one.
std::vector<Json> json_names(const std::vector<std::string>& names);

Json json_optional(std::optional<double>);

// Says how many rows were left out, if any.
void warn_left_out(std::size_t n_left_out, std::vector<std::string>& warnings);

}  // namespace evenkeel::app
