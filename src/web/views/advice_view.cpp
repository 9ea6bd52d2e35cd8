#include "web/views/advice_view.h"

#include <algorithm>

#include "guidance/rule_words.h"

namespace evenkeel::web {
namespace {

using guidance::FactKind;
using guidance::KnownFacts;
using guidance::RuleBook;

// Its rules offer nothing: they say that a clinician reviews the plan first.
constexpr std::string_view before_any_plan = "evenkeel";

std::optional<std::string> if_any(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

bool sends_to_clinician(const RuleBook& book, std::size_t fact) {
    return std::ranges::any_of(book.rules, [&](const auto& rule) {
        return rule.guideline == before_any_plan &&
               std::ranges::any_of(rule.when, [&](const auto& clause) {
                   return std::ranges::count(clause, fact, &guidance::Test::fact) > 0;
               });
    });
}

FactView fact_view(const RuleBook& book, std::size_t position) {
    const auto& fact = book.facts[position];
    FactView out{.fact = fact.id,
                 .says = fact.says,
                 .group = fact.group,
                 .kind = fact.kind == FactKind::flag     ? "flag"
                         : fact.kind == FactKind::number ? "number"
                                                         : "choice",
                 .values = {},
                 .min = {},
                 .max = {},
                 .of_record = !fact.filled_from.empty(),
                 .to_clinician = sends_to_clinician(book, position),
                 .value = {},
                 .told_by = {},
                 .at = {}};
    if (fact.kind == FactKind::number) {
        out.min = fact.min;
        out.max = fact.max;
    } else {
        for (int value = fact.max; value >= fact.min; --value) {
            out.values.push_back(guidance::in_words(fact, value));
        }
        if (fact.kind == FactKind::choice) std::ranges::reverse(out.values);
    }
    return out;
}

class Writer {
  public:
    Writer(const Site& site, const record::PersonState& state, Eyes eyes, Instant now)
        : site_(site),
          book_(site.knowledge.rules),
          state_(state),
          own_(eyes == Eyes::own),
          known_(record::known_facts(state, book_, now)) {}

    [[nodiscard]] AdviceView advice(Instant now) const {
        const auto found = guidance::advise(book_, known_);
        AdviceView out{.as_of = now, .rules = {}, .undecided = {}, .would_change = {}};
        for (const auto& each : found.fired) out.rules.push_back(rule(each));
        if (own_) return out;
        for (const auto& each : found.undecided) out.undecided.push_back(undecided(each));
        for (const auto& each : found.near) {
            const auto& near = book_.rules[each.rule];
            out.would_change.push_back({near.id, near.says, reason(each.test)});
        }
        return out;
    }

  private:
    [[nodiscard]] ReasonView reason(const guidance::Test& test) const {
        const auto& fact = book_.facts[test.fact];
        const auto& value = known_[test.fact];
        return {.says = fact.says,
                .value = value ? guidance::in_words(fact, *value) : "",
                .needs = guidance::needs(fact, test)};
    }

    [[nodiscard]] UndecidedRuleView undecided(const guidance::Undecided& each) const {
        const auto& rule = book_.rules[each.rule];
        UndecidedRuleView out{.rule = rule.id, .recommendation = rule.says, .missing = {}};
        for (const auto fact : each.missing) out.missing.push_back(book_.facts[fact].says);
        return out;
    }

    [[nodiscard]] RuleView rule(const guidance::Finding& finding) const {
        const auto& rule = book_.rules[finding.rule];
        RuleView out{.rule = rule.id,
                     .guideline = rule.guideline,
                     .recommendation = own_ ? std::nullopt : std::optional{rule.says},
                     .plain = rule.plain,
                     .strength = if_any(rule.strength),
                     .note = own_ ? std::nullopt : if_any(rule.note),
                     .source = source_in_words(site_, rule.citation),
                     .section = rule.citation.page,
                     .to_be_verified = rule.citation.to_be_verified,
                     .why = {},
                     .options = {},
                     .against = {}};
        for (const auto& test : finding.why) {
            if (!own_) out.why.push_back(reason(test));
        }
        for (const auto position : finding.offers) out.options.push_back(option(rule, position));
        for (const auto each : rule.against) out.against.push_back(book_.options[each].name);
        return out;
    }

    [[nodiscard]] OptionView option(const guidance::Rule& rule, std::size_t position) const {
        const auto& offer = rule.offers[position];
        const auto& option = book_.options[offer.option];
        const bool decided = holds(offer.when, known_) == guidance::Truth::yes;
        OptionView out{.option = option.id,
                       .name = option.name,
                       .detail = if_any(offer.detail),
                       .only_if = {},
                       .to_be_verified = offer.to_be_verified,
                       .effects = {},
                       .preference = {}};
        if (!decided) out.only_if = guidance::in_words(book_, offer.when);
        for (std::optional at = offer.option; at; at = book_.options[*at].is_a) {
            for (const auto& effect : book_.options[*at].effects) {
                out.effects.push_back({.name = book_.options[*at].name,
                                       .against = effect.against,
                                       .measure = effect.measure,
                                       .estimate = effect.estimate,
                                       .lower = effect.from,
                                       .upper = effect.to,
                                       .bounds = effect.interval_is,
                                       .source = site_.knowledge.cite(effect.citation)});
            }
        }
        for (const auto& each : state_.preferences) {
            if (each.preference.option == option.id) out.preference = each.preference;
        }
        return out;
    }

    const Site& site_;
    const RuleBook& book_;
    const record::PersonState& state_;
    bool own_;
    KnownFacts known_;
};

}  // namespace

AssessmentView assessment_of(const Site& site, const record::PersonState& state, Instant now) {
    const auto& book = site.knowledge.rules;
    AssessmentView out;
    for (std::size_t i = 0; i < book.facts.size(); ++i) {
        const auto& fact = book.facts[i];
        auto view = fact_view(book, i);
        if (view.of_record) {
            const auto value = record::filled_in(state, fact, now);
            if (value) view.value = guidance::in_words(fact, *value);
        }
        for (const auto& told : state.facts) {
            if (told.fact != fact.id || !told.value) continue;
            view.value = told.value;
            view.told_by = told.told_by;
            view.at = told.at;
        }
        out.facts.push_back(std::move(view));
    }
    return out;
}

AdviceView advice_of(const Site& site, const record::PersonState& state, Eyes eyes, Instant now) {
    return Writer(site, state, eyes, now).advice(now);
}

std::string source_in_words(const Site& site, const measures::Citation& citation) {
    const auto found = site.knowledge.sources.find(citation.source);
    return found == site.knowledge.sources.end() ? citation.source : found->second.in_words();
}

}  // namespace evenkeel::web
