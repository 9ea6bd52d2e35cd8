#include "app/table_input.h"

#include <CLI/CLI.hpp>

#include "exchange/input.h"

namespace evenkeel::app {
namespace {

Result<char> one_sign(const std::string& text, const char* option) {
    if (text == "\\t" || text == "tab") return '\t';
    if (text.size() == 1 && text != "\"" && text != "\n" && text != "\r") return text[0];
    return Error{Fault::invalid_input, option, "Give one character, or tab.", {}};
}

}  // namespace

void declare_table(CLI::App& command, TableOptions& options) {
    command.add_option("FILE", options.file, "CSV or CSV.gz; - reads standard input")->required();
    command.add_option("--delimiter", options.delimiter, "Between fields; tab for tabulators");
    command.add_option("--decimal", options.decimal, "The decimal sign");
    command.add_option("--where", options.where, "Keep rows, as in \"age>=18\"; repeatable")
        ->allow_extra_args(false);
}

Result<exchange::CsvTable> read_table(const TableOptions& options) {
    TRY(const char delimiter, one_sign(options.delimiter, "--delimiter"));
    TRY(const char decimal, one_sign(options.decimal, "--decimal"));
    if (delimiter == decimal) {
        return Error{Fault::invalid_input,
                     "--decimal",
                     "The decimal sign and the delimiter must differ.",
                     {}};
    }
    std::vector<exchange::Filter> filters;
    for (const auto& text : options.where) {
        TRY(auto filter, exchange::parse_filter(text));
        filters.push_back(std::move(filter));
    }
    TRY(const auto text, exchange::read_input(options.file));
    TRY(auto table, exchange::parse_csv(text, {delimiter, decimal}));
    CHECK_OK(exchange::keep_where(table, filters));
    return table;
}

void declare_list(CLI::App& command, const std::string& name, std::vector<std::string>& list,
                  const std::string& says) {
    command.add_option(name, list, says)
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("LIST");
}

}  // namespace evenkeel::app
