#pragma once
// What is known of a person for choosing a treatment, and which recommendations follow from it:
// the same rules, words and numbers as `evenkeel evidence rules`.

#include "record/plan.h"
#include "web/views/course_view.h"

namespace evenkeel::web {

struct FactView {
    std::string fact;
    std::string says;
    std::string group;
    std::string kind;  // flag, number, choice
    std::vector<std::string> values;
    std::optional<int> min;
    std::optional<int> max;
    bool of_record = false;     // the record itself knows it; nobody is asked
    bool to_clinician = false;  // one of those for which a clinician reviews the plan first
    std::optional<std::string> value;
    std::optional<care::ToldBy> told_by;
    std::optional<Instant> at;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("fact", self.fact);
        visit("says", self.says);
        visit("group", self.group);
        visit("kind", self.kind, Domain{.says = "flag, number or choice"});
        visit("values", self.values, Domain{.says = "Of a flag and of a choice"});
        visit("min", self.min);
        visit("max", self.max);
        visit("of_record", self.of_record);
        visit("to_clinician", self.to_clinician);
        visit("value", self.value);
        visit("told_by", self.told_by);
        visit("at", self.at);
    }
};

struct AssessmentView {
    std::vector<FactView> facts;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("facts", self.facts);
    }
};

struct ReasonView {
    std::string says;
    std::string value;
    std::string needs;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("says", self.says);
        visit("value", self.value);
        visit("needs", self.needs);
    }
};

struct EffectView {
    std::string name;  // of the option, or of the wider one that was studied
    std::string against;
    std::string measure;
    std::optional<double> estimate;
    double lower = 0;
    double upper = 0;
    std::string bounds;
    std::string source;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("against", self.against);
        visit("measure", self.measure);
        visit("estimate", self.estimate);
        visit("lower", self.lower);
        visit("upper", self.upper);
        visit("bounds", self.bounds, Domain{.says = "What lower and upper are"});
        visit("source", self.source);
    }
};

struct OptionView {
    std::string option;
    std::string name;
    std::optional<std::string> detail;
    std::optional<std::string> only_if;  // undecided
    bool to_be_verified = false;
    std::vector<EffectView> effects;
    std::optional<care::Preference> preference;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("option", self.option);
        visit("name", self.name);
        visit("detail", self.detail);
        visit("only_if", self.only_if);
        visit("to_be_verified", self.to_be_verified);
        visit("effects", self.effects);
        visit("preference", self.preference);
    }
};

// A rule that holds.
struct RuleView {
    std::string rule;
    std::string guideline;
    std::optional<std::string> recommendation;  // not for the person: `plain` says the same
    std::string plain;
    std::optional<std::string> strength;
    std::optional<std::string> note;
    std::string source;
    std::string section;
    bool to_be_verified = false;
    std::vector<ReasonView> why;
    std::vector<OptionView> options;  // in the published order
    std::vector<std::string> against;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("rule", self.rule);
        visit("guideline", self.guideline);
        visit("recommendation", self.recommendation);
        visit("plain", self.plain);
        visit("strength", self.strength);
        visit("note", self.note);
        visit("source", self.source);
        visit("section", self.section);
        visit("to_be_verified", self.to_be_verified);
        visit("why", self.why);
        visit("options", self.options);
        visit("against", self.against);
    }
};

struct UndecidedRuleView {
    std::string rule;
    std::string recommendation;
    std::vector<std::string> missing;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("rule", self.rule);
        visit("recommendation", self.recommendation);
        visit("missing", self.missing, Domain{.says = "Facts that nobody has told, in words"});
    }
};

// It does not hold, and would with another value of this one fact.
struct NearRuleView {
    std::string rule;
    std::string recommendation;
    ReasonView change;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("rule", self.rule);
        visit("recommendation", self.recommendation);
        visit("change", self.change);
    }
};

struct AdviceView {
    Instant as_of{};
    std::vector<RuleView> rules;
    std::vector<UndecidedRuleView> undecided;  // for staff
    std::vector<NearRuleView> would_change;    // for staff
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("as_of", self.as_of);
        visit("rules", self.rules);
        visit("undecided", self.undecided);
        visit("would_change", self.would_change);
    }
};

AssessmentView assessment_of(const Site&, const record::PersonState&, Instant now);

// Whoever looks at their own record gets the plain words alone.
AdviceView advice_of(const Site&, const record::PersonState&, Eyes, Instant now);

// "VA/DoD (2022): ..." of a citation, without the page.
std::string source_in_words(const Site&, const measures::Citation&);

}  // namespace evenkeel::web
