#pragma once
// What is a questionnaire, as data: its items, how they are scored, what the score is
// compared with, and where each of these numbers comes from.
//
// Definitions are files of knowledge/instruments, read by knowledge/load.h; nothing in
// the code types an item, a cut-off or a norm. Bands are labels for the level of
// symptoms, not diagnoses.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "measures/reliable_change.h"

namespace evenkeel::measures {

// Where a number comes from.
struct Citation {
    std::string source;           // key in knowledge/sources.bib
    std::string page;             // page, section or table of that source
    bool to_be_verified = false;  // a clinician has not yet confirmed it in the source
};

enum class LicenceStatus {
    free_to_use,   // the wording may be reproduced, with the credit
    own_licence,   // the wording stands under its own licence, outside the code's
    scoring_only,  // no wording ships; the operator may load licensed texts
};

struct Licence {
    LicenceStatus status = LicenceStatus::scoring_only;
    std::string text;    // the terms in words
    std::string url;     // where they are published; may be empty
    std::string credit;  // the line to show wherever the questionnaire is shown
};

struct Range {
    int min = 0, max = 0;  // both included
    [[nodiscard]] bool contains(int value) const { return min <= value && value <= max; }
    bool operator==(const Range&) const = default;
};

struct Choice {
    int value = 0;      // as printed in the scale's own values
    std::string text;   // empty when scoring only
    std::string loinc;  // LOINC answer code, empty where none is verified
};

struct Item {
    std::string key;              // the linkId of the FHIR item, "phq-9.1"
    std::string text;             // as licensed; empty when scoring only
    std::string loinc;            // empty where none is verified
    bool reverse = false;         // scored as min + max - value
    bool may_not_apply = false;   // `not_applicable` is a legal answer (WSAS, work)
    std::vector<Choice> answers;  // in the order of the printed form
};

// An answer in its own right, not a missing one; legal only where the item says so.
inline constexpr int not_applicable = -1;

struct Band {
    Range scores;
    std::string name;  // "moderately severe"
    Citation citation;
};

enum class Side { at_least, at_most };

struct Cutoff {
    int score = 0;
    Side side = Side::at_least;
    std::string meaning;                             // what the source found at or beyond it
    std::optional<double> sensitivity, specificity;  // 0 to 1
    Citation citation;
};

struct ReliabilityFigure {
    std::string kind;             // "alpha", "retest", "icc"
    std::string population;       // the sample, may be empty
    double lower = 0, upper = 0;  // equal when the source gives one number
    Citation citation;
};

struct Norm {
    std::string population;
    double mean = 0;
    std::optional<double> sd;
    Citation citation;
};

// The smallest difference that is more than chance, score points.
struct ReliablePoints {
    double points = 0;
    Citation citation;
};

struct Subscale {
    std::string key, name;
    std::vector<std::size_t> items;  // positions
    int multiplier = 1;
    Range scores;
    std::vector<Band> bands;
    std::vector<Cutoff> cutoffs;
};

enum class Method {
    sum,             // multiplier times the sum of the items
    max_groups,      // the sum over groups of the largest item of each (QIDS)
    subscales_only,  // no total is defined (DASS-21)
};

enum class MissingPolicy {
    none,          // any missing item: not scorable
    prorate_mean,  // each missing item takes the mean of the answered ones, halves up
};

struct MissingRule {
    MissingPolicy policy = MissingPolicy::none;
    std::size_t max_missing = 0;
    // Without these there is no total, whatever the policy (PHQ-9, item 9).
    std::vector<std::size_t> required;
    Citation citation;
};

// An answer that must reach a person.
struct SafetyItem {
    std::size_t item = 0;
    int at_least = 1;              // scores from here on
    bool left_out_counts = false;  // unanswered while another item is answered
    Citation citation;
};

// PHQ-9 "algorithm": a count of symptoms present on more than half the days.
struct SymptomPattern {
    std::vector<int> present_at;     // one threshold for each item
    std::vector<std::size_t> core;   // at least one of these must be present
    std::size_t major_at_least = 5;  // this many present: major
    std::size_t other_at_least = 2;  // fewer than major, at least this many: other
    std::string needs;               // what a clinician must still establish
    Citation citation;
};

struct Instrument;

// The shorter scale that can still be scored from the same answers (PHQ-9 -> PHQ-8).
struct Alternative {
    std::shared_ptr<const Instrument> instrument;
    std::vector<std::size_t> items;  // positions in the longer scale, in its order
};

struct Instrument {
    std::string id;        // "phq-9"
    std::string version;   // of the definition file; scores carry it
    std::string language;  // BCP 47
    std::string title;
    std::string intro;  // the stem read before the items
    Licence licence;
    int recall_days = 0;                   // 0 = now
    int minutes = 1;                       // about how long it takes
    std::string loinc_panel, loinc_total;  // empty where none is verified

    std::vector<Item> items;
    std::optional<Item> extra;  // asked, never scored (PHQ-9 difficulty)
    Range values;               // of one answer
    Range scores;               // of the total; of a subscale for subscales_only
    Direction direction = Direction::lower_is_better;

    Method method = Method::sum;
    int multiplier = 1;
    std::vector<std::vector<std::size_t>> groups;  // max_groups: positions
    std::vector<Subscale> subscales;
    MissingRule missing;
    std::optional<SymptomPattern> pattern;
    std::optional<Alternative> alternative;
    Citation scoring_citation;

    std::vector<Band> bands;
    std::vector<Cutoff> cutoffs;
    std::vector<ReliabilityFigure> reliability;
    std::vector<Norm> norms;
    std::optional<ReliablePoints> rci;  // absent: "not available", never a guess
    std::vector<SafetyItem> safety_items;

    [[nodiscard]] bool is_safety_item(std::size_t item_index) const;
};

// Does the definition hold together? Positions exist, bands cover the range without
// gap or overlap, thresholds lie inside it, answers are within `values`, the range of
// scores is what the method can reach. Fails with invalid_input, every fault named by a
// JSON pointer into the definition.
Status check_definition(const Instrument&);

// The band of a total; empty when none is defined.
std::optional<std::string> band_of(const std::vector<Band>&, int total);

}  // namespace evenkeel::measures
