#include "exchange/csv.h"

#include <simdjson.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <set>

#include "exchange/detail/csv_faults.h"
#include "exchange/detail/csv_text.h"

namespace evenkeel::exchange {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t block_bytes = 64;

// One bit for each of the 64 bytes from `at` on that is one of the three signs.
#if defined(__SSE2__)
std::uint64_t find_signs(const char* at, char first, char second, char third) {
    std::uint64_t found = 0;
    for (int i = 0; i < 4; ++i) {
        const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at) + i);
        const auto equal = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(first)),
                                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8(second))),
                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8(third)));
        const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(equal));
        found |= std::uint64_t{bits} << (16 * i);
    }
    return found;
}
#else
std::uint64_t find_signs(const char* at, char first, char second, char third) {
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < block_bytes; ++i) {
        const bool is_sign = at[i] == first || at[i] == second || at[i] == third;
        found |= std::uint64_t{is_sign} << i;
    }
    return found;
}
#endif

// Calls take(position) for each of the three signs, in order. take() may change bytes up to the
// position it was given.
template <class Take>
void for_each_sign(std::string_view text, char first, char second, char third, Take take) {
    const auto take_block = [&](const char* bytes, std::size_t begin) {
        for (auto found = find_signs(bytes, first, second, third); found != 0; found &= found - 1) {
            take(begin + static_cast<std::size_t>(std::countr_zero(found)));
        }
    };
    std::size_t begin = 0;
    for (; begin + block_bytes <= text.size(); begin += block_bytes) {
        take_block(text.data() + begin, begin);
    }
    std::array<char, block_bytes> rest{};
    std::copy(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), rest.begin());
    take_block(rest.data(), begin);
}

// Lines that are not UTF-8 text. A zero byte is legal UTF-8, but in a table it means UTF-16.
void find_bad_bytes(std::string_view text, CsvFaults& faults) {
    if (simdjson::validate_utf8(text.data(), text.size()) && text.find('\0') == text.npos) return;
    std::size_t line = 1;
    std::size_t begin = 0;
    while (begin < text.size()) {
        auto end = text.find('\n', begin);
        if (end == std::string_view::npos) end = text.size();
        const auto each = text.substr(begin, end - begin);
        if (!simdjson::validate_utf8(each.data(), each.size()) || each.find('\0') != each.npos) {
            faults.add(line, 1, "This line is not UTF-8. Save the file as UTF-8.");
        }
        begin = end + 1;
        ++line;
    }
}

void check_header(const std::vector<std::string>& header, CsvFaults& faults) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (header[i].empty()) {
            faults.add(1, i + 1, "This column has no name. Name it in the header.");
        } else if (!seen.insert(header[i]).second) {
            faults.add(1, i + 1, fmt::format("The column {} stands twice.", header[i]));
        }
    }
}

// Puts what a quoted field means, its content with every doubled quotation mark once, at the right
// end of the place it takes in the text, and zero bytes, which no text has, to the left of it. So
// a field still ends where the next delimiter stands, and nothing is copied elsewhere.
void unquote(std::string& text, std::size_t opened, std::size_t closed) {
    auto to = closed + 1;
    for (auto from = closed; from > opened + 1;) {
        text[--to] = text[--from];
        if (text[from] == '"') --from;
    }
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(opened),
              text.begin() + static_cast<std::ptrdiff_t>(to), '\0');
}

// A field by its first byte and its end, without the zero bytes that unquote() left.
std::string_view field_of(std::string_view text, std::size_t begin, std::size_t end) {
    text = text.substr(begin, end - begin);
    while (!text.empty() && text.front() == '\0') text.remove_prefix(1);
    return text;
}

}  // namespace

// Goes once over delimiters, line ends and quotation marks, and notes where each field ends.
class CsvScan {
  public:
    CsvScan(std::shared_ptr<std::string> text, std::size_t begin, CsvFormat format,
            CsvFaults& faults)
        : text_(*text), delimiter_(format.delimiter), faults_(faults), field_(begin) {
        out_.format_ = format;
        out_.text_ = std::move(text);
        start_row(begin);
    }

    CsvTable table() {
        reserve();
        const auto begin = field_;
        for_each_sign(std::string_view(text_).substr(begin), delimiter_, '\n', '"',
                      [this, begin](std::size_t at) { take(begin + at); });
        finish();
        return std::move(out_);
    }

  private:
    static constexpr auto nowhere = std::numeric_limits<std::size_t>::max();

    // An upper limit of both counts, so that neither list is ever moved.
    void reserve() {
        std::size_t n_fields = 1, n_rows = 1;
        for_each_sign(std::string_view(text_).substr(field_), delimiter_, '\n', '\n',
                      [&](std::size_t at) {
                          ++n_fields;
                          n_rows += text_[field_ + at] == '\n' ? 1U : 0U;
                      });
        out_.ends_.reserve(n_fields);
        out_.rows_.reserve(n_rows);
    }

    void take(std::size_t at) {
        const char sign = text_[at];
        if (sign == '"') return take_quote(at);
        if (opened_ != nowhere) {
            if (sign == '\n') ++line_;
            return;
        }
        if (sign == delimiter_) return end_field(at);
        end_field(without_return(at));
        ++line_;
        end_row();
        field_ = at + 1;
        start_row(at + 1);
    }

