#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/people_pictures.h"
#include "exchange/chart.h"
#include "numerics/distributions.h"

namespace evenkeel::app {
namespace {

using course::Column;
using exchange::label_of;
using Numbers = std::vector<double>;

constexpr std::size_t n_grid = 61, most_lines = 4, most_dots = 3000;

// One row of the table, as it would be typed: a number or a code for each column.
using Row = Numbers;

double cell_of(const Column& column, std::size_t row) {
    return column.is_factor() ? static_cast<double>(column.codes[row]) : column.numbers[row];
}

std::string value_name(const Column& column, double value) {
    return column.is_factor() ? column.levels[static_cast<std::size_t>(value)]
                              : fmt::format("{} = {}", column.name, label_of(value));
}

class Prediction {
  public:
    explicit Prediction(const FittedGrowth& fitted) : fitted_(fitted) {}

    // The position in `columns` of what stands on the x axis.
    [[nodiscard]] std::optional<std::size_t> find_x() const {
        const auto& formula = *fitted_.formula;
        for (const auto& random : formula.random) {
            if (const auto found = first_number(random.terms)) return found;
        }
        return first_number(formula.terms);
    }

    // Values of the first other variable with few of them; empty where there is none.
    void find_lines(std::size_t x) {
        for (const auto& term : fitted_.formula->terms) {
            for (const auto variable : term) {
                const auto position = column_of(variable);
                if (position == x) continue;
                auto values = values_of(position);
                if (values.size() < 2 || values.size() > most_lines) continue;
                by_ = position;
                by_values_ = std::move(values);
                return;
            }
        }
    }

    // The rows that the lines are drawn over: for each line n_grid of them, x ascending.
    [[nodiscard]] std::vector<Row> grid(std::size_t x) const {
        const auto base = typical();
        const auto& rows = fitted_.design->rows;
        exchange::Range range;
        for (const auto row : rows) range.include(fitted_.columns[x].numbers[row]);
        std::vector<Row> out;
        for (std::size_t line = 0; line < n_lines(); ++line) {
            for (std::size_t i = 0; i < n_grid; ++i) {
                auto row = base;
                const double share = static_cast<double>(i) / static_cast<double>(n_grid - 1);
                row[x] = range.low + share * (range.high - range.low);
                if (by_) row[*by_] = by_values_[line];
                out.push_back(std::move(row));
            }
        }
        return out;
    }

    // Their design: the table with these rows added, so that factors are coded as they were.
    [[nodiscard]] Result<course::DesignMatrix> design_of(const std::vector<Row>& rows) const {
        std::vector<Column> columns(fitted_.columns.begin(), fitted_.columns.end());
        for (std::size_t j = 0; j < columns.size(); ++j) {
            for (const auto& row : rows) {
                if (columns[j].is_factor()) {
                    columns[j].codes.push_back(static_cast<std::int32_t>(row[j]));
                } else {
                    columns[j].numbers.push_back(row[j]);
                }
            }
        }
        return course::design_matrix(*fitted_.formula, columns, fitted_.options);
    }

    [[nodiscard]] std::size_t n_lines() const { return by_ ? by_values_.size() : 1; }
    [[nodiscard]] std::string line_name(std::size_t line) const {
        return by_ ? value_name(fitted_.columns[*by_], by_values_[line]) : "mean";
    }

    // "age at 38.2; sex at f. ": where the variables stand that are not drawn.
    [[nodiscard]] std::string held(std::size_t x) const {
        const auto base = typical();
        std::string out;
        for (std::size_t j = 0; j < base.size(); ++j) {
            if (j == x || by_ == j || !in_fixed_part(j)) continue;
            const auto& column = fitted_.columns[j];
            out +=
                fmt::format("{}{} at {}", out.empty() ? "" : ", ", column.name,
                            column.is_factor() ? value_name(column, base[j]) : label_of(base[j]));
        }
        return out.empty() ? out : "Drawn with " + out + ".";
    }

  private:
    [[nodiscard]] std::size_t column_of(std::size_t variable) const {
        const auto& name = fitted_.formula->variables[variable].column;
        const auto found = std::find_if(fitted_.columns.begin(), fitted_.columns.end(),
                                        [&](const Column& each) { return each.name == name; });
        return static_cast<std::size_t>(found - fitted_.columns.begin());
    }

