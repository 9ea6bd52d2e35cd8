#pragma once
// Not on track: which answers raise that signal, and what its closing has to say.
//
// Sources: clinical-reference section 2 (Finch, Lambert & Schaalje 2001; Delgadillo et al. 2018;
// early non-response), where several figures are still to be verified by a clinician. The band
// comes from course/expected_response.h; labelling before the third score misses late responders.

#include "record/signals.h"

namespace evenkeel::record {

// The review point, and how much lower the score is then expected to be at least.
inline constexpr std::chrono::days review_after{28};
inline constexpr double response_least = 0.20;

// The last score above the range of those who began alike, else, once in an episode, hardly lower
// than the first at the review point. Of the agreed questionnaire, while care goes on. None where
// the first score was below moderate, where the scale rises with health, or where the same was said
// lately at no better score.
std::optional<NewSignal> not_on_track_signal(const PersonState&, const practice::FindingsComputed&,
                                             const measures::Instrument&);

// A signal that opens a support tool is closed with what the tool found: every area of the tool
// once, and whether the plan changes. Fails with invalid_input, every fault named.
Status check_support(const SignalState&, const care::SignalClosed&, const Context&);

}  // namespace evenkeel::record
