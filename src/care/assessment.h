#pragma once
// What is known of a person for choosing a treatment: values of the facts that
// knowledge/guidelines/facts.json names.
//
// Nothing is obligatory, the latest value of a fact counts, and each can be taken back. What a
// questionnaire measures is never told: it comes from the record (record/plan.h).

#include "care/role.h"

namespace evenkeel::care {

enum class ToldBy {
    client,     // the person says so
    clinician,  // a clinician judges so
};
constexpr auto enum_names(ToldBy) {
    return std::to_array<std::pair<ToldBy, std::string_view>>(
        {{ToldBy::client, "client"}, {ToldBy::clinician, "clinician"}});
}

struct ToldFact {
    std::string fact;
    std::optional<std::string> value;  // none: taken back
    bool operator==(const ToldFact&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("fact", self.fact, Domain{.max_length = 60, .min_length = 1});
        visit("value", self.value,
              Domain{.max_length = 60,
                     .min_length = 1,
                     .says = "yes or no, a number, or one of the fact's values; none: taken back"});
    }
};

struct FactsTold {
    static constexpr std::string_view kind = "facts_told";
    static constexpr int version = 1;
    ToldBy told_by = ToldBy::client;
    std::vector<ToldFact> facts;
    bool operator==(const FactsTold&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("told_by", self.told_by);
        visit("facts", self.facts, Domain{.max_count = 200});
    }
};

}  // namespace evenkeel::care
