#pragma once
// Reliable change: is the difference between two scores larger than the
// instrument's own measurement error?
//
// Method: Jacobson & Truax (1991), J Consult Clin Psychol 59(1):12-19.
// Limits: equal error at both occasions, no practice effect, two occasions only.
// A reliable change says nothing about its cause.

#include <array>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace evenkeel::measures {

// One scale in one published sample; read from knowledge/, never typed here.
struct Reliability {
    double sd;           // at baseline, score points, > 0
    double coefficient;  // r_xx, 0 <= r_xx < 1
};

struct Scores {
    double before, after;  // score points
};
enum class Direction { lower_is_better, higher_is_better };
constexpr auto enum_names(Direction) {
    using P = std::pair<Direction, std::string_view>;
    return std::array{P{Direction::lower_is_better, "lower_is_better"},
                      P{Direction::higher_is_better, "higher_is_better"}};
}
enum class Change { improved, unchanged, deteriorated };  // by the direction given

struct ReliableChange {
    Change change;
    double index;      // RC = (after - before) / Sdiff, in the scale's own direction
    double threshold;  // smallest reliable difference at 95 %, score points
};

// Classifies the change between two occasions.
//
//   SE    = sd * sqrt(1 - r_xx)
//   Sdiff = SE * sqrt(2)
//   RC    = (after - before) / Sdiff      reliable when |RC| > 1.96
//
// Fails with invalid_input, every fault named, if a score is not finite, sd is not
// finite or <= 0, or r_xx is outside [0, 1).
Result<ReliableChange> reliable_change(Scores, Reliability, Direction);

// The same question where the literature gives the smallest reliable difference in
// points (Instrument::rci): reliable when |last - first| >= rci_points, as in the NHS
// rule "a drop of 6 or more". This is the one test behind "more than chance".
//
// An instrument without a published threshold has no answer: say "not available",
// do not call this. Fails with invalid_input, every fault named, if a score is not
// finite or rci_points is not finite or <= 0.
Result<Change> change_between(double first, double last, double rci_points, Direction);

}  // namespace evenkeel::measures
