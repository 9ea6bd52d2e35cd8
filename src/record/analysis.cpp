#include "record/analysis.h"

#include <algorithm>
#include <iterator>

#include "guidance/archive.h"
#include "record/progress.h"
#include "record/watch.h"

namespace evenkeel::record {
namespace {

using practice::FindingsComputed;

bool in_episode(const PersonState& state, Instant at) {
    return !state.episode || at >= state.episode->opened_at;
}

template <class Value>
guidance::Series diary_series(const PersonState& state, std::string name,
                              std::optional<Value> DayPoint::*said) {
    guidance::Series out{.name = std::move(name)};
    for (const auto& point : state.days) {
        const auto& value = point.*said;
        if (!value || !point.shared || !in_episode(state, point.at)) continue;
        const guidance::Observation here{point.at, point.day, static_cast<double>(*value)};
        // By time, so that a later word of the same day stands behind the earlier. A journey
        // across zones may take a day back; the time decides then.
        while (!out.values.empty() && out.values.back().day >= here.day) out.values.pop_back();
        out.values.push_back(here);
    }
    return out;
}

FindingsComputed of_scores(const PersonState& state, const measures::Instrument& instrument,
                           const Context& context) {
    const auto series = scores_of(state, instrument);
    std::optional<course::ExpectedResponse> expected;
    guidance::Means means;
    const auto* archive = context.organisation.archive(instrument.id);
    // The people of an archive were in treatment; a wait is not compared with that.
    if (archive != nullptr && !state.waits()) {
        expected = guidance::expected_from(archive->fitted);
        means.archive = &*expected;
        means.archive_of = archive->fitted.of;
    }
    return {.of = {},
            .series = {series.name},
            .findings = guidance::findings_of(series, means),
            .knowledge = context.instrument_hash(instrument.id)};
}

// In care for the same illness: the questionnaire agreed, or its form without the safety item.
bool is_measure(const PersonState& state, const measures::Instrument& instrument,
                const Context& context) {
    if (!state.episode) return false;
    const auto& agreed = state.episode->terms.questionnaire;
    if (instrument.id == agreed) return true;
    const auto* full = context.instrument(agreed);
    return full != nullptr && full->alternative &&
           full->alternative->instrument->id == instrument.id;
}

// The newest stretch of scores in the lowest band that lasted three weeks (clinical-reference
// section 2; the duration is a convention).
std::optional<guidance::Remission> remission_of(const PersonState& state, const Context& context) {
    constexpr std::chrono::days least{21};
    std::optional<guidance::Remission> newest, running;
    for (const auto& each : state.scores) {
        const auto* instrument = context.instrument(each.instrument);
        const bool counts = instrument != nullptr && each.total && in_episode(state, each.at) &&
                            is_measure(state, *instrument, context) && !instrument->bands.empty();
        if (!counts) continue;
        if (each.band != instrument->bands.front().name) {
            running.reset();
            continue;
        }
        if (!running) running = guidance::Remission{each.at, each.at};
        running->to = each.at;
        if (running->to - running->from >= least) newest = running;
    }
    return newest;
}

FindingsComputed of_diary(const PersonState& state, const Context& context) {
    FindingsComputed out;
    const auto remission = remission_of(state, context);
    for (auto& series : diary_of(state)) {
        series.remission = remission;
        out.series.push_back(series.name);
        auto found = guidance::findings_of(series, {.surrogates = context.surrogates});
        std::ranges::move(found, std::back_inserter(out.findings));
    }
    return out;
}

void add(FindingsComputed& to, FindingsComputed from) {
    std::ranges::move(from.series, std::back_inserter(to.series));
    std::ranges::move(from.findings, std::back_inserter(to.findings));
}

// What stands of the same series, in the order of the look.
bool stands(const PersonState& state, const FindingsComputed& computed) {
    std::vector<practice::Finding> standing;
    for (const auto& series : computed.series) {
        for (const auto& each : state.findings) {
            if (each.finding.series == series) standing.push_back(each.finding);
        }
    }
    return standing == computed.findings;
}

Entry entry_of(const PersonState& state, const Id& id, FindingsComputed computed,
               const Context& context) {
    return {.id = id,
            .stream = state.id,
            .effective_at = context.now,
            .recorded_at = context.now,
            .zone = state.person.zone,
            .author = {},
            .supersedes = {},
            .body = std::move(computed)};
}

}  // namespace

std::vector<guidance::Series> diary_of(const PersonState& state) {
    return {diary_series(state, "mood", &DayPoint::mood),
            diary_series(state, "sleep_hours", &DayPoint::sleep_hours)};
}

guidance::Series scores_of(const PersonState& state, const measures::Instrument& instrument) {
    guidance::Series out{.name = "score." + instrument.id, .instrument = &instrument};
    for (const auto& each : state.scores) {
        if (each.instrument != instrument.id || !each.total || !in_episode(state, each.at)) {
            continue;
        }
        const Day day = local_day(each.at, state.person.zone);
        out.values.push_back({each.at, day, *each.total});
    }
    return out;
}

std::vector<std::string> questionnaires_of(const PersonState& state) {
    std::vector<std::string> out;
    for (const auto& each : state.scores) {
        if (std::ranges::find(out, each.instrument) == out.end()) out.push_back(each.instrument);
    }
    return out;
}

std::vector<Entry> look_at_scores(const PersonState& state, const Id& answers,
                                  const Context& context) {
    FindingsComputed computed;
    const auto score = std::ranges::find(state.scores, answers, &ScorePoint::entry);
    const auto* instrument =
        score == state.scores.end() ? nullptr : context.instrument(score->instrument);
    if (instrument != nullptr) computed = of_scores(state, *instrument, context);
    computed.of = answers;
    std::vector<Entry> out;
    if (instrument != nullptr && !context.solo) {
        if (auto signal = not_on_track_signal(state, computed, *instrument)) {
            out.push_back(raise(state, {answers, context.now, state.person.zone},
                                std::move(*signal), context));
        }
    }
    out.insert(out.begin(),
               entry_of(state, derived_id(answers, "findings"), std::move(computed), context));
    return out;
}

std::vector<Entry> look_at_diary(const PersonState& state, const Context& context) {
    if (!state.diary || state.diary->at > context.now) return {};
    auto computed = of_diary(state, context);
    computed.of = state.diary->of;
    std::vector<Entry> out;
    if (!context.solo) {
        if (auto signal = early_warning(state, computed, context)) {
            out.push_back(raise(state, {computed.of, context.now, state.person.zone},
                                std::move(*signal), context));
        }
    }
    out.insert(out.begin(),
               entry_of(state, derived_id(computed.of, "findings"), std::move(computed), context));
    return out;
}

std::optional<Entry> refreshed(const PersonState& state, const Context& context) {
    FindingsComputed computed{.of = state.id};
    if (state.to_look_at.empty()) {
        for (const auto& each : questionnaires_of(state)) {
            const auto* instrument = context.instrument(each);
            if (instrument != nullptr) add(computed, of_scores(state, *instrument, context));
        }
    }
    const bool waits = state.diary && state.diary->at > context.now;
    if (!waits) {
        add(computed, of_diary(state, context));
        if (state.diary) computed.of = state.diary->of;
    }
    if (stands(state, computed)) return std::nullopt;
    return entry_of(state, derived_id(state.id, "refresh", state.seq), std::move(computed),
                    context);
}

}  // namespace evenkeel::record
