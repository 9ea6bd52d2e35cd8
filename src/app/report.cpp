#include "app/report.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <ostream>

#include "exchange/csv.h"

namespace evenkeel::app {
namespace {

Json text_list(const std::vector<std::string>& texts) {
    JsonList out;
    for (const auto& text : texts) out.push_back({text});
    return {std::move(out)};
}

void write_members(exchange::JsonWriter& out, const JsonObject& members) {
    for (const auto& [key, value] : members) {
        out.key(key);
        out.raw(exchange::write_json(value));
    }
}

// What every estimator says of its search.
JsonObject search_of(const Report& report) {
    JsonObject out;
    if (report.converged) out.emplace_back("converged", Json{*report.converged});
    if (report.iterations) {
        out.emplace_back("iterations", Json{static_cast<std::int64_t>(*report.iterations)});
    }
    if (report.log_likelihood)
        out.emplace_back("log_likelihood", json_number(*report.log_likelihood));
    return out;
}

std::string as_json(const Report& report) {
    exchange::JsonWriter out;
    out.begin_object();
    write_members(out, {{"method", {report.method}},
                        {"source", {report.source}},
                        {"n", {static_cast<std::int64_t>(report.n)}},
                        {"warnings", text_list(report.warnings)}});
    write_members(out, search_of(report));
    write_members(out, report.more);
    if (report.has_rows) {
        out.key("rows");
        out.begin_list();
        for (const auto& row : report.rows) {
            out.begin_object();
            for (std::size_t i = 0; i < row.size(); ++i) {
                out.key(report.columns[i]);
                out.raw(exchange::write_json(row[i]));
            }
            out.end_object();
        }
        out.end_list();
    }
    out.end_object();
    return out.take() + "\n";
}

// A number as people read it: six significant digits; files keep every digit.
enum class Digits { all, readable };

std::string plain(const Json& value, Digits digits) {
    if (value.is_null()) return "";
    if (const auto* text = value.text()) return *text;
    if (const auto* truth = std::get_if<bool>(&value.value)) return *truth ? "1" : "0";
    if (const auto* real = std::get_if<double>(&value.value)) {
        if (!std::isfinite(*real)) return "";
        return digits == Digits::readable ? fmt::format("{:.6g}", *real)
                                          : exchange::write_json(value);
    }
    std::string out;
    if (const auto* object = value.object()) {
        for (const auto& [key, each] : *object) {
            out += fmt::format("{}{} {}", out.empty() ? "" : ", ", key, plain(each, digits));
        }
        return out;
    }
    const auto* list = value.list();
    if (list == nullptr) return exchange::write_json(value);
    for (const auto& each : *list) {
        const bool row = each.list() != nullptr;  // of a matrix
        out += (row ? "\n  " : out.empty() ? "" : " ") + plain(each, digits);
    }
    return out;
}

using TextRow = std::vector<std::string>;

// Columns by name and, for each row, one value for each column.
struct Rows {
    std::vector<std::string> columns;
    std::vector<std::vector<Json>> values;
};

// A list of objects as rows; nullopt for anything else. The columns are every key, in the
// order of their first appearance.
std::optional<Rows> rows_of(const Json& member) {
    const auto* list = member.list();
    if (list == nullptr || list->empty() || list->front().object() == nullptr) return std::nullopt;
    Rows out;
    for (const auto& each : *list) {
        if (each.object() == nullptr) return std::nullopt;
        for (const auto& [key, unused] : *each.object()) {
            if (std::find(out.columns.begin(), out.columns.end(), key) == out.columns.end()) {
                out.columns.push_back(key);
            }
        }
    }
    for (const auto& each : *list) {
        auto& row = out.values.emplace_back();
        for (const auto& column : out.columns) {
            const auto* value = each.find(column);
            row.push_back(value == nullptr ? Json{} : *value);
        }
    }
    return out;
}

// The keys of an object column, from the first row that has one: rows of one report agree.
const JsonObject* first_object(const std::vector<std::vector<Json>>& rows, std::size_t column) {
    for (const auto& row : rows) {
        if (const auto* object = row[column].object()) return object;
    }
    return nullptr;
}

std::vector<TextRow> flatten(const std::vector<std::string>& columns,
                             const std::vector<std::vector<Json>>& rows, Digits digits) {
    std::vector<TextRow> out(rows.size() + 1);
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const auto& name = columns[column];
        const auto* keys = first_object(rows, column);
        if (keys == nullptr) {
            out[0].push_back(name);
            for (std::size_t row = 0; row < rows.size(); ++row) {
                out[row + 1].push_back(plain(rows[row][column], digits));
            }
            continue;
        }
        for (const auto& [key, unused] : *keys) {
            out[0].push_back(fmt::format("{}.{}", name, key));
            for (std::size_t row = 0; row < rows.size(); ++row) {
                const auto* value = rows[row][column].find(key);
                out[row + 1].push_back(value == nullptr ? "" : plain(*value, digits));
            }
        }
    }
    return out;
}

std::vector<TextRow> csv_rows(const Report& report) {
    if (report.has_rows) return flatten(report.columns, report.rows, Digits::all);
    for (const auto& [key, value] : report.more) {
        if (const auto rows = rows_of(value)) {
            return flatten(rows->columns, rows->values, Digits::all);
        }
    }
    std::vector<TextRow> out{{"quantity", "value"}};
    for (const auto& [key, value] : report.more) {
        out.push_back({key, plain(value, Digits::all)});
    }
    return out;
}

std::string as_csv(const Report& report) {
    exchange::CsvWriter out;
    for (const auto& row : csv_rows(report)) {
        for (const auto& field : row) out.field(field);
        out.end_row();
    }
    return out.take();
}

// Columns on a screen, near enough: one for each code point.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

std::string aligned(const std::vector<TextRow>& rows) {
    std::vector<std::size_t> widths(rows[0].size(), 0);
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], width(row[i]));
        }
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i] + std::string(widths[i] - width(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    }
    return out;
}

