#include "app/moderators.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace evenkeel::app {
namespace {

using evidence::Moderators;
using exchange::CsvTable;

// "a:b" names two columns, unless a column is called so.
std::vector<std::string> parts_of(const CsvTable& table, const std::string& term) {
    if (table.column(term)) return {term};
    std::vector<std::string> out(1);
    for (const char c : term) {
        if (c == ':') {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    return out;
}

Result<std::vector<std::size_t>> columns_named(const CsvTable& table,
                                               const std::vector<std::string>& terms) {
    std::vector<std::string> names;
    for (const auto& term : terms) {
        for (auto& part : parts_of(table, term)) names.push_back(std::move(part));
    }
    return exchange::columns_of(table, names);
}

// One list of numbers for each name.
struct Columns {
    std::vector<std::string> names;
    std::vector<std::vector<double>> values;
};

Result<Columns> factor(const CsvTable& table, std::size_t column,
                       const std::vector<std::size_t>& rows) {
    std::set<std::string> levels;
    for (const auto row : rows) levels.emplace(*table.cell(row, column));
    const auto& name = table.header()[column];
    if (levels.size() < 2) {
        return Error{Fault::invalid_input, "--moderators",
                     fmt::format("{} has one level only, \"{}\"; leave it out.", name,
                                 levels.empty() ? "" : *levels.begin())};
    }
    Columns out;
    for (auto level = std::next(levels.begin()); level != levels.end(); ++level) {
        out.names.push_back(name + *level);
        auto& values = out.values.emplace_back();
        for (const auto row : rows) {
            values.push_back(*table.cell(row, column) == *level ? 1 : 0);
        }
    }
    return out;
}

Result<Columns> one_column(const CsvTable& table, std::size_t column,
                           const std::vector<std::size_t>& rows) {
    Columns out{{table.header()[column]}, {{}}};
    for (const auto row : rows) {
        const auto number =
            exchange::parse_number(*table.cell(row, column), table.format().decimal);
        if (!number) return factor(table, column, rows);
        out.values[0].push_back(*number);
    }
    return out;
}

Columns products(const Columns& a, const Columns& b) {
    Columns out;
    for (std::size_t i = 0; i < a.names.size(); ++i) {
        for (std::size_t j = 0; j < b.names.size(); ++j) {
            out.names.push_back(a.names[i] + ":" + b.names[j]);
            auto& values = out.values.emplace_back(a.values[i]);
            for (std::size_t row = 0; row < values.size(); ++row) values[row] *= b.values[j][row];
        }
    }
    return out;
}

}  // namespace

Result<std::vector<std::size_t>> complete_rows(const CsvTable& table,
                                               const std::vector<std::string>& terms,
                                               const std::vector<std::size_t>& rows) {
    TRY(const auto columns, columns_named(table, terms));
    std::vector<std::size_t> out;
    for (const auto row : rows) {
        if (std::all_of(columns.begin(), columns.end(),
                        [&](std::size_t column) { return table.cell(row, column).has_value(); })) {
            out.push_back(row);
        }
    }
    return out;
}

Result<Moderators> moderators_of(const CsvTable& table, const std::vector<std::string>& terms,
                                 const std::vector<std::size_t>& rows) {
    Moderators out;
    if (rows.empty()) return out;
    for (const auto& term : terms) {
        Columns columns;
        for (const auto& part : parts_of(table, term)) {
            TRY(const auto column, exchange::columns_of(table, {part}));
            TRY(auto one, one_column(table, column[0], rows));
            columns = columns.names.empty() ? std::move(one) : products(columns, one);
            if (columns.names.size() > rows.size()) {
                return Error{
                    Fault::invalid_input,
                    "--moderators",
                    fmt::format("{} has more columns than there are studies; leave it out.", term),
                    {}};
            }
        }
        for (std::size_t j = 0; j < columns.names.size(); ++j) {
            out.terms.push_back(columns.names[j]);
            out.columns.insert(out.columns.end(), columns.values[j].begin(),
                               columns.values[j].end());
        }
    }
    return out;
}

}  // namespace evenkeel::app
