// After care: the relapse plan, the watch, and the summary at discharge. The same pages serve the
// person and the care team.

#include <algorithm>

#include "guidance/change.h"
#include "record/watch.h"
#include "web/views/course_view.h"

namespace evenkeel::web {
namespace {

using care::Role;

struct WatchView {
    Instant since{};
    Instant until{};
    bool paused = false;
    std::optional<Day> paused_until;
    std::optional<int> asked_every_days;  // none while paused
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("since", self.since);
        visit("until", self.until);
        visit("paused", self.paused);
        visit("paused_until", self.paused_until);
        visit("asked_every_days", self.asked_every_days);
    }
};

struct RelapsePlanView {
    std::optional<Id> entry;  // what a new version supersedes
    std::optional<care::RelapsePlan> plan;
    std::optional<Instant> updated_at;
    std::optional<std::string> updated_by;
    std::vector<std::string> missing;  // before a watch can stand on it
    std::string name;
    std::string reference;
    std::string therapist;
    std::optional<care::Phase> phase;
    std::optional<Instant> phase_since;
    std::optional<WatchView> watch;
    bool named_reader = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("entry", self.entry);
        visit("plan", self.plan);
        visit("updated_at", self.updated_at);
        visit("updated_by", self.updated_by);
        visit("missing", self.missing);
        visit("name", self.name);
        visit("reference", self.reference);
        visit("therapist", self.therapist);
        visit("phase", self.phase);
        visit("phase_since", self.phase_since);
        visit("watch", self.watch);
        visit("named_reader", self.named_reader);
    }
};

struct SummaryScore {
    Instant at{};
    double total = 0;
    std::optional<std::string> band;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("total", self.total);
        visit("band", self.band);
    }
};

struct DischargeSummary {
    std::string name;
    std::string reference;
    std::optional<Day> born;
    std::string service;
    std::string therapist;
    std::string therapy;
    std::string questionnaire;  // its title
    int max = 0;
    std::string source;  // of the threshold of "more than chance"
    Instant opened_at{};
    std::optional<Instant> discharged_at;
    int meetings_held = 0;
    std::optional<SummaryScore> first;
    std::optional<SummaryScore> last;
    std::optional<care::Sentence> change;
    std::optional<care::Discharged> discharge;
    std::optional<Instant> watch_until;
    bool has_relapse_plan = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("reference", self.reference);
        visit("born", self.born);
        visit("service", self.service);
        visit("therapist", self.therapist);
        visit("therapy", self.therapy);
        visit("questionnaire", self.questionnaire);
        visit("max", self.max);
        visit("source", self.source);
        visit("opened_at", self.opened_at);
        visit("discharged_at", self.discharged_at);
        visit("meetings_held", self.meetings_held);
        visit("first", self.first);
        visit("last", self.last);
        visit("change", self.change);
        visit("discharge", self.discharge);
        visit("watch_until", self.watch_until);
        visit("has_relapse_plan", self.has_relapse_plan);
    }
};

std::optional<WatchView> watch_view(const record::PersonState& state, Instant now) {
    if (!record::in_watch(state, now)) return std::nullopt;
    WatchView out{.since = state.episode->watch->since,
                  .until = record::watch_ends(*state.episode),
                  .paused = record::is_paused(state, now),
                  .paused_until = {},
                  .asked_every_days = {}};
    if (out.paused) out.paused_until = state.episode->watch->paused_until;
    if (const auto every = record::asked_every(state, now)) {
        out.asked_every_days = static_cast<int>(every->count());
    }
    return out;
}

Result<Response> relapse_plan(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    Names names(call.site);
    RelapsePlanView out{.name = state.person.name,
                        .reference = state.person.reference,
                        .therapist = names.of(reader_of(call.site, state, call.now).value_or(Id{})),
                        .phase = {},
                        .phase_since = {},
                        .watch = watch_view(state, call.now),
                        .named_reader = has_named_reader(call.site, state, call.now)};
    if (state.episode) {
        out.phase = state.episode->phase;
        out.phase_since = state.episode->phase_since;
    }
    if (const auto& plan = state.relapse_plan) {
        out.entry = plan->entry;
        out.plan = care::RelapsePlan{plan->parts};
        out.updated_at = plan->updated_at;
        out.updated_by = names.of(plan->updated_by);
    }
    const auto missing =
        record::missing_of(state.relapse_plan ? state.relapse_plan->parts : care::RelapseParts{});
    if (!missing.none()) {
        for (const auto& each : missing.error().problems()) out.missing.push_back(each.message);
    }
    return reply(out);
}

