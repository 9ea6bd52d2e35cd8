#include "app/model_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <unordered_map>

namespace evenkeel::app {
namespace {

using course::Column;
using exchange::CsvTable;

constexpr std::size_t max_faults = 1000;

Column as_factor(const CsvTable& table, std::size_t at) {
    Column out{table.header()[at], {}, {}, {}};
    std::unordered_map<std::string_view, std::int32_t> codes;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const auto cell = table.cell(row, at);
        if (!cell) {
            out.codes.push_back(-1);
            continue;
        }
        const auto [found, is_new] =
            codes.emplace(*cell, static_cast<std::int32_t>(out.levels.size()));
        if (is_new) out.levels.emplace_back(*cell);
        out.codes.push_back(found->second);
    }
    return out;
}

Column read_column(const CsvTable& table, std::size_t at, bool may_mix, Faults& faults) {
    Column out{table.header()[at], {}, {}, {}};
    std::vector<std::size_t> texts;
    std::size_t n_numbers = 0;
    out.numbers.reserve(table.n_rows());
    for (std::size_t i = 0; i < table.n_rows(); ++i) {
        const auto cell = table.cell(i, at);
        const auto number =
            cell ? exchange::parse_number(*cell, table.format().decimal) : std::nullopt;
        out.numbers.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
        if (number) ++n_numbers;
        if (cell && !number) texts.push_back(i);
    }
    if (texts.empty()) return out;
    if (n_numbers > 0 && !may_mix) {
        for (const auto i : texts) {
            if (faults.all().size() >= max_faults) break;
            faults.add(table.place(i, at),
                       fmt::format("{}: \"{}\" is no number, and other rows have numbers. Mend the "
                                   "cell or leave it empty.",
                                   out.name, *table.cell(i, at)));
        }
        return out;
    }
    return as_factor(table, at);
}

// "/rows/12/score" -> row 12 and "score".
std::string place_of(std::string_view where, const CsvTable& table) {
    constexpr std::string_view rows = "/rows/", columns = "/columns/";
    if (where.substr(0, columns.size()) == columns) {
        const auto at = table.column(where.substr(columns.size()));
        return at ? fmt::format("1:{}", *at + 1) : std::string(where.substr(columns.size()));
    }
    if (where.substr(0, rows.size()) != rows) return std::string(where);
    where.remove_prefix(rows.size());
    std::size_t row = 0;
    const auto read = std::from_chars(where.data(), where.data() + where.size(), row);
    if (read.ec != std::errc() || row >= table.n_rows()) return std::string(where);
    where.remove_prefix(static_cast<std::size_t>(read.ptr - where.data()));
    const auto column = where.empty() ? std::nullopt : table.column(where.substr(1));
    return table.place(row, column.value_or(0));
}

}  // namespace

Result<std::vector<Column>> model_columns(const CsvTable& table,
                                          const std::vector<std::string>& names,
                                          const std::string& may_mix) {
    TRY(const auto found, exchange::columns_of(table, names));
    Faults faults;
    std::vector<Column> out;
    for (const auto at : found) {
        out.push_back(read_column(table, at, table.header()[at] == may_mix, faults));
    }
    if (!faults.none()) return faults.error();
    return out;
}

Error located(const Error& error, const CsvTable& table) {
    Faults faults;
    for (const auto& problem : error.problems()) {
        faults.add(place_of(problem.where, table), problem.message);
    }
    return faults.error(error.fault);
}

std::vector<Json> json_names(const std::vector<std::string>& names) {
    const bool whole = std::all_of(names.begin(), names.end(), [](const std::string& name) {
        const auto number = exchange::parse_whole(name);
        return number && std::to_string(*number) == name;
    });
    std::vector<Json> out;
    for (const auto& name : names) {
        out.push_back(whole ? Json{*exchange::parse_whole(name)} : Json{name});
    }
    return out;
}

Json json_optional(std::optional<double> number) {
    return number ? json_number(*number) : Json{};
}

void warn_left_out(std::size_t n_left_out, std::vector<std::string>& warnings) {
    warn_of(warnings, n_left_out, "row with a missing value is left out.",
            "rows with a missing value are left out.");
}

}  // namespace evenkeel::app
