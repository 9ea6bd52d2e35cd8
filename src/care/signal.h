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
        {SignalKind::silence, "silence"},
        {SignalKind::emergency_access, "emergency_access"},
    });
}

// The fixed order of the caseload (ux.md section 5). "asked" stands behind safety
// and before everything computed: see docs/adr. "opened" tells of a colleague who opened
// the record in an emergency.
enum class Tier { safety, asked, opened, not_on_track, worse, silent, meeting_today, rest };
constexpr auto enum_names(Tier) {
    return std::to_array<std::pair<Tier, std::string_view>>({
        {Tier::safety, "safety"},
        {Tier::asked, "asked"},
        {Tier::opened, "opened"},
        {Tier::not_on_track, "not_on_track"},
        {Tier::worse, "worse"},
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
            return Tier::asked;
        case SignalKind::emergency_access:
            return Tier::opened;
        case SignalKind::deterioration:
            return Tier::worse;
        case SignalKind::silence:
            return Tier::silent;
    }
    return Tier::rest;
}

enum class Action {
    called_spoke,
    called_no_answer,
    met_earlier,
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
    std::string text;  // in a sentence, for the record
    Judgement judgement = Judgement::unknown;
    std::optional<Day> look_again_on;
    bool operator==(const SignalClosed&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("signal", self.signal);
        visit("action", self.action);
        visit("text", self.text, Domain{.max_length = 4000, .min_length = 1});
        visit("judgement", self.judgement);
        visit("look_again_on", self.look_again_on);
    }
};

}  // namespace evenkeel::care
