// Goal: any bytes are either read or refused; what was read is written and read back the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "exchange/csv.h"

namespace {

std::string write(const evenkeel::exchange::CsvTable& table) {
    evenkeel::exchange::CsvWriter out(table.format.delimiter);
    for (const auto& name : table.header) out.field(name);
    out.end_row();
    for (const auto& row : table.rows) {
        for (const auto& cell : row.cells) out.field(cell.value_or("NA"));
        out.end_row();
    }
    return out.take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace evenkeel;
    if (size < 1) return 0;
    const exchange::CsvFormat format{data[0] % 2 == 0 ? ',' : ';', data[0] % 3 == 0 ? ',' : '.'};
    const std::string_view text{reinterpret_cast<const char*>(data + 1), size - 1};
    const auto read = exchange::parse_csv(text, format);
    if (!read.ok()) return 0;
    const auto written = write(read.value());
    const auto again = exchange::parse_csv(written, format);
    EK_ASSERT(again.ok());
    EK_ASSERT(again.value().header == read.value().header);
    EK_ASSERT(again.value().rows.size() == read.value().rows.size());
    for (std::size_t i = 0; i < again.value().rows.size(); ++i) {
        EK_ASSERT(again.value().rows[i].cells == read.value().rows[i].cells);
        for (const auto& cell : read.value().rows[i].cells) {
            if (cell) (void)exchange::parse_whole(*cell, format.decimal);
        }
    }
    auto filtered = read.value();
    if (const auto filter = exchange::parse_filter(text.substr(0, 80)); filter.ok()) {
        (void)exchange::keep_where(filtered, {filter.value()});
    }
    return 0;
}
