#pragma once
// The safety plan: six parts in the person's own words, made with a clinician
// where possible.
//
// Components: Stanley & Brown 2012 (clinical-reference section 9); own wording and
// layout. It is never hidden behind a time-out and never holds a "contract".

#include "base/describe.h"

namespace evenkeel::care {

struct SafetyPerson {
    std::string name;
    std::optional<std::string> phone;
    std::optional<std::string> note;
    bool operator==(const SafetyPerson&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name, Domain{.max_length = 200, .min_length = 1});
        visit("phone", self.phone, Domain{.max_length = 40});
        visit("note", self.note, Domain{.max_length = 300});
    }
};

struct SafetyParts {
    std::vector<std::string> signs;           // 1 warning signs
    std::vector<std::string> own_steps;       // 2 what I can do by myself
    std::vector<std::string> people_places;   // 3 people and places that distract
    std::vector<SafetyPerson> ask;            // 4 people to ask for help
    std::vector<SafetyPerson> professionals;  // 5 professionals and agencies
    std::vector<std::string> safer;           // 6 making my surroundings safer
    bool operator==(const SafetyParts&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        const Domain lines{.max_length = 500, .min_length = 1, .max_count = 20};
        visit("signs", self.signs, lines);
        visit("own_steps", self.own_steps, lines);
        visit("people_places", self.people_places, lines);
        visit("ask", self.ask, Domain{.max_count = 20});
        visit("professionals", self.professionals, Domain{.max_count = 20});
        visit("safer", self.safer, lines);
    }
};

struct SafetyPlan {
    static constexpr std::string_view kind = "safety_plan";
    static constexpr int version = 1;
    SafetyParts parts;
    bool operator==(const SafetyPlan&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("parts", self.parts);
    }
};

}  // namespace evenkeel::care
