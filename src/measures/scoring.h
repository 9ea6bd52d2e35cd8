#pragma once
// Scoring: from the answers of one occasion to a score. Nothing else scores a
// questionnaire.
//
// Method: the rule in the instrument's own definition (measures/instrument.h), each with
// its citation. Raw answers are what is stored; scores are derived and carry the
// definition's version. Missing answers are absent, never 0: where the definition gives
// no rule, the result says "not scorable" instead of guessing.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "measures/instrument.h"

namespace evenkeel::measures {

// One for each item, in the instrument's order, in the scale's own printed values
// (reversing is done here). Absent = skipped.
using Answers = std::vector<std::optional<int>>;

enum class Flag {
    safety_item,           // an answer that must reach a person
    safety_item_left_out,  // left out while others were answered: must reach one too
    item_not_applicable,   // scored without it; bands and cut-offs do not apply
};
constexpr auto enum_names(Flag) {
    using P = std::pair<Flag, std::string_view>;
    return std::array{P{Flag::safety_item, "safety_item"},
                      P{Flag::safety_item_left_out, "safety_item_left_out"},
                      P{Flag::item_not_applicable, "item_not_applicable"}};
}

// Symptom counts alone; a clinician must still establish SymptomPattern::needs.
enum class Pattern { none, other, major };
constexpr auto enum_names(Pattern) {
    using P = std::pair<Pattern, std::string_view>;
    return std::array{P{Pattern::none, "none"}, P{Pattern::other, "other"},
                      P{Pattern::major, "major"}};
}

struct SubscaleScore {
    std::string key;
    std::optional<int> total;
    std::optional<std::string> band;
    bool operator==(const SubscaleScore&) const = default;
};

// The shorter scale's score from the same answers.
struct AlternativeScore {
    std::string instrument;  // "phq-8"
    std::optional<int> total;
    std::optional<std::string> band;
    bool prorated = false;
    bool operator==(const AlternativeScore&) const = default;
};

struct Score {
    std::optional<int> total;  // absent when not scorable, or only subscales exist
    std::optional<std::string> band;
    bool prorated = false;                   // to be shown wherever the total is shown
    std::vector<std::size_t> missing_items;  // positions, from 0
    bool scorable = false;
    std::vector<SubscaleScore> subscales;
    std::vector<Flag> flags;
    // Only when the total is absent for want of a required item (PHQ-9 without item 9).
    std::optional<AlternativeScore> alternative;
    std::optional<Pattern> pattern;  // absent when undefined or an item is missing

    [[nodiscard]] bool has(Flag) const;
    bool operator==(const Score&) const = default;
};

// Are these answers legal for the instrument? Fails with invalid_input, every fault
// named: "" for a wrong number of answers, "/2" for the third answer out of its range.
Status check_answers(const Instrument&, const Answers&);

// Pure. `instrument` has passed check_definition. Fails as check_answers does.
Result<Score> score(const Instrument& instrument, const Answers& answers);

// The shorter scale's score, whether or not the longer has a total; absent when the
// instrument has no shorter scale. Fails as check_answers does.
Result<std::optional<AlternativeScore>> alternative_score(const Instrument&, const Answers&);

}  // namespace evenkeel::measures
