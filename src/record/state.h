#pragma once
// What is known of one person now: a fold over the entries of the stream.
//
// Deterministic: no clock, no knowledge file, no job queue is read, so `rebuild`
// gives the same bytes. Histories that only grow are bounded (see the limits
// below); the entries themselves are always all there.

#include <algorithm>

#include "record/entry.h"

namespace evenkeel::record {

inline constexpr std::size_t days_kept = 800;  // check-ins
inline constexpr std::size_t scores_kept = 400;
inline constexpr std::size_t meetings_kept = 200;
inline constexpr std::size_t closed_signals_kept = 40;
inline constexpr std::size_t past_episodes_kept = 10;

struct ScorePoint {
    Id entry;  // the answers
    Instant at{};
    std::string instrument;
    std::optional<double> total;
    std::optional<std::string> band;
    bool prorated = false;
    std::optional<int> safety_value;
    bool safety_skipped = false;
    bool at_least_moderate = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("entry", self.entry);
        visit("at", self.at);
        visit("instrument", self.instrument);
        visit("total", self.total);
        visit("band", self.band);
        visit("prorated", self.prorated);
        visit("safety_value", self.safety_value);
        visit("safety_skipped", self.safety_skipped);
        visit("at_least_moderate", self.at_least_moderate);
    }
};

struct DayPoint {
    Id entry;
    Instant at{};
    Day day{};  // local where it was written
    bool hard = false;
    std::optional<int> mood;
    std::optional<double> sleep_hours;
    int activities = 0;
    std::optional<std::string> text;  // only when marked to talk about
    bool to_talk_about = false;
    bool shared = true;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("entry", self.entry);
        visit("at", self.at);
        visit("day", self.day);
        visit("hard", self.hard);
        visit("mood", self.mood);
        visit("sleep_hours", self.sleep_hours);
        visit("activities", self.activities);
        visit("text", self.text, Domain{.max_length = 8000});
        visit("to_talk_about", self.to_talk_about);
        visit("shared", self.shared);
    }
};

struct MeetingState {
    Id id;
    Instant at{};
    int minutes = 50;
    care::Place place = care::Place::in_person;
    std::optional<int> number;
    care::Outcome outcome = care::Outcome::planned;
    bool contact_made = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("at", self.at);
        visit("minutes", self.minutes);
        visit("place", self.place);
        visit("number", self.number);
        visit("outcome", self.outcome);
        visit("contact_made", self.contact_made);
    }
};

struct RelationState : care::Relation {
    Instant since{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        Relation::fields(self, visit);
        visit("since", self.since);
    }
    [[nodiscard]] bool current(Instant at) const { return since <= at && (!until || at < *until); }
};

enum class Step { raised, seen, action, escalated, closed };
constexpr auto enum_names(Step) {
    return std::to_array<std::pair<Step, std::string_view>>({{Step::raised, "raised"},
                                                             {Step::seen, "seen"},
                                                             {Step::action, "action"},
                                                             {Step::escalated, "escalated"},
                                                             {Step::closed, "closed"}});
}

enum class SignalLife { raised, seen, acted, closed };
constexpr auto enum_names(SignalLife) {
    return std::to_array<std::pair<SignalLife, std::string_view>>({{SignalLife::raised, "raised"},
                                                                   {SignalLife::seen, "seen"},
                                                                   {SignalLife::acted, "acted"},
                                                                   {SignalLife::closed, "closed"}});
}

struct SignalStep {
    Step step = Step::raised;
    Instant at{};
    Id who;  // account; nil = the service
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
        visit("text", self.text, Domain{.max_length = 4000});
        visit("judgement", self.judgement);
        visit("support", self.support);
    }
};

struct SignalState {
    care::SignalRaised raised;
    Instant raised_at{};
    SignalLife life = SignalLife::raised;
    Id owner;
    int escalation = 0;
    std::optional<Instant> due;
    std::optional<Day> look_again_on;
    std::vector<SignalStep> steps;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("raised", self.raised);
        visit("raised_at", self.raised_at);
        visit("life", self.life);
        visit("owner", self.owner);
        visit("escalation", self.escalation);
        visit("due", self.due);
        visit("look_again_on", self.look_again_on);
        visit("steps", self.steps);
    }
    [[nodiscard]] bool open() const { return life != SignalLife::closed; }
    [[nodiscard]] care::SignalKind kind() const { return raised.signal_kind; }
};

struct PlanState {
    care::SafetyParts parts;
    Instant updated_at{};
    Id updated_by;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("parts", self.parts);
        visit("updated_at", self.updated_at);
        visit("updated_by", self.updated_by);
    }
};

