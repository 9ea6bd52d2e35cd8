#include "record/watch.h"

#include <algorithm>

#include "guidance/findings.h"

namespace evenkeel::record {
namespace {

using care::Phase;
using care::SignalKind;
using care::WatchChange;
using std::chrono::days;

// An early warning is not said again for this long after it was closed.
constexpr days quiet_after_warning{28};
constexpr days second_look{7};

Error not_now(std::string message) {
    return {Fault::conflict, "", std::move(message), {}};
}

bool in_remission(const ScorePoint& score, const measures::Instrument& instrument) {
    return !instrument.bands.empty() && score.band == instrument.bands.front().name;
}

// All scores of that questionnaire up to the given answers, whatever the episode.
std::vector<const ScorePoint*> all_up_to(const PersonState& state, const Id& answers,
                                         std::string_view instrument) {
    std::vector<const ScorePoint*> out;
    for (const auto& each : state.scores) {
        if (each.total && each.instrument == instrument) out.push_back(&each);
        if (each.entry == answers) break;
    }
    return out;
}

// Mean of the last two scores in remission before that time.
std::optional<double> well(const std::vector<const ScorePoint*>& scores, Instant before,
                           const measures::Instrument& instrument) {
    double sum = 0;
    int n = 0;
    for (auto each = scores.rbegin(); each != scores.rend() && n < 2; ++each) {
        if ((*each)->at >= before || !in_remission(**each, instrument)) continue;
        sum += *(*each)->total;
        ++n;
    }
    return n == 2 ? std::optional{sum / n} : std::nullopt;
}

bool is_relapse(const ScorePoint& score, double well_mean, const measures::Instrument& instrument) {
    return score.at_least_moderate && *score.total - well_mean >= instrument.rci->points;
}

const practice::Finding* moved(const practice::FindingsComputed& computed) {
    using practice::FindingKind;
    using practice::Standing;
    for (const auto& each : computed.findings) {
        if (each.series != "mood") continue;
        const bool below =
            each.finding == FindingKind::control_limits && each.standing == Standing::below;
        const bool rising =
            each.finding == FindingKind::early_warning && each.standing == Standing::rising;
        if (below || rising) return &each;
    }
    return nullptr;
}

}  // namespace

Status check_opening(const PersonState& state) {
    if (!state.episode || state.episode->phase != Phase::watch) return Done{};
    return not_now("This person is in the watch. Bring them back into care instead.");
}

Status check_plan_version(const PersonState& state, const std::optional<Id>& supersedes) {
    const auto stands =
        state.relapse_plan ? std::optional{state.relapse_plan->entry} : std::nullopt;
    if (stands == supersedes) return Done{};
    return Error{Fault::conflict,
                 "/supersedes",
                 "This plan was changed in the meantime. Look at the newest version beside yours; "
                 "what you wrote is still here.",
                 {}};
}

Faults missing_of(const care::RelapseParts& parts) {
    Faults faults;
    if (parts.signs.empty()) {
        faults.add("/watch", "The relapse plan needs at least one early sign. Write it together.");
    }
    for (const auto* step : {&parts.early, &parts.worse, &parts.urgent}) {
        if (!step->step.empty()) continue;
        faults.add("/watch", "The relapse plan needs an agreed step for each level.");
        break;
    }
    return faults;
}

Status check_discharge(const PersonState& state, const care::Discharged& body) {
    if (!state.episode) return not_now("There is no care to end yet. Open an episode first.");
    if (state.episode->phase != Phase::care) {
        return not_now("This person was discharged already, on " +
                       to_string(local_day(state.episode->phase_since, state.person.zone)) + ".");
    }
    Faults faults;
    const bool open_safety = std::ranges::any_of(state.signals, [](const auto& each) {
        return each.open() && care::tier_of(each.kind()) == care::Tier::safety;
    });
    if (open_safety) faults.add("", "A safety signal is open. Close it with an outcome first.");
    if (body.watch == care::WatchAgreement::agreed) {
        const auto missing =
            missing_of(state.relapse_plan ? state.relapse_plan->parts : care::RelapseParts{});
        if (!missing.none()) {
            for (const auto& each : missing.error().problems())
                faults.add(each.where, each.message);
        }
    } else if (body.watch_months) {
        faults.add("/watch_months", "Without a watch there is no length of it. Leave it out.");
    }
    if (!faults.none()) return faults.error(open_safety ? Fault::conflict : Fault::invalid_input);
    return Done{};
}

Status check_change(const PersonState& state, const care::WatchChanged& body, care::Role role,
                    const Context& context) {
    if (body.change == WatchChange::ended && role != care::Role::system) {
        return Error{Fault::invalid_input, "/change", "Choose one of: paused, resumed, left.", {}};
    }
    if (!in_watch(state, context.now) && role != care::Role::system) {
        return not_now("There is no watch at this time.");
    }
    if (body.until && body.change != WatchChange::paused) {
        return Error{Fault::invalid_input, "/until", "Only a pause has an end. Leave it out.", {}};
    }
    if (body.until && *body.until <= local_day(context.now, state.person.zone)) {
        return Error{Fault::invalid_input, "/until", "Choose a day after today.", {}};
    }
    if (body.change == WatchChange::resumed && !is_paused(state, context.now)) {
        return not_now("The watch is not paused.");
    }
    return Done{};
}

Status check_return(const PersonState& state) {
    const bool discharged = state.episode && (state.episode->phase == Phase::watch ||
                                              state.episode->phase == Phase::ended);
    if (discharged) return Done{};
    return not_now("Care has not ended, so there is nothing to come back to. Ask to be contacted.");
}

Instant watch_ends(const EpisodeState& episode) {
    EK_ASSERT(episode.watch);
    const auto begun = std::chrono::floor<days>(episode.watch->since);
    const std::chrono::year_month_day day{begun};
    auto end = day + std::chrono::months{episode.watch->months};
    if (!end.ok()) end = end.year() / end.month() / std::chrono::last;
    return std::chrono::sys_days{end} + (episode.watch->since - begun);
}

bool in_watch(const PersonState& state, Instant at) {
    return state.episode && state.episode->phase == Phase::watch && at < watch_ends(*state.episode);
}

bool is_paused(const PersonState& state, Instant at) {
    if (!in_watch(state, at) || !state.episode->watch->paused_since) return false;
    const auto& until = state.episode->watch->paused_until;
    return !until || local_day(at, state.person.zone) < *until;
}

std::optional<days> asked_every(const PersonState& state, Instant at) {
    if (!state.episode) return std::nullopt;
    if (state.episode->phase == Phase::care) {
        return days{state.episode->terms.questionnaire_every_days};
    }
    if (!in_watch(state, at) || is_paused(state, at)) return std::nullopt;
    const auto usual =
        care::watch_interval(std::chrono::floor<days>(at - state.episode->watch->since));
    const bool again = !state.scores.empty() && state.scores.back().at_least_moderate;
    return again ? std::min(usual, second_look) : usual;
}

days heard_every(const PersonState& state, Instant at) {
    if (!state.episode) return days{7};
    if (state.episode->phase != Phase::watch) return days{state.episode->terms.check_in_every_days};
    const auto since = std::max(at, state.episode->watch->since) - state.episode->watch->since;
    return care::watch_interval(std::chrono::floor<days>(since));
}

std::optional<Instant> silence_counts_from(const PersonState& state) {
    if (!state.episode || state.episode->phase == Phase::ended) return std::nullopt;
    Instant since =
        std::max(state.episode->opened_at, state.last_heard.value_or(state.episode->opened_at));
    if (state.episode->phase != Phase::watch) return since;
    const auto& watch = *state.episode->watch;
    since = std::max(since, watch.since);
    if (watch.paused_since && !watch.paused_until) return std::nullopt;
    if (watch.paused_until) {
        since = std::max(since, instant_of(*watch.paused_until, {}, state.person.zone));
    }
    return since;
}

std::optional<NewSignal> relapse_alert(const PersonState& state, const Id& answers,
                                       const measures::Instrument& instrument) {
    const bool lower_is_better = instrument.direction == measures::Direction::lower_is_better;
    if (!instrument.rci || !lower_is_better) return std::nullopt;
    const auto scores = all_up_to(state, answers, instrument.id);
    if (scores.size() < 4 || scores.back()->entry != answers) return std::nullopt;
    const ScorePoint& last = *scores.back();
    if (!in_watch(state, last.at)) return std::nullopt;
    for (const auto* before : scores) {
        const auto apart = last.at - before->at;
        if (apart < confirmed_after_min || apart > confirmed_after_max) continue;
        const auto mean = well(scores, before->at, instrument);
        if (!mean || !is_relapse(*before, *mean, instrument) ||
            !is_relapse(last, *mean, instrument) ||
            already_said(state, SignalKind::relapse_alert, *last.total, last.at, instrument)) {
            continue;
        }
        NewSignal out{.kind = SignalKind::relapse_alert,
                      .evidence = {before->entry, last.entry},
                      .reason = {"reason.relapse_alert",
                                 {{"from", *mean},
                                  {"first", *before->total},
                                  {"to", *last.total},
                                  {"since", to_string(before->at)}}},
                      .why = why_of("relapse_alert", "relapse alert 1",
                                    "after Ali et al. (2017); to be verified by a clinician")};
        out.why.rule.values["points"] = instrument.rci->points;
        out.why.inputs = {{"score_well", *mean, std::nullopt},
                          {"score_before", *before->total, before->at},
                          {"score_now", *last.total, last.at},
                          {"points", instrument.rci->points, std::nullopt}};
        return out;
    }
    return std::nullopt;
}

std::optional<NewSignal> early_warning(const PersonState& state,
                                       const practice::FindingsComputed& computed,
                                       const Context& context) {
    const auto* finding = moved(computed);
    if (finding == nullptr || !in_watch(state, context.now)) return std::nullopt;
    const bool said = std::ranges::any_of(state.signals, [&](const SignalState& each) {
        if (each.kind() != SignalKind::early_warning) return false;
        return each.open() || context.now < each.steps.back().at + quiet_after_warning;
    });
    if (said) return std::nullopt;
    const bool below = finding->finding == practice::FindingKind::control_limits;
    NewSignal out{.kind = SignalKind::early_warning,
                  .evidence = {computed.of},
                  .reason = {below ? "reason.mood_below" : "reason.mood_swings",
                             {{"n", static_cast<double>(finding->n)}}},
                  .why = why_of("early_warning", finding->method,
                                std::string(guidance::method_of(finding->finding).source))};
    for (const auto& name : guidance::method_of(finding->finding).shown) {
        const auto at = finding->values.find(std::string(name));
        if (at == finding->values.end()) continue;
        out.why.inputs.push_back({std::string(name), at->second, std::nullopt});
    }
    if (below) out.reason.values["days_outside"] = finding->values.at("days_outside");
    return out;
}

std::vector<Entry> end_watch(const PersonState& state, const Context& context) {
    const bool over = state.episode && state.episode->phase == care::Phase::watch &&
                      watch_ends(*state.episode) <= context.now;
    if (!over) return {};
    return {consequence(state.id, {state.episode->id, context.now, state.person.zone}, "watch_end",
                        care::WatchChanged{.change = care::WatchChange::ended, .until = {}},
                        context.now)};
}

std::vector<Entry> fall_silent(const PersonState& state, const Context& context) {
    const auto open = dues(state);
    const bool due_now = std::any_of(open.begin(), open.end(), [&](const auto& each) {
        return each.kind == DueKind::silence && each.at <= context.now;
    });
    if (!due_now || context.solo) return {};
    const Cause cause{derived_id(state.id, "silence", state.seq), context.now, state.person.zone};
    return {raise(state, cause, silence_signal(state, context.now), context)};
}

NewSignal came_back_signal(const Entry& entry) {
    const auto& body = std::get<care::CareResumed>(entry.body);
    NewSignal out{.kind = SignalKind::came_back,
                  .evidence = {entry.id},
                  .reason = {"reason.came_back", {{"at", to_string(entry.effective_at)}}},
                  .why = why_of("came_back", "own words 1", "the client")};
    if (body.text) out.reason.values["text"] = *body.text;
    return out;
}

}  // namespace evenkeel::record
