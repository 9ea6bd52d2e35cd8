#pragma once
// Moderators of a meta-regression by the names of their columns: numbers, 0/1, texts as factors,
// and interactions "a:b".

#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/meta_analysis.h"
#include "exchange/csv.h"

namespace evenkeel::app {

// The positions of rows (of those given) in which every column that a term names has a value.
// Fails with invalid_input: unknown columns, all at once.
Result<std::vector<std::size_t>> complete_rows(const exchange::CsvTable&,
                                               const std::vector<std::string>& terms,
                                               const std::vector<std::size_t>& rows);

// A column with text in one of the rows is a factor: one column of 0 and 1 for each level but the
// first in alphabetical order, named by column and level as in "formatgroup". The columns of an
// interaction are the products of those of its parts, named "a:b".
// Fails with invalid_input: a factor with one level.
Result<evidence::Moderators> moderators_of(const exchange::CsvTable&,
                                           const std::vector<std::string>& terms,
                                           const std::vector<std::size_t>& rows);

}  // namespace evenkeel::app
