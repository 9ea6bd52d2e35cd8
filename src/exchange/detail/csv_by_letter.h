#pragma once
// The same reading of a table byte by byte, with a string for each cell: slow and plain. The test
// and the fuzzer of parse_csv() demand the same rows, lines and faults of both.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/detail/csv_faults.h"
#include "exchange/detail/csv_text.h"

namespace evenkeel::exchange {

// Expects UTF-8 without zero bytes and without a byte-order mark.
class CsvByLetter {
  public:
    struct Row {
        std::size_t line = 0;
        std::vector<std::string> fields;
    };

    CsvByLetter(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {
        do {
            read_row();
        } while (at_ < text_.size() && !unclosed_);
    }

    std::vector<std::string> header;
    std::vector<Row> rows;
    CsvFaults faults;

  private:
    [[nodiscard]] bool stands(std::string_view sign) const {
        return text_.substr(at_).starts_with(sign);
    }
    [[nodiscard]] bool at_line_end() const {
        return at_ == text_.size() || stands("\n") || stands("\r\n") || text_.substr(at_) == "\r";
    }
    [[nodiscard]] bool at_field_end() const { return at_line_end() || text_[at_] == delimiter_; }

    void read_row() {
        Row row{line_, {}};
        for (;; ++at_) {
            row.fields.push_back(read_field(row.fields.size() + 1));
            if (at_line_end()) break;
        }
        if (unclosed_) return;
        at_ = std::min(at_ + (stands("\r") ? 2U : 1U), text_.size());
        ++line_;
        if (header.empty()) return take_header(std::move(row.fields));
        if (row.fields.size() == header.size()) {
            rows.push_back(std::move(row));
        } else if (row.fields.size() > 1 || !row.fields[0].empty()) {
            faults.add(row.line, std::min(row.fields.size(), header.size()) + 1,
                       fmt::format("This row has {} fields, the header {}.", row.fields.size(),
                                   header.size()));
        }
    }

    void take_header(std::vector<std::string> fields) {
        header = std::move(fields);
        std::set<std::string> seen;
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (header[i].empty()) {
                faults.add(1, i + 1, "This column has no name. Name it in the header.");
            } else if (!seen.insert(header[i]).second) {
                faults.add(1, i + 1, fmt::format("The column {} stands twice.", header[i]));
            }
        }
    }

    std::string read_field(std::size_t column) {
        std::string out;
        if (stands("\"")) {
            const auto opened = line_;
            for (++at_; !stands("\"") || stands("\"\""); ++at_) {
                if (at_ == text_.size()) {
                    unclosed_ = true;
                    faults.add(opened, column, "A quotation mark is opened here and never closed.");
                    return out;
                }
                if (stands("\n")) ++line_;
                if (stands("\"\"")) ++at_;
                out += text_[at_];
            }
            ++at_;
            if (!at_field_end()) {
                faults.add(line_, column, "Text follows the closing quotation mark.");
            }
        }
        bool has_mark = false;
        for (; !at_field_end(); ++at_) {
            has_mark = has_mark || text_[at_] == '"';
            out += text_[at_];
        }
        if (has_mark) {
            faults.add(line_, column,
                       "A quotation mark stands inside a field. Put the whole field in quotation "
                       "marks and double those inside.");
        }
        return out;
    }

    std::string_view text_;
    char delimiter_;
    std::size_t at_ = 0, line_ = 1;
    bool unclosed_ = false;
};

}  // namespace evenkeel::exchange
