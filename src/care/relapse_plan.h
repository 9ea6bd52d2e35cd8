#pragma once
// The relapse plan: how this person notices that depression may be coming back, and what was
// agreed for each level, in their own words, written together.
//
// Parts: NICE NG222 1.8.7 and clinical-reference section 8. Nothing of it is scored.

#include "care/safety_plan.h"

namespace evenkeel::care {

enum class SignDomain {
    sleep,
    energy,
    interest,
    thinking,
    irritability,
    withdrawal,
    appetite,
    self_care,
};
constexpr auto enum_names(SignDomain) {
    return std::to_array<std::pair<SignDomain, std::string_view>>(
        {{SignDomain::sleep, "sleep"},
         {SignDomain::energy, "energy"},
         {SignDomain::interest, "interest"},
         {SignDomain::thinking, "thinking"},
         {SignDomain::irritability, "irritability"},
         {SignDomain::withdrawal, "withdrawal"},
         {SignDomain::appetite, "appetite"},
         {SignDomain::self_care, "self_care"}});
}

// One sign of the relapse signature.
struct OwnSign {
    SignDomain domain = SignDomain::sleep;
    std::string sign;
    std::optional<int> lead_days;  // how long before it got bad
    std::optional<std::string> others_see;
    std::optional<std::string> i_do;
    std::optional<std::string> i_tell;
    bool operator==(const OwnSign&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("domain", self.domain);
        visit("sign", self.sign, Domain{.max_length = 300, .min_length = 1});
        visit("lead_days", self.lead_days, Domain{.min = 0, .max = 365});
        visit("others_see", self.others_see, Domain{.max_length = 300});
        visit("i_do", self.i_do, Domain{.max_length = 300});
        visit("i_tell", self.i_tell, Domain{.max_length = 200});
    }
};

struct ComingEvent {
    std::string what;
    std::optional<Day> on;
    bool operator==(const ComingEvent&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("what", self.what, Domain{.max_length = 300, .min_length = 1});
        visit("on", self.on);
    }
};

// From when on, and what was agreed for then.
struct AgreedStep {
    std::string when;
    std::string step;
    bool operator==(const AgreedStep&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("when", self.when, Domain{.max_length = 500});
        visit("step", self.step, Domain{.max_length = 500});
    }
};

struct RelapseParts {
    std::vector<OwnSign> signs;
    std::vector<std::string> triggers;  // what set it off, and what made it worse
    std::vector<ComingEvent> events;    // within the next year
    std::vector<std::string> coping;    // what helped, and how to keep it up
    std::vector<SafetyPerson> supporters;
    std::optional<std::string> medicines;
    AgreedStep early;   // the first signs
    AgreedStep worse;   // it goes on
    AgreedStep urgent;  // not safe
    bool operator==(const RelapseParts&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        const Domain lines{.max_length = 500, .min_length = 1, .max_count = 20};
        visit("signs", self.signs, Domain{.max_count = 20});
        visit("triggers", self.triggers, lines);
        visit("events", self.events, Domain{.max_count = 20});
        visit("coping", self.coping, lines);
        visit("supporters", self.supporters, Domain{.max_count = 20});
        visit("medicines", self.medicines, Domain{.max_length = 1000});
        visit("early", self.early);
        visit("worse", self.worse);
        visit("urgent", self.urgent);
    }
};

// The whole plan; it supersedes the version that it was made from, so that two who write at the
// same time never overwrite each other.
struct RelapsePlan {
    static constexpr std::string_view kind = "relapse_plan";
    static constexpr int version = 1;
    RelapseParts parts;
    bool operator==(const RelapsePlan&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("parts", self.parts);
    }
};

}  // namespace evenkeel::care
