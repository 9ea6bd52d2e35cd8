#include "web/views/course_view.h"

#include <algorithm>

#include "guidance/change.h"

namespace evenkeel::web {
namespace {

// One line a day: hard if any tap of the day was, else the last thing said.
std::vector<DayView> days_of(const record::PersonState& state, Eyes eyes, Instant since) {
    std::vector<DayView> out;
    for (const auto& point : state.days) {
        if (point.at < since || (eyes == Eyes::care_team && !point.shared)) continue;
        if (out.empty() || out.back().day != point.day) out.push_back({.day = point.day});
        DayView& day = out.back();
        day.hard = day.hard || point.hard;
        if (point.mood) day.mood = point.mood;
        if (point.sleep_hours) day.sleep_hours = point.sleep_hours;
        day.activities += point.activities;
    }
    return out;
}

void describe_instrument(const Site& site, const measures::Instrument& instrument, Course& out) {
    out.title = instrument.title;
    out.min = instrument.scores.min;
    out.max = instrument.scores.max;
    out.direction = instrument.direction;
    for (const auto& band : instrument.bands) {
        out.bands.push_back({band.scores.min, band.scores.max, band.name});
    }
    if (instrument.rci) {
        out.chance =
            ChanceView{instrument.rci->points, site.knowledge.cite(instrument.rci->citation)};
    }
}

}  // namespace

std::vector<const record::ScorePoint*> episode_scores(const record::PersonState& state) {
    std::vector<const record::ScorePoint*> out;
    if (!state.episode) return out;
    for (const auto& each : state.scores) {
        if (each.total && each.instrument == state.episode->terms.questionnaire &&
            each.at >= state.episode->opened_at) {
            out.push_back(&each);
        }
    }
    return out;
}

std::optional<Id> reader_of(const Site& site, const record::PersonState& state, Instant now) {
    std::optional<Id> reader;
    (void)site.store.read([&](store::Reading& reading) -> Status {
        // Before there is a therapist, whoever took the person in reads.
        for (const auto role : {care::Role::therapist, care::Role::duty_clinician}) {
            for (const Id& each : state.all_in_relation(role, now)) {
                TRY(const auto account, reading.account(each));
                if (reader || !account || !account->active) continue;
                reader = each;
            }
        }
        return Done{};
    });
    return reader;
}

bool has_named_reader(const Site& site, const record::PersonState& state, Instant now) {
    if (site.settings.solo) return false;
    if (!reader_of(site, state, now)) return false;
    const auto organisation = site.keeper.organisation();
    return organisation.ok() && organisation.value().settings &&
           !organisation.value().settings->hours.empty();
}

std::string questionnaire_of(const Site& site, const record::PersonState& state, Instant now) {
    if (!state.episode) return {};
    const auto& agreed = state.episode->terms.questionnaire;
    const auto* instrument = site.keeper.instruments().find(agreed);
    const bool safe = instrument == nullptr || instrument->safety_items.empty() ||
                      has_named_reader(site, state, now);
    if (safe || !instrument->alternative) return agreed;
    return instrument->alternative->instrument->id;
}

const record::MeetingState* next_meeting(const record::PersonState& state, Instant now) {
    for (const auto& each : state.meetings) {
        const bool ahead = each.at + std::chrono::minutes{each.minutes} > now;
        if (ahead && each.outcome == care::Outcome::planned) return &each;
    }
    return nullptr;
}

const record::MeetingState* last_meeting(const record::PersonState& state, Instant now) {
    const record::MeetingState* last = nullptr;
    for (const auto& each : state.meetings) {
        if (each.at <= now && each.outcome == care::Outcome::attended) last = &each;
    }
    return last;
}

Course course_of(const Site& site, const record::PersonState& state, Eyes eyes, Instant since,
                 Instant now) {
    Course out{.data_until = now};
    if (state.episode) out.instrument = state.episode->terms.questionnaire;
    const auto* instrument = site.keeper.instruments().find(out.instrument);
    if (instrument != nullptr) describe_instrument(site, *instrument, out);
    for (const auto& each : state.scores) {
        if (each.instrument != out.instrument || each.at < since) continue;
        out.scores.push_back({each.entry, each.at, each.total, each.band, each.prorated});
    }
    out.days = days_of(state, eyes, since);
    for (const auto& each : state.meetings) {
        if (each.at < since) continue;
        out.meetings.push_back(
            {each.id, each.at, each.minutes, each.place, each.number, each.outcome});
    }
    const auto scores = episode_scores(state);
    if (instrument != nullptr && !scores.empty()) {
        std::optional<guidance::TimedScore> first;
        if (scores.size() > 1) first = {scores.front()->at, *scores.front()->total};
        out.summary.push_back(guidance::change_of_score(
            first, {scores.back()->at, *scores.back()->total}, *instrument));
    }
    return out;
}

std::string topic_of_person(const Id& person) {
    return "person." + to_string(person);
}
std::string topic_of_account(const Id& account) {
    return "account." + to_string(account);
}

void publish_change(Site& site, const Id& person) {
    if (site.hub.subscribers() == 0) return;
    const auto data = "{\"person\":\"" + to_string(person) + "\"}";
    site.hub.publish(topic_of_person(person), "changed", data);
    (void)site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto relations, reading.relations_of_person(person));
        for (const auto& each : relations) {
            if (!each.until || *each.until > site.clock.now())
                site.hub.publish(topic_of_account(each.staff), "changed", data);
        }
        return Done{};
    });
}

}  // namespace evenkeel::web
