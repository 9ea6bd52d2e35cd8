#include "record/decide.h"

#include <algorithm>

#include "measures/scoring.h"
#include "record/analysis.h"
#include "record/cover.h"
#include "record/plan.h"
#include "record/progress.h"
#include "record/referral.h"
#include "record/signals.h"
#include "record/watch.h"

namespace evenkeel::record {
namespace {

using care::Role;

constexpr std::chrono::minutes travel_time{2};
// Open signals of one kind for one person; a state must stay small enough to be read.
constexpr std::ptrdiff_t open_of_a_kind = 40;
// Steps of one signal, for the same reason.
constexpr std::size_t steps_max = 400;
// Times are read from 1900 on; in any zone the local day must be too.
constexpr Instant earliest = std::chrono::sys_days{std::chrono::year{1900} / 1 / 2};

Error not_this_role(std::string_view kind) {
    return {Fault::forbidden,
            "",
            "Your role cannot write an entry of kind " + std::string(kind) +
                ". Ask the person's therapist.",
            {}};
}

bool may_give(Role role, care::Giver giver) {
    if (giver == care::Giver::oneself) return care::is_clinician(role);
    return role == Role::therapist || role == Role::manager || role == Role::system;
}

Cause cause_of(const Entry& entry) {
    return {entry.id, entry.effective_at, entry.zone};
}

// Symptom level from which "worse" is worth a signal: the band named moderate, else
// the published cut-off.
bool at_least_moderate(const measures::Instrument& instrument, int total) {
    const bool lower = instrument.direction == measures::Direction::lower_is_better;
    for (const auto& band : instrument.bands) {
        if (band.name != "moderate") continue;
        return lower ? total >= band.scores.min : total <= band.scores.max;
    }
    for (const auto& cutoff : instrument.cutoffs) {
        return cutoff.side == measures::Side::at_least ? total >= cutoff.score
                                                       : total <= cutoff.score;
    }
    return false;
}

practice::ScoreComputed computed(const Entry& entry, const practice::Answers& answers,
                                 const measures::Score& score,
                                 const measures::Instrument& instrument, const Context& context) {
    practice::ScoreComputed out{.of = entry.id,
                                .instrument = instrument.id,
                                .total = {},
                                .band = score.band,
                                .prorated = score.prorated,
                                .missing_items = static_cast<int>(score.missing_items.size()),
                                .safety_value = {},
                                .safety_skipped = score.has(measures::Flag::safety_item_left_out),
                                .at_least_moderate = false,
                                .subscales = {},
                                .method = "measures/scoring 1, " + instrument.version,
                                .knowledge = context.instrument_hash(instrument.id)};
    if (score.total) {
        out.total = *score.total;
        out.at_least_moderate = at_least_moderate(instrument, *score.total);
    }
    for (const auto& item : instrument.safety_items) {
        const auto& value = answers.answers[item.item];
        if (value) out.safety_value = std::max(out.safety_value.value_or(0), *value);
    }
    for (const auto& each : score.subscales) {
        if (each.total) out.subscales[each.key] = *each.total;
    }
    return out;
}

// Checks and follow-ups of each kind; kinds without an overload have none.
struct Consequences {
    const PersonState& state;
    const Context& context;
    Entry& entry;  // the command's own, may be completed
    std::vector<Entry>& follow;

    Status operator()(const practice::Answers& body) {
        const auto* instrument = context.instrument(body.instrument);
        if (instrument == nullptr) {
            return Error{
                Fault::invalid_input, "/instrument", "This questionnaire is not known here.", {}};
        }
        auto scored = measures::score(*instrument, body.answers);
        if (!scored.ok()) return prefixed(scored.error(), "/answers");
        auto score = computed(entry, body, scored.value(), *instrument, context);
        // The safety signal stands with the answer, before any analysis.
        auto signal = safety_signal(state, score, entry.effective_at);
        follow.push_back(
            consequence(entry.stream, cause_of(entry), "score", std::move(score), context.now));
        if (signal) raise_signal(std::move(*signal));
        return Done{};
    }

    Status operator()(const practice::HardDayAnswer& body) {
        if (body.thoughts == practice::Thoughts::yes_or_unsure) {
            raise_signal(hard_day_signal(entry));
        }
        return Done{};
    }

    Status operator()(const practice::ContactRequest&) {
        raise_signal(contact_signal(entry));
        return Done{};
    }

    Status operator()(const practice::CheckIn&) { return Done{}; }

