#pragma once
// The table a command reads: FILE|-, --delimiter, --decimal and --where.

#include <string>
#include <vector>

#include "app/command.h"
#include "exchange/csv.h"

namespace evenkeel::app {

struct TableOptions {
    std::string file;
    std::string delimiter = ",", decimal = ".";
    std::vector<std::string> where;
};

// Adds the options above. They must outlive the parse.
void declare_table(CLI::App&, TableOptions&);

// Reads, checks and filters. Fails with invalid_input (every fault with row and column) or
// unavailable.
Result<exchange::CsvTable> read_table(const TableOptions&);

// "--items LIST": names joined by commas.
void declare_list(CLI::App&, const std::string& name, std::vector<std::string>&,
                  const std::string& says);

}  // namespace evenkeel::app
