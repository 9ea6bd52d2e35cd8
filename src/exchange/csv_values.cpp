#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "exchange/csv.h"
#include "exchange/detail/csv_faults.h"
#include "exchange/detail/csv_text.h"

namespace evenkeel::exchange {
namespace {

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
std::optional<bool> holds(const Filter& filter, const std::optional<double>& right,
                          const Cell& cell, char decimal) {
    if (!cell || is_missing(filter.value)) {
        const bool same = !cell && is_missing(filter.value);
        if (needs_numbers(filter.comparison)) return false;
        return filter.comparison == Comparison::equal ? same : !same;
    }
    const auto left = right ? parse_number(*cell, decimal) : std::nullopt;
    if (left) return holds(filter.comparison, *left < *right ? -1 : *left > *right);
    if (needs_numbers(filter.comparison)) return std::nullopt;
    return holds(filter.comparison, cell->compare(filter.value));
}

// Nearly every number of a table: at most 15 digits and a decimal sign. The digits as a whole
// number and the power of ten are both exact, so that one division rounds as it should (Clinger
// 1990). nullopt: the text is something else, a number or none.
std::optional<double> short_number(std::string_view text, char decimal) {
    constexpr std::array powers{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::int64_t digits = 0;
    std::size_t n_digits = 0, n_before = text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] >= '0' && text[i] <= '9') {
            if (++n_digits == powers.size()) return std::nullopt;
            digits = 10 * digits + (text[i] - '0');
        } else if (text[i] == decimal && n_before == text.size()) {
            n_before = i;
        } else {
            return std::nullopt;
        }
    }
    if (n_digits == 0) return std::nullopt;
    const auto n_places = n_digits - std::min(n_before, n_digits);
    const double number = static_cast<double>(digits) / powers[n_places];
    return negative ? -number : number;
}

}  // namespace

std::optional<double> parse_number(std::string_view text, char decimal) {
    text = trimmed(text);
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    if (const auto number = short_number(text, decimal)) return number;
    std::array<char, 64> copy{};
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
    const char decimal = table.format().decimal;
    CsvFaults faults;
    std::vector<std::optional<double>> numbers;
    for (const auto& filter : filters) {
        numbers.push_back(parse_number(filter.value, decimal));
        if (needs_numbers(filter.comparison) && !numbers.back()) {
            faults.add(1, 1,
                       fmt::format("--where compares {} with \"{}\", which is no number.",
                                   filter.column, filter.value));
        }
    }
    if (!faults.none()) return faults.error();
    std::vector<bool> keep(table.n_rows(), true);
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        for (std::size_t i = 0; i < filters.size(); ++i) {
            const auto cell = table.cell(row, columns[i]);
            const auto held = holds(filters[i], numbers[i], cell, decimal);
            if (!held) {
                faults.add(table.line(row), columns[i] + 1,
                           fmt::format("{}: \"{}\" is no number and cannot be compared.",
                                       filters[i].column, *cell));
            }
            keep[row] = keep[row] && held.value_or(false);
        }
    }
    if (!faults.none()) return faults.error();
    table.keep_rows(keep);
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

}  // namespace evenkeel::exchange
