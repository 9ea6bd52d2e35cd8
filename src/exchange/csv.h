#pragma once
// CSV in and out (RFC 4180): a header, UTF-8, optional byte-order mark.
//
// Empty fields and NA are missing. Every fault of a file is named at once, with its place
// as "line:column" (both from 1, as an editor shows them) and the column's name.
//
// Source: RFC 4180. Wider than it: lines may end in LF alone, and the delimiter and the
// decimal sign may be those of another locale.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace evenkeel::exchange {

struct CsvFormat {
    char delimiter = ',';
    char decimal = '.';
};

using Cell = std::optional<std::string_view>;  // absent = missing

// The bytes of the file, and where each cell ends in them: four bytes for each cell and eight for
// each row beside the text. A cell is a view into the text, which lives as long as any copy of the
// table.
class CsvTable {
  public:
    CsvTable() = default;

    [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
    [[nodiscard]] CsvFormat format() const { return format_; }
    [[nodiscard]] std::size_t n_rows() const { return rows_.size(); }
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;

    // Row and column are positions from 0: row < n_rows(), column < header().size().
    [[nodiscard]] Cell cell(std::size_t row, std::size_t column) const;
    // Where a row begins, from 1.
    [[nodiscard]] std::size_t line(std::size_t row) const { return rows_[row].line; }
    // "12:3" for the third field of a row that begins in line 12.
    [[nodiscard]] std::string place(std::size_t row, std::size_t column) const;

    // One flag for each row; those with false go.
    void keep_rows(const std::vector<bool>& keep);

  private:
    friend class CsvScan;
    struct Row {
        std::uint32_t begin, line;
    };

    std::vector<std::string> header_;
    CsvFormat format_;
    std::shared_ptr<const std::string> text_;  // quoted fields stand in it as what they mean
    std::vector<Row> rows_;
    std::vector<std::uint32_t> ends_;  // row by row
};

// Fails with invalid_input, every fault named: not UTF-8, no header, an empty or doubled
// header, a row with another number of fields, a quote that is not closed or stands inside
// an unquoted field. From the 1,000th fault on they are only counted. Fails with too_large from
// 4 GiB on.
Result<CsvTable> parse_csv(std::string text, CsvFormat = {});

// A number in the table's locale; nullopt when the text is none. Thousands separators,
// "inf" and "nan" are no numbers.
std::optional<double> parse_number(std::string_view, char decimal = '.');
// A whole number; "3.0" is one, 3.5 is none.
std::optional<std::int64_t> parse_whole(std::string_view, char decimal = '.');

// --where "column==value": keeps a row when it holds.
enum class Comparison { equal, unequal, less, more, at_most, at_least };
struct Filter {
    std::string column;
    Comparison comparison = Comparison::equal;
    std::string value;  // empty or NA: missing
};

// Fails with invalid_input when no comparison stands in the text, or < and > have no number.
Result<Filter> parse_filter(std::string_view text);

// Keeps the rows for which every filter holds. Numbers are compared as numbers, other texts
// byte by byte and only for == and !=; a missing cell holds for "== NA" alone, and for
// != with any value. Fails with invalid_input: an unknown column, or text where a number is
// to be compared.
Status keep_where(CsvTable&, const std::vector<Filter>&);

// The column of each name. Fails with invalid_input, every unknown name named.
Result<std::vector<std::size_t>> columns_of(const CsvTable&, const std::vector<std::string>&);

class CsvWriter {
  public:
    explicit CsvWriter(char delimiter = ',') : delimiter_(delimiter) {}
    void field(std::string_view);
    void end_row();
    std::string take() { return std::move(out_); }

  private:
    char delimiter_;
    bool first_ = true;
    std::string out_;
};

}  // namespace evenkeel::exchange
