#pragma once
// The therapist's screens: the caseload with a reason in words for each person, and
// the two-minute glance.

#include "web/views/course_view.h"
#include "web/views/finding_view.h"

namespace evenkeel::web {

struct StaffName {
    Id account;
    std::string name;
    care::Role role = care::Role::therapist;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("account", self.account);
        visit("name", self.name);
        visit("role", self.role);
    }
};

struct SignalStepView {
    record::Step step = record::Step::raised;
    Instant at{};
    std::optional<std::string> who;
    std::optional<care::Action> action;
    std::optional<std::string> text;
    std::optional<care::Judgement> judgement;
    std::optional<care::SupportFinding> support;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("step", self.step);
        visit("at", self.at);
        visit("who", self.who);
        visit("action", self.action);
        visit("text", self.text);
        visit("judgement", self.judgement);
        visit("support", self.support);
    }
};

struct SignalView {
    Id id;
    Id person;
    std::string name;
    care::SignalKind kind = care::SignalKind::safety_item;
    care::Tier tier = care::Tier::safety;
    Instant raised_at{};
    care::Sentence reason;
    std::string owner;
    std::optional<Instant> due;
    int escalation = 0;
    record::SignalLife state = record::SignalLife::raised;
    std::vector<SignalStepView> steps;
    care::Why why;
    std::optional<std::string> support_tool;  // needed to close it
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("person", self.person);
        visit("name", self.name);
        visit("kind", self.kind);
        visit("tier", self.tier);
        visit("raised_at", self.raised_at);
        visit("reason", self.reason);
        visit("owner", self.owner);
        visit("due", self.due);
        visit("escalation", self.escalation);
        visit("state", self.state);
        visit("steps", self.steps);
        visit("why", self.why);
        visit("support_tool", self.support_tool);
    }
};

struct SparkPoint {
    Instant at{};
    std::optional<double> total;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("total", self.total);
    }
};

// The ends of the scale that a row's scores are on.
struct RowScale {
    int min = 0;
    int max = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("min", self.min);
        visit("max", self.max);
    }
};

struct Row {
    Id person;
    std::string name;
    std::string reference;
    care::Sentence reason;
    std::optional<Id> signal;
    std::vector<SparkPoint> scores;
    std::optional<RowScale> scale;  // none without a score
    std::optional<double> score;
    std::optional<double> change;
    std::optional<Instant> last_heard;
    std::optional<Instant> next_meeting;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("person", self.person);
        visit("name", self.name);
        visit("reference", self.reference);
        visit("reason", self.reason);
        visit("signal", self.signal);
        visit("scores", self.scores);
        visit("scale", self.scale);
        visit("score", self.score);
        visit("change", self.change);
        visit("last_heard", self.last_heard);
        visit("next_meeting", self.next_meeting);
    }
};

struct RiskAnswer {
    Instant at{};
    std::optional<int> value;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("value", self.value);
    }
};

struct TalkView {
    Instant at{};
    std::string text;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("text", self.text);
    }
};

struct SleepView {
    Day day{};
    double hours = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("day", self.day);
        visit("hours", self.hours);
    }
};

struct ActivityView {
    Day day{};
    int count = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("day", self.day);
        visit("count", self.count);
    }
};

struct PlanDate {
    Instant updated_at{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("updated_at", self.updated_at);
    }
};

struct Glance : Course {
    Id person;
    std::string name;
    std::string reference;
    std::optional<Day> born;
    care::Pronoun pronoun = care::Pronoun::they;
    std::optional<std::string> therapy;
    int meetings_held = 0;
    std::optional<int> meetings_planned;
    std::optional<Instant> since;
    std::vector<care::Sentence> changed;
    std::vector<FindingView> findings;
    std::vector<SignalView> signals;
    std::vector<RiskAnswer> risk_answers;
    std::optional<PlanDate> safety_plan;
    std::vector<TalkView> to_talk_about;
    std::vector<SleepView> sleep;
    std::vector<ActivityView> activity;
    std::optional<Instant> next_meeting;
    std::optional<care::Phase> phase;
    std::optional<Instant> phase_since;
    bool has_relapse_plan = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        Course::fields(self, visit);
        visit("person", self.person);
        visit("name", self.name);
        visit("reference", self.reference);
        visit("born", self.born);
        visit("pronoun", self.pronoun);
        visit("therapy", self.therapy);
        visit("meetings_held", self.meetings_held);
        visit("meetings_planned", self.meetings_planned);
        visit("since", self.since);
        visit("changed", self.changed);
        visit("findings", self.findings);
        visit("signals", self.signals);
        visit("risk_answers", self.risk_answers);
        visit("safety_plan", self.safety_plan);
        visit("to_talk_about", self.to_talk_about);
        visit("sleep", self.sleep);
        visit("activity", self.activity);
        visit("next_meeting", self.next_meeting);
        visit("phase", self.phase);
        visit("phase_since", self.phase_since);
        visit("has_relapse_plan", self.has_relapse_plan);
    }
};

struct Placed {
    care::Tier tier = care::Tier::rest;
    Instant since{};  // within a tier the oldest comes first
    Row row;
};

// Where this person stands in the caseload now, and why.
Placed place_in_caseload(const Site&, const record::PersonState&, Instant now);

Glance glance_of(const Site&, const record::PersonState&, Names&, Instant now);

SignalView signal_view(const Site&, const record::PersonState&, const record::SignalState&, Names&);

}  // namespace evenkeel::web
