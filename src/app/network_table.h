#pragma once
// What the network commands share: rows of a table as moments of people, faults told by column,
// and edges.

#include <string>
#include <vector>

#include "app/report.h"
#include "app/table_input.h"

namespace evenkeel::app {

using NetworkColumns = std::vector<std::vector<double>>;

// Names of the columns that say whose row it is and when; each may be empty.
struct MomentColumns {
    std::string id, day, beep;
};
void declare_moments(CLI::App&, MomentColumns&);

// With a beep, a group is a person's day; without, it is the person. -1 and NaN where a cell is
// missing. Without a day and a beep, rows follow each other.
struct Moments {
    std::vector<long> person, group;
    std::vector<double> moment;
    std::size_t n_people = 1;
};
Result<Moments> read_moments(const exchange::CsvTable&, const MomentColumns&);
void warn_of_rows(std::size_t n_doubled, std::size_t n_without_moment,
                  std::vector<std::string>& warnings);

// A column that infinite, huge or constant values make useless is told by cell or name.
Status check_variables(const exchange::CsvTable&, const std::vector<std::string>& variables,
                       const NetworkColumns&);
// A fault of a method at "/variables/2" or "/lambda" is told by column or option.
Error by_variable(const Error&, const std::vector<std::string>& variables);

// [{a, b, partial_correlation}] for each pair, from a symmetric matrix.
JsonList edges_json(const std::vector<std::string>& names, const std::vector<double>& partial);

}  // namespace evenkeel::app
