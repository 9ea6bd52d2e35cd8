#include "measures/clinical_change.h"

#include <cmath>

namespace evenkeel::measures {
namespace {

void check(const std::optional<Sample>& sample, bool needed, const std::string& where,
           Faults& faults) {
    if (!needed) return;
    if (!sample) {
        faults.add(where, "This criterion needs the mean and sd of this sample.");
        return;
    }
    if (!std::isfinite(sample->mean)) faults.add(where + "/mean", "Give a finite number.");
    if (!std::isfinite(sample->sd) || sample->sd <= 0) {
        faults.add(where + "/sd", "The standard deviation must be larger than 0.");
    }
}

}  // namespace

Result<double> cutoff(Criterion criterion, std::optional<Sample> clinical,
                      std::optional<Sample> functional, Direction direction) {
    Faults faults;
    check(clinical, criterion != Criterion::b, "/clinical", faults);
    check(functional, criterion != Criterion::a, "/functional", faults);
    if (!faults.none()) return faults.error();
    const double s = direction == Direction::higher_is_better ? 1 : -1;
    switch (criterion) {
        case Criterion::a:
            return clinical->mean + s * 2 * clinical->sd;
        case Criterion::b:
            return functional->mean - s * 2 * functional->sd;
        case Criterion::c:
            break;
    }
    return (functional->sd * clinical->mean + clinical->sd * functional->mean) /
           (functional->sd + clinical->sd);
}

Category clinical_category(Scores scores, Change change, double cutoff, Direction direction) {
    const double s = direction == Direction::higher_is_better ? 1 : -1;
    const double before = s * (scores.before - cutoff), after = s * (scores.after - cutoff);
    switch (change) {
        case Change::improved:
            return before < 0 && after > 0 ? Category::recovered : Category::improved;
        case Change::deteriorated:
            return before > 0 && after < 0 ? Category::harmed : Category::deteriorated;
        case Change::unchanged:
            break;
    }
    return Category::unchanged;
}

}  // namespace evenkeel::measures
