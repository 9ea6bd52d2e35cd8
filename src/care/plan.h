#pragma once
// The treatment plan that a person and their therapist make together: problem, goal, method,
// measure, review, and who is responsible.
//
// A plan is a list of items. A change names its item, the version it was made on and only the
// parts that it changes, so that two people who change different parts do not disturb each
// other. Options and rules are those of knowledge/guidelines.

#include "care/role.h"

namespace evenkeel::care {

struct PlanGoal {
    std::string words;               // the person's own
    std::vector<std::string> steps;  // small ones
    bool operator==(const PlanGoal&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("words", self.words, Domain{.max_length = 500, .min_length = 1});
        visit("steps", self.steps, Domain{.max_length = 300, .min_length = 1, .max_count = 10});
    }
};

// An option, the rule that offered it, and why it was chosen.
struct PlanMethod {
    std::string option;
    std::optional<std::string> rule;  // none: chosen without a recommendation
    std::string reason;
    bool operator==(const PlanMethod&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("option", self.option, Domain{.max_length = 60, .min_length = 1});
        visit("rule", self.rule, Domain{.max_length = 10, .min_length = 1});
        visit("reason", self.reason, Domain{.max_length = 1000, .min_length = 1});
    }
};

enum class PlanStanding { going_on, reached, let_go };
constexpr auto enum_names(PlanStanding) {
    return std::to_array<std::pair<PlanStanding, std::string_view>>(
        {{PlanStanding::going_on, "going_on"},
         {PlanStanding::reached, "reached"},
         {PlanStanding::let_go, "let_go"}});
}

struct PlanParts {
    std::optional<std::string> problem;
    std::optional<PlanGoal> goal;
    std::optional<PlanMethod> method;
    std::optional<std::string> measure;  // a questionnaire
    std::optional<Day> review_on;
    std::optional<Id> responsible;  // account
    std::optional<PlanStanding> standing;
    bool operator==(const PlanParts&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("problem", self.problem, Domain{.max_length = 500, .min_length = 1});
        visit("goal", self.goal);
        visit("method", self.method);
        visit("measure", self.measure, Domain{.max_length = 40, .min_length = 1});
        visit("review_on", self.review_on);
        visit("responsible", self.responsible);
        visit("standing", self.standing);
    }
    // Each part by its name and its place in the struct.
    template <class Visit>
    static void each(Visit&& visit) {
        visit("problem", &PlanParts::problem);
        visit("goal", &PlanParts::goal);
        visit("method", &PlanParts::method);
        visit("measure", &PlanParts::measure);
        visit("review_on", &PlanParts::review_on);
        visit("responsible", &PlanParts::responsible);
        visit("standing", &PlanParts::standing);
    }
};

struct PlanChange : PlanParts {
    static constexpr std::string_view kind = "plan_change";
    static constexpr int version = 1;
    Id item;                     // made by the writer; a new one begins an item
    std::uint64_t based_on = 0;  // version of the plan that the writer saw; 0: none yet
    bool operator==(const PlanChange&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("item", self.item);
        visit("based_on", self.based_on, Domain{.min = 0});
        PlanParts::fields(self, visit);
    }
};

enum class PlanConsent { agrees, would_rather };
constexpr auto enum_names(PlanConsent) {
    return std::to_array<std::pair<PlanConsent, std::string_view>>(
        {{PlanConsent::agrees, "agrees"}, {PlanConsent::would_rather, "would_rather"}});
}

// What the client says to the plan as it stands.
struct PlanAnswer {
    static constexpr std::string_view kind = "plan_answer";
    static constexpr int version = 1;
    std::uint64_t plan = 0;  // the version that was read
    PlanConsent answer = PlanConsent::agrees;
    std::optional<std::string> words;  // what they would rather have
    bool operator==(const PlanAnswer&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("plan", self.plan, Domain{.min = 0});
        visit("answer", self.answer);
        visit("words", self.words, Domain{.max_length = 2000, .min_length = 1});
    }
};

enum class Wish { wants, does_not_want, not_sure };
constexpr auto enum_names(Wish) {
    return std::to_array<std::pair<Wish, std::string_view>>({{Wish::wants, "wants"},
                                                             {Wish::does_not_want, "does_not_want"},
                                                             {Wish::not_sure, "not_sure"}});
}

// What the client wants of one option; the latest counts.
struct Preference {
    static constexpr std::string_view kind = "preference";
    static constexpr int version = 1;
    std::string option;
    Wish wish = Wish::not_sure;
    std::optional<std::string> words;  // their own
    bool operator==(const Preference&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("option", self.option, Domain{.max_length = 60, .min_length = 1});
        visit("wish", self.wish);
        visit("words", self.words, Domain{.max_length = 1000, .min_length = 1});
    }
};

// How near a goal is.
struct GoalRated {
    static constexpr std::string_view kind = "goal_rated";
    static constexpr int version = 1;
    Id item;
    int rating = 0;
    std::optional<std::string> words;
    bool operator==(const GoalRated&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("item", self.item);
        visit("rating", self.rating,
              Domain{.min = 0, .max = 10, .says = "0 = nothing of it yet, 10 = all of it"});
        visit("words", self.words, Domain{.max_length = 1000, .min_length = 1});
    }
};

}  // namespace evenkeel::care