    Status operator()(const practice::Withdrawal&) {
        if (entry.supersedes) return Done{};
        return Error{Fault::invalid_input, "/supersedes", "Say which entry to take back.", {}};
    }

    Status operator()(const care::MeetingOutcome& body) {
        const auto* meeting = state.meeting(body.meeting);
        if (meeting == nullptr) {
            return Error{Fault::not_found, "/meeting", "There is no such meeting.", {}};
        }
        if (body.outcome == care::Outcome::planned) {
            return Error{Fault::invalid_input,
                         "/outcome",
                         "Choose one of: attended, missed, cancelled.",
                         {}};
        }
        const bool silent = body.outcome == care::Outcome::missed && !body.contact_made;
        if (silent && !open_silence()) raise_signal(missed_meeting_signal(*meeting));
        return Done{};
    }

    Status operator()(const care::RelationStarted& body) {
        const auto giver = care::giver_of(body.basis);
        if (giver == care::Giver::service) {
            return Error{Fault::invalid_input, "/basis", "Choose one of: assigned, cover.", {}};
        }
        if (!may_give(entry.author.role, giver)) return not_this_role(body.kind);
        return giver == care::Giver::team ? given_by_team(body) : taken_in_emergency(body);
    }

    Status operator()(const care::EpisodeOpened& body) {
        CHECK_OK(check_opening(state));
        return known(body.questionnaire);
    }
    Status operator()(const care::EpisodeTermsChanged& body) {
        if (!state.episode) {
            return Error{Fault::conflict, "", "Open an episode of care first.", {}};
        }
        return known(body.questionnaire);
    }

    Status operator()(const care::RelapsePlan&) {
        return check_plan_version(state, entry.supersedes);
    }
    Status operator()(const care::Discharged& body) { return check_discharge(state, body); }
    Status operator()(const care::WatchChanged& body) {
        return check_change(state, body, entry.author.role, context);
    }
    Status operator()(const care::CareResumed&) {
        CHECK_OK(check_return(state));
        if (entry.author.role == Role::client) raise_signal(came_back_signal(entry));
        return Done{};
    }

    Status operator()(const care::SignalSeen& body) {
        auto& own = std::get<care::SignalSeen>(entry.body);
        return step(body.signal,
                    [&](const auto& signal) { own.due = act_by(signal.kind(), context); });
    }

    Status operator()(const care::SignalAction& body) {
        auto& own = std::get<care::SignalAction>(entry.body);
        return step(body.signal,
                    [&](const auto& signal) { own.due = act_by(signal.kind(), context); });
    }

    Status operator()(const care::SignalClosed& body) {
        if (body.action == care::Action::heard_again) {
            return Error{Fault::invalid_input, "/action", "Only the service closes this way.", {}};
        }
        CHECK_OK(step(body.signal, [](const auto&) {}));
        return check_support(*state.signal(body.signal), body, context);
    }

    Status operator()(const care::PersonRegistered& body) {
        if (state.seq > 0) return Error{Fault::conflict, "", "This person is registered.", {}};
        if (!is_zone(body.zone)) {
            return Error{Fault::invalid_input,
                         "/zone",
                         "This time zone is not known. Give one such as Europe/London.",
                         {}};
        }
        return Done{};
    }

    Status operator()(const care::ReferralReceived&) {
        return decide_referral(state, entry, context, follow);
    }
    Status operator()(const care::ReferralStep&) {
        return decide_referral_step(state, entry, context, follow);
    }

    // Kinds that are checked in a file of their own: record/plan.cpp.
    template <class Other>
    Status operator()(const Other& body) {
        if constexpr (requires { check(state, entry, body, context); }) {
            return check(state, entry, body, context);
        } else {
            return Done{};
        }
    }

  private:
    static Error prefixed(const Error& error, std::string_view prefix) {
        Faults faults;
        for (const auto& each : error.problems()) {
            faults.add(std::string(prefix) + each.where, each.message);
        }
        return faults.error(error.fault);
    }

    void raise_signal(NewSignal what) {
        const auto open = std::count_if(
            state.signals.begin(), state.signals.end(),
            [&](const auto& each) { return each.open() && each.kind() == what.kind; });
        if (open >= open_of_a_kind) return;  // a flood hides a real one; many stand already
        if (context.solo) return;            // nobody to tell; the screen shows help all the same
        follow.push_back(raise(state, cause_of(entry), std::move(what), context));
    }

