#include "measures/detail/grid.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "measures/detail/graded_curve.h"
#include "numerics/clones.h"
#include "numerics/quadrature.h"

namespace evenkeel::measures::detail {
namespace {

// Four points at a time; memory need not be aligned.
using Lanes = double __attribute__((vector_size(32), aligned(8), may_alias));
constexpr std::size_t lanes = 4;

const Lanes& at(const double* from) {
    return *reinterpret_cast<const Lanes*>(from);
}
Lanes& at(double* to) {
    return *reinterpret_cast<Lanes*>(to);
}

// out = weights * product of the rows; gives the sum.
EK_CLONES double multiply(const double* weights, const double* const* rows, std::size_t n_rows,
                          double* out, std::size_t n) {
    Lanes sum{};
    for (std::size_t q = 0; q < n; q += lanes) {
        Lanes w = at(weights + q);
        for (std::size_t r = 0; r < n_rows; ++r) w *= at(rows[r] + q);
        at(out + q) = w;
        sum += w;
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

EK_CLONES void scale(double* values, double factor, std::size_t n) {
    for (std::size_t q = 0; q < n; q += lanes) at(values + q) *= factor;
}

// The same with logarithms, for so many items that the product leaves the range of doubles.
double by_logarithms(const Grid& grid, const std::vector<const double*>& rows, std::size_t n_rows,
                     double* out) {
    double largest = -HUGE_VAL;
    for (std::size_t q = 0; q < grid.size(); ++q) {
        double sum = std::log(grid.weights[q]);
        for (std::size_t r = 0; r < n_rows; ++r) sum += std::log(rows[r][q]);
        out[q] = sum;
        largest = std::max(largest, sum);
    }
    double total = 0;
    for (std::size_t q = 0; q < grid.size(); ++q) {
        out[q] = std::exp(out[q] - largest);
        total += out[q];
    }
    scale(out, 1 / total, grid.size());
    return largest + std::log(total);
}

}  // namespace

EK_CLONES void add_to_rows(double* const* to, std::size_t n_rows, const double* w, double factor,
                           std::size_t n) {
    for (std::size_t r = 0; r < n_rows; ++r) {
        double* row = to[r];
        for (std::size_t q = 0; q < n; q += lanes) at(row + q) += factor * at(w + q);
    }
}

Grid grid_for(std::span<const GradedItem> items, double range, double digits) {
    constexpr double two_pi_squared = 2 * std::numbers::pi * std::numbers::pi;
    const double exponent = digits * std::numbers::ln10;
    double sharpest = 1, information = 1;
    for (const auto& item : items) {
        sharpest = std::max(sharpest, std::abs(item.a));
        information += item.a * item.a / 3;  // as much as one item can ever give
    }
    const double step = std::max(std::min(two_pi_squared / (exponent * sharpest),
                                          std::sqrt(two_pi_squared / (exponent * information))),
                                 0.005);
    const auto n = static_cast<std::size_t>(std::ceil(2 * range / step)) + 1;
    auto rule = numerics::normal_grid(n, -range, range);
    Grid out{std::move(rule.points), std::move(rule.weights)};
    while (out.points.size() % 8 != 0) {
        out.points.push_back(range);
        out.weights.push_back(0);
    }
    return out;
}

Curves::Curves(std::span<const GradedItem> items, const Grid& grid) : n_points_(grid.size()) {
    for (const auto& item : items) {
        first_.push_back(n_rows_);
        n_rows_ += item.d.size() + 1;
    }
    values_.resize(n_rows_ * n_points_);
    std::vector<double> below(n_points_), above(n_points_);
    for (std::size_t j = 0; j < items.size(); ++j) {
        const auto& item = items[j];
        double* to = values_.data() + first_[j] * n_points_;
        std::fill(below.begin(), below.end(), 1.0);  // S(u), 1 for the lowest category
        for (std::size_t c = 0; c <= item.d.size(); ++c, to += n_points_) {
            const bool has_upper = c < item.d.size();
            const double gap = c > 0 && has_upper ? -std::expm1(item.d[c] - item.d[c - 1]) : 1.0;
            for (std::size_t q = 0; q < n_points_; ++q) {
                // S(v) and S(-v) share their exponential.
                const double x = has_upper ? item.a * grid.points[q] + item.d[c] : -HUGE_VAL;
                const double e = std::exp(-std::abs(x));
                const double small = e / (1 + e), large = 1 / (1 + e);
                to[q] = below[q] * (x >= 0 ? small : large) * gap;
                above[q] = x >= 0 ? large : small;
            }
            std::swap(below, above);
        }
    }
}

double posterior(const Responses& responses, std::size_t pattern, const Curves& curves,
                 const Grid& grid, std::vector<const double*>& rows, double* out) {
    const auto* codes = responses.pattern(pattern);
    std::size_t n_rows = 0;
    for (std::size_t j = 0; j < responses.n_items(); ++j) {
        if (codes[j] != Responses::missing) rows[n_rows++] = curves.row(j, codes[j]);
    }
    const double sum = multiply(grid.weights.data(), rows.data(), n_rows, out, grid.size());
    if (!(sum > 1e-280)) return by_logarithms(grid, rows, n_rows, out);
    scale(out, 1 / sum, grid.size());
    return std::log(sum);
}

}  // namespace evenkeel::measures::detail
