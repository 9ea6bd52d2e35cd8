#pragma once
// The marginal likelihood of graded items on a grid of severities: the loops that take the
// time, apart from the model's formulas.

#include <span>
#include <vector>

#include "measures/graded.h"
#include "measures/responses.h"

namespace evenkeel::measures::detail {

// Severities at equal distances with the weights of the standard normal, padded with points of
// weight 0 to a multiple of eight.
struct Grid {
    std::vector<double> points, weights;
    [[nodiscard]] std::size_t size() const { return points.size(); }
};

// A grid over [-range, range] fine enough for `digits` digits of the sums. With a step h the sum
// of an analytic function is off by exp(-2 pi x / h), x the distance of its nearest pole from the
// real line: pi / a for the sharpest logistic. Many items together make a posterior as narrow as a
// normal one of sd s = 1 / sqrt(information), for which the error is exp(-2 pi^2 s^2 / h^2).
Grid grid_for(std::span<const GradedItem>, double range, double digits);

// P(category | severity) of every item at every point.
class Curves {
  public:
    Curves(std::span<const GradedItem>, const Grid&);
    [[nodiscard]] const double* row(std::size_t item, std::size_t category) const {
        return values_.data() + (first_[item] + category) * n_points_;
    }
    [[nodiscard]] std::size_t row_index(std::size_t item, std::size_t category) const {
        return first_[item] + category;
    }
    [[nodiscard]] std::size_t n_rows() const { return n_rows_; }
    [[nodiscard]] std::size_t n_points() const { return n_points_; }

  private:
    std::size_t n_points_, n_rows_ = 0;
    std::vector<std::size_t> first_;
    std::vector<double> values_;
};

// Writes the posterior weights of one pattern, adding to 1, and gives its log likelihood.
// `rows`: room for one pointer an item.
double posterior(const Responses&, std::size_t pattern, const Curves&, const Grid&,
                 std::vector<const double*>& rows, double* out);

// to[r][q] += scale * w[q] for every row r.
void add_to_rows(double* const* to, std::size_t n_rows, const double* w, double scale,
                 std::size_t n_points);

}  // namespace evenkeel::measures::detail