struct RelapsePlanState {
    Id entry;  // the version that stands
    care::RelapseParts parts;
    Instant updated_at{};
    Id updated_by;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("entry", self.entry);
        visit("parts", self.parts);
        visit("updated_at", self.updated_at);
        visit("updated_by", self.updated_by);
    }
};

// As agreed at discharge, with what the person changed since.
struct WatchState {
    Instant since{};
    int months = care::watch_months_proposed;
    std::optional<Instant> paused_since;
    std::optional<Day> paused_until;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("since", self.since);
        visit("months", self.months);
        visit("paused_since", self.paused_since);
        visit("paused_until", self.paused_until);
    }
};

struct EpisodeState {
    Id id;
    Instant opened_at{};
    care::EpisodeTerms terms;
    care::Phase phase = care::Phase::care;
    Instant phase_since{};
    std::optional<WatchState> watch;
    std::optional<care::Discharged> discharge;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("opened_at", self.opened_at);
        visit("terms", self.terms);
        visit("phase", self.phase, Domain{.optional = true});
        visit("phase_since", self.phase_since, Domain{.optional = true});
        visit("watch", self.watch);
        visit("discharge", self.discharge);
    }
};

// What the newest look at a series said.
struct FindingState {
    Id entry;  // the look
    Instant at{};
    practice::Finding finding;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("entry", self.entry);
        visit("at", self.at);
        visit("finding", self.finding);
    }
};

// The diary changed since it was last looked at.
struct DiaryDue {
    Id of;         // its newest entry
    Instant at{};  // when it will be looked at: once a day, in the night after the change
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("of", self.of);
        visit("at", self.at);
    }
};

// The latest value of a fact, and who told it.
struct FactState {
    std::string fact;
    std::optional<std::string> value;  // none: taken back
    care::ToldBy told_by = care::ToldBy::client;
    Instant at{};
    Id by;  // account
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("fact", self.fact);
        visit("value", self.value);
        visit("told_by", self.told_by);
        visit("at", self.at);
        visit("by", self.by);
    }
};

struct GoalRating {
    Instant at{};
    int rating = 0;
    std::optional<std::string> words;
    bool own = true;  // by the person, not by a clinician for them
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("rating", self.rating);
        visit("words", self.words);
        visit("own", self.own);
    }
};

struct PlanItemState {
    Id item;
    care::PlanParts parts;
    std::map<std::string, std::uint64_t> changed;  // part -> the version that last changed it
    std::vector<GoalRating> ratings;               // by time
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("item", self.item);
        visit("parts", self.parts);
        visit("changed", self.changed);
        visit("ratings", self.ratings);
    }
};

struct PlanAnswerState {
    care::PlanAnswer answer;
    Instant at{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("answer", self.answer);
        visit("at", self.at);
    }
};

struct TreatmentPlanState {
    std::uint64_t version = 0;  // seq of its last change
    Instant at{};
    Id by;
    std::vector<PlanItemState> items;
    std::optional<PlanAnswerState> answer;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("version", self.version);
        visit("at", self.at);
        visit("by", self.by);
        visit("items", self.items);
        visit("answer", self.answer);
    }
    [[nodiscard]] const PlanItemState* item(const Id& id) const {
        const auto found = std::ranges::find(items, id, &PlanItemState::item);
        return found == items.end() ? nullptr : &*found;
    }
};

struct PreferenceState {
    care::Preference preference;
    Instant at{};
    bool own = true;  // written by the person
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("preference", self.preference);
        visit("at", self.at);
        visit("own", self.own);
    }
};

enum class ReferralStage { received, waiting, assigned, declined, opted_out };
constexpr auto enum_names(ReferralStage) {
    return std::to_array<std::pair<ReferralStage, std::string_view>>(
        {{ReferralStage::received, "received"},
         {ReferralStage::waiting, "waiting"},
         {ReferralStage::assigned, "assigned"},
         {ReferralStage::declined, "declined"},
         {ReferralStage::opted_out, "opted_out"}});
}

struct ReferralState {
    Id id;
    Instant received_at{};
    care::ReferralReceived received;
    ReferralStage stage = ReferralStage::received;
    std::optional<Instant> accepted_at;
    std::optional<Instant> ended_at;  // assigned, declined or opted out
    std::optional<std::string> offered;
    std::optional<std::string> wishes;
    std::optional<Id> wishes_therapist;
    std::optional<std::string> ended_because;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("received_at", self.received_at);
        visit("received", self.received);
        visit("stage", self.stage);
        visit("accepted_at", self.accepted_at);
        visit("ended_at", self.ended_at);
        visit("offered", self.offered);
        visit("wishes", self.wishes);
        visit("wishes_therapist", self.wishes_therapist);
        visit("ended_because", self.ended_because);
    }
    [[nodiscard]] bool open() const {
        return stage == ReferralStage::received || stage == ReferralStage::waiting;
    }
};

