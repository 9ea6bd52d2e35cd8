// Assessment, advice and treatment plan of a person. All of them are written as entries.

#include "store/codec.h"
#include "web/views/advice_view.h"
#include "web/views/plan_view.h"

namespace evenkeel::web {
namespace {

using care::Role;

constexpr std::size_t versions_shown = 20;

Eyes eyes_of(const Call& call) {
    return call.who().account.person == call.person ? Eyes::own : Eyes::care_team;
}

Result<Response> assessment(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    return reply(assessment_of(call.site, state, call.now));
}

Result<Response> advice(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    return reply(advice_of(call.site, state, eyes_of(call), call.now));
}

Result<Response> plan(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    Names names(call.site);
    return reply(plan_of(call.site, state, eyes_of(call), names, call.now));
}

Result<Response> versions(Call& call) {
    std::vector<store::StoredEntry> stored;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(stored, reading.entries(call.person));
        return Done{};
    }));
    std::vector<record::Entry> entries;
    for (const auto& each : stored) {
        if (each.kind != care::PlanChange::kind && each.kind != care::PlanAnswer::kind) continue;
        TRY(auto entry, store::entry_of(each));
        entries.push_back(std::move(entry));
    }
    Names names(call.site);
    return reply(versions_of(call.site, entries, names, versions_shown));
}

}  // namespace

std::vector<Route> plan_routes(Site& site) {
    using exchange::schema_of;
    const std::initializer_list<Role> team = {Role::therapist,      Role::supervisor,
                                              Role::prescriber,     Role::specialist,
                                              Role::duty_clinician, Role::group_co_leader};
    const auto related = Access::person("staff in a relation to the person", team, false);
    const auto with_team = Access::person("the person, and staff in a relation to them", team);
    return {
        guarded_route(site, Method::get, "/api/people/{person}/assessment", related,
                      {.summary = "What is known for choosing a treatment",
                       .response_schema = schema_of<AssessmentView>,
                       .audit = "read.assessment"},
                      assessment),
        guarded_route(site, Method::get, "/api/people/{person}/advice", with_team,
                      {.summary = "Recommendations that apply, why, and what would change them",
                       .response_schema = schema_of<AdviceView>,
                       .audit = "read.advice"},
                      advice),
        guarded_route(site, Method::get, "/api/people/{person}/plan", with_team,
                      {.summary = "The treatment plan",
                       .response_schema = schema_of<TreatmentPlanView>,
                       .audit = "read.plan"},
                      plan),
        guarded_route(site, Method::get, "/api/people/{person}/plan/versions", related,
                      {.summary = "The last 20 versions of the treatment plan",
                       .response_schema = schema_of<PlanVersions>,
                       .audit = "read.plan"},
                      versions),
    };
}

}  // namespace evenkeel::web
