#include "app/table_input.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <thread>

#include "course/series.h"
#include "exchange/input.h"

namespace evenkeel::app {
namespace {

Result<char> one_sign(const std::string& text, const char* option) {
    if (text == "\\t" || text == "tab") return '\t';
    if (text.size() == 1 && text != "\"" && text != "\n" && text != "\r") return text[0];
    return Error{Fault::invalid_input, option, "Give one character, or tab.", {}};
}

constexpr std::size_t max_named_faults = 1000;

void read_numbers(const exchange::CsvTable& table, std::size_t column, std::vector<double>& out,
                  std::size_t& n_faults, Faults& faults) {
    out.reserve(table.n_rows());
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const auto cell = table.cell(row, column);
        const auto number = cell ? exchange::parse_number(*cell, table.format().decimal)
                                 : std::numeric_limits<double>::quiet_NaN();
        if (!number && ++n_faults <= max_named_faults) {
            faults.add(table.place(row, column),
                       fmt::format("{}: \"{}\" is no number. Write a number, or leave the cell "
                                   "empty when it is missing.",
                                   table.header()[column], *cell));
        } else if (number && std::abs(*number) > course::largest_magnitude &&
                   ++n_faults <= max_named_faults) {
            faults.add(
                table.place(row, column),
                fmt::format("{}: {} is too large to compute with. Look for a typing error, or "
                            "use another unit.",
                            table.header()[column], *cell));
        }
        const bool may_stay = number && !(std::abs(*number) > course::largest_magnitude);
        out.push_back(may_stay ? *number : std::numeric_limits<double>::quiet_NaN());
    }
}

// A column of whole numbers gives numbers, "007" and names stay text.
bool is_whole_column(const exchange::CsvTable& table, std::size_t column) {
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const auto cell = table.cell(row, column);
        if (!cell) continue;
        const auto number = exchange::parse_whole(*cell);
        if (!number || std::to_string(*number) != *cell) return false;
    }
    return true;
}

}  // namespace

void declare_table(CLI::App& command, TableOptions& options) {
    command.add_option("FILE", options.file, "CSV or CSV.gz; - reads standard input")->required();
    command.add_option("--delimiter", options.delimiter, "Between fields; tab for tabulators");
    command.add_option("--decimal", options.decimal, "The decimal sign");
    command.add_option("--where", options.where, "Keep rows, as in \"age>=18\"; repeatable")
        ->allow_extra_args(false);
    declare_threads(command, options.threads);
}

Threads threads_of(const TableOptions& options) {
    return Threads(threads_to_use(options.threads));
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
    TRY(auto text, exchange::read_input(options.file));
    TRY(auto table, exchange::parse_csv(std::move(text), {delimiter, decimal}));
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

std::vector<std::vector<double>> number_columns(const exchange::CsvTable& table,
                                                const std::vector<std::string>& names,
                                                Faults& faults) {
    const auto columns = exchange::columns_of(table, names);
    if (!columns.ok()) faults.add(columns.error());
    std::set<std::string> seen;
    for (const auto& name : names) {
        if (!seen.insert(name).second) {
            faults.add("1:1", fmt::format("The column {} is named twice in the call.", name));
        }
    }
    std::size_t n_faults = 0;
    std::vector<std::vector<double>> out(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto column = table.column(names[i]);
        if (column) read_numbers(table, *column, out[i], n_faults, faults);
    }
    if (n_faults > max_named_faults) {
        faults.add("", fmt::format("And {} more of this kind.", n_faults - max_named_faults));
    }
    return out;
}

Result<std::vector<std::vector<double>>> number_columns(const exchange::CsvTable& table,
                                                        const std::vector<std::string>& names) {
    Faults faults;
    auto out = number_columns(table, names, faults);
    if (!faults.none()) return faults.error();
    return out;
}

Result<std::vector<double>> number_column(const exchange::CsvTable& table,
                                          const std::string& name) {
    TRY(auto columns, number_columns(table, {name}));
    return std::move(columns[0]);
}

Result<std::vector<exchange::Cell>> text_column(const exchange::CsvTable& table,
                                                const std::string& name) {
    TRY(const auto columns, exchange::columns_of(table, {name}));
    std::vector<exchange::Cell> out;
    out.reserve(table.n_rows());
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        out.push_back(table.cell(row, columns[0]));
    }
    return out;
}

Result<std::vector<exchange::Json>> row_ids(const exchange::CsvTable& table,
                                            const std::string& name) {
    std::vector<exchange::Json> out;
    if (name.empty()) {
        for (std::size_t i = 1; i <= table.n_rows(); ++i) {
            out.push_back({static_cast<std::int64_t>(i)});
        }
        return out;
    }
    TRY(const auto columns, exchange::columns_of(table, {name}));
    const bool whole = is_whole_column(table, columns[0]);
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const auto cell = table.cell(row, columns[0]);
        if (!cell) {
            out.emplace_back();
        } else if (whole) {
            out.push_back({*exchange::parse_whole(*cell)});
        } else {
            out.push_back({std::string(*cell)});
        }
    }
    return out;
}

void declare_threads(CLI::App& command, unsigned& threads) {
    command.add_option("--threads", threads, "How many cores to use, else all")->type_name("N");
}

unsigned threads_to_use(unsigned asked) {
    return asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
}

void declare_seed(CLI::App& command, std::uint64_t& seed) {
    command.add_option("--seed", seed, "Where the random numbers begin")->type_name("S");
}

}  // namespace evenkeel::app