// The scores that care began and ended with; those of the watch come after it.
void add_scores(const Site& site, const record::PersonState& state,
                const record::EpisodeState& episode, DischargeSummary& out) {
    const auto* instrument = site.keeper.instruments().find(episode.terms.questionnaire);
    if (instrument == nullptr) return;
    out.questionnaire = instrument->title;
    out.max = instrument->scores.max;
    if (instrument->rci) out.source = site.knowledge.cite(instrument->rci->citation);
    const bool over = episode.phase != care::Phase::care;
    for (const auto& each : state.scores) {
        const bool here = each.total && each.instrument == instrument->id &&
                          each.at >= episode.opened_at &&
                          !(over && out.discharged_at && each.at > *out.discharged_at);
        if (!here) continue;
        SummaryScore score{each.at, *each.total, each.band};
        if (!out.first) out.first = score;
        out.last = std::move(score);
    }
    if (!out.first || out.first->at == out.last->at) return;
    out.change = guidance::change_of_score(guidance::TimedScore{out.first->at, out.first->total},
                                           {out.last->at, out.last->total}, *instrument);
}

// Of the newest episode that was discharged, else a preview of the one that runs.
const record::EpisodeState* summarised(const record::PersonState& state) {
    if (!state.episode || state.episode->discharge || state.past.empty()) {
        return state.episode ? &*state.episode : nullptr;
    }
    const auto& before = state.past.back();
    return before.discharge ? &before : &*state.episode;
}

Result<Response> discharge_summary(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    TRY(const auto organisation, call.site.keeper.organisation());
    const auto* episode = summarised(state);
    if (episode == nullptr) {
        return Error{Fault::not_found, "", "No care has begun, so there is no summary yet.", {}};
    }
    Names names(call.site);
    DischargeSummary out{
        .name = state.person.name,
        .reference = state.person.reference,
        .born = state.person.born,
        .service = organisation.settings ? organisation.settings->name : "",
        .therapist = names.of(reader_of(call.site, state, call.now).value_or(Id{})),
        .therapy = episode->terms.therapy,
        .opened_at = episode->opened_at,
        .discharged_at = {},
        .first = {},
        .last = {},
        .change = {},
        .discharge = episode->discharge,
        .watch_until = {},
        .has_relapse_plan = state.relapse_plan.has_value()};
    if (episode->discharge) {
        out.discharged_at = episode->watch ? episode->watch->since : episode->phase_since;
    }
    if (episode->watch) out.watch_until = record::watch_ends(*episode);
    const auto until = out.discharged_at.value_or(call.now);
    out.meetings_held = static_cast<int>(std::ranges::count_if(state.meetings, [&](const auto& m) {
        return m.outcome == care::Outcome::attended && m.at >= episode->opened_at && m.at <= until;
    }));
    add_scores(call.site, state, *episode, out);
    return reply(out);
}

}  // namespace

std::vector<Route> watch_routes(Site& site) {
    using exchange::schema_of;
    const auto with_team =
        Access::person("the person, and staff in a relation to them",
                       {Role::therapist, Role::supervisor, Role::prescriber, Role::specialist,
                        Role::duty_clinician, Role::group_co_leader});
    return {guarded_route(site, Method::get, "/api/people/{person}/relapse-plan", with_team,
                          {.summary = "The relapse plan, and the watch",
                           .response_schema = schema_of<RelapsePlanView>,
                           .audit = "read.relapse_plan"},
                          relapse_plan),
            guarded_route(site, Method::get, "/api/people/{person}/discharge-summary", with_team,
                          {.summary = "The summary at discharge, or as it would be now",
                           .response_schema = schema_of<DischargeSummary>,
                           .audit = "read.discharge_summary"},
                          discharge_summary)};
}

}  // namespace evenkeel::web
