#include "course/design_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

namespace evenkeel::course {
namespace {

constexpr std::size_t max_faults = 1000;

struct Levels {
    const Column* column = nullptr;
    std::vector<double> numbers;  // transformed; empty for a factor
    // Of a factor: the levels that occur, by name, and each code's place among them.
    std::vector<std::string> names;
    std::vector<std::size_t> place;
};

class Builder {
  public:
    Builder(const Formula& formula, std::span<const Column> columns, const DesignOptions& options)
        : formula_(formula), columns_(columns), options_(options) {}

    Result<DesignMatrix> build() {
        find_columns();
        if (!faults_.none()) return faults_.error();
        check_numbers();
        if (!faults_.none()) return faults_.error();
        keep_complete_rows();
        if (out_.rows.empty()) {
            return Error{Fault::invalid_input,
                         "",
                         "No row has a value in every column that the formula needs.",
                         {}};
        }
        transform_all();
        if (!faults_.none()) return faults_.error();
        out_.response = response_.numbers;
        out_.fixed.n = out_.random.n = out_.rows.size();
        add_terms(out_.fixed, formula_.intercept, formula_.terms);
        for (const auto& term : formula_.random) {
            const auto begin = out_.random.n_columns();
            add_terms(out_.random, term.intercept, term.terms);
            auto& block = out_.blocks.emplace_back();
            for (auto j = begin; j < out_.random.n_columns(); ++j) block.push_back(j);
        }
        add_groups();
        check_random();
        if (!faults_.none()) return faults_.error();
        return std::move(out_);
    }

  private:
    const Column* find(const std::string& name) {
        const auto found = std::find_if(columns_.begin(), columns_.end(),
                                        [&](const Column& each) { return each.name == name; });
        if (found != columns_.end()) return &*found;
        faults_.add("/columns/" + name, fmt::format("There is no column \"{}\".", name));
        return nullptr;
    }

    void find_columns() {
        response_.column = find(formula_.response.column);
        for (const auto& variable : formula_.variables) {
            variables_.emplace_back().column = find(variable.column);
        }
        out_.group_column = options_.group;
        for (const auto& term : formula_.random) {
            if (out_.group_column.empty()) out_.group_column = term.group;
            if (term.group != out_.group_column) {
                faults_.add("/columns/" + term.group,
                            fmt::format("Two grouping columns, \"{}\" and \"{}\": give one.",
                                        out_.group_column, term.group));
            }
        }
        if (!out_.group_column.empty()) group_ = find(out_.group_column);
        if (!options_.time.empty()) time_ = find(options_.time);
    }

    void check_numbers() {
        check_number(response_.column, "the response");
        if (time_ != nullptr) check_number(time_, "the time");
        for (std::size_t i = 0; i < variables_.size(); ++i) {
            const auto* column = variables_[i].column;
            if (formula_.variables[i].transform != Transform::none) {
                check_number(column, name_of(formula_.variables[i]));
            } else if (!column->is_factor()) {
                check_size(column);
            }
        }
    }

    void check_number(const Column* column, const std::string& what) {
        if (column->is_factor()) {
            faults_.add(
                "/columns/" + column->name,
                fmt::format("\"{}\" holds text, and {} needs numbers.", column->name, what));
            return;
        }
        check_size(column);
    }

    void check_size(const Column* column) {
        for (std::size_t i = 0; i < column->numbers.size(); ++i) {
            if (std::isnan(column->numbers[i]) || std::abs(column->numbers[i]) <= largest_number) {
                continue;
            }
            fault_at(i, *column,
                     "is too large to compute with. Leave the row out or change units.");
        }
    }

    void fault_at(std::size_t row, const Column& column, std::string_view says) {
        if (faults_.all().size() >= max_faults) return;
        faults_.add(fmt::format("/rows/{}/{}", row, column.name),
                    fmt::format("{}: {} {}", column.name, column.numbers[row], says));
    }

    static bool present(const Column* column, std::size_t row) {
        if (column == nullptr) return true;
        return column->is_factor() ? column->codes[row] >= 0 : !std::isnan(column->numbers[row]);
    }

    void keep_complete_rows() {
        const auto n = response_.column->size();
        for (std::size_t row = 0; row < n; ++row) {
            bool complete =
                present(response_.column, row) && present(group_, row) && present(time_, row);
            for (const auto& variable : variables_) {
                complete = complete && present(variable.column, row);
            }
            if (complete) out_.rows.push_back(row);
        }
        out_.n_left_out = n - out_.rows.size();
    }

    void transform_all() {
        transform(response_, formula_.response.transform);
        for (std::size_t i = 0; i < variables_.size(); ++i) {
            if (variables_[i].column->is_factor()) {
                find_levels(variables_[i]);
            } else {
                transform(variables_[i], formula_.variables[i].transform);
            }
        }
        if (time_ != nullptr) {
            for (const auto row : out_.rows) out_.time.push_back(time_->numbers[row]);
        }
    }

    void transform(Levels& variable, Transform how) {
        variable.numbers.reserve(out_.rows.size());
        for (const auto row : out_.rows) {
            const auto x = variable.column->numbers[row];
            if (how == Transform::log && x <= 0) {
                fault_at(row, *variable.column, "has no logarithm: give numbers above 0.");
            } else if (how == Transform::log1p && x <= -1) {
                fault_at(row, *variable.column, "has no log1p: give numbers above -1.");
            }
            variable.numbers.push_back(how == Transform::log     ? std::log(x)
                                       : how == Transform::log1p ? std::log1p(x)
                                                                 : x);
        }
    }

