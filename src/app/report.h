#pragma once
// What a command answers, in the shapes the command-line contract names: a readable table,
// --json (one document), --csv (the rows), to standard output or --out FILE.

#include <string>
#include <vector>

#include "app/command.h"
#include "exchange/json.h"

namespace evenkeel::app {

using exchange::Json;
using exchange::JsonList;
using exchange::JsonObject;

struct OutputOptions {
    bool json = false, csv = false;
    std::string out;  // a file instead of standard output
};

// Adds --json, --csv and --out. The options must outlive the parse.
void declare_output(CLI::App&, OutputOptions&);

struct Report {
    std::string method, source;
    std::size_t n = 0;  // rows, files or things looked at
    std::vector<std::string> warnings;
    JsonObject more;  // further keys of the document, before the rows
    bool has_rows = true;
    std::vector<std::string> columns;
    std::vector<std::vector<Json>> rows;  // one value for each column
    // The table ends with method, source, n and warnings; off where they say nothing new.
    bool footnotes = true;
};

// In CSV and tables: missing is empty, true and false are 1 and 0, a list is joined by spaces,
// an object becomes one column for each of its keys ("subscales.anxiety").
// Fails with unavailable if --out cannot be written.
Result<Exit> write_report(const Report&, const OutputOptions&, const Surroundings&);

}  // namespace evenkeel::app
