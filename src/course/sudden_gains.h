#pragma once
// Was there a sudden gain (or loss) between two meetings?
//
// Method: Tang & DeRubeis (1999), J Consult Clin Psychol 67(6):894-904; three criteria, the third
// with the critical t for the values that are present.
// Limits: scores where lower is better; a description, not a cause. Of a loss the size of the
// rise is compared with the score before, as of a gain.

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::course {

struct SuddenChange {
    enum class Kind { gain, loss } kind = Kind::gain;
    std::size_t from = 0;                    // position of the score before; the next one is after
    double before = 0, after = 0;            // score points
    double change = 0;                       // size of the drop (gain) or rise (loss), > 0
    double share = 0;                        // change / before; criterion 2 asks for 0.25
    double mean_before = 0, mean_after = 0;  // of up to three scores on each side
    std::size_t n_before = 0, n_after = 0;
    double pooled_sd = 0, critical_t = 0;  // criterion 3: means differ by more than t * sd
    // A later score gave back half of the change or more.
    bool reversed = false;
};

inline constexpr double least_share = 0.25;

// Every change that meets the three criteria, in order. `scores` in the order of meetings, NaN
// where one is missing; `threshold` (criterion 1) in score points, > 0. Fails with
// invalid_input: an infinite score ("/POSITION") or another threshold.
Result<std::vector<SuddenChange>> sudden_changes(std::span<const double> scores, double threshold);

}  // namespace evenkeel::course
