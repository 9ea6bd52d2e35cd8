#include "record/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "guidance/rule_words.h"

namespace evenkeel::record {
namespace {

using guidance::RuleBook;

template <class Find>
std::optional<std::size_t> in_book(const Context& context, Find find, std::string_view id) {
    return context.rules == nullptr ? std::nullopt : find(*context.rules, id);
}

constexpr std::string_view unknown_option =
    "This option is not known here. Choose one from the list.";

void check_method(const care::PlanMethod& method, const Context& context, Faults& faults) {
    const auto option = in_book(context, guidance::option_named, method.option);
    if (!option) return faults.add("/method/option", std::string(unknown_option));
    if (!method.rule) return;
    const auto rule = in_book(context, guidance::rule_named, *method.rule);
    const bool offers =
        rule && std::ranges::any_of(context.rules->rules[*rule].offers, [&](const auto& each) {
            return guidance::is_kind_of(*context.rules, *option, each.option);
        });
    if (offers) return;
    faults.add("/method/rule",
               "This recommendation does not offer that option. Choose another option, or leave "
               "the recommendation out and say why.");
}

// Somebody of the care team now, who can still sign in.
bool may_be_responsible(const PersonState& state, const Id& account, const Context& context) {
    const bool in_team = std::ranges::any_of(state.relations, [&](const auto& each) {
        return each.staff == account && each.current(context.now) &&
               care::giver_of(each.basis) == care::Giver::team && care::is_clinician(each.role);
    });
    return in_team && (!context.is_active || context.is_active(account));
}

void check_parts(const PersonState& state, const care::PlanChange& body, const Context& context,
                 Faults& faults) {
    if (body.method) check_method(*body.method, context, faults);
    if (body.measure && context.instrument(*body.measure) == nullptr) {
        faults.add("/measure", "This questionnaire is not known here. Choose one from the list.");
    }
    if (body.review_on && *body.review_on < local_day(context.now, state.person.zone)) {
        faults.add("/review_on", "This day has passed. Choose today or a later day.");
    }
    if (body.responsible && !may_be_responsible(state, *body.responsible, context)) {
        faults.add("/responsible",
                   "This is nobody of the care team now. Choose somebody from the list.");
    }
}

void check_begin(const TreatmentPlanState* plan, const care::PlanChange& body, Faults& faults) {
    if (plan != nullptr && plan->items.size() >= plan_items_max) {
        faults.add("/item", "This plan has 20 goals already. Let one of them go first.");
    }
    if (!body.problem) faults.add("/problem", "Write what the difficulty is.");
    if (!body.goal) faults.add("/goal", "Write the goal in the person's own words.");
    if (!body.review_on) faults.add("/review_on", "Choose the day on which you look at it again.");
    if (!body.responsible) {
        faults.add("/responsible", "Choose who is responsible. A goal needs a person to turn to.");
    }
}

// The parts that somebody else changed since, to something else.
void find_touched(const PlanItemState& item, const care::PlanChange& body, Faults& faults) {
    care::PlanParts::each([&](std::string_view name, auto part) {
        const auto changed = item.changed.find(std::string(name));
        if (changed == item.changed.end() || changed->second <= body.based_on) return;
        if (!(body.*part) || body.*part == item.parts.*part) return;
        faults.add("/" + std::string(name),
                   "Somebody changed this after you opened the plan. Look at both and choose.");
    });
}

template <class T>
void keep_latest(std::vector<T>& list, std::size_t count) {
    if (list.size() > count) list.erase(list.begin());
}

}  // namespace

Status check(const PersonState&, const Entry&, const care::FactsTold& body,
             const Context& context) {
    Faults faults;
    for (std::size_t i = 0; i < body.facts.size(); ++i) {
        const auto& each = body.facts[i];
        const auto place = fmt::format("/facts/{}", i);
        const auto position = in_book(context, guidance::fact_named, each.fact);
        if (!position) {
            faults.add(place + "/fact", "This is not asked here. Leave it out.");
            continue;
        }
        const auto& fact = context.rules->facts[*position];
        if (!fact.filled_from.empty()) {
            faults.add(place + "/fact",
                       fmt::format("The record itself knows {}. Leave it out here.", fact.says));
        } else if (each.value && !guidance::value_named(fact, *each.value)) {
            faults.add(place + "/value",
                       fmt::format("{}: give {}.", fact.says, guidance::values_in_words(fact)));
        }
    }
    if (body.facts.empty()) faults.add("/facts", "Give at least one answer.");
    if (!faults.none()) return faults.error();
    return Done{};
}

Status check(const PersonState& state, const Entry&, const care::PlanChange& body,
             const Context& context) {
    const auto* plan = state.plan ? &*state.plan : nullptr;
    const auto* item = plan == nullptr ? nullptr : plan->item(body.item);
    Faults faults;
    if (body.based_on > (plan == nullptr ? 0 : plan->version)) {
        faults.add("/based_on", "The plan has no such version. Open it again.");
    }
    if (item == nullptr) check_begin(plan, body, faults);
    check_parts(state, body, context, faults);
    if (!faults.none()) return faults.error();
    if (item != nullptr) find_touched(*item, body, faults);
    if (!faults.none()) return faults.error(Fault::conflict);
    return Done{};
}

Status check(const PersonState& state, const Entry&, const care::PlanAnswer& body, const Context&) {
    if (!state.plan) return Error{Fault::not_found, "", "There is no plan yet.", {}};
    if (body.plan != state.plan->version) {
        return Error{Fault::conflict,
                     "/plan",
                     "The plan has changed since you opened it. Please look at it again.",
                     {}};
    }
    if (body.answer == care::PlanConsent::would_rather && !body.words) {
        return Error{Fault::invalid_input,
                     "/words",
                     "Write in your own words what you would rather have.",
                     {}};
    }
    return Done{};
}

Status check(const PersonState&, const Entry&, const care::Preference& body,
             const Context& context) {
    if (in_book(context, guidance::option_named, body.option)) return Done{};
    return Error{Fault::invalid_input, "/option", std::string(unknown_option), {}};
}

Status check(const PersonState& state, const Entry&, const care::GoalRated& body, const Context&) {
    if (state.plan && state.plan->item(body.item) != nullptr) return Done{};
    return Error{Fault::not_found, "/item", "There is no such goal. Choose one from the plan.", {}};
}

void fold(PersonState& state, const Entry& entry, const care::FactsTold& body) {
    for (const auto& each : body.facts) {
        const auto known = std::ranges::find(state.facts, each.fact, &FactState::fact);
        if (known != state.facts.end()) {
            if (known->at > entry.effective_at) continue;  // told later already
            state.facts.erase(known);
        }
        state.facts.push_back(
            {each.fact, each.value, body.told_by, entry.effective_at, entry.author.account});
    }
}

void fold(PersonState& state, const Entry& entry, const care::PlanChange& body) {
    if (!state.plan) state.plan.emplace();
    auto& plan = *state.plan;
    auto item = std::ranges::find(plan.items, body.item, &PlanItemState::item);
    if (item == plan.items.end()) {
        plan.items.push_back({.item = body.item, .parts = {}, .changed = {}, .ratings = {}});
        item = std::prev(plan.items.end());
        item->parts.standing = care::PlanStanding::going_on;
    }
    care::PlanParts::each([&](std::string_view name, auto part) {
        if (!(body.*part) || body.*part == item->parts.*part) return;
        item->parts.*part = body.*part;
        item->changed[std::string(name)] = entry.seq;
        // What changes nothing makes no new version: who agreed has agreed.
        plan.version = entry.seq;
        plan.at = entry.recorded_at;
        plan.by = entry.author.account;
    });
}

void fold(PersonState& state, const Entry& entry, const care::PlanAnswer& body) {
    if (state.plan) state.plan->answer = PlanAnswerState{body, entry.recorded_at};
}

void fold(PersonState& state, const Entry& entry, const care::Preference& body) {
    auto& all = state.preferences;
    const auto known = std::ranges::find_if(
        all, [&](const auto& each) { return each.preference.option == body.option; });
    if (known != all.end()) {
        if (known->at > entry.effective_at) return;
        all.erase(known);
    }
    all.push_back({body, entry.effective_at, entry.author.role == care::Role::client});
}

void fold(PersonState& state, const Entry& entry, const care::GoalRated& body) {
    if (!state.plan) return;
    const auto item = std::ranges::find(state.plan->items, body.item, &PlanItemState::item);
    if (item == state.plan->items.end()) return;
    auto& ratings = item->ratings;
    const auto place = std::ranges::upper_bound(ratings, entry.effective_at, {}, &GoalRating::at);
    ratings.insert(place, GoalRating{entry.effective_at, body.rating, body.words,
                                     entry.author.role == care::Role::client});
    keep_latest(ratings, ratings_kept);
}

std::optional<int> filled_in(const PersonState& state, const guidance::Fact& fact, Instant now) {
    std::optional<int> value;
    if (fact.filled_from == "born" && state.person.born) {
        const std::chrono::year_month_day born{*state.person.born};
        const std::chrono::year_month_day today{local_day(now, state.person.zone)};
        value = static_cast<int>(today.year()) - static_cast<int>(born.year());
        if (std::pair{today.month(), today.day()} < std::pair{born.month(), born.day()}) --*value;
    } else if (fact.filled_from.starts_with(guidance::score_series) && state.episode) {
        const auto instrument =
            std::string_view(fact.filled_from).substr(guidance::score_series.size());
        for (const auto& each : state.scores) {
            if (each.instrument != instrument || !each.total) continue;
            if (each.at < state.episode->opened_at || each.at > now) continue;
            value = static_cast<int>(std::lround(*each.total));
        }
    }
    if (value && (*value < fact.min || fact.max < *value)) return std::nullopt;
    return value;
}

guidance::KnownFacts known_facts(const PersonState& state, const RuleBook& book, Instant now) {
    guidance::KnownFacts out;
    for (const auto& fact : book.facts) {
        if (!fact.filled_from.empty()) {
            out.push_back(filled_in(state, fact, now));
            continue;
        }
        const auto told = std::ranges::find(state.facts, fact.id, &FactState::fact);
        const bool known = told != state.facts.end() && told->value;
        out.push_back(known ? guidance::value_named(fact, *told->value) : std::nullopt);
    }
    return out;
}

}  // namespace evenkeel::record
