#pragma once
// What `course growth`, `expected` and `survival` find in many people, as SVG.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "course/design_matrix.h"
#include "course/expected_response.h"
#include "course/mixed_model.h"
#include "course/survival.h"

namespace evenkeel::app {

struct FittedGrowth {
    const course::Formula* formula = nullptr;
    std::span<const course::Column> columns;
    course::DesignOptions options;
    const course::DesignMatrix* design = nullptr;
    const course::MixedModel* model = nullptr;
};

// The mean course with its 95 % interval over the first number that has a random slope, or else
// that is in the formula; a line for each value of the first other variable with few values, the
// remaining ones at their mean or first level. With one line also the band that holds 80 of 100
// single scores of new people. Absent where the formula has no number to draw over.
std::optional<std::string> growth_picture(const FittedGrowth&);

struct ExpectedPeople {
    std::vector<std::string> names;  // by ScoreRecord::person
    std::span<const course::ScoreRecord> records;
    std::span<const course::Expectation> expected;  // of each record
    std::string time, score;                        // names of the columns
};

// A panel for each of the first people of whom something can be said: their scores in the band.
inline constexpr std::size_t most_people_shown = 6;
std::string expected_picture(const ExpectedPeople&);

// One step curve for each group, with a label beside it; the interval as a band when there is one
// group alone.
std::string survival_picture(const course::Survival&, const std::vector<std::string>& groups,
                             const std::string& time_label);

}  // namespace evenkeel::app
