#pragma once
// Signals: something that a person must look at, and its life until it is closed.
//
// Raised -> seen -> acted on, or a reason for not acting -> closed, each with time
// and name. Nothing here predicts suicide and no "low risk" exists: a signal says
// what was answered, not what will happen. A safety signal is closed by a person,
// never by the system.

#include "care/role.h"
#include "care/sentence.h"

namespace evenkeel::care {

enum class SignalKind {
    safety_item,        // the questionnaire's safety item >= 1, or left out
    hard_day_thoughts,  // "yes, or I am not sure" on a hard day
    referral_thoughts,  // "yes, or I am not sure" in a referral
    asked_for_contact,  // the client asked to hear from the therapist
    deterioration,      // worse by more than chance, at least moderate
    not_on_track,       // above the expected range, or no response at the review point
    relapse_alert,      // in the watch: ill again, confirmed by a second score
    early_warning,      // in the watch: the diary moved; statistics, worth a look
    came_back,          // the client asked to come back into care
    silence,            // nothing for twice the agreed interval, or a missed meeting
    emergency_access,   // a colleague without a relation opened the record
};
constexpr auto enum_names(SignalKind) {
    return std::to_array<std::pair<SignalKind, std::string_view>>({
        {SignalKind::safety_item, "safety_item"},
        {SignalKind::hard_day_thoughts, "hard_day_thoughts"},
        {SignalKind::referral_thoughts, "referral_thoughts"},
        {SignalKind::asked_for_contact, "asked_for_contact"},
        {SignalKind::deterioration, "deterioration"},
        {SignalKind::not_on_track, "not_on_track"},
        {SignalKind::relapse_alert, "relapse_alert"},
        {SignalKind::early_warning, "early_warning"},
        {SignalKind::came_back, "came_back"},
        {SignalKind::silence, "silence"},
        {SignalKind::emergency_access, "emergency_access"},
    });
}

// The fixed order of the caseload (ux.md section 5). "asked" stands behind safety
// and before everything computed: see docs/adr. "opened" tells of a colleague who opened
// the record in an emergency.
enum class Tier {
    safety,
    asked,
    opened,
    not_on_track,
    worse,
    worth_a_look,
    silent,
    meeting_today,
    rest
};
constexpr auto enum_names(Tier) {
    return std::to_array<std::pair<Tier, std::string_view>>({
        {Tier::safety, "safety"},
        {Tier::asked, "asked"},
        {Tier::opened, "opened"},
        {Tier::not_on_track, "not_on_track"},
        {Tier::worse, "worse"},
        {Tier::worth_a_look, "worth_a_look"},
        {Tier::silent, "silent"},
        {Tier::meeting_today, "meeting_today"},
        {Tier::rest, "rest"},
    });
}

constexpr Tier tier_of(SignalKind kind) {
    switch (kind) {
        case SignalKind::safety_item:
        case SignalKind::hard_day_thoughts:
        case SignalKind::referral_thoughts:
            return Tier::safety;
        case SignalKind::asked_for_contact:
        case SignalKind::came_back:
            return Tier::asked;
        case SignalKind::emergency_access:
            return Tier::opened;
        case SignalKind::not_on_track:
            return Tier::not_on_track;
        case SignalKind::deterioration:
        case SignalKind::relapse_alert:
            return Tier::worse;
        case SignalKind::early_warning:
            return Tier::worth_a_look;
        case SignalKind::silence:
            return Tier::silent;
    }
    return Tier::rest;
}

// The support tool that a signal of this kind opens (knowledge/support_tools/<id>.json) and
// without whose finding it is not closed; empty: none.
constexpr std::string_view support_tool_of(SignalKind kind) {
    return kind == SignalKind::not_on_track ? "not_on_track" : "";
}

enum class Action {
    called_spoke,
    called_no_answer,
    met_earlier,
    talked_in_meeting,
    safety_plan_changed,
    passed_to_duty,
    messaged,
    nothing_needed,  // with a reason in words
    heard_again,     // silence only: the person wrote again; closed by the system
};
constexpr auto enum_names(Action) {
    return std::to_array<std::pair<Action, std::string_view>>({
        {Action::called_spoke, "called_spoke"},
        {Action::called_no_answer, "called_no_answer"},
        {Action::met_earlier, "met_earlier"},
        {Action::talked_in_meeting, "talked_in_meeting"},
        {Action::safety_plan_changed, "safety_plan_changed"},
        {Action::passed_to_duty, "passed_to_duty"},
        {Action::messaged, "messaged"},
        {Action::nothing_needed, "nothing_needed"},
        {Action::heard_again, "heard_again"},
    });
}

enum class Judgement { right, wrong, unknown };
constexpr auto enum_names(Judgement) {
    return std::to_array<std::pair<Judgement, std::string_view>>({{Judgement::right, "right"},
                                                                  {Judgement::wrong, "wrong"},
                                                                  {Judgement::unknown, "unknown"}});
}

// What a look at the areas of a support tool found. Nothing of it is scored.
enum class AreaLook { part_of_it, not_part, not_known };
constexpr auto enum_names(AreaLook) {
    return std::to_array<std::pair<AreaLook, std::string_view>>(
        {{AreaLook::part_of_it, "part_of_it"},
         {AreaLook::not_part, "not_part"},
         {AreaLook::not_known, "not_known"}});
}

struct AreaFinding {
    std::string area;  // as the tool names it
    AreaLook look = AreaLook::not_known;
    bool operator==(const AreaFinding&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("area", self.area, Domain{.max_length = 40, .min_length = 1});
        visit("look", self.look);
    }
};

enum class SupportOutcome { plan_changes, plan_stays };
constexpr auto enum_names(SupportOutcome) {
    return std::to_array<std::pair<SupportOutcome, std::string_view>>(
        {{SupportOutcome::plan_changes, "plan_changes"},
         {SupportOutcome::plan_stays, "plan_stays"}});
}

struct SupportFinding {
    std::vector<AreaFinding> areas;
    SupportOutcome outcome = SupportOutcome::plan_stays;
    bool operator==(const SupportFinding&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("areas", self.areas, Domain{.max_count = 20});
        visit("outcome", self.outcome);
    }
};

// An input of a computed statement, for "why am I seeing this?".
struct Input {
    std::string name;
    Scalar value;
    std::optional<Instant> at;
    bool operator==(const Input&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name, Domain{.max_length = 80});
        visit("value", self.value);
        visit("at", self.at);
    }
};