    [[nodiscard]] std::optional<std::size_t> first_number(
        const std::vector<course::Term>& terms) const {
        for (const auto& term : terms) {
            for (const auto variable : term) {
                const auto position = column_of(variable);
                if (!fitted_.columns[position].is_factor()) return position;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] bool in_fixed_part(std::size_t column) const {
        for (const auto& term : fitted_.formula->terms) {
            for (const auto variable : term) {
                if (column_of(variable) == column) return true;
            }
        }
        return false;
    }

    // Different values in complete rows, ascending; one too many at the most.
    [[nodiscard]] Numbers values_of(std::size_t column) const {
        Numbers out;
        for (const auto row : fitted_.design->rows) {
            const double value = cell_of(fitted_.columns[column], row);
            const auto at = std::lower_bound(out.begin(), out.end(), value);
            if (at != out.end() && *at == value) continue;
            out.insert(at, value);
            if (out.size() > most_lines) break;
        }
        return out;
    }

    // Numbers of the fixed part at their mean; factors, and what plays no part, as in a row of the
    // table: the one whose factors come first by name.
    [[nodiscard]] Row typical() const {
        const auto& rows = fitted_.design->rows;
        Row out;
        for (std::size_t j = 0; j < fitted_.columns.size(); ++j) {
            const auto& column = fitted_.columns[j];
            double value = cell_of(column, rows.front());
            if (column.is_factor()) {
                for (const auto row : rows) {
                    const auto& level = column.levels[static_cast<std::size_t>(column.codes[row])];
                    if (level < column.levels[static_cast<std::size_t>(value)]) {
                        value = cell_of(column, row);
                    }
                }
            } else if (in_fixed_part(j)) {
                value = 0;
                for (const auto row : rows) {
                    value += column.numbers[row] / static_cast<double>(rows.size());
                }
            }
            out.push_back(value);
        }
        return out;
    }

    const FittedGrowth& fitted_;
    std::optional<std::size_t> by_;
    Numbers by_values_;
};

// v'Mv for one row of a matrix stored by columns.
double quadratic(const course::Matrix& matrix, std::size_t row, const Numbers& form) {
    const auto n = matrix.n_columns();
    double out = 0;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            out += matrix.column(i)[row] * form[i * n + j] * matrix.column(j)[row];
        }
    }
    return std::max(out, 0.0);
}

struct Mean {
    double value = 0, se = 0, sd_of_scores = 0;  // the last: of new people's single scores
};

Mean mean_at(const course::DesignMatrix& design, std::size_t row, const course::MixedModel& model) {
    Mean out;
    for (std::size_t j = 0; j < model.fixed.size(); ++j) {
        out.value += design.fixed.column(j)[row] * model.fixed[j].estimate.value_or(0);
    }
    const double of_mean = quadratic(design.fixed, row, model.fixed_covariance);
    out.se = std::sqrt(of_mean);
    out.sd_of_scores = std::sqrt(of_mean + quadratic(design.random, row, model.random_covariance) +
                                 model.residual_sd * model.residual_sd);
    return out;
}

exchange::Marks scores_of(const FittedGrowth& fitted, std::size_t x) {
    exchange::Marks out{.name = "single scores", .ink = exchange::Ink::quiet};
    if (fitted.design->rows.size() > most_dots) return out;
    for (std::size_t i = 0; i < fitted.design->rows.size(); ++i) {
        out.x.push_back(fitted.columns[x].numbers[fitted.design->rows[i]]);
        out.y.push_back(fitted.design->response[i]);
    }
    return out;
}

}  // namespace

std::optional<std::string> growth_picture(const FittedGrowth& fitted) {
    Prediction prediction(fitted);
    const auto x = prediction.find_x();
    if (!x) return std::nullopt;
    prediction.find_lines(*x);
    const auto rows = prediction.grid(*x);
    const auto design = prediction.design_of(rows);
    if (!design.ok()) return std::nullopt;
    const bool alone = prediction.n_lines() == 1;
    const double wide = numerics::normal_quantile(0.9), narrow = numerics::normal_quantile(0.975);
    const auto response = course::name_of(fitted.formula->response);
    exchange::Panel panel{.y_label = response, .height = 300};
    panel.marks = {scores_of(fitted, *x)};
    std::string said;
    for (std::size_t line = 0; line < prediction.n_lines(); ++line) {
        exchange::Line mean{.name = prediction.line_name(line),
                            .stroke = exchange::nth_stroke(line)};
        exchange::Band people{.name = "80 of 100 single scores"};
        exchange::Band interval{.name = alone ? "mean, 95 % interval" : ""};
        if (alone) interval.fill = exchange::Ink::inner_band;
        for (std::size_t i = 0; i < n_grid; ++i) {
            const auto place = design.value().rows.size() - rows.size() + line * n_grid + i;
            const auto at = mean_at(design.value(), place, *fitted.model);
            for (auto* each : {&mean.x, &people.x, &interval.x}) {
                each->push_back(rows[line * n_grid + i][*x]);
            }
            mean.y.push_back(at.value);
            people.lower.push_back(at.value - wide * at.sd_of_scores);
            people.upper.push_back(at.value + wide * at.sd_of_scores);
            interval.lower.push_back(at.value - narrow * at.se);
            interval.upper.push_back(at.value + narrow * at.se);
        }
        said += fmt::format("{}: {} at first, {} at last. ", mean.name, label_of(mean.y.front()),
                            label_of(mean.y.back()));
        if (alone) panel.bands.push_back(std::move(people));
        panel.bands.push_back(std::move(interval));
        panel.lines.push_back(std::move(mean));
    }
    return exchange::picture_of({.title = "Growth of " + response,
                                 .says = prediction.held(*x),
                                 .description = said,
                                 .x_label = fitted.columns[*x].name,
                                 .panels = {std::move(panel)}});
}

}  // namespace evenkeel::app
