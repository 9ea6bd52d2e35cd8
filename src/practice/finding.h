#pragma once
// A finding: what one method says of one series of a person, with the numbers it rests on.
//
// Computed, never sent. It is no signal: nobody is called by it, and it is closed by
// nobody; it stands until the series is looked at again. The numbers keep all their digits,
// so that the command line gives the same ones. Which keys `values` holds, in which unit,
// says guidance/findings.h for each method.

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.h"

namespace evenkeel::practice {

enum class FindingKind {
    reliable_change,    // the last score against the first of the episode
    control_limits,     // the newest diary day against the person's own stable time
    early_warning,      // whether the diary springs back more slowly than before
    expected_response,  // the last score against people who began alike
};
constexpr auto enum_names(FindingKind) {
    return std::to_array<std::pair<FindingKind, std::string_view>>(
        {{FindingKind::reliable_change, "reliable_change"},
         {FindingKind::control_limits, "control_limits"},
         {FindingKind::early_warning, "early_warning"},
         {FindingKind::expected_response, "expected_response"}});
}

// Where the series stands, as the method sees it. "Inside" is no proof of health.
enum class Standing {
    inside,  // could be chance, within the limits, no tendency
    better,  // scores: beyond chance or beyond the band, in the scale's own direction
    worse,
    above,  // diary: beyond the person's own limits
    below,
    rising,  // early warning: worth a look
};
constexpr auto enum_names(Standing) {
    return std::to_array<std::pair<Standing, std::string_view>>({{Standing::inside, "inside"},
                                                                 {Standing::better, "better"},
                                                                 {Standing::worse, "worse"},
                                                                 {Standing::above, "above"},
                                                                 {Standing::below, "below"},
                                                                 {Standing::rising, "rising"}});
}

struct Finding {
    FindingKind finding = FindingKind::reliable_change;
    std::string series;  // "mood", "score.phq-9": as record::numbers_of names it
    std::string method;  // name and version, "control limits 2"
    int n = 0;           // values that went in
    Instant from{};      // of the first of them
    Instant to{};        // of the last
    Standing standing = Standing::inside;
    std::map<std::string, double> values;
    bool operator==(const Finding&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("finding", self.finding);
        visit("series", self.series, Domain{.max_length = 60});
        visit("method", self.method, Domain{.max_length = 80});
        visit("n", self.n);
        visit("from", self.from);
        visit("to", self.to);
        visit("standing", self.standing);
        visit("values", self.values);
    }
};

// Series were looked at. Findings of these series before stand no more; where nothing can be
// said of one, nothing stands. Apart from the analysis for signals, so that no statistic can
// hold one up.
struct FindingsComputed {
    static constexpr std::string_view kind = "findings_computed";
    static constexpr int version = 1;
    Id of;  // the answers, or the newest entry of the diary
    std::vector<std::string> series;
    std::vector<Finding> findings;
    std::optional<std::string> knowledge;  // hash of the definition used, of scores
    bool operator==(const FindingsComputed&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("of", self.of);
        visit("series", self.series, Domain{.max_length = 60});
        visit("findings", self.findings);
        visit("knowledge", self.knowledge);
    }
};

}  // namespace evenkeel::practice
