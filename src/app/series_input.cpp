#include "app/series_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

#include "app/report.h"

namespace evenkeel::app {
namespace {

using exchange::Json;

// Numbers before texts, each in its own order.
bool before(const Json& a, const Json& b) {
    const auto x = a.number(), y = b.number();
    if (x && y) return *x < *y;
    if (x.has_value() != y.has_value()) return x.has_value();
    return a.text() != nullptr && b.text() != nullptr && *a.text() < *b.text();
}

Result<std::vector<Json>> index_of(const exchange::CsvTable& table, const std::string& name) {
    std::vector<Json> index;
    if (name.empty()) {
        for (std::size_t row = 0; row < table.n_rows(); ++row) {
            index.push_back({static_cast<std::int64_t>(row + 1)});
        }
        return index;
    }
    TRY(const auto cells, text_column(table, name));
    const bool numbers = std::all_of(cells.begin(), cells.end(), [&](const exchange::Cell& cell) {
        return !cell || exchange::parse_number(*cell, table.format().decimal);
    });
    Faults faults;
    for (std::size_t row = 0; row < cells.size(); ++row) {
        if (!cells[row]) {
            faults.add(table.place(row, *table.column(name)),
                       fmt::format("{} is missing: nothing says when this value was.", name));
            index.emplace_back();
        } else if (const auto whole = exchange::parse_whole(*cells[row], table.format().decimal);
                   numbers && whole) {
            index.push_back({*whole});
        } else if (numbers) {
            index.push_back({*exchange::parse_number(*cells[row], table.format().decimal)});
        } else {
            index.push_back({std::string(*cells[row])});
        }
    }
    if (!faults.none()) return faults.error();
    return index;
}

// The end of a baseline, in the kind of the index.
std::optional<Json> parsed(const std::string& text, const SeriesInput& series) {
    const bool numbers = !series.index.empty() && series.index.front().number().has_value();
    if (!numbers) return Json{text};
    if (const auto number = exchange::parse_number(text, series.table.format().decimal)) {
        return Json{*number};
    }
    return std::nullopt;
}

}  // namespace

Error SeriesInput::placed(const Error& error) const {
    std::vector<std::size_t> all(values.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return placed(error, all);
}

Error SeriesInput::placed(const Error& error, const std::vector<std::size_t>& positions) const {
    constexpr std::string_view values_at = "/values/";
    Faults faults;
    for (const auto& problem : error.problems()) {
        std::string where = problem.where;
        std::size_t position = 0;
        if (where.starts_with(values_at)) {
            std::from_chars(where.data() + values_at.size(), where.data() + where.size(), position);
            if (position < positions.size()) {
                where = table.place(rows[positions[position]], *table.column(value_column));
            }
        } else if (where == "/values") {
            where = value_column;
        } else if (where.starts_with('/')) {
            where = "--" + where.substr(1);
            std::replace(where.begin(), where.end(), '_', '-');
        }
        faults.add(where, problem.message);
    }
    return faults.error(error.fault);
}

Result<SeriesInput> read_series(const TableOptions& options, const std::string& value,
                                const std::string& index, Repeats repeats) {
    SeriesInput series;
    TRY(series.table, read_table(options));
    series.value_column = value;
    series.index_column = index;
    TRY(const auto values, number_column(series.table, value));
    TRY(const auto times, index_of(series.table, index));
    series.rows.resize(values.size());
    std::iota(series.rows.begin(), series.rows.end(), std::size_t{0});
    const auto earlier = [&](std::size_t a, std::size_t b) { return before(times[a], times[b]); };
    if (!std::is_sorted(series.rows.begin(), series.rows.end(), earlier)) {
        std::stable_sort(series.rows.begin(), series.rows.end(), earlier);
        series.warnings.push_back(
            fmt::format("The rows were not in order of {}; they have been sorted by it.", index));
    }
    std::size_t doubled = 0;
    std::string example;
    for (const std::size_t row : series.rows) {
        if (!series.index.empty() && !before(series.index.back(), times[row])) {
            if (++doubled == 1) example = json_text(times[row]);
        }
        series.values.push_back(values[row]);
        series.index.push_back(times[row]);
    }
    if (doubled > 0) {
        series.warnings.push_back(
            fmt::format("{} the {} of the row before (the first is {}); {}.",
                        counted(doubled, "row repeats", "rows repeat"), index, example,
                        repeats == Repeats::each_counts ? "they count one after another"
                                                        : "the last of them counts"));
    }
    return series;
}

Result<Stretch> stretch_of(const SeriesInput& series, const std::string& from_to) {
    const auto colon = from_to.find(':');
    const Error wrong{Fault::invalid_input,
                      "--baseline",
                      "Give the first and the last index of the baseline, as in 1:42.",
                      {}};
    if (colon == std::string::npos) return wrong;
    const auto from = parsed(from_to.substr(0, colon), series);
    const auto to = parsed(from_to.substr(colon + 1), series);
    if (!from || !to) return wrong;
    std::optional<Stretch> found;
    for (std::size_t i = 0; i < series.index.size(); ++i) {
        if (before(series.index[i], *from) || before(*to, series.index[i])) continue;
        if (!found) found = Stretch{i, i};
        found->to = i;
    }
    if (!found) {
        return Error{
            Fault::invalid_input, "--baseline", "No row has an index in the baseline.", {}};
    }
    return *found;
}

}  // namespace evenkeel::app
