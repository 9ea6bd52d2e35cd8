#pragma once
// What a command answers, in the shapes the command-line contract names: a readable table,
// --json (one document), --csv (the rows), to standard output or --out FILE; --plot FILE.svg.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.h"
#include "exchange/json.h"

namespace evenkeel::app {

using exchange::Json;
using exchange::JsonList;
using exchange::JsonObject;

struct OutputOptions {
    bool json = false, csv = false;
    std::string out;   // a file instead of standard output
    std::string plot;  // a file for the picture
};

// Adds --json, --csv and --out. The options must outlive the parse.
void declare_output(CLI::App&, OutputOptions&);
// Adds --plot FILE.svg, for commands whose answer is a picture too.
void declare_plot(CLI::App&, OutputOptions&);

// NaN and infinity become null: what could not be estimated is absent, with a warning.
Json json_number(double);
Json json_whole(std::size_t);
// A text as it is, anything else as JSON.
std::string json_text(const Json&);
Json json_numbers(std::span<const double>);  // a list
// A matrix stored by columns, as a list of its rows.
Json json_matrix(std::span<const double> by_columns, std::size_t n_rows);

struct Report {
    std::string method, source;
    std::size_t n = 0;  // rows, files or things looked at
    std::vector<std::string> warnings;
    // Of an estimator: whether it arrived, after how many iterations. With `converged` false
    // the document is written all the same and the exit code is 4.
    std::optional<bool> converged;
    std::optional<int> iterations;
    std::optional<double> log_likelihood;
    JsonObject more;  // further keys of the document, before the rows
    // Without rows, --csv writes the first member of `more` that is a list of objects.
    bool has_rows = true;
    std::vector<std::string> columns;
    std::vector<std::vector<Json>> rows;  // one value for each column
    // The table ends with method, source, n and warnings; off where they say nothing new.
    bool footnotes = true;
    std::string picture;  // SVG; written when --plot asks for it
};

// "1 row is", "2 rows are": a count in the number of what it counts.
std::string counted(std::size_t n, std::string_view one, std::string_view many);
// Adds that as a warning, in whole sentences; nothing for 0.
void warn_of(std::vector<std::string>& warnings, std::size_t n, std::string_view one,
             std::string_view many);

// In CSV and tables: missing is empty, true and false are 1 and 0, a list is joined by spaces,
// an object becomes one column for each of its keys ("subscales.anxiety"). Tables round to six
// significant digits; JSON and CSV keep them all. A member of `more` that is a list of objects
// is a table of its own.
// Fails with unavailable if --out or --plot cannot be written.
Result<Exit> write_report(const Report&, const OutputOptions&, const Surroundings&);

}  // namespace evenkeel::app
