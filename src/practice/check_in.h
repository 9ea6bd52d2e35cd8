#pragma once
// What a person writes between meetings: the daily check-in in any subset, down to
// one tap, and what goes with a hard day.
//
// Ratings are five labelled choices, 0 to 4; higher means more of the thing named.
// A question that was skipped stays empty, never 0.

#include "care/role.h"
#include "care/thoughts.h"

namespace evenkeel::practice {

enum class Visibility { me, care_team };
constexpr auto enum_names(Visibility) {
    return std::to_array<std::pair<Visibility, std::string_view>>(
        {{Visibility::me, "me"}, {Visibility::care_team, "care_team"}});
}

struct CheckIn {
    static constexpr std::string_view kind = "check_in";
    static constexpr int version = 1;
    bool hard = false;  // "Today is hard": counts as a whole check-in
    std::optional<int> mood;
    std::optional<int> energy;
    std::optional<int> sleep;
    std::optional<int> interest;
    std::optional<int> anxiety;
    std::optional<int> rumination;
    std::optional<double> sleep_hours;
    std::vector<std::string> activities;
    std::optional<std::string> text;
    bool to_talk_about = false;
    Visibility visible_to = Visibility::care_team;
    bool operator==(const CheckIn&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        const Domain rating{.min = 0, .max = 4};
        visit("hard", self.hard, Domain{.optional = true});
        visit("mood", self.mood, rating);
        visit("energy", self.energy, rating);
        visit("sleep", self.sleep, rating);
        visit("interest", self.interest, rating);
        visit("anxiety", self.anxiety, rating);
        visit("rumination", self.rumination, rating);
        visit("sleep_hours", self.sleep_hours, Domain{.min = 0, .max = 24});
        visit("activities", self.activities,
              Domain{.max_length = 120, .min_length = 1, .max_count = 12});
        visit("text", self.text, Domain{.max_length = 8000});
        visit("to_talk_about", self.to_talk_about, Domain{.optional = true});
        visit("visible_to", self.visible_to);
    }
};

using care::Thoughts;

// The one question after "Today is hard".
struct HardDayAnswer {
    static constexpr std::string_view kind = "hard_day_answer";
    static constexpr int version = 1;
    Id about;  // the check-in
    Thoughts thoughts = Thoughts::rather_not_say;
    bool operator==(const HardDayAnswer&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("about", self.about);
        visit("thoughts", self.thoughts);
    }
};

struct ContactRequest {
    static constexpr std::string_view kind = "contact_request";
    static constexpr int version = 1;
    std::optional<std::string> text;
    bool operator==(const ContactRequest&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("text", self.text, Domain{.max_length = 2000});
    }
};

// "I tapped this by mistake". The entry it supersedes stays in the record, marked.
struct Withdrawal {
    static constexpr std::string_view kind = "withdrawal";
    static constexpr int version = 1;
    std::optional<std::string> reason;
    bool operator==(const Withdrawal&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("reason", self.reason, Domain{.max_length = 200});
    }
};

// A filled questionnaire, item answers as printed in the scale's own values;
// skipped items are null. The score is computed, never sent.
struct Answers {
    static constexpr std::string_view kind = "answers";
    static constexpr int version = 1;
    std::string instrument;
    std::vector<std::optional<int>> answers;
    std::optional<int> extra;  // an unscored further question
    std::optional<Visibility> visible_to;
    bool operator==(const Answers&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("instrument", self.instrument, Domain{.max_length = 40, .min_length = 1});
        visit("answers", self.answers, Domain{.min = -1000, .max = 1000, .max_count = 200});
        visit("extra", self.extra, Domain{.min = 0, .max = 100});
        visit("visible_to", self.visible_to);
    }
};

// The score of one set of answers, computed once with the definition then in force.
struct ScoreComputed {
    static constexpr std::string_view kind = "score_computed";
    static constexpr int version = 1;
    Id of;  // the answers
    std::string instrument;
    std::optional<double> total;  // the reported score; none when not scorable
    std::optional<std::string> band;
    bool prorated = false;
    int missing_items = 0;
    std::optional<int> safety_value;  // the safety item's answer
    bool safety_skipped = false;      // left out while others were answered
    bool at_least_moderate = false;
    std::map<std::string, double> subscales;
    std::string method;     // "measures/scoring 1"
    std::string knowledge;  // hash of the definition used
    bool operator==(const ScoreComputed&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("of", self.of);
        visit("instrument", self.instrument);
        visit("total", self.total);
        visit("band", self.band);
        visit("prorated", self.prorated);
        visit("missing_items", self.missing_items);
        visit("safety_value", self.safety_value);
        visit("safety_skipped", self.safety_skipped);
        visit("at_least_moderate", self.at_least_moderate);
        visit("subscales", self.subscales);
        visit("method", self.method);
        visit("knowledge", self.knowledge);
    }
};

// A set of answers was looked at for signals; what was found stands in the signals.
struct AnalysisDone {
    static constexpr std::string_view kind = "analysis_done";
    static constexpr int version = 1;
    Id of;  // the answers
    std::string method;
    bool operator==(const AnalysisDone&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("of", self.of);
        visit("method", self.method);
    }
};

}  // namespace evenkeel::practice
