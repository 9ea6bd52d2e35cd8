#pragma once
// The treatment plan as it stands, and its earlier versions.

#include "record/plan.h"
#include "web/views/course_view.h"

namespace evenkeel::web {

struct PlanMethodView : care::PlanMethod {
    std::string name;
    std::optional<std::string> plain;  // of the rule that offered it
    std::optional<std::string> source;
    std::optional<std::string> section;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        PlanMethod::fields(self, visit);
        visit("name", self.name);
        visit("plain", self.plain);
        visit("source", self.source);
        visit("section", self.section);
    }
};

struct PlanItemView {
    Id item;
    std::string problem;
    care::PlanGoal goal;
    std::optional<PlanMethodView> method;
    std::optional<std::string> measure;
    std::optional<std::string> measure_title;
    std::optional<Day> review_on;
    std::optional<Id> responsible;
    std::string responsible_name;
    care::PlanStanding standing = care::PlanStanding::going_on;
    std::vector<record::GoalRating> ratings;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("item", self.item);
        visit("problem", self.problem);
        visit("goal", self.goal);
        visit("method", self.method);
        visit("measure", self.measure);
        visit("measure_title", self.measure_title);
        visit("review_on", self.review_on);
        visit("responsible", self.responsible);
        visit("responsible_name", self.responsible_name);
        visit("standing", self.standing);
        visit("ratings", self.ratings);
    }
};

// What the client said to this version.
struct PlanAnswerView {
    care::PlanConsent answer = care::PlanConsent::agrees;
    std::optional<std::string> words;
    Instant at{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("answer", self.answer);
        visit("words", self.words);
        visit("at", self.at);
    }
};

struct PlanVersionView {
    std::uint64_t version = 0;  // 0: there is no plan yet
    std::optional<Instant> at;
    std::string by;
    std::vector<PlanItemView> items;
    std::optional<PlanAnswerView> answer;  // to this version
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("version", self.version);
        visit("at", self.at);
        visit("by", self.by);
        visit("items", self.items);
        visit("answer", self.answer);
    }
};

struct NamedChoice {
    std::string id;
    std::string name;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("name", self.name);
    }
};

struct PreferenceView : care::Preference {
    std::string name;
    Instant at{};
    bool own = true;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        Preference::fields(self, visit);
        visit("name", self.name);
        visit("at", self.at);
        visit("own", self.own, Domain{.says = "Written by the person"});
    }
};

struct TreatmentPlanView : PlanVersionView {
    std::vector<PreferenceView> preferences;
    std::vector<NamedChoice> team;      // who may be responsible
    std::vector<NamedChoice> options;   // of all guidelines
    std::vector<NamedChoice> measures;  // questionnaires
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        PlanVersionView::fields(self, visit);
        visit("preferences", self.preferences);
        visit("team", self.team);
        visit("options", self.options);
        visit("measures", self.measures);
    }
};

struct PlanVersions {
    std::vector<PlanVersionView> versions;  // newest first
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("versions", self.versions);
    }
};

// What may be chosen from is left out for whoever looks at their own plan.
TreatmentPlanView plan_of(const Site&, const record::PersonState&, Eyes, Names&, Instant now);

// The last `most` of them, out of the person's entries.
PlanVersions versions_of(const Site&, const std::vector<record::Entry>&, Names&, std::size_t most);

}  // namespace evenkeel::web