    Status given_by_team(const care::Relation& body) {
        Faults faults;
        if (body.basis == care::Basis::cover && !body.until) {
            faults.add("/until", "Say until when somebody stands in.");
        }
        if (body.until && *body.until <= entry.effective_at) {
            faults.add("/until", "Give a time after the relation starts.");
        }
        if (!faults.none()) return faults.error();
        if (body.basis != care::Basis::cover) return Done{};
        return may_stand_in(state, body, entry.effective_at, context);
    }

    Status taken_in_emergency(const care::Relation& body) {
        if (body.staff != entry.author.account) {
            return Error{Fault::forbidden, "/staff", "Open a record for yourself only.", {}};
        }
        if (!body.reason || body.reason->size() < care::emergency_reason_min) {
            return Error{Fault::invalid_input, "/reason", "Say why in a sentence.", {}};
        }
        for (const auto& each : state.relations) {
            if (each.staff != body.staff || !each.current(context.now)) continue;
            return Error{Fault::conflict, "", "You have access to this record already.", {}};
        }
        auto& own = std::get<care::RelationStarted>(entry.body);
        own.role = care::without_team;
        own.until = context.now + care::emergency_lasts;
        raise_signal(emergency_signal(entry));
        return Done{};
    }

    [[nodiscard]] bool open_silence() const {
        return std::any_of(state.signals.begin(), state.signals.end(), [](const auto& each) {
            return each.open() && each.kind() == care::SignalKind::silence;
        });
    }

    Status known(const std::string& questionnaire) {
        const auto* instrument = context.instrument(questionnaire);
        if (instrument == nullptr) {
            return Error{Fault::invalid_input,
                         "/questionnaire",
                         "This questionnaire is not known here.",
                         {}};
        }
        if (context.solo && !instrument->safety_items.empty()) {
            return Error{Fault::invalid_input,
                         "/questionnaire",
                         "Nobody reads answers here, so choose one without a safety item, "
                         "such as phq-8.",
                         {}};
        }
        return Done{};
    }

    // A manager reads no record, and so closes only what tells of a colleague.
    [[nodiscard]] bool told_to_managers(const SignalState* signal) const {
        if (signal == nullptr || looked_in(*signal).is_nil()) return false;
        const auto& managers = context.managers;
        return std::find(managers.begin(), managers.end(), signal->owner) != managers.end();
    }

