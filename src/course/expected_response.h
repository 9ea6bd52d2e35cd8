#pragma once
// How do people who began like this one usually do, and is this person above that?
//
// Method: as Finch, Lambert & Schaalje (2001), Clin Psychol Psychother 8:231-242, and Delgadillo
// et al. (2018), Lancet Psychiatry 5:564-572: growth over log time within strata of the first
// score, from a service's own archive; "off track" is a score above the upper bound of an 80 %
// prediction interval for a new person. The band leaves out the outer tenths of the archive's own
// scores, measured in standard deviations of the model, so that it holds its share whatever shape
// their distribution has (as Lei et al. 2018, J Am Stat Assoc 113:1094-1111, sec. 5.2, but on the
// rows of the fit: a few coefficients of 200 people or more do not bend it).
// Limits: says what is usual in that archive, not what is possible; late responders exist
// (some change little until the sixth meeting), so it opens a conversation and nothing else.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "course/mixed_model.h"

namespace evenkeel::course {

// One score of one person. `person` counts from 0; a missing time or score is NaN.
struct ScoreRecord {
    std::size_t person;
    double time, score;
};

struct ResponseStratum {
    double from = 0, to = 0;  // first scores: from <= score < to (the last: <= to)
    std::size_t n_people = 0;
    std::optional<MixedModel> model;  // absent where the archive tells too little
    // Where the band begins and ends, in standard deviations from what is expected of a new score.
    double reach_below = 0, reach_above = 0;
    std::string why_absent;
    double center = 0;  // mean first score
};

struct ExpectedResponse {
    std::vector<ResponseStratum> strata;  // ascending, without gaps
    std::size_t n_people = 0;             // with a first score and a later one
    std::vector<std::string> warnings;
};

inline constexpr std::size_t least_comparable = 200;
inline constexpr std::size_t max_strata = 5;
inline constexpr double expected_coverage = 0.8;
// The signal starts at the third score, so that one bad week does not make one.
inline constexpr std::size_t first_signal_score = 3;

// Strata are quantiles of the first score with least_comparable people or more each, at most
// max_strata. Time is counted from a person's first score. Fails with invalid_input: nobody
// with two scores, an infinite number, a time that repeats ("/rows/ROW").
Result<ExpectedResponse> expected_response(std::span<const ScoreRecord> archive);

struct Expectation {
    std::optional<double> expected, lower, upper;  // absent at the first score
    std::size_t n_comparable = 0;
    std::optional<bool> off_track;  // absent where nothing can be said
};

// For each record of new people, in its order.
Result<std::vector<Expectation>> expect(const ExpectedResponse&,
                                        std::span<const ScoreRecord> people);

// Shares of scores that lay where the band said, of those whose first score or time lies from
// `from` to `to`.
struct BandShares {
    double from = 0, to = 0;
    std::size_t n_scores = 0;
    double below = 0, inside = 0, above = 0;
};

struct Calibration {
    std::size_t n_people = 0;
    BandShares all;           // by time
    double inside_error = 0;  // standard error of all.inside; scores of a person hang together
    std::vector<BandShares> by_first_score, by_time;  // about a quarter of the scores each
};

// How the band does when each fifth of people is predicted from the others; nullopt under
// least_comparable people or where nothing could be predicted.
std::optional<Calibration> held_out_calibration(std::span<const ScoreRecord> archive);

}  // namespace evenkeel::course
