// What a person sees of the own record; the same routes serve the care team where
// their access says so.

#include <algorithm>

#include "practice/schedule.h"
#include "record/watch.h"
#include "store/codec.h"
#include "web/views/course_view.h"
#include "web/views/instrument_view.h"
#include "web/views/waiting_view.h"

namespace evenkeel::web {
namespace {

using care::Role;

struct QuestionnaireDue {
    std::string instrument;
    int minutes = 1;
    Day due_on{};
    int item_count = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("instrument", self.instrument);
        visit("minutes", self.minutes);
        visit("due_on", self.due_on);
        visit("item_count", self.item_count);
    }
};

struct NextMeeting {
    Id id;
    Instant at{};
    int minutes = 50;
    care::Place place = care::Place::in_person;
    std::string with;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("at", self.at);
        visit("minutes", self.minutes);
        visit("place", self.place);
        visit("with", self.with);
    }
};

struct Watching {
    std::optional<std::string> reader;
    bool named = false;
    std::vector<care::ServiceDay> hours;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("reader", self.reader);
        visit("named", self.named);
        visit("hours", self.hours);
    }
};

struct Today {
    Day day{};
    std::string name;
    bool checked_in = false;
    bool hard_today = false;
    bool after_gap = false;
    std::optional<QuestionnaireDue> questionnaire;
    std::optional<NextMeeting> next_meeting;
    Watching watching;
    bool has_safety_plan = false;
    std::optional<care::Phase> phase;  // of the episode
    std::optional<WaitView> wait;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("day", self.day);
        visit("name", self.name);
        visit("checked_in", self.checked_in);
        visit("hard_today", self.hard_today);
        visit("after_gap", self.after_gap);
        visit("questionnaire", self.questionnaire);
        visit("next_meeting", self.next_meeting);
        visit("watching", self.watching);
        visit("has_safety_plan", self.has_safety_plan);
        visit("phase", self.phase);
        visit("wait", self.wait);
    }
};

struct PlanView {
    std::optional<care::SafetyPlan> plan;
    std::optional<Instant> updated_at;
    std::optional<std::string> updated_by;
    std::string name;
    std::string reference;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("plan", self.plan);
        visit("updated_at", self.updated_at);
        visit("updated_by", self.updated_by);
        visit("name", self.name);
        visit("reference", self.reference);
    }
};

struct Look {
    Instant at{};
    std::string who;
    std::optional<Role> role;  // none: the service itself, or an account that is gone
    std::string what;
    std::optional<std::string> reason;  // of access in an emergency
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("who", self.who);
        visit("role", self.role);
        visit("what", self.what);
        visit("reason", self.reason);
    }
};

struct Looked {
    std::vector<Look> looks;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("looks", self.looks);
    }
};

struct KeptEntry {
    Id id;
    std::uint64_t seq = 0;
    std::string kind;
    Instant effective_at{};
    Instant recorded_at{};
    exchange::Json entry;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("seq", self.seq);
        visit("kind", self.kind);
        visit("effective_at", self.effective_at);
        visit("recorded_at", self.recorded_at);
        visit("entry", self.entry, Domain{.says = "Author, zone and the body of its kind"});
    }
};

struct WholeRecord {
    Id person;
    Instant made_at{};
    std::vector<KeptEntry> entries;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("person", self.person);
        visit("made_at", self.made_at);
        visit("entries", self.entries);
    }
};

std::optional<QuestionnaireDue> questionnaire_due(const Site& site,
                                                  const record::PersonState& state, Instant now) {
    const auto every = record::asked_every(state, now);
    if (!every) return std::nullopt;
    const auto id = questionnaire_of(site, state, now);
    const auto* instrument = site.keeper.instruments().find(id);
    if (instrument == nullptr || instrument->items.front().text.empty()) return std::nullopt;
    const auto& zone = state.person.zone;
    std::vector<Day> answered;
    for (const auto& each : state.scores) {
        if (each.instrument == id) answered.push_back(local_day(each.at, zone));
    }
    const Day due = practice::questionnaire_due_from(local_day(state.episode->opened_at, zone),
                                                     answered, static_cast<int>(every->count()));
    if (due > local_day(now, zone)) return std::nullopt;
    return QuestionnaireDue{id, instrument->minutes, due,
                            static_cast<int>(instrument->items.size())};
}

Watching watching_of(const Site& site, const record::PersonState& state,
                     const record::OrganisationState& organisation, Names& names, Instant now) {
    Watching out{.named = has_named_reader(site, state, now)};
    if (out.named) out.reader = names.of(reader_of(site, state, now).value_or(Id{}));
    if (organisation.settings) out.hours = organisation.settings->hours;
    return out;
}