    template <class Complete>
    Status step(const Id& id, Complete&& complete) {
        const auto* signal = state.signal(id);
        if (entry.author.role == Role::manager && !told_to_managers(signal)) {
            return Error{Fault::forbidden,
                         "/signal",
                         "The care team closes this signal. Ask whom it is with.",
                         {}};
        }
        if (signal == nullptr) {
            return Error{Fault::not_found, "/signal", "There is no such signal.", {}};
        }
        if (!signal->open()) {
            return Error{Fault::conflict, "/signal", "This signal is closed already.", {}};
        }
        if (signal->steps.size() >= steps_max &&
            !std::holds_alternative<care::SignalClosed>(entry.body)) {
            return Error{Fault::conflict, "/signal", "Close this signal; it has many steps.", {}};
        }
        complete(*signal);
        return Done{};
    }
};

// A silence ends when the person is heard; every other signal waits for a person.
void close_silences(const PersonState& state, const Entry& cause, const Context& context,
                    std::vector<Entry>& out) {
    for (const auto& signal : state.signals) {
        if (!signal.open() || signal.kind() != care::SignalKind::silence) continue;
        care::SignalClosed body{.signal = signal.raised.signal,
                                .action = care::Action::heard_again,
                                .text = "Heard again.",
                                .judgement = care::Judgement::unknown,
                                .look_again_on = {}};
        out.push_back(consequence(state.id, cause_of(cause),
                                  "heard." + to_string(signal.raised.signal), std::move(body),
                                  context.now));
    }
}

std::vector<Entry> analyse(const PersonState& state, const Due& due, const Context& context) {
    const auto score = std::find_if(state.scores.begin(), state.scores.end(),
                                    [&](const auto& each) { return each.entry == due.ref; });
    const Cause cause{due.ref, context.now, state.person.zone};
    std::vector<Entry> out;
    const auto* instrument =
        score == state.scores.end() ? nullptr : context.instrument(score->instrument);
    if (instrument != nullptr && !context.solo) {
        if (auto signal = deterioration_signal(state, due.ref, *instrument)) {
            out.push_back(raise(state, cause, std::move(*signal), context));
        }
        if (auto signal = relapse_alert(state, due.ref, *instrument)) {
            out.push_back(raise(state, cause, std::move(*signal), context));
        }
    }
    out.push_back(consequence(state.id, cause, "analysis",
                              practice::AnalysisDone{due.ref, "signals 1"}, context.now));
    return out;
}

std::vector<Entry> escalate(const PersonState& state, const Due& due, const Context& context) {
    const auto* signal = state.signal(due.ref);
    if (signal == nullptr || !signal->open() || !signal->due || *signal->due > context.now) {
        return {};
    }
    const int level = std::min(signal->escalation + 1, 2);
    care::SignalEscalated body{.signal = due.ref,
                               .owner = owner_at_level(state, level, context, looked_in(*signal)),
                               .level = level,
                               .due = {}};
    // The manager is the last stop; the signal stays on the duties page until closed.
    if (level < 2) body.due = act_by(signal->kind(), context);
    const auto purpose = "escalation." + std::to_string(signal->steps.size());
    return {consequence(state.id, {due.ref, context.now, state.person.zone}, purpose, body,
                        context.now)};
}

}  // namespace

Instant corrected(Instant effective_at, Instant sent_at, Instant now) {
    const auto off = now - sent_at;
    const bool wrong_clock = off > travel_time || off < -travel_time;
    const Instant shifted = wrong_clock ? effective_at + off : effective_at;
    return std::clamp(shifted, earliest, now);
}

Show show_after(const PersonState& state, const Entry& entry, const Context& context) {
    Show show;
    if (const auto* answers = std::get_if<practice::Answers>(&entry.body)) {
        const auto* instrument = context.instrument(answers->instrument);
        if (instrument == nullptr) return show;
        const auto scored = measures::score(*instrument, answers->answers);
        show.help = scored.ok() && (scored.value().has(measures::Flag::safety_item) ||
                                    scored.value().has(measures::Flag::safety_item_left_out));
    } else if (const auto* hard = std::get_if<practice::HardDayAnswer>(&entry.body)) {
        show.help = hard->thoughts == practice::Thoughts::yes_or_unsure;
    } else if (const auto* referral = std::get_if<care::ReferralReceived>(&entry.body)) {
        show.help = referral->thoughts == care::Thoughts::yes_or_unsure;
    } else if (const auto* check_in = std::get_if<practice::CheckIn>(&entry.body)) {
        if (!check_in->hard) return show;
        std::vector<Day> hard_days{local_day(entry.effective_at, entry.zone)};
        const Day week_ago = hard_days.front() - std::chrono::days{7};
        for (const auto& day : state.days) {
            if (day.hard && day.day > week_ago && day.day <= hard_days.front()) {
                hard_days.push_back(day.day);
            }
        }
        std::sort(hard_days.begin(), hard_days.end());
        const auto distinct = std::unique(hard_days.begin(), hard_days.end()) - hard_days.begin();
        show.offer = {Offer::small_step};
        if (distinct >= hard_days_for_offer) {
            show.offer = {Offer::safety_plan, Offer::small_step};
            if (!context.solo) show.offer.push_back(Offer::tell_therapist);
        }
    }
    return show;
}

Result<Decision> decide(const PersonState& state, const Command& command, const Context& context) {
    if (!may_write(command.author.role, kind_of(command.body))) {
        return not_this_role(kind_of(command.body));
    }
    if (!is_zone(command.zone)) {
        return Error{Fault::invalid_input,
                     "/zone",
                     "This time zone is not known. Give one such as Europe/London.",
                     {}};
    }
    Decision decision;
    Entry entry{.id = command.id,
                .stream = command.stream,
                .effective_at = command.effective_at,
                .recorded_at = context.now,
                .zone = command.zone,
                .author = command.author,
                .supersedes = command.supersedes,
                .body = command.body};
    std::vector<Entry> follow;
    CHECK_OK(std::visit(Consequences{state, context, entry, follow}, command.body));
    if (command.author.role == Role::client) close_silences(state, entry, context, follow);
    decision.show = show_after(state, entry, context);
    decision.entries.push_back(std::move(entry));
    std::move(follow.begin(), follow.end(), std::back_inserter(decision.entries));
    return decision;
}

Result<std::vector<Entry>> decide_due(const PersonState& state, const Due& due,
                                      const Context& context) {
    switch (due.kind) {
        case DueKind::analysis:
            return analyse(state, due, context);
        case DueKind::escalation:
            return escalate(state, due, context);
        case DueKind::silence:
            return fall_silent(state, context);
        case DueKind::findings:
            return look_at_scores(state, due.ref, context);
        case DueKind::diary:
            return look_at_diary(state, context);
        case DueKind::watch_end:
            return end_watch(state, context);
    }
    return std::vector<Entry>{};
}

}  // namespace evenkeel::record
