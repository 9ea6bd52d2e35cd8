#pragma once
// The phases of an episode, and what goes with its last: discharge into a watch that the person
// agreed to, pausing and leaving it, and coming back into care.
//
// Discharge is a change of phase, not an end. Sources: clinical-reference section 8; the schedule
// is Evenkeel's own proposal, to be verified by a clinician.

#include <array>

#include "base/describe.h"

namespace evenkeel::care {

enum class Phase { care, watch, ended };
constexpr auto enum_names(Phase) {
    return std::to_array<std::pair<Phase, std::string_view>>(
        {{Phase::care, "care"}, {Phase::watch, "watch"}, {Phase::ended, "ended"}});
}

// How often the questionnaire is asked in the watch: every `every` until `until` after discharge.
struct WatchStep {
    std::chrono::days until, every;
};
inline constexpr auto watch_schedule =
    std::to_array<WatchStep>({{std::chrono::days{28}, std::chrono::days{7}},
                              {std::chrono::days{183}, std::chrono::days{14}},
                              {std::chrono::days{731}, std::chrono::days{30}}});
constexpr std::chrono::days watch_interval(std::chrono::days since_discharge) {
    for (const auto& each : watch_schedule) {
        if (since_discharge < each.until) return each.every;
    }
    return watch_schedule.back().every;
}

enum class WatchAgreement { agreed, declined };
constexpr auto enum_names(WatchAgreement) {
    return std::to_array<std::pair<WatchAgreement, std::string_view>>(
        {{WatchAgreement::agreed, "agreed"}, {WatchAgreement::declined, "declined"}});
}

// Written with the person. What was done, in own words, stands in the summary for them and for
// whoever referred them.
struct Discharged {
    static constexpr std::string_view kind = "discharged";
    static constexpr int version = 1;
    WatchAgreement watch = WatchAgreement::declined;
    std::optional<int> watch_months;  // 12 unless agreed otherwise
    std::string done;
    std::optional<std::string> next;  // what was agreed for the time after
    bool operator==(const Discharged&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("watch", self.watch);
        visit("watch_months", self.watch_months, Domain{.min = 1, .max = 24});
        visit("done", self.done, Domain{.max_length = 4000, .min_length = 1});
        visit("next", self.next, Domain{.max_length = 2000});
    }
};
inline constexpr int watch_months_proposed = 12;

enum class WatchChange {
    paused,
    resumed,
    left,
    ended,  // its agreed time is over: by the service only
};
constexpr auto enum_names(WatchChange) {
    return std::to_array<std::pair<WatchChange, std::string_view>>(
        {{WatchChange::paused, "paused"},
         {WatchChange::resumed, "resumed"},
         {WatchChange::left, "left"},
         {WatchChange::ended, "ended"}});
}

// No reason is asked for.
struct WatchChanged {
    static constexpr std::string_view kind = "watch_changed";
    static constexpr int version = 1;
    WatchChange change = WatchChange::paused;
    std::optional<Day> until;  // of a pause; none: until resumed
    bool operator==(const WatchChanged&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("change", self.change);
        visit("until", self.until);
    }
};

// Back into care with the same therapist, without a new referral.
struct CareResumed {
    static constexpr std::string_view kind = "care_resumed";
    static constexpr int version = 1;
    std::optional<std::string> text;
    bool operator==(const CareResumed&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("text", self.text, Domain{.max_length = 2000});
    }
};

}  // namespace evenkeel::care
