#include "app/report.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
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

std::string as_json(const Report& report) {
    exchange::JsonWriter out;
    out.begin_object();
    write_members(out, {{"method", {report.method}},
                        {"source", {report.source}},
                        {"n", {static_cast<std::int64_t>(report.n)}},
                        {"warnings", text_list(report.warnings)}});
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

std::string plain(const Json& value) {
    if (value.is_null()) return "";
    if (const auto* text = value.text()) return *text;
    if (const auto* truth = std::get_if<bool>(&value.value)) return *truth ? "1" : "0";
    const auto* list = value.list();
    if (list == nullptr) return exchange::write_json(value);
    std::string out;
    for (const auto& each : *list) out += (out.empty() ? "" : " ") + plain(each);
    return out;
}

using TextRow = std::vector<std::string>;

// The keys of an object column, from the first row that has one: rows of one report agree.
const JsonObject* first_object(const Report& report, std::size_t column) {
    for (const auto& row : report.rows) {
        if (const auto* object = row[column].object()) return object;
    }
    return nullptr;
}

std::vector<TextRow> flatten(const Report& report) {
    std::vector<TextRow> out(report.rows.size() + 1);
    for (std::size_t column = 0; column < report.columns.size(); ++column) {
        const auto& name = report.columns[column];
        const auto* keys = first_object(report, column);
        if (keys == nullptr) {
            out[0].push_back(name);
            for (std::size_t row = 0; row < report.rows.size(); ++row) {
                out[row + 1].push_back(plain(report.rows[row][column]));
            }
            continue;
        }
        for (const auto& [key, unused] : *keys) {
            out[0].push_back(fmt::format("{}.{}", name, key));
            for (std::size_t row = 0; row < report.rows.size(); ++row) {
                const auto* value = report.rows[row][column].find(key);
                out[row + 1].push_back(value == nullptr ? "" : plain(*value));
            }
        }
    }
    return out;
}

std::string as_csv(const Report& report) {
    exchange::CsvWriter out;
    for (const auto& row : flatten(report)) {
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

std::string as_table(const Report& report) {
    std::string out;
    for (const auto& [key, value] : report.more) {
        out += fmt::format("{}: {}\n", key, plain(value));
    }
    if (report.has_rows) {
        const auto rows = flatten(report);
        std::vector<std::size_t> widths(rows[0].size(), 0);
        for (const auto& row : rows) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                widths[i] = std::max(widths[i], width(row[i]));
            }
        }
        if (!out.empty()) out += '\n';
        for (const auto& row : rows) {
            std::string line;
            for (std::size_t i = 0; i < row.size(); ++i) {
                line += row[i] + std::string(widths[i] - width(row[i]) + 2, ' ');
            }
            line.erase(line.find_last_not_of(' ') + 1);
            out += line + '\n';
        }
    }
    if (!report.footnotes) return out;
    out += fmt::format("\nn = {}. {}\nSource: {}\n", report.n, report.method, report.source);
    for (const auto& warning : report.warnings) out += "Note: " + warning + '\n';
    return out;
}

}  // namespace

void declare_output(CLI::App& command, OutputOptions& options) {
    auto* json = command.add_flag("--json", options.json, "One JSON document");
    command.add_flag("--csv", options.csv, "The rows as CSV")->excludes(json);
    command.add_option("--out", options.out, "Write to this file")->type_name("FILE");
}

Result<Exit> write_report(const Report& report, const OutputOptions& options,
                          const Surroundings& at) {
    const auto text = options.json  ? as_json(report)
                      : options.csv ? as_csv(report)
                                    : as_table(report);
    if (options.out.empty()) {
        at.out << text;
        return Exit::done;
    }
    std::ofstream file(options.out, std::ios::binary);
    file << text;
    file.flush();
    if (!file) return Error{Fault::unavailable, options.out, "This file could not be written.", {}};
    return Exit::done;
}

}  // namespace evenkeel::app
