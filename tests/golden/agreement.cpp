#include "agreement.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>

#include "exchange/input.h"

namespace evenkeel::golden {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

void note(std::string_view method, std::string_view dataset, std::size_t compared, double deviation,
          double tolerance) {
    const char* path = std::getenv("EVENKEEL_AGREEMENT");
    if (path == nullptr) return;
    std::ofstream(path, std::ios::app)
        << fmt::format("{},{},{},{:.3g},{:.3g}\n", quoted(method), quoted(dataset), compared,
                       deviation, tolerance);
}

}  // namespace

void Deviation::add(double ours, double theirs) {
    add_scaled(ours, theirs, std::fmax(1.0, std::abs(theirs)));
}

void Deviation::add_scaled(double ours, double theirs, double scale) {
    ++compared_;
    if ((std::isnan(ours) && std::isnan(theirs)) || ours == theirs) return;
    const double apart = std::abs(ours - theirs) / scale;
    if (std::isnan(apart)) {
        largest_ = std::numeric_limits<double>::infinity();
    } else if (apart > largest_) {
        largest_ = apart;
    }
}

void agree(std::string_view method, std::string_view dataset, const Deviation& deviation,
           double tolerance) {
    EXPECT_GT(deviation.compared(), 0U) << method << ", " << dataset << ": nothing was compared";
    EXPECT_LE(deviation.largest(), tolerance) << method << ", " << dataset;
    note(method, dataset, deviation.compared(), deviation.largest(), tolerance);
}

void agree(std::string_view method, std::string_view dataset, double deviation, double tolerance) {
    EXPECT_LE(deviation, tolerance) << method << ", " << dataset;
    note(method, dataset, 1, deviation, tolerance);
}

std::optional<std::string> reference_file(std::string_view path) {
    const char* named = std::getenv("EVENKEEL_REFERENCE");
    for (const std::filesystem::path root :
         {EVENKEEL_SOURCE_DIR "/tests/golden/data",
          named != nullptr ? named : EVENKEEL_SOURCE_DIR "/../shared/reference"}) {
        const auto file = root / path;
        if (std::filesystem::exists(file)) return file.string();
    }
    note("skipped", path, 0, 0, 0);
    return std::nullopt;
}

exchange::CsvTable read_table(const std::string& path) {
    auto bytes = exchange::read_input(path);
    EXPECT_TRUE(bytes.ok()) << path;
    if (!bytes.ok()) return {};
    auto table = exchange::parse_csv(std::move(bytes).value());
    EXPECT_TRUE(table.ok()) << path;
    return table.ok() ? std::move(table).value() : exchange::CsvTable{};
}

std::string text(const exchange::CsvTable& table, std::size_t row, std::string_view column) {
    const auto at = table.column(column);
    EXPECT_TRUE(at.has_value()) << column;
    return at ? std::string(table.cell(row, *at).value_or("")) : "";
}

double number(const exchange::CsvTable& table, std::size_t row, std::string_view column) {
    const auto cell = text(table, row, column);
    if (cell.empty()) return std::numeric_limits<double>::quiet_NaN();
    if (cell == "Inf") return std::numeric_limits<double>::infinity();
    const auto value = exchange::parse_number(cell, table.format().decimal);
    EXPECT_TRUE(value.has_value()) << column << ": " << cell;
    return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

}  // namespace evenkeel::golden