    void take_quote(std::size_t at) {
        if (at == doubled_) return;
        if (opened_ != nowhere) {
            if (at + 1 < text_.size() && text_[at + 1] == '"') {
                doubled_ = at + 1;
                return;
            }
            if (!ends_field(at + 1)) {
                faults_.add(line_, column(), "Text follows the closing quotation mark.");
            }
            unquote(text_, opened_, at);
            opened_ = nowhere;
            closed_ = at + 1;
        } else if (at == field_) {
            opened_ = at;
            opened_line_ = line_;
        } else if (blamed_ != field_) {
            blamed_ = field_;
            faults_.add(line_, column(),
                        "A quotation mark stands inside a field. Put the whole field in quotation "
                        "marks and double those inside.");
        }
    }

    [[nodiscard]] bool ends_field(std::size_t at) const {
        if (at >= text_.size() || text_[at] == delimiter_ || text_[at] == '\n') return true;
        return text_[at] == '\r' && (at + 1 == text_.size() || text_[at + 1] == '\n');
    }

    // The end of a field before a line end at `at`, which may be two bytes.
    [[nodiscard]] std::size_t without_return(std::size_t at) const {
        return at > field_ && at != closed_ && text_[at - 1] == '\r' ? at - 1 : at;
    }

    // Of the field at hand, from 1.
    [[nodiscard]] std::size_t column() const { return out_.ends_.size() - first_ + 1; }

    void end_field(std::size_t end) {
        out_.ends_.push_back(static_cast<std::uint32_t>(end));
        field_ = end + 1;
    }

    void start_row(std::size_t begin) {
        begin_ = begin;
        first_ = out_.ends_.size();
        begin_line_ = line_;
    }

    void end_row() {
        const auto n = out_.ends_.size() - first_;
        auto& header = out_.header_;
        if (header.empty()) {
            auto begin = begin_;
            for (const auto end : out_.ends_) {
                header.emplace_back(field_of(text_, begin, end));
                begin = end + 1;
            }
            out_.ends_.clear();
            return check_header(header, faults_);
        }
        if (n == header.size()) {
            out_.rows_.push_back(
                {static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(begin_line_)});
            return;
        }
        const bool is_blank = n == 1 && field_of(text_, begin_, out_.ends_.back()).empty();
        out_.ends_.resize(first_);
        if (is_blank) return;
        faults_.add(begin_line_, std::min(n, header.size()) + 1,
                    fmt::format("This row has {} fields, the header {}.", n, header.size()));
    }

    // What stands after the last line end, if anything.
    void finish() {
        if (opened_ != nowhere) {
            return faults_.add(opened_line_, column(),
                               "A quotation mark is opened here and never closed.");
        }
        if (begin_ == text_.size() && !out_.header_.empty()) return;
        end_field(without_return(text_.size()));
        end_row();
    }

    std::string& text_;
    char delimiter_;
    CsvFaults& faults_;
    CsvTable out_;
    std::size_t field_;                      // where the field at hand begins
    std::size_t begin_ = 0, first_ = 0;      // of the row: its first byte, its first end
    std::size_t line_ = 1, begin_line_ = 1;  // here, and where the row begins
    std::size_t opened_ = nowhere;           // the quotation mark that is still open
    std::size_t opened_line_ = 1;
    std::size_t doubled_ = nowhere;  // the second of a doubled quotation mark
    std::size_t closed_ = nowhere;   // after the last closing quotation mark
    std::size_t blamed_ = nowhere;   // the field whose quotation marks were named
};

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
    const auto found = std::find(header_.begin(), header_.end(), name);
    if (found == header_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header_.begin());
}

Cell CsvTable::cell(std::size_t row, std::size_t column) const {
    const auto at = row * header_.size() + column;
    const std::size_t begin = column == 0 ? rows_[row].begin : ends_[at - 1] + 1U;
    const auto field = field_of(*text_, begin, ends_[at]);
    if (is_missing(field)) return std::nullopt;
    return field;
}

std::string CsvTable::place(std::size_t row, std::size_t column) const {
    return fmt::format("{}:{}", rows_[row].line, column + 1);
}

void CsvTable::keep_rows(const std::vector<bool>& keep) {
    const auto width = static_cast<std::ptrdiff_t>(header_.size());
    std::size_t n = 0;
    auto to = ends_.begin();
    auto from = ends_.cbegin();
    for (std::size_t row = 0; row < rows_.size(); ++row, from += width) {
        if (!keep[row]) continue;
        rows_[n++] = rows_[row];
        to = std::copy(from, from + width, to);
    }
    rows_.resize(n);
    ends_.erase(to, ends_.end());
}

Result<CsvTable> parse_csv(std::string text, CsvFormat format) {
    if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
        return Error{Fault::too_large, "", "This is larger than 4 GiB. Split it into parts.", {}};
    }
    const auto begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    CsvFaults faults;
    find_bad_bytes(std::string_view(text).substr(begin), faults);
    if (text.size() == begin) {
        faults.add(1, 1, "This file is empty. Its first line must name the columns.");
    }
    if (!faults.none()) return faults.error();
    CsvScan scan(std::make_shared<std::string>(std::move(text)), begin, format, faults);
    auto table = scan.table();
    if (!faults.none()) return faults.error();
    return table;
}

void CsvWriter::field(std::string_view text) {
    if (!first_) out_.push_back(delimiter_);
    first_ = false;
    // A field that begins with a byte-order mark would lose it at the top of a file.
    const bool plain = text.find_first_of("\"\r\n") == std::string_view::npos &&
                       text.find(delimiter_) == std::string_view::npos &&
                       !text.starts_with(byte_order_mark);
    if (plain) {
        out_ += text;
        return;
    }
    out_.push_back('"');
    for (const char c : text) {
        if (c == '"') out_.push_back('"');
        out_.push_back(c);
    }
    out_.push_back('"');
}

void CsvWriter::end_row() {
    out_.push_back('\n');
    first_ = true;
}

}  // namespace evenkeel::exchange
