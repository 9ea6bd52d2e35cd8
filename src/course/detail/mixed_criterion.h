#pragma once
// How well does a covariance of the random effects explain the data? The profiled deviance of a
// mixed model and its exact first and second derivatives, from sums for each person.
//
// Method: Bates et al. (2015), J Stat Softw 67(1), eq. 34-41 (profiling); Harville (1977),
// J Am Stat Assoc 72:320-338, sec. 5 (derivatives). W = I + Z D Z' for each person, D relative
// to the residual variance; Woodbury's identity keeps every matrix at the size of D.

#include <vector>

#include "course/detail/mixed_statistics.h"
#include "numerics/workers.h"

namespace evenkeel::course::detail {

enum class Criterion { reml, ml };

// Position pairs (a, b), b <= a, of a symmetric q x q matrix, by rows.
struct Pair {
    std::size_t a, b;
};
std::vector<Pair> pairs_of(std::size_t q);

struct Evaluation {
    bool usable = false;      // the fixed part could be solved
    double deviance = 0;      // -2 log likelihood, profiled over coefficients and residual variance
    double residual_sum = 0;  // r^2: weighted squares of the residuals
    std::vector<double> beta;          // p
    std::vector<double> beta_inverse;  // C = (X'W^-1 X)^-1, p x p
    // By the entries of D (pairs_of), where asked for:
    std::vector<double> trace;                    // d log determinants
    std::vector<double> square;                   // -d r^2
    std::vector<double> trace_second;             // d2 log determinants, m x m
    std::vector<double> square_second;            // d2 r^2, m x m
    std::vector<std::vector<double>> beta_first;  // X'W^-1 dW W^-1 X, p x p each
};

class MixedCriterion {
  public:
    MixedCriterion(const MixedStatistics&, Criterion, const numerics::Workers&);

    // `factor`: the lower factor of D, q x q by rows.
    Evaluation value(const std::vector<double>& factor);
    Evaluation with_derivatives(const std::vector<double>& factor);

    // Conditional modes D Z'W^-1 (y - X beta) and the lower triangle of their covariance over
    // the residual variance, for each person, at the factor last evaluated.
    struct Modes {
        std::vector<double> modes;       // n_groups x q
        std::vector<double> covariance;  // n_groups x q(q+1)/2
    };
    Modes modes(const Evaluation&, const std::vector<double>& factor) const;

    [[nodiscard]] double degrees() const { return degrees_; }

  private:
    std::vector<double> solve_people(const std::vector<double>& factor);
    void solve_fixed(double log_det, const std::vector<double>& products, Evaluation&) const;
    std::vector<double> sum_derivatives(const Evaluation&) const;

    // Calls work(first block, end, sums, scratch) for parts of the people, and adds up the sums.
    template <class Work>
    std::vector<double> sum_over_people(std::size_t n_sums, std::size_t n_scratch,
                                        const Work& work) const;

    const MixedStatistics& at_;
    const numerics::Workers& workers_;
    Criterion criterion_;
    double degrees_;  // n - p or n
    std::vector<Pair> pairs_;
    // For each eight people: N (lower), K = Z'W^-1 Z (lower), F = Z'W^-1 [X y] (by rows).
    std::vector<double> solved_;
    std::size_t solved_stride_;
};

}  // namespace evenkeel::course::detail
