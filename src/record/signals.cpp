#include "record/watch.h"

#include <algorithm>
#include <cmath>

namespace evenkeel::record {
namespace {

using care::SignalKind;
using std::chrono::hours;
using std::chrono::minutes;

// A signal of the same kind is not raised again for this long after it was closed,
// unless the score went higher still: an alert flood hides a real one.
constexpr std::chrono::days quiet_after_closing{28};

const care::OrganisationSet& settings(const Context& context) {
    static const care::OrganisationSet without_hours{.name = "", .zone = "Etc/UTC"};
    return context.organisation.settings ? *context.organisation.settings : without_hours;
}

// A signal must not go to somebody who cannot see it any more.
bool can_own(const Id& account, const Context& context, const Id& not_this) {
    return account != not_this && (!context.is_active || context.is_active(account));
}

Instant first_due(SignalKind kind, int urgency, const Context& context) {
    const auto& service = settings(context);
    const auto& times = service.escalation;
    switch (care::tier_of(kind)) {
        case care::Tier::safety:
            if (urgency > 0) {
                return care::after_service_time(service, context.now,
                                                minutes{times.safety_minutes});
            }
            return care::end_of_working_day(service, context.now);
        case care::Tier::asked:
        case care::Tier::opened:
            return care::end_of_working_day(service, context.now);
        default:
            return care::after_service_time(service, context.now, hours{times.other_seen_hours});
    }
}

bool worse(double from, double to, const measures::Instrument& instrument) {
    const auto change =
        measures::change_between(from, to, instrument.rci->points, instrument.direction);
    return change.ok() && change.value() == measures::Change::deteriorated;
}

bool holds(const std::vector<Id>& all, const Id& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// To whom, and the level that this is: never a lower one than before.
std::pair<Id, int> next_owner(const PersonState& state, const SignalState& signal,
                              const Context& context) {
    const int level = signal.escalation;
    const Id not_this = looked_in(signal);
    const Id owner = level > 0 ? owner_at_level(state, level, context, not_this)
                               : owner_of(state, context, not_this);
    if (holds(context.managers, owner)) return {owner, 2};
    const auto therapists = state.all_in_relation(care::Role::therapist, context.now);
    return {owner, holds(therapists, owner) ? level : std::max(level, 1)};
}

}  // namespace

care::Why why_of(std::string_view kind, std::string method, std::string source) {
    const auto code = [&](std::string_view what) {
        return care::Sentence{std::string(what) + "." + std::string(kind), {}};
    };
    return {.method = std::move(method),
            .source = std::move(source),
            .inputs = {},
            .rule = code("rule"),
            .uncertainty = code("uncertainty"),
            .cannot_tell = code("cannot_tell")};
}

std::vector<const ScorePoint*> scores_up_to(const PersonState& state, const Id& answers) {
    std::vector<const ScorePoint*> out;
    const auto here = std::find_if(state.scores.begin(), state.scores.end(),
                                   [&](const auto& each) { return each.entry == answers; });
    if (here == state.scores.end()) return out;
    for (auto each = state.scores.begin(); each <= here; ++each) {
        const bool in_episode = !state.episode || each->at >= state.episode->opened_at;
        if (each->total && each->instrument == here->instrument && in_episode) {
            out.push_back(&*each);
        }
    }
    return out;
}

bool already_said(const PersonState& state, SignalKind kind, double score, Instant at,
                  const measures::Instrument& instrument) {
    const double sign = instrument.direction == measures::Direction::lower_is_better ? 1 : -1;
    return std::any_of(state.signals.begin(), state.signals.end(), [&](const SignalState& each) {
        if (each.kind() != kind) return false;
        if (each.open()) return true;
        const auto& said = each.raised.reason.values;
        const auto to = said.find("to");
        const double before = to == said.end() ? score : std::get<double>(to->second);
        return at < each.steps.back().at + quiet_after_closing && sign * (score - before) <= 0;
    });
}

Id owner_of(const PersonState& state, const Context& context, const Id& not_this) {
    for (const Id& therapist : state.all_in_relation(care::Role::therapist, context.now)) {
        if (can_own(therapist, context, not_this)) return therapist;
    }
    return owner_at_level(state, 1, context, not_this);
}

Id owner_at_level(const PersonState& state, int level, const Context& context, const Id& not_this) {
    if (level <= 1) {
        const auto duty = care::on_duty(settings(context), context.now);
        if (duty && can_own(duty->account, context, not_this)) return duty->account;
        for (const auto role :
             {care::Role::duty_clinician, care::Role::group_co_leader, care::Role::supervisor}) {
            for (const Id& backup : state.all_in_relation(role, context.now)) {
                if (can_own(backup, context, not_this)) return backup;
            }
        }
    }
    return context.managers.empty() ? Id{} : context.managers.front();
}

Id looked_in(const SignalState& signal) {
    const auto& values = signal.raised.reason.values;
    const auto found = values.find("account");
    if (signal.kind() != SignalKind::emergency_access || found == values.end()) return {};
    return parse_id(std::get<std::string>(found->second)).value_or(Id{});
}

Entry consequence(const Id& stream, const Cause& cause, std::string_view purpose, Body body,
                  Instant now) {
    return {.id = derived_id(cause.id, purpose),
            .stream = stream,
            .effective_at = cause.at,
            .recorded_at = now,
            .zone = cause.zone,
            .author = {},
            .supersedes = {},
            .body = std::move(body)};
}

Entry raise(const PersonState& state, const Cause& cause, NewSignal what, const Context& context) {
    const auto purpose = name_of(what.kind);
    care::SignalRaised body{.signal = derived_id(cause.id, purpose),
                            .signal_kind = what.kind,
                            .evidence = std::move(what.evidence),
                            .reason = std::move(what.reason),
                            .why = std::move(what.why),
                            .owner = owner_of(state, context, what.not_to),
                            .due = first_due(what.kind, what.urgency, context)};
    return consequence(state.id, cause, purpose, std::move(body), context.now);
}

std::vector<Entry> hand_over(const PersonState& state, const Id& from, const Context& context) {
    std::vector<Entry> out;
    for (const auto& signal : state.signals) {
        if (!signal.open() || signal.owner != from) continue;
        const auto [owner, level] = next_owner(state, signal, context);
        if (owner.is_nil()) continue;
        const Id& id = signal.raised.signal;
        out.push_back(consequence(state.id, {id, context.now, state.person.zone},
                                  "handed_over." + std::to_string(signal.steps.size()),
                                  care::SignalEscalated{id, owner, level, signal.due},
                                  context.now));
    }
    return out;
}

Instant act_by(SignalKind kind, const Context& context) {
    const auto& service = settings(context);
    const bool urgent = care::tier_of(kind) == care::Tier::safety;
    return care::after_service_time(
        service, context.now,
        hours{urgent ? service.escalation.safety_act_hours : service.escalation.other_act_hours});
}

std::optional<NewSignal> safety_signal(const PersonState& state,
                                       const practice::ScoreComputed& score, Instant at) {
    const int value = score.safety_value.value_or(0);
    if (value < 1 && !score.safety_skipped) return std::nullopt;
    NewSignal out{
        .kind = SignalKind::safety_item,
        .evidence = {score.of},
        .reason = {},
        .why = why_of(
            "safety_item", "safety item 1",
            "Evenkeel's own rule; NICE NG225: a scale predicts nothing here, a person must look"),
        .urgency = value >= 2 ? 1 : 0};
    out.reason.values["at"] = to_string(at);
    if (score.safety_skipped) {
        out.reason.code = "reason.safety_item_skipped";
        return out;
    }
    out.reason.code = "reason.safety_item";
    out.reason.values["value"] = static_cast<double>(value);
    out.why.inputs.push_back({"safety_item", static_cast<double>(value), at});
    for (auto each = state.scores.rbegin(); each != state.scores.rend(); ++each) {
        if (!each->safety_value || each->entry == score.of) continue;
        out.reason.values["previous"] = static_cast<double>(*each->safety_value);
        out.why.inputs.push_back(
            {"safety_item_before", static_cast<double>(*each->safety_value), each->at});
        break;
    }
    return out;
}

std::optional<NewSignal> deterioration_signal(const PersonState& state, const Id& answers,
                                              const measures::Instrument& instrument) {
    const auto scores = scores_up_to(state, answers);
    if (scores.size() < 2 || !instrument.rci) return std::nullopt;
    const ScorePoint& last = *scores.back();
    const ScorePoint& first = *scores.front();
    const double sign = instrument.direction == measures::Direction::lower_is_better ? 1 : -1;
    const ScorePoint& best = **std::min_element(
        scores.begin(), scores.end() - 1,
        [&](const auto* a, const auto* b) { return sign * *a->total < sign * *b->total; });
    if (!last.at_least_moderate ||
        already_said(state, SignalKind::deterioration, *last.total, last.at, instrument)) {
        return std::nullopt;
    }
    const bool from_first = worse(*first.total, *last.total, instrument);
    if (!from_first && !worse(*best.total, *last.total, instrument)) return std::nullopt;
    const ScorePoint& from = from_first ? first : best;
    NewSignal out{
        .kind = SignalKind::deterioration,
        .evidence = {from.entry, last.entry},
        .reason = {from_first ? "reason.worse_from_first" : "reason.worse_from_best",
                   {{"from", *from.total}, {"to", *last.total}, {"since", to_string(from.at)}}},
        .why = why_of("deterioration", "reliable change 1",
                      "Jacobson & Truax 1991; threshold: " + instrument.rci->citation.source)};
    out.why.rule.values["points"] = instrument.rci->points;
    out.why.inputs = {{"score_before", *from.total, from.at},
                      {"score_now", *last.total, last.at},
                      {"points", instrument.rci->points, std::nullopt}};
    return out;
}

NewSignal silence_signal(const PersonState& state, Instant now) {
    const Instant since = state.last_heard.value_or(state.episode->opened_at);
    const double days =
        static_cast<double>(std::chrono::floor<std::chrono::days>(now - since).count());
    const double usual = static_cast<double>(heard_every(state, since).count());
    NewSignal out{.kind = SignalKind::silence,
                  .evidence = {},
                  .reason = {"reason.silence", {{"days", days}, {"usual_days", usual}}},
                  .why = why_of("silence", "agreed interval 2", "agreed with the client")};
    out.why.rule.values = {{"factor", 2.0}, {"days", usual}};
    out.why.inputs = {{"last_heard", to_string(since), since},
                      {"agreed_days", usual, std::nullopt}};
    return out;
}

NewSignal missed_meeting_signal(const MeetingState& meeting) {
    NewSignal out{.kind = SignalKind::silence,
                  .evidence = {meeting.id},
                  .reason = {"reason.missed_meeting", {{"at", to_string(meeting.at)}}},
                  .why = why_of("missed_meeting", "missed meeting 1", "agreed with the client")};
    out.why.inputs = {{"meeting", to_string(meeting.at), meeting.at}};
    return out;
}

NewSignal contact_signal(const Entry& request) {
    const auto& body = std::get<practice::ContactRequest>(request.body);
    NewSignal out{.kind = SignalKind::asked_for_contact,
                  .evidence = {request.id},
                  .reason = {"reason.asked", {{"at", to_string(request.effective_at)}}},
                  .why = why_of("asked", "own words 1", "the client")};
    if (body.text) out.reason.values["text"] = *body.text;
    return out;
}

NewSignal emergency_signal(const Entry& access) {
    const auto& body = std::get<care::RelationStarted>(access.body);
    NewSignal out{.kind = SignalKind::emergency_access,
                  .evidence = {access.id},
                  .reason = {"reason.emergency_access",
                             {{"account", to_string(body.staff)},
                              {"at", to_string(access.effective_at)},
                              {"text", body.reason.value_or("")}}},
                  .why = why_of("emergency_access", "emergency access 1", "Evenkeel's own rule"),
                  .not_to = body.staff};
    out.why.inputs = {{"emergency_access", to_string(access.effective_at), access.effective_at}};
    return out;
}

NewSignal hard_day_signal(const Entry& answer) {
    NewSignal out{.kind = SignalKind::hard_day_thoughts,
                  .evidence = {answer.id, std::get<practice::HardDayAnswer>(answer.body).about},
                  .reason = {"reason.hard_day_thoughts", {{"at", to_string(answer.effective_at)}}},
                  .why = why_of("hard_day_thoughts", "hard day question 1",
                                "Evenkeel's own rule; NICE NG225: ask, and let a person decide")};
    return out;
}

}  // namespace evenkeel::record
