#pragma once
// What do the methods say of one person's series, and how is that told?
//
// One list of methods (`methods()`), each a row: what it looks at, from how many values on,
// its function, its page in docs/methods and the numbers that "why am I seeing this?" shows.
// A method more is one row and one function more. Cost is linear in the person's own series.
//
// `Finding::values`, by method:
//   reliable_change    first, last, change (last - first), points (published threshold), index
//                      (change in units of points / 1.96, as an RCI is)
//   control_limits     value, statistic (EWMA), lower, upper, center, sd, ar1, lambda, limit,
//                      n_baseline, baseline_days, days_outside (newest observed days beyond the
//                      same limit), of_remission (1: the baseline is the person's remission)
//   early_warning      window, ar1, variance (of the newest window), tau_ar1, p_ar1,
//                      tau_variance, p_variance, surrogates, surrogate_ar1
//   expected_response  value, expected, lower, upper, n_comparable, first, days, simulated (1:
//                      the people compared with are)
//
// Sources and limits stand in the headers of course/ and measures/ and on the methods' pages.

#include <optional>
#include <span>
#include <vector>

#include "care/signal.h"
#include "course/early_warning.h"
#include "course/expected_response.h"
#include "measures/instrument.h"
#include "practice/archive.h"
#include "practice/finding.h"

namespace evenkeel::guidance {

struct Observation {
    Instant at{};
    Day day{};  // local
    double value = 0;
};

// A stretch of time in which every score said remission.
struct Remission {
    Instant from{}, to{};
};

// Observations by time; of a diary the last of each day. Missing days are simply not there.
struct Series {
    std::string name;
    std::vector<Observation> values;
    const measures::Instrument* instrument = nullptr;  // of scores
    std::optional<Remission> remission = {};  // of a diary: the newest that was long enough
};

// What methods know beside the series.
struct Means {
    course::SurrogateSource surrogates = {};            // none: no early warning
    const course::ExpectedResponse* archive = nullptr;  // of the instrument; none: no expectation
    practice::ArchiveOf archive_of = practice::ArchiveOf::service;
};

enum class Of { scores, diary };

struct Method {
    practice::FindingKind finding;
    std::string_view name;    // and version
    std::string_view source;  // citation
    std::string_view page;    // docs/methods/<page>.md
    Of of;
    std::size_t least;  // observations before it says anything
    // The values that are shown, in this order.
    std::span<const std::string_view> shown;
    // Numbers and standing; none where nothing can be said, as of a diary without spread.
    std::optional<practice::Finding> (*compute)(const Series&, const Means&);
};
std::span<const Method> methods();
const Method& method_of(practice::FindingKind);

// The design of the charts and of the indicators: Evenkeel's own choice (docs/methods).
inline constexpr std::size_t baseline_values = 28;
inline constexpr double ewma_lambda = 0.2;
inline constexpr double ewma_limit = 3;
inline constexpr std::size_t warning_values = 120;  // the newest, whatever gaps lie between
inline constexpr std::size_t warning_window = 60;
inline constexpr std::size_t warning_surrogates = 199;
inline constexpr double warning_step = 0.05;   // of the surrogates' autocorrelation
inline constexpr double warning_level = 0.05;  // for each of the two indicators
// Below this nothing can be said of a diary.
inline constexpr std::size_t least_diary_days = baseline_values + 1;

// The findings of one series, in the order of methods().
std::vector<practice::Finding> findings_of(const Series&, const Means&);

// A finding in words: the sentence "finding.<kind>.<standing>" and its derivation.
struct Explained {
    care::Sentence says;
    care::Why why;
};
// `title`: what the series is called where the code of the catalogue does not say it, as of a
// questionnaire; `threshold`: the citation of its points, or empty.
Explained explained(const practice::Finding&, const std::string& title,
                    const std::string& threshold);

}  // namespace evenkeel::guidance
