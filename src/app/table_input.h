#pragma once
// The table a command reads: FILE|-, --delimiter, --decimal and --where, and its columns as
// numbers, texts or names of rows.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/threads.h"
#include "exchange/csv.h"
#include "exchange/json.h"

namespace evenkeel::app {

struct TableOptions {
    std::string file;
    std::string delimiter = ",", decimal = ".";
    std::vector<std::string> where;
    unsigned threads = 0;  // how many at most; 0: all cores. The answer is the same with any
};

// Adds the options above. They must outlive the parse.
void declare_table(CLI::App&, TableOptions&);

// Who computes: as many threads as --threads says.
Threads threads_of(const TableOptions&);

// Reads, checks and filters. Fails with invalid_input (every fault with row and column) or
// unavailable.
Result<exchange::CsvTable> read_table(const TableOptions&);

// "--items LIST": names joined by commas.
void declare_list(CLI::App&, const std::string& name, std::vector<std::string>&,
                  const std::string& says);

// The numbers of each named column; NaN where a cell is missing. Fails with invalid_input, all
// faults at once: a column that does not exist or is named twice, a cell that is no number, or one
// whose square no method could hold (course/series.h).
Result<std::vector<std::vector<double>>> number_columns(const exchange::CsvTable&,
                                                        const std::vector<std::string>& names);
// The same with the faults added to a list, for who looks for more of them; NaN then also where a
// cell is no number, and no numbers where there is no such column.
std::vector<std::vector<double>> number_columns(const exchange::CsvTable&,
                                                const std::vector<std::string>& names, Faults&);
// The same for one column.
Result<std::vector<double>> number_column(const exchange::CsvTable&, const std::string& name);

// The texts of a column, views into the table; absent where a cell is missing.
Result<std::vector<exchange::Cell>> text_column(const exchange::CsvTable&, const std::string& name);

// How rows are called in the answer: the cells of a column, numbers when every one is a whole
// number, or 1, 2, ... with an empty name.
Result<std::vector<exchange::Json>> row_ids(const exchange::CsvTable&, const std::string& name);

// --threads N; 0 or none given: all cores.
void declare_threads(CLI::App&, unsigned& threads);
unsigned threads_to_use(unsigned asked);
// --seed S: the same seed gives the same bytes, whatever the threads.
void declare_seed(CLI::App&, std::uint64_t& seed);

}  // namespace evenkeel::app