struct PersonState {
    Id id;
    std::uint64_t seq = 0;
    care::PersonRegistered person;
    std::optional<EpisodeState> episode;
    std::optional<ReferralState> referral;  // the newest
    std::vector<RelationState> relations;
    std::vector<ScorePoint> scores;  // by time
    std::vector<DayPoint> days;      // by time
    std::vector<MeetingState> meetings;
    std::vector<SignalState> signals;  // open ones and the last closed, by time raised
    std::optional<PlanState> safety_plan;
    std::optional<RelapsePlanState> relapse_plan;
    std::vector<EpisodeState> past;  // episodes before the one that stands, the last few
    std::optional<Instant> last_heard;
    std::vector<Id> to_analyse;  // answers whose analysis is still to come
    std::vector<Id> to_look_at;  // answers whose findings are still to come
    std::optional<DiaryDue> diary;
    std::vector<FindingState> findings;  // the newest of each series and method
    std::vector<FactState> facts;        // of the assessment
    std::optional<TreatmentPlanState> plan;
    std::vector<PreferenceState> preferences;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("seq", self.seq);
        visit("person", self.person);
        visit("episode", self.episode);
        visit("referral", self.referral);
        visit("relations", self.relations);
        visit("scores", self.scores);
        visit("days", self.days);
        visit("meetings", self.meetings);
        visit("signals", self.signals);
        visit("safety_plan", self.safety_plan);
        visit("relapse_plan", self.relapse_plan);
        visit("past", self.past);
        visit("last_heard", self.last_heard);
        visit("to_analyse", self.to_analyse);
        visit("to_look_at", self.to_look_at);
        visit("diary", self.diary);
        visit("findings", self.findings);
        visit("facts", self.facts);
        visit("plan", self.plan);
        visit("preferences", self.preferences);
    }

    [[nodiscard]] bool waits() const {
        return referral && referral->stage == ReferralStage::waiting;
    }
    [[nodiscard]] const SignalState* signal(const Id& id) const;
    [[nodiscard]] const MeetingState* meeting(const Id& id) const;
    // The accounts to which the team gave that role at that time: whoever stands in first,
    // then the longest-standing.
    [[nodiscard]] std::vector<Id> all_in_relation(care::Role, Instant) const;
    [[nodiscard]] std::optional<Id> in_relation(care::Role, Instant) const;  // the first of them
};

// Applies one entry. Entries arrive in the order of seq.
void apply(PersonState&, const Entry&);

// Numbers of an entry that go into the person's sealed series, by series name.
struct SeriesValue {
    std::string series;
    double value = 0;
};
std::vector<SeriesValue> numbers_of(const Entry&);

// Everything that opens this record to somebody: the relations of the state, and for whoever
// owns an open signal one more as long as it is open.
std::vector<RelationState> relations_of(const PersonState&);

// What falls due for this person, as a function of the state alone.
enum class DueKind { analysis, escalation, silence, findings, diary, watch_end };
constexpr auto enum_names(DueKind) {
    return std::to_array<std::pair<DueKind, std::string_view>>({{DueKind::analysis, "analysis"},
                                                                {DueKind::escalation, "escalation"},
                                                                {DueKind::silence, "silence"},
                                                                {DueKind::findings, "findings"},
                                                                {DueKind::diary, "diary"},
                                                                {DueKind::watch_end, "watch_end"}});
}
struct Due {
    DueKind kind = DueKind::analysis;
    Id ref;
    Instant at{};
};
std::vector<Due> dues(const PersonState&);

struct ArchiveState {
    Instant at{};  // when it was fitted
    practice::ArchiveFitted fitted;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("fitted", self.fitted);
    }
};

// The service's own stream.
struct OrganisationState {
    std::uint64_t seq = 0;
    std::optional<care::OrganisationSet> settings;
    std::optional<care::CrisisContactsSet> contacts;
    std::vector<ArchiveState> archives;  // the newest of each questionnaire
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("seq", self.seq);
        visit("settings", self.settings);
        visit("contacts", self.contacts);
        visit("archives", self.archives);
    }
    [[nodiscard]] const ArchiveState* archive(std::string_view instrument) const;
};
void apply(OrganisationState&, const Entry&);

}  // namespace evenkeel::record