Result<Response> today(Call& call) {
    const auto person = call.who().account.person;
    if (!person) return Error{Fault::forbidden, "", "This page belongs to a person's record.", {}};
    TRY(const auto state, call.site.keeper.person(*person));
    TRY(const auto organisation, call.site.keeper.organisation());
    Names names(call.site);
    Today out{.day = local_day(call.now, state.person.zone),
              .name = call.site.settings.solo ? "" : state.person.name};
    for (const auto& each : state.days) {
        if (each.day != out.day) continue;
        out.checked_in = true;
        out.hard_today = out.hard_today || each.hard;
    }
    const auto usual = record::heard_every(state, call.now);
    out.after_gap = state.last_heard && call.now - *state.last_heard > 2 * usual;
    out.questionnaire = questionnaire_due(call.site, state, call.now);
    if (const auto* meeting = next_meeting(state, call.now)) {
        const auto therapist = state.in_relation(Role::therapist, meeting->at);
        out.next_meeting = NextMeeting{meeting->id, meeting->at, meeting->minutes, meeting->place,
                                       names.of(therapist.value_or(Id{}))};
    }
    out.watching = watching_of(call.site, state, organisation, names, call.now);
    out.has_safety_plan = state.safety_plan.has_value();
    if (state.episode) out.phase = state.episode->phase;
    TRY(out.wait, wait_of(call.site, state, call.now));
    return reply(out);
}

Result<Response> instrument(Call& call) {
    const auto* found = call.site.keeper.instruments().find(call.parameter("instrument"));
    if (found == nullptr) {
        return Error{Fault::not_found, "", "This questionnaire is not known here.", {}};
    }
    return reply(instrument_view(*found));
}

Result<Response> safety_plan(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    Names names(call.site);
    PlanView out{.name = state.person.name, .reference = state.person.reference};
    if (state.safety_plan) {
        out.plan = care::SafetyPlan{state.safety_plan->parts};
        out.updated_at = state.safety_plan->updated_at;
        out.updated_by = names.of(state.safety_plan->updated_by);
    }
    return reply(out);
}

Result<Response> course(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    int weeks = 12;
    if (const auto found = call.request.query.find("weeks"); found != call.request.query.end()) {
        const auto& text = found->second;
        const auto end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, weeks);
        if (read.ec != std::errc{} || read.ptr != end || weeks < 1 || weeks > 1040) {
            return Error{Fault::invalid_input, "/query/weeks", "Give a number from 1 to 1040.", {}};
        }
    }
    const bool own = call.who().account.person == call.person;
    return reply(course_of(call.site, state, own ? Eyes::own : Eyes::care_team,
                           call.now - std::chrono::days{7 * weeks}, call.now));
}

Result<Response> looked(Call& call) {
    std::vector<store::AuditRow> rows;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(rows, reading.audit_of_person(call.person, 500));
        return Done{};
    }));
    Looked out;
    Names names(call.site);
    for (const auto& row : rows) {
        if (row.actor == call.who().account.id || row.outcome != "allowed") continue;
        std::optional<Role> role;
        (void)call.site.store.read([&](store::Reading& reading) -> Status {
            TRY(const auto account, reading.account(row.actor));
            if (account) role = known_code<Role>(account->role);
            return Done{};
        });
        out.looks.push_back({row.at, names.of(row.actor), role, row.action, row.reason});
    }
    return reply(out);
}

Result<Response> export_record(Call& call) {
    std::vector<store::StoredEntry> entries;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(entries, reading.entries(call.person));
        return Done{};
    }));
    WholeRecord out{.person = call.person, .made_at = call.now, .entries = {}};
    for (const auto& each : entries) {
        TRY(auto entry, exchange::parse_json(each.body));
        out.entries.push_back(
            {each.id, each.seq, each.kind, each.effective_at, each.recorded_at, std::move(entry)});
    }
    auto response = reply(out);
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"my-record.json\"");
    return response;
}

}  // namespace

std::vector<Route> client_routes(Site& site) {
    using exchange::schema_of;
    const std::initializer_list<Role> team = {Role::therapist,      Role::supervisor,
                                              Role::prescriber,     Role::specialist,
                                              Role::duty_clinician, Role::group_co_leader};
    const auto own = Access::person("the person", {});
    const auto with_team = Access::person("the person, and staff in a relation to them", team);
    return {
        guarded_route(site, Method::get, "/api/today", Access::roles("clients", {Role::client}),
                      {"What is on today", nullptr, schema_of<Today>}, today),
        guarded_route(site, Method::get, "/api/instruments/{instrument}",
                      Access::signed_in("anyone signed in"),
                      {"A questionnaire", nullptr, schema_of<InstrumentView>}, instrument),
        guarded_route(site, Method::get, "/api/people/{person}/safety-plan", with_team,
                      {.summary = "The safety plan",
                       .response_schema = schema_of<PlanView>,
                       .audit = "read.safety_plan"},
                      safety_plan),
        guarded_route(site, Method::get, "/api/people/{person}/course", with_team,
                      {.summary = "Scores and days over time",
                       .response_schema = schema_of<Course>,
                       .audit = "read.course",
                       .query = {{"weeks", R"({"type":"integer","minimum":1,"maximum":1040})",
                                  "How far back; 12 without it"}}},
                      course),
        guarded_route(site, Method::get, "/api/people/{person}/looked", own,
                      {"Who has looked at the record", nullptr, schema_of<Looked>}, looked),
        guarded_route(site, Method::get, "/api/people/{person}/export", own,
                      {.summary = "The whole record",
                       .response_schema = schema_of<WholeRecord>,
                       .limits = {.rate = RateClass::heavy}},
                      export_record),
    };
}

}  // namespace evenkeel::web
