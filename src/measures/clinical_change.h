#pragma once
// Did somebody change by more than measurement error, and did they cross from the range of
// people in treatment into that of people who are well?
//
// Method: Jacobson & Truax (1991), J Consult Clin Psychol 59(1):12-19: criteria a, b and c.
// Limits: as in reliable_change.h; a cut-off is no better than the samples behind it.

#include <optional>
#include <vector>

#include "measures/reliable_change.h"

namespace evenkeel::measures {

enum class Criterion {
    a,  // two sd of the clinical sample beyond its mean, in the direction of improvement
    b,  // within two sd (of the functional sample) of the functional mean
    c,  // nearer to the functional mean than to the clinical one, each in its own sd
};

struct Sample {
    double mean, sd;  // score points; sd > 0
};

//   a = M_clinical + s 2 SD_clinical       s = +1 when higher is better, else -1
//   b = M_functional - s 2 SD_functional
//   c = (SD_functional M_clinical + SD_clinical M_functional) / (SD_functional + SD_clinical)
//
// Fails with invalid_input, every fault named: a mean or sd that is not finite, an sd <= 0, a
// sample that the criterion needs and is absent.
Result<double> cutoff(Criterion, std::optional<Sample> clinical, std::optional<Sample> functional,
                      Direction);

enum class Category {
    recovered,     // reliably better, and crossed from the clinical to the functional side
    improved,      // reliably better
    unchanged,     // not more than measurement error
    deteriorated,  // reliably worse
    harmed,        // reliably worse, and crossed from the functional to the clinical side
};

// Crossing is strict: a score equal to the cut-off is on neither side.
Category clinical_category(Scores, Change, double cutoff, Direction);

}  // namespace evenkeel::measures
