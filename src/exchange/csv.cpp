#include "exchange/csv.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace evenkeel::exchange {
namespace {

constexpr std::size_t max_named_faults = 1000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Keeps the list readable when a whole file is of another kind.
class CsvFaults {
  public:
    void add(std::size_t line, std::size_t column, std::string message) {
        if (++n_ <= max_named_faults) {
            faults_.add(fmt::format("{}:{}", line, column), std::move(message));
        }
    }
    [[nodiscard]] bool none() const { return n_ == 0; }
    [[nodiscard]] Error error() {
        if (n_ > max_named_faults) {
            faults_.add("", fmt::format("And {} more of this kind.", n_ - max_named_faults));
        }
        return faults_.error();
    }

  private:
    Faults faults_;
    std::size_t n_ = 0;
};

// Splits the text into rows of raw fields. A field is handed on as a view, so that nothing is
// copied before it is known to be wanted.
class Reader {
  public:
    Reader(std::string_view text, char delimiter, CsvFaults& faults)
        : text_(text), delimiter_(delimiter), faults_(faults) {
        for (const char c : {delimiter, '\n', '\r', '"'}) is_special_[byte(c)] = true;
    }

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] std::size_t line() const { return line_; }

    // Calls take(field) for each field of the next row; gives their number.
    template <class Take>
    std::size_t read_row(Take take) {
        std::size_t n = 0;
        for (;;) {
            ++n;
            if (at_ < text_.size() && text_[at_] == '"') {
                take(std::string_view(quoted_field(n)));
            } else {
                take(plain_field(n));
            }
            if (at_end() || text_[at_] != delimiter_) break;
            ++at_;
        }
        end_line();
        return n;
    }

  private:
    static std::size_t byte(char c) { return static_cast<unsigned char>(c); }

    [[nodiscard]] bool at_line_end() const {
        return text_[at_] == '\n' ||
               (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
    }

    void end_line() {
        if (at_end()) return;
        at_ += text_[at_] == '\r' ? 2 : 1;
        ++line_;
    }

    std::string_view plain_field(std::size_t column) {
        const auto begin = at_;
        bool has_quote = false;
        for (;; ++at_) {
            while (at_ < text_.size() && !is_special_[byte(text_[at_])]) ++at_;
            if (at_end() || text_[at_] == delimiter_ || at_line_end()) break;
            has_quote = has_quote || text_[at_] == '"';
        }
        if (has_quote) {
            faults_.add(line_, column,
                        "A quotation mark stands inside a field. Put the whole field in quotation "
                        "marks and double those inside.");
        }
        return text_.substr(begin, at_ - begin);
    }

    const std::string& quoted_field(std::size_t column) {
        const auto opened = line_;
        unquoted_.clear();
        ++at_;
        for (;;) {
            if (at_end()) {
                faults_.add(opened, column, "A quotation mark is opened here and never closed.");
                return unquoted_;
            }
            const char c = text_[at_++];
            if (c == '"') {
                if (at_end() || text_[at_] != '"') break;
                ++at_;
            }
            if (c == '\n') ++line_;
            unquoted_.push_back(c);
        }
        if (!at_end() && text_[at_] != delimiter_ && !at_line_end()) {
            faults_.add(line_, column, "Text follows the closing quotation mark.");
            unquoted_ += plain_field(column);
        }
        return unquoted_;
    }

    std::string_view text_;
    char delimiter_;
    CsvFaults& faults_;
    std::array<bool, 256> is_special_{};
    std::string unquoted_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool is_missing(std::string_view text) {
    text = trimmed(text);
    return text.empty() || text == "NA";
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

bool holds(Comparison comparison, int order) {
    switch (comparison) {
        case Comparison::equal:
            return order == 0;
        case Comparison::unequal:
            return order != 0;
        case Comparison::less:
            return order < 0;
        case Comparison::more:
            return order > 0;
        case Comparison::at_most:
            return order <= 0;
        case Comparison::at_least:
            return order >= 0;
    }
    return false;
}

bool needs_numbers(Comparison comparison) {
    return comparison != Comparison::equal && comparison != Comparison::unequal;
}

// nullopt: the cell is text where a number has to be compared.
std::optional<bool> holds(const Filter& filter, const Cell& cell, char decimal) {
    if (!cell || is_missing(filter.value)) {
        const bool same = !cell && is_missing(filter.value);
        if (needs_numbers(filter.comparison)) return false;
        return filter.comparison == Comparison::equal ? same : !same;
    }
    const auto left = parse_number(*cell, decimal);
    const auto right = parse_number(filter.value, decimal);
    if (left && right) return holds(filter.comparison, *left < *right ? -1 : *left > *right);
    if (needs_numbers(filter.comparison)) return std::nullopt;
    return holds(filter.comparison, cell->compare(filter.value));
}

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

std::string CsvTable::place(const CsvRow& row, std::size_t column) {
    return fmt::format("{}:{}", row.line, column + 1);
}

Result<CsvTable> parse_csv(std::string_view text, CsvFormat format) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    CsvFaults faults;
    find_bad_bytes(text, faults);
    if (!faults.none()) return faults.error();
    if (text.empty()) {
        faults.add(1, 1, "This file is empty. Its first line must name the columns.");
        return faults.error();
    }
    CsvTable out;
    out.format = format;
    Reader reader(text, format.delimiter, faults);
    reader.read_row([&out](std::string_view field) { out.header.emplace_back(field); });
    check_header(out.header, faults);
    while (!reader.at_end()) {
        CsvRow row{reader.line(), {}};
        row.cells.reserve(out.header.size());
        bool is_empty = false;
        const auto n = reader.read_row([&row, &is_empty](std::string_view field) {
            is_empty = field.empty();
            if (is_missing(field)) {
                row.cells.emplace_back();
            } else {
                row.cells.emplace_back(std::in_place, field);
            }
        });
        const bool is_blank = n == 1 && is_empty;
        if (is_blank && out.header.size() > 1) continue;
        if (n != out.header.size()) {
            faults.add(row.line, std::min(n, out.header.size()) + 1,
                       fmt::format("This row has {} fields, the header {}.", n, out.header.size()));
            continue;
        }
        out.rows.push_back(std::move(row));
    }
    if (!faults.none()) return faults.error();
    return out;
}

std::optional<double> parse_number(std::string_view text, char decimal) {
    std::array<char, 64> copy{};
    text = trimmed(text);
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    if (text.empty() || text.size() > copy.size()) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_part = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == 'e' || c == 'E';
        if (c == decimal) {
            copy[i] = '.';
        } else if (is_part) {
            copy[i] = c;
        } else {
            return std::nullopt;
        }
    }
    double out = 0;
    const auto* end = copy.data() + text.size();
    const auto [stopped, fault] = std::from_chars(copy.data(), end, out);
    if (fault != std::errc() || stopped != end || !std::isfinite(out)) return std::nullopt;
    return out;
}

std::optional<std::int64_t> parse_whole(std::string_view text, char decimal) {
    constexpr double exact = 9007199254740992.0;  // 2^53
    const auto number = parse_number(text, decimal);
    if (!number || std::trunc(*number) != *number || std::abs(*number) > exact) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*number);
}

