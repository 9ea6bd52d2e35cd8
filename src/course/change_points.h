#pragma once
// When did the level, the spread, or both of a series change?
//
// Sources: Jackson et al. (2005), IEEE Signal Process Lett 12:105-108 (optimal partitioning);
// Killick, Fearnhead & Eckley (2012), J Am Stat Assoc 107:1590-1598 (PELT); Maidstone et al.
// (2017), Stat Comput 27:519-533 (pruning by the mean for which a start can still be best);
// Zhang & Siegmund (2007), Biometrics 63:22-32 (MBIC).
// Limits: independent normal values within a segment. Autocorrelated days give changes that are
// none; a change of the mean is looked for on the scale given (unit variance): standardize first.

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::course {

enum class ChangeIn { mean, variance, mean_and_variance };

// The price of one more change. MBIC also charges the logarithm of each segment's length.
struct Penalty {
    double per_change = 0;
    bool log_length = false;
};

// Parameters that one more change brings: its place, and 1 or 2 of its segment.
//   BIC = q log n, AIC = 2 q, MBIC = (q + 1) log n + sum of log(length), q = 2 or 3.
Penalty bic_penalty(ChangeIn, std::size_t n);
Penalty aic_penalty(ChangeIn);
Penalty mbic_penalty(ChangeIn, std::size_t n);

struct Segment {
    std::size_t from = 0, to = 0;   // 1-based, both included
    double mean = 0, variance = 0;  // variance divided by the length
};

struct ChangePoints {
    std::vector<std::size_t> locations;  // 1-based last point of each segment but the last
    std::vector<Segment> segments;
    double criterion = 0;  // cost of all segments + penalty of each change
};

// Variances below this count as this, so that a constant stretch is not infinitely likely.
inline constexpr double smallest_variance = 1e-11;

// The partition with the smallest criterion: the exact optimum, found with pruning that never
// discards a start that could still be best. Cost of a segment of length L:
//   mean                sum of (y - segment mean)^2
//   variance            L (log(2 pi v) + 1), v around the mean of the whole series
//   mean_and_variance   L (log(2 pi v) + 1), v around the mean of the segment
// No missing values. min_length >= 1 (2 with a variance). Fails with invalid_input, every fault
// named, if a value is missing, infinite or too large, the series is shorter than min_length, or
// the penalty is not finite or below 0.
Result<ChangePoints> change_points(std::span<const double> values, ChangeIn, Penalty,
                                   std::size_t min_length);

// The same by looking at every pair of points, for at most longest_exact values.
inline constexpr std::size_t longest_exact = 50'000;
Result<ChangePoints> change_points_by_all_pairs(std::span<const double> values, ChangeIn, Penalty,
                                                std::size_t min_length);

// Exactly n_changes changes of the mean with the smallest residual sum of squares, which is the
// criterion. Fails like change_points, and if the series is too short for so many segments or
// n_changes * length is beyond 2e8.
Result<ChangePoints> best_mean_changes(std::span<const double> values, std::size_t n_changes,
                                       std::size_t min_length);

}  // namespace evenkeel::course