    // Only levels that occur, by name: the first is the reference.
    void find_levels(Levels& variable) {
        const auto& column = *variable.column;
        std::vector<bool> occurs(column.levels.size());
        for (const auto row : out_.rows) occurs[static_cast<std::size_t>(column.codes[row])] = true;
        for (std::size_t i = 0; i < occurs.size(); ++i) {
            if (occurs[i]) variable.names.push_back(column.levels[i]);
        }
        std::sort(variable.names.begin(), variable.names.end());
        for (const auto& level : column.levels) {
            const auto at = std::lower_bound(variable.names.begin(), variable.names.end(), level);
            variable.place.push_back(static_cast<std::size_t>(at - variable.names.begin()));
        }
    }

    void add_terms(Matrix& matrix, bool intercept, const std::vector<Term>& terms) {
        const auto n = out_.rows.size();
        if (intercept) {
            matrix.names.emplace_back("(Intercept)");
            matrix.values.insert(matrix.values.end(), n, 1.0);
        }
        for (const auto& term : terms) add_term(matrix, intercept, terms, term);
    }

    // The margin of a factor in a term is the term without it; the empty one is the intercept.
    static bool has_margin(const Term& term, std::size_t variable, bool intercept,
                           const std::vector<Term>& terms) {
        Term margin;
        std::copy_if(term.begin(), term.end(), std::back_inserter(margin),
                     [&](std::size_t each) { return each != variable; });
        if (margin.empty()) return intercept;
        return std::find(terms.begin(), terms.end(), margin) != terms.end();
    }

    void add_term(Matrix& matrix, bool intercept, const std::vector<Term>& terms,
                  const Term& term) {
        const auto n = out_.rows.size();
        std::vector<std::string> names{""};
        std::vector<std::vector<double>> columns{std::vector<double>(n, 1.0)};
        for (const auto position : term) {
            const auto& variable = variables_[position];
            std::vector<std::string> more_names;
            std::vector<std::vector<double>> more;
            const bool contrast = has_margin(term, position, intercept, terms);
            const std::size_t first = variable.names.empty() ? 0 : (contrast ? 1 : 0);
            const std::size_t end = variable.names.empty() ? 1 : variable.names.size();
            for (auto level = first; level < end; ++level) {
                for (std::size_t j = 0; j < columns.size(); ++j) {
                    auto name = name_of(formula_.variables[position]);
                    if (!variable.names.empty()) name += variable.names[level];
                    more_names.push_back(names[j].empty() ? name : names[j] + ":" + name);
                    more.push_back(product(columns[j], variable, level));
                }
            }
            names = std::move(more_names);
            columns = std::move(more);
        }
        for (std::size_t j = 0; j < columns.size(); ++j) {
            matrix.names.push_back(names[j]);
            matrix.values.insert(matrix.values.end(), columns[j].begin(), columns[j].end());
        }
    }

    std::vector<double> product(const std::vector<double>& left, const Levels& variable,
                                std::size_t level) const {
        auto out = left;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (variable.names.empty()) {
                out[i] *= variable.numbers[i];
            } else {
                const auto code = variable.column->codes[out_.rows[i]];
                out[i] *= variable.place[static_cast<std::size_t>(code)] == level ? 1.0 : 0.0;
            }
        }
        return out;
    }

    void add_groups() {
        if (group_ == nullptr) return;
        const auto groups = as_groups(*group_);
        std::vector<std::int32_t> renumbered(groups.levels.size(), -1);
        for (const auto row : out_.rows) {
            const auto code = static_cast<std::size_t>(groups.codes[row]);
            if (renumbered[code] < 0) {
                renumbered[code] = static_cast<std::int32_t>(out_.group_names.size());
                out_.group_names.push_back(groups.levels[code]);
            }
            out_.groups.push_back(renumbered[code]);
        }
    }

    void check_random() {
        auto names = out_.random.names;
        std::sort(names.begin(), names.end());
        const auto doubled = std::adjacent_find(names.begin(), names.end());
        if (doubled != names.end()) {
            faults_.add("/columns/" + out_.group_column,
                        fmt::format("The random term {} of \"{}\" stands twice: leave one out.",
                                    *doubled, out_.group_column));
        }
    }

    const Formula& formula_;
    std::span<const Column> columns_;
    const DesignOptions& options_;
    Faults faults_;
    DesignMatrix out_;
    Levels response_;
    std::vector<Levels> variables_;
    const Column* group_ = nullptr;
    const Column* time_ = nullptr;
};

}  // namespace

Column as_groups(const Column& column) {
    if (column.is_factor()) return column;
    Column out{column.name, {}, {}, {}};
    out.codes.reserve(column.numbers.size());
    std::unordered_map<std::uint64_t, std::int32_t> seen;
    double last = 0;
    std::int32_t last_code = -1;
    for (auto number : column.numbers) {
        if (std::isnan(number)) {
            out.codes.push_back(-1);
            continue;
        }
        number += 0.0;  // -0 is 0
        if (last_code < 0 || number != last) {
            const auto [found, is_new] = seen.emplace(std::bit_cast<std::uint64_t>(number),
                                                      static_cast<std::int32_t>(out.levels.size()));
            if (is_new) out.levels.push_back(fmt::format("{}", number));
            last = number;
            last_code = found->second;
        }
        out.codes.push_back(last_code);
    }
    return out;
}

Result<DesignMatrix> design_matrix(const Formula& formula, std::span<const Column> columns,
                                   const DesignOptions& options) {
    return Builder(formula, columns, options).build();
}

}  // namespace evenkeel::course
