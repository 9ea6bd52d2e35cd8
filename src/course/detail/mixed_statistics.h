#pragma once
// What a mixed model needs to know of its data: sums of products for each person, from one pass
// over the rows. After that no row is read again.
//
// Columns are centred and scaled first, so that the sums keep their digits and the search has
// one unit; Basis says how to come back.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "course/design_matrix.h"

namespace evenkeel::course::detail {

// Eight people side by side, for one instruction on several of them. They stand in vectors of
// doubles, whose alignment is that of one double.
inline constexpr std::size_t n_lanes = 8;
using Lanes = double __attribute__((vector_size(n_lanes * sizeof(double)), aligned(8), may_alias));
inline const Lanes* as_lanes(const std::vector<double>& values) {
    return reinterpret_cast<const Lanes*>(values.data());
}
inline Lanes* as_lanes(std::vector<double>& values) {
    return reinterpret_cast<Lanes*>(values.data());
}

// (column - center) / scale; the center is 0 where the model has no intercept to take it up.
struct Basis {
    std::vector<double> center, scale;
};

// Rows in the order of groups (and of time within), in the bases.
struct PreparedRows {
    std::size_t n = 0, p = 0, q = 0, n_groups = 0;
    std::vector<double> fixed;   // n x (p + 1) by columns: estimable columns, then the response
    std::vector<double> random;  // n x q by columns
    std::vector<double> gaps;    // to the row before of the same group, 0 at its first; else empty
    std::vector<std::size_t> begins;  // of each group, and n
    std::vector<std::size_t> kept;    // columns of the design that can be estimated
    std::vector<std::vector<std::size_t>> blocks;
    bool has_intercept = false;
    Basis fixed_basis, random_basis;  // the response last
    std::vector<std::string> warnings;
};

// Fails with invalid_input: a response that is the same in every row, or two rows of one
// person at one time.
Result<PreparedRows> prepare_rows(const DesignMatrix&);

struct MixedStatistics {
    std::size_t n = 0, p = 0, q = 0, n_groups = 0;
    std::vector<double> total;  // (p+1) x (p+1): [X y]'[X y]
    // For each eight people: Z'Z (lower, by rows), then Z'[X y] (by rows).
    std::vector<double> people;
    double log_det_residual = 0;  // log determinant of the residuals' correlation

    [[nodiscard]] std::size_t stride() const { return q * (q + 1) / 2 + q * (p + 1); }
    [[nodiscard]] std::size_t n_blocks() const { return (n_groups + n_lanes - 1) / n_lanes; }
};

// The rows of eight people in each `of_blocks` blocks of eight, in the same bases: what a search
// on a part begins with.
PreparedRows thinned(const PreparedRows&, std::size_t of_blocks);

// With `phi`, the correlation phi^gap of the residuals is taken out first: each row loses what
// the row before of the same person says about it (a Markov process, so one row is enough).
MixedStatistics mixed_statistics(const PreparedRows&, std::optional<double> phi = {});

}  // namespace evenkeel::course::detail