Result<Filter> parse_filter(std::string_view text) {
    using Sign = std::pair<std::string_view, Comparison>;
    static constexpr std::array signs{
        Sign{"==", Comparison::equal},   Sign{"!=", Comparison::unequal},
        Sign{"<=", Comparison::at_most}, Sign{">=", Comparison::at_least},
        Sign{"<", Comparison::less},     Sign{">", Comparison::more}};
    const auto at = text.find_first_of("=!<>");
    for (const auto& [sign, comparison] : signs) {
        if (at == std::string_view::npos || at == 0 || !text.substr(at).starts_with(sign)) continue;
        Filter out{std::string(trimmed(text.substr(0, at))), comparison,
                   std::string(trimmed(text.substr(at + sign.size())))};
        return out;
    }
    return Error{Fault::invalid_input,
                 "--where",
                 fmt::format("\"{}\" is no comparison. Write for example \"age>=18\".", text),
                 {}};
}

Status keep_where(CsvTable& table, const std::vector<Filter>& filters) {
    std::vector<std::string> names;
    for (const auto& filter : filters) names.push_back(filter.column);
    TRY(const auto columns, columns_of(table, names));
    CsvFaults faults;
    for (const auto& filter : filters) {
        if (needs_numbers(filter.comparison) && !parse_number(filter.value, table.format.decimal)) {
            faults.add(1, 1,
                       fmt::format("--where compares {} with \"{}\", which is no number.",
                                   filter.column, filter.value));
        }
    }
    if (!faults.none()) return faults.error();
    std::vector<CsvRow> kept;
    for (auto& row : table.rows) {
        bool keep = true;
        for (std::size_t i = 0; i < filters.size(); ++i) {
            const auto& cell = row.cells[columns[i]];
            const auto held = holds(filters[i], cell, table.format.decimal);
            if (!held) {
                faults.add(row.line, columns[i] + 1,
                           fmt::format("{}: \"{}\" is no number and cannot be compared.",
                                       filters[i].column, *cell));
            }
            keep = keep && held.value_or(false);
        }
        if (keep) kept.push_back(std::move(row));
    }
    if (!faults.none()) return faults.error();
    table.rows = std::move(kept);
    return Done{};
}

Result<std::vector<std::size_t>> columns_of(const CsvTable& table,
                                            const std::vector<std::string>& names) {
    Faults faults;
    std::vector<std::size_t> out;
    for (const auto& name : names) {
        if (const auto found = table.column(name)) {
            out.push_back(*found);
        } else {
            faults.add("1:1", fmt::format("There is no column {}.", name));
        }
    }
    if (!faults.none()) return faults.error();
    return out;
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
