// Goal: any bytes are either read or refused, as the reader that goes byte by byte does it; what
// was read is written and read back the same.
#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "exchange/csv.h"
#include "exchange/detail/csv_by_letter.h"

namespace {

using namespace evenkeel;

std::string write(const exchange::CsvTable& table) {
    exchange::CsvWriter out(table.format().delimiter);
    for (const auto& name : table.header()) out.field(name);
    out.end_row();
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        for (std::size_t i = 0; i < table.header().size(); ++i) {
            out.field(table.cell(row, i).value_or("NA"));
        }
        out.end_row();
    }
    return out.take();
}

void demand_the_same(const exchange::CsvTable& table, const exchange::CsvTable& again) {
    EK_ASSERT(again.header() == table.header());
    EK_ASSERT(again.n_rows() == table.n_rows());
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        for (std::size_t i = 0; i < table.header().size(); ++i) {
            const auto cell = table.cell(row, i);
            EK_ASSERT(again.cell(row, i) == cell);
            if (cell) (void)exchange::parse_whole(*cell, table.format().decimal);
        }
    }
}

void demand_what_letters_say(const Result<exchange::CsvTable>& read, std::string_view text,
                             char delimiter) {
    exchange::CsvByLetter plain(text, delimiter);
    EK_ASSERT(read.ok() == plain.faults.none());
    if (!read.ok()) {
        EK_ASSERT(read.error().problems() == plain.faults.error().problems());
        return;
    }
    const auto& table = read.value();
    EK_ASSERT(table.header() == plain.header);
    EK_ASSERT(table.n_rows() == plain.rows.size());
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        EK_ASSERT(table.line(row) == plain.rows[row].line);
        for (std::size_t i = 0; i < table.header().size(); ++i) {
            const std::string_view field = plain.rows[row].fields[i];
            const bool is_missing = exchange::is_missing(field);
            EK_ASSERT(table.cell(row, i) == (is_missing ? exchange::Cell{} : field));
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const exchange::CsvFormat format{data[0] % 2 == 0 ? ',' : ';', data[0] % 3 == 0 ? ',' : '.'};
    const std::string_view text{reinterpret_cast<const char*>(data + 1), size - 1};
    const auto read = exchange::parse_csv(std::string(text), format);
    const bool is_text = simdjson::validate_utf8(text.data(), text.size()) &&
                         text.find('\0') == text.npos && !text.starts_with("\xEF\xBB\xBF");
    if (is_text && !text.empty()) demand_what_letters_say(read, text, format.delimiter);
    if (!read.ok()) return 0;
    const auto again = exchange::parse_csv(write(read.value()), format);
    EK_ASSERT(again.ok());
    demand_the_same(read.value(), again.value());
    auto filtered = read.value();
    if (const auto filter = exchange::parse_filter(text.substr(0, 80)); filter.ok()) {
        (void)exchange::keep_where(filtered, {filter.value()});
    }
    return 0;
}
