#include "web/views/plan_view.h"

#include <algorithm>

#include "web/views/advice_view.h"

namespace evenkeel::web {
namespace {

std::string name_of_option(const Site& site, const std::string& id) {
    const auto& book = site.knowledge.rules;
    const auto found = guidance::option_named(book, id);
    return found ? book.options[*found].name : id;
}

PlanMethodView method_view(const Site& site, const care::PlanMethod& method) {
    const auto& book = site.knowledge.rules;
    PlanMethodView out;
    static_cast<care::PlanMethod&>(out) = method;
    out.name = name_of_option(site, method.option);
    const auto position = method.rule ? guidance::rule_named(book, *method.rule) : std::nullopt;
    if (!position) return out;
    const auto& rule = book.rules[*position];
    out.plain = rule.plain;
    out.source = source_in_words(site, rule.citation);
    out.section = rule.citation.page;
    return out;
}

PlanItemView item_view(const Site& site, const record::PlanItemState& state, Names& names) {
    const auto& parts = state.parts;
    PlanItemView out{.item = state.item,
                     .problem = parts.problem.value_or(""),
                     .goal = parts.goal.value_or(care::PlanGoal{}),
                     .method = {},
                     .measure = parts.measure,
                     .measure_title = {},
                     .review_on = parts.review_on,
                     .responsible = parts.responsible,
                     .responsible_name = names.of(parts.responsible.value_or(Id{})),
                     .standing = parts.standing.value_or(care::PlanStanding::going_on),
                     .ratings = state.ratings};
    if (parts.method) out.method = method_view(site, *parts.method);
    if (parts.measure) {
        const auto* instrument = site.keeper.instruments().find(*parts.measure);
        out.measure_title = instrument == nullptr ? *parts.measure : instrument->title;
    }
    return out;
}

PlanVersionView version_view(const Site& site, const record::TreatmentPlanState& plan,
                             Names& names) {
    PlanVersionView out{
        .version = plan.version, .at = plan.at, .by = names.of(plan.by), .items = {}, .answer = {}};
    for (const auto& each : plan.items) out.items.push_back(item_view(site, each, names));
    if (plan.answer && plan.answer->answer.plan == plan.version) {
        out.answer = {plan.answer->answer.answer, plan.answer->answer.words, plan.answer->at};
    }
    return out;
}

void add_choices(const Site& site, const record::PersonState& state, TreatmentPlanView& out,
                 Names& names, Instant now) {
    for (const auto& each : state.relations) {
        const bool of_team = each.current(now) && care::is_clinician(each.role) &&
                             care::giver_of(each.basis) == care::Giver::team;
        const auto id = to_string(each.staff);
        const bool known = std::ranges::count(out.team, id, &NamedChoice::id) > 0;
        if (of_team && !known) out.team.push_back({id, names.of(each.staff)});
    }
    for (const auto& each : site.knowledge.rules.options)
        out.options.push_back({each.id, each.name});
    for (const auto& [id, instrument] : site.knowledge.instruments) {
        out.measures.push_back({id, instrument->title});
    }
}

}  // namespace

TreatmentPlanView plan_of(const Site& site, const record::PersonState& state, Eyes eyes,
                          Names& names, Instant now) {
    TreatmentPlanView out;
    if (state.plan) {
        static_cast<PlanVersionView&>(out) = version_view(site, *state.plan, names);
    }
    for (const auto& each : state.preferences) {
        PreferenceView view;
        static_cast<care::Preference&>(view) = each.preference;
        view.name = name_of_option(site, each.preference.option);
        view.at = each.at;
        view.own = each.own;
        out.preferences.push_back(std::move(view));
    }
    if (eyes == Eyes::care_team) add_choices(site, state, out, names, now);
    return out;
}

PlanVersions versions_of(const Site& site, const std::vector<record::Entry>& entries, Names& names,
                         std::size_t most) {
    PlanVersions out;
    record::PersonState state;
    for (const auto& entry : entries) {
        const auto before = state.plan ? state.plan->version : 0;
        if (const auto* change = std::get_if<care::PlanChange>(&entry.body)) {
            record::fold(state, entry, *change);
        } else if (const auto* answer = std::get_if<care::PlanAnswer>(&entry.body)) {
            record::fold(state, entry, *answer);
        } else {
            continue;
        }
        if (!state.plan) continue;
        auto view = version_view(site, *state.plan, names);
        if (before == state.plan->version && !out.versions.empty()) {
            out.versions.front() = std::move(view);  // an answer to it
        } else {
            out.versions.insert(out.versions.begin(), std::move(view));
            if (out.versions.size() > most) out.versions.pop_back();
        }
    }
    return out;
}

}  // namespace evenkeel::web