std::string as_table(const Report& report) {
    std::string lines, tables;
    auto members = search_of(report);
    members.insert(members.end(), report.more.begin(), report.more.end());
    for (const auto& [key, value] : members) {
        if (const auto rows = rows_of(value)) {
            tables += fmt::format("\n{}\n{}", key,
                                  aligned(flatten(rows->columns, rows->values, Digits::readable)));
        } else {
            lines += fmt::format("{}: {}\n", key, plain(value, Digits::readable));
        }
    }
    auto out = lines + tables;
    if (report.has_rows) {
        if (!out.empty()) out += '\n';
        out += aligned(flatten(report.columns, report.rows, Digits::readable));
    }
    if (!report.footnotes) return out;
    out += fmt::format("\nn = {}. {}\nSource: {}\n", report.n, report.method, report.source);
    for (const auto& warning : report.warnings) out += "Note: " + warning + '\n';
    return out;
}

Status write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.flush();
    if (!file) return Error{Fault::unavailable, path, "This file could not be written.", {}};
    return Done{};
}

}  // namespace

void declare_output(CLI::App& command, OutputOptions& options) {
    auto* json = command.add_flag("--json", options.json, "One JSON document");
    command.add_flag("--csv", options.csv, "The rows as CSV")->excludes(json);
    command.add_option("--out", options.out, "Write to this file")->type_name("FILE");
}

void declare_plot(CLI::App& command, OutputOptions& options) {
    command.add_option("--plot", options.plot, "Draw the answer into this SVG file")
        ->type_name("FILE.svg");
}

Json json_number(double value) {
    return std::isfinite(value) ? Json{value} : Json{};
}

Json json_whole(std::size_t value) {
    return {static_cast<std::int64_t>(value)};
}

std::string json_text(const Json& value) {
    return value.text() != nullptr ? *value.text() : exchange::write_json(value);
}

Json json_numbers(std::span<const double> values) {
    JsonList out;
    for (const auto value : values) out.push_back(json_number(value));
    return {std::move(out)};
}

Json json_matrix(std::span<const double> by_columns, std::size_t n_rows) {
    JsonList out;
    for (std::size_t row = 0; row < n_rows; ++row) {
        JsonList values;
        for (auto at = row; at < by_columns.size(); at += n_rows) {
            values.push_back(json_number(by_columns[at]));
        }
        out.push_back({std::move(values)});
    }
    return {std::move(out)};
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

void warn_of(std::vector<std::string>& warnings, std::size_t n, std::string_view one,
             std::string_view many) {
    if (n > 0) warnings.push_back(counted(n, one, many));
}

Result<Exit> write_report(const Report& report, const OutputOptions& options,
                          const Surroundings& at) {
    if (!options.plot.empty() && !report.picture.empty()) {
        CHECK_OK(write_file(options.plot, report.picture));
    }
    const auto text = options.json  ? as_json(report)
                      : options.csv ? as_csv(report)
                                    : as_table(report);
    if (options.out.empty()) {
        at.out << text;
    } else {
        CHECK_OK(write_file(options.out, text));
    }
    return report.converged.value_or(true) ? Exit::done : Exit::not_converged;
}

}  // namespace evenkeel::app
