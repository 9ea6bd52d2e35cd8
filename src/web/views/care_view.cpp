#include "web/views/care_view.h"

#include <algorithm>

#include "guidance/change.h"
#include "record/watch.h"

namespace evenkeel::web {
namespace {

constexpr std::size_t sentences_shown = 3;
constexpr std::size_t risk_answers_shown = 5;
constexpr std::chrono::days fortnight{14};
constexpr std::chrono::days time_before{182};  // shown of the past of whoever came back

// The most urgent open signal: by tier, then the oldest.
const record::SignalState* first_signal(const record::PersonState& state) {
    const record::SignalState* first = nullptr;
    for (const auto& each : state.signals) {
        if (!each.open()) continue;
        if (first == nullptr || care::tier_of(each.kind()) < care::tier_of(first->kind())) {
            first = &each;
        }
    }
    return first;
}

// The reason as raised; a deterioration names the score of now when it is worse still.
care::Sentence reason_now(const Site& site, const record::PersonState& state,
                          const record::SignalState& signal) {
    care::Sentence out = signal.raised.reason;
    if (const Id who = record::looked_in(signal); !who.is_nil()) {
        out.values.erase("account");
        out.values["who"] = Names(site).of(who);
        return out;
    }
    const auto scores = episode_scores(state);
    const auto said = out.values.find("to");
    if (signal.kind() != care::SignalKind::deterioration || scores.empty()) return out;
    if (said == out.values.end()) return out;
    const auto* instrument = site.keeper.instruments().find(scores.back()->instrument);
    const bool lower_is_better =
        instrument == nullptr || instrument->direction == measures::Direction::lower_is_better;
    const double sign = lower_is_better ? 1 : -1;
    const double now = *scores.back()->total;
    if (sign * now > sign * std::get<double>(said->second)) said->second = now;
    return out;
}

// Who was discharged has a place in the caseload until the watch is over, and says so.
std::optional<care::Sentence> reason_after_care(const record::PersonState& state, Instant now) {
    if (!state.episode || state.episode->phase == care::Phase::care) return std::nullopt;
    if (!record::in_watch(state, now)) {
        return care::Sentence{"reason.ended", {{"since", to_string(state.episode->phase_since)}}};
    }
    const bool paused = record::is_paused(state, now);
    return care::Sentence{paused ? "reason.watch_paused" : "reason.in_watch",
                          {{"until", to_string(record::watch_ends(*state.episode))}}};
}

care::Sentence reason_without_signal(const Site& site, const record::PersonState& state,
                                     Instant now) {
    if (auto said = reason_after_care(state, now)) return std::move(*said);
    const auto scores = episode_scores(state);
    if (scores.empty()) return {"reason.no_scores", {}};
    if (scores.size() == 1) return {"reason.one_score", {}};
    const auto* instrument = site.keeper.instruments().find(scores.back()->instrument);
    if (instrument == nullptr) return {"reason.same", {}};
    const auto change =
        guidance::change_of_score(guidance::TimedScore{scores.front()->at, *scores.front()->total},
                                  {scores.back()->at, *scores.back()->total}, *instrument);
    // Without a published threshold nothing may be said about chance.
    if (change.code == "change.unknown_chance") return {"reason.changed", change.values};
    if (change.code == "change.worse_than_chance") return {"reason.worse", change.values};
    return {change.code == "change.better_than_chance" ? "reason.better" : "reason.same", {}};
}

// When the person was last heard, as far as the care team may know: a check-in kept to
// herself stays out, even the moment of it.
std::optional<Instant> last_shared(const record::PersonState& state) {
    bool is_private = false;
    std::optional<Instant> shared;
    for (const auto& each : state.days) {
        is_private = is_private || (!each.shared && each.at == state.last_heard);
        if (each.shared && (!shared || *shared < each.at)) shared = each.at;
    }
    if (!is_private) return state.last_heard;
    for (const auto& each : state.scores) {
        if (!shared || *shared < each.at) shared = each.at;
    }
    return shared;
}

care::Sentence reason_of_meeting(const record::MeetingState& meeting) {
    care::Sentence out{"reason.meeting", {{"at", to_string(meeting.at)}}};
    if (meeting.number == 1) out.code = "reason.first_meeting";
    if (meeting.number) out.values["number"] = static_cast<double>(*meeting.number);
    return out;
}

void add_risk(const record::PersonState& state, std::optional<Instant> since,
              std::vector<care::Sentence>& out) {
    const record::ScorePoint* last = nullptr;
    bool before = false;
    for (const auto& each : state.scores) {
        if (!each.safety_value) continue;
        if (last != nullptr && last->safety_value.value_or(0) > 0) before = true;
        last = &each;
    }
    if (last == nullptr || *last->safety_value < 1 || (since && last->at < *since)) return;
    out.push_back({before ? "change.risk_again" : "change.risk_new",
                   {{"value", static_cast<double>(*last->safety_value)}}});
}

// At most three sentences, the weightiest first: score, risk, then how days went.
std::vector<care::Sentence> what_changed(const Site& site, const record::PersonState& state,
                                         const Glance& glance, Instant now) {
    std::vector<care::Sentence> out;
    const auto scores = episode_scores(state);
    const auto* instrument =
        scores.empty() ? nullptr : site.keeper.instruments().find(scores.back()->instrument);
    if (instrument != nullptr) {
        std::optional<guidance::TimedScore> earlier;
        for (const auto* each : scores) {
            if (each == scores.back()) break;
            if (!earlier || !glance.since || each->at <= *glance.since) {
                earlier = {each->at, *each->total};
            }
        }
        out.push_back(guidance::change_of_score(earlier, {scores.back()->at, *scores.back()->total},
                                                *instrument));
    }
    add_risk(state, glance.since, out);
    const Day today = local_day(now, state.person.zone);
    std::vector<guidance::NightHours> nights;
    std::vector<Day> hard;
    for (const auto& each : glance.days) {
        if (each.sleep_hours) nights.push_back({each.day, *each.sleep_hours});
        if (each.hard) hard.push_back(each.day);
    }
    if (auto said = guidance::change_of_sleep(nights, today)) out.push_back(std::move(*said));
    if (auto said = guidance::hard_days(hard, today)) out.push_back(std::move(*said));
    if (out.size() < 2) {
        const auto week = std::count_if(glance.days.begin(), glance.days.end(), [&](const auto& d) {
            return d.day > today - std::chrono::days{7};
        });
        out.push_back({"change.check_ins", {{"count", static_cast<double>(week)}, {"days", 7.0}}});
    }
    if (out.size() > sentences_shown) out.resize(sentences_shown);
    return out;
}

void add_fortnight(const record::PersonState& state, Instant now, Glance& out) {
    const Day today = local_day(now, state.person.zone);
    for (const auto& each : out.days) {
        if (each.day <= today - fortnight) continue;
        if (each.sleep_hours) out.sleep.push_back({each.day, *each.sleep_hours});
        out.activity.push_back({each.day, each.activities});
    }
}

void add_words(const record::PersonState& state, Glance& out) {
    for (const auto& each : state.days) {
        const bool open = each.shared && each.to_talk_about && each.text;
        if (open && (!out.since || each.at >= *out.since)) {
            out.to_talk_about.push_back({each.at, *each.text});
        }
    }
    for (auto each = state.scores.rbegin(); each != state.scores.rend(); ++each) {
        if (!each->safety_value && !each->safety_skipped) continue;
        if (out.risk_answers.size() == risk_answers_shown) break;
        out.risk_answers.insert(out.risk_answers.begin(), {each->at, each->safety_value});
    }
}

}  // namespace

SignalView signal_view(const Site& site, const record::PersonState& state,
                       const record::SignalState& signal, Names& names) {
    SignalView out{.id = signal.raised.signal,
                   .person = state.id,
                   .name = state.person.name,
                   .kind = signal.kind(),
                   .tier = care::tier_of(signal.kind()),
                   .raised_at = signal.raised_at,
                   .reason = reason_now(site, state, signal),
                   .owner = names.of(signal.owner),
                   .due = signal.due,
                   .escalation = signal.escalation,
                   .state = signal.life,
                   .why = signal.raised.why};
    if (const auto tool = care::support_tool_of(signal.kind()); !tool.empty()) {
        out.support_tool = std::string(tool);
    }
    for (const auto& each : signal.steps) {
        SignalStepView step{each.step, each.at,        {},          each.action,
                            each.text, each.judgement, each.support};
        if (!each.who.is_nil()) step.who = names.of(each.who);
        out.steps.push_back(std::move(step));
    }
    return out;
}

Placed place_in_caseload(const Site& site, const record::PersonState& state, Instant now) {
    Placed out;
    out.row = {.person = state.id,
               .name = state.person.name,
               .reference = state.person.reference,
               .last_heard = last_shared(state)};
    const auto* meeting = next_meeting(state, now);
    if (meeting != nullptr) out.row.next_meeting = meeting->at;
    const auto& zone = state.person.zone;
    if (const auto* signal = first_signal(state)) {
        out.tier = care::tier_of(signal->kind());
        out.since = signal->raised_at;
        out.row.reason = reason_now(site, state, *signal);
        out.row.signal = signal->raised.signal;
    } else if (meeting != nullptr && local_day(meeting->at, zone) == local_day(now, zone)) {
        out.tier = care::Tier::meeting_today;
        out.since = meeting->at;
        out.row.reason = reason_of_meeting(*meeting);
    } else {
        out.since = out.row.last_heard.value_or(Instant{});
        out.row.reason = reason_without_signal(site, state, now);
    }
    const auto scores = episode_scores(state);
    for (const auto* each : scores) out.row.scores.push_back({each->at, each->total});
    if (!scores.empty()) {
        out.row.score = scores.back()->total;
        if (const auto* used = site.keeper.instruments().find(scores.back()->instrument)) {
            out.row.scale = RowScale{used->scores.min, used->scores.max};
        }
        if (scores.size() > 1) out.row.change = *scores.back()->total - *scores.front()->total;
    }
    return out;
}

Glance glance_of(const Site& site, const record::PersonState& state, Names& names, Instant now) {
    Instant since = state.episode ? state.episode->opened_at : Instant{};
    // Who came back is seen with the time before.
    if (!state.past.empty()) since = std::min(since, now - time_before);
    Glance out;
    static_cast<Course&>(out) = course_of(site, state, Eyes::care_team, since, now);
    out.person = state.id;
    out.name = state.person.name;
    out.reference = state.person.reference;
    out.born = state.person.born;
    out.pronoun = state.person.pronoun;
    out.has_relapse_plan = state.relapse_plan.has_value();
    if (state.episode) {
        out.phase = state.episode->phase;
        out.phase_since = state.episode->phase_since;
        out.therapy = state.episode->terms.therapy;
        out.meetings_planned = state.episode->terms.planned_meetings;
    }
    out.meetings_held = static_cast<int>(
        std::count_if(state.meetings.begin(), state.meetings.end(),
                      [](const auto& each) { return each.outcome == care::Outcome::attended; }));
    if (const auto* last = last_meeting(state, now)) out.since = last->at;
    if (const auto* next = next_meeting(state, now)) out.next_meeting = next->at;
    for (const auto& each : state.signals) {
        if (each.open()) out.signals.push_back(signal_view(site, state, each, names));
    }
    std::stable_sort(out.signals.begin(), out.signals.end(),
                     [](const auto& a, const auto& b) { return a.tier < b.tier; });
    if (state.safety_plan) out.safety_plan = PlanDate{state.safety_plan->updated_at};
    add_fortnight(state, now, out);
    add_words(state, out);
    out.changed = what_changed(site, state, out, now);
    out.findings = findings_of(site, state);
    return out;
}

}  // namespace evenkeel::web