struct Why {
    std::string method;  // name and version
    std::string source;  // citation
    std::vector<Input> inputs;
    Sentence rule;
    Sentence uncertainty;
    Sentence cannot_tell;
    bool operator==(const Why&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("method", self.method, Domain{.max_length = 200});
        visit("source", self.source, Domain{.max_length = 400});
        visit("inputs", self.inputs);
        visit("rule", self.rule);
        visit("uncertainty", self.uncertainty);
        visit("cannot_tell", self.cannot_tell);
    }
};

struct SignalRaised {
    static constexpr std::string_view kind = "signal_raised";
    static constexpr int version = 1;
    Id signal;
    SignalKind signal_kind = SignalKind::safety_item;
    std::vector<Id> evidence;  // entries
    Sentence reason;
    Why why;
    Id owner;  // account; nil only where the service has nobody (solo)
    Instant due{};
    bool operator==(const SignalRaised&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("signal", self.signal);
        visit("signal_kind", self.signal_kind);
        visit("evidence", self.evidence);
        visit("reason", self.reason);
        visit("why", self.why);
        visit("owner", self.owner);
        visit("due", self.due);
    }
};

// `due` of the three steps below is set by the decision, not by the writer: when
// the next step must have happened before the signal goes one level up.
struct SignalSeen {
    static constexpr std::string_view kind = "signal_seen";
    static constexpr int version = 1;
    Id signal;
    std::optional<Instant> due;
    bool operator==(const SignalSeen&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("signal", self.signal);
        visit("due", self.due);
    }
};

struct SignalAction {
    static constexpr std::string_view kind = "signal_action";
    static constexpr int version = 1;
    Id signal;
    Action action = Action::called_spoke;
    std::optional<std::string> text;
    std::optional<Instant> due;
    bool operator==(const SignalAction&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("signal", self.signal);
        visit("action", self.action);
        visit("text", self.text, Domain{.max_length = 4000});
        visit("due", self.due);
    }
};

struct SignalEscalated {
    static constexpr std::string_view kind = "signal_escalated";
    static constexpr int version = 1;
    Id signal;
    Id owner;
    int level = 1;  // 0 owner, 1 backup or duty, 2 manager
    std::optional<Instant> due;
    bool operator==(const SignalEscalated&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("signal", self.signal);
        visit("owner", self.owner);
        visit("level", self.level);
        visit("due", self.due);
    }
};

struct SignalClosed {
    static constexpr std::string_view kind = "signal_closed";
    static constexpr int version = 1;
    Id signal;
    Action action = Action::called_spoke;
    // In a sentence, for the record; with a support tool what changes in the plan, or why not.
    std::string text;
    Judgement judgement = Judgement::unknown;
    std::optional<Day> look_again_on;
    std::optional<SupportFinding> support = {};  // where the kind opens a support tool
    bool operator==(const SignalClosed&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("signal", self.signal);
        visit("action", self.action);
        visit("text", self.text, Domain{.max_length = 4000, .min_length = 1});
        visit("judgement", self.judgement);
        visit("look_again_on", self.look_again_on);
        visit("support", self.support);
    }
};

}  // namespace evenkeel::care
