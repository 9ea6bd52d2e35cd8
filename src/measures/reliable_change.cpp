#include "measures/reliable_change.h"

#include <cmath>

namespace evenkeel::measures {
namespace {

// The two-sided 5 % point of the standard distribution as the paper prints it.
constexpr double critical = 1.96;

void check_score(double score, const char* where, Faults& faults) {
    if (!std::isfinite(score)) faults.add(where, "The score must be a finite number.");
}

Change classify(double gain, bool reliable) {
    if (!reliable) return Change::unchanged;
    return gain > 0 ? Change::improved : Change::deteriorated;
}

double gain_of(double before, double after, Direction direction) {
    return direction == Direction::higher_is_better ? after - before : before - after;
}

}  // namespace

Result<ReliableChange> reliable_change(Scores scores, Reliability reliability,
                                       Direction direction) {
    Faults faults;
    check_score(scores.before, "/scores/before", faults);
    check_score(scores.after, "/scores/after", faults);
    if (!std::isfinite(reliability.sd) || reliability.sd <= 0) {
        faults.add("/reliability/sd", "The standard deviation must be larger than 0.");
    }
    if (!(reliability.coefficient >= 0 && reliability.coefficient < 1)) {
        faults.add("/reliability/coefficient", "The reliability must be from 0 to below 1.");
    }
    if (!faults.none()) return faults.error();

    const double standard_error = reliability.sd * std::sqrt(1 - reliability.coefficient);
    const double s_diff = standard_error * std::sqrt(2.0);
    const double index = (scores.after - scores.before) / s_diff;
    const bool reliable = std::abs(index) > critical;
    return ReliableChange{
        .change = classify(gain_of(scores.before, scores.after, direction), reliable),
        .index = index,
        .threshold = critical * s_diff,
    };
}

Result<Change> change_between(double first, double last, double rci_points, Direction direction) {
    Faults faults;
    check_score(first, "/first", faults);
    check_score(last, "/last", faults);
    if (!std::isfinite(rci_points) || rci_points <= 0) {
        faults.add("/rci_points", "The reliable-change threshold must be larger than 0.");
    }
    if (!faults.none()) return faults.error();
    const double gain = gain_of(first, last, direction);
    return classify(gain, std::abs(gain) >= rci_points);
}

}  // namespace evenkeel::measures
