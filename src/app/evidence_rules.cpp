// `evidence rules`: which guideline rules hold for a described person, why, and what would change
// that; without a person, the rules and the facts they ask for. The method is in guidance/rules.h.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <set>

#include "app/commands.h"
#include "app/knowledge_option.h"
#include "app/report.h"
#include "exchange/input.h"
#include "guidance/rule_words.h"
#include "knowledge/guidelines.h"

namespace evenkeel::app {
namespace {

using guidance::Fact;
using guidance::FactKind;
using guidance::in_words;
using guidance::KnownFacts;
using guidance::needs;
using guidance::RuleBook;
using knowledge::Knowledge;

struct Options {
    std::string person, knowledge;
    OutputOptions output;
};

constexpr std::size_t max_person_bytes = 1 << 20;

Json text(std::string words) {
    return {std::move(words)};
}

Json text_or_null(const std::string& words) {
    return words.empty() ? Json{} : Json{words};
}

Json value_json(const Fact& fact, int value) {
    if (fact.kind == FactKind::flag) return {value == 1};
    if (fact.kind == FactKind::choice) return {fact.values[static_cast<std::size_t>(value)]};
    return {static_cast<std::int64_t>(value)};
}

class Writer {
  public:
    explicit Writer(const Knowledge& knowledge) : knowledge_(knowledge), book_(knowledge.rules) {}

    Json rule(const guidance::Rule& rule, Json why) const {
        JsonList against;
        for (const auto option : rule.against) against.push_back({book_.options[option].name});
        return {JsonObject{{"rule", text(rule.id)},
                           {"guideline", text(rule.guideline)},
                           {"recommendation", text(rule.says)},
                           {"why", std::move(why)},
                           {"against", {std::move(against)}},
                           {"plain", text(rule.plain)},
                           {"strength", text_or_null(rule.strength)},
                           {"note", text_or_null(rule.note)},
                           {"source", text(source_of(rule.citation))},
                           {"section", text(rule.citation.page)},
                           {"to_be_verified", {rule.citation.to_be_verified}}}};
    }

    Json why(const guidance::Clause& clause, const KnownFacts& person) const {
        JsonList out;
        for (const auto& test : clause) {
            const auto& fact = book_.facts[test.fact];
            out.push_back({JsonObject{{"fact", text(fact.id)},
                                      {"says", text(fact.says)},
                                      {"value", value_json(fact, person[test.fact].value_or(0))},
                                      {"needs", text(needs(fact, test))}}});
        }
        return {std::move(out)};
    }

    // Those of one rule in their published order.
    void offers(const guidance::Finding& finding, const KnownFacts& person, JsonList& out) const {
        const auto& rule = book_.rules[finding.rule];
        for (const auto position : finding.offers) {
            const auto& offer = rule.offers[position];
            const bool decided = holds(offer.when, person) == guidance::Truth::yes;
            out.push_back(
                {JsonObject{{"rule", text(rule.id)},
                            {"order", json_whole(position + 1)},
                            {"option", text(book_.options[offer.option].id)},
                            {"name", text(book_.options[offer.option].name)},
                            {"detail", text_or_null(offer.detail)},
                            {"only_if", text_or_null(decided ? "" : in_words(book_, offer.when))},
                            {"to_be_verified", {offer.to_be_verified}}}});
        }
    }

    void effects(const guidance::Option& option, JsonList& out) const {
        for (const auto& effect : option.effects) {
            out.push_back(
                {JsonObject{{"option", text(option.id)},
                            {"against", text(effect.against)},
                            {"measure", text(effect.measure)},
                            {"estimate", effect.estimate ? json_number(*effect.estimate) : Json{}},
                            {"lower", json_number(effect.from)},
                            {"upper", json_number(effect.to)},
                            {"bounds", text(effect.interval_is)},
                            {"source", text(knowledge_.cite(effect.citation))},
                            {"to_be_verified", {effect.citation.to_be_verified}}}});
        }
    }

  private:
    [[nodiscard]] std::string source_of(const measures::Citation& citation) const {
        const auto found = knowledge_.sources.find(citation.source);
        return found == knowledge_.sources.end() ? citation.source : found->second.in_words();
    }

    const Knowledge& knowledge_;
    const RuleBook& book_;
};

Report catalogue(const Knowledge& knowledge) {
    const auto& book = knowledge.rules;
    Report report;
    JsonList facts, rules;
    for (const auto& fact : book.facts) {
        Json values{fact.kind == FactKind::flag ? "true or false"
                    : fact.kind == FactKind::number
                        ? fmt::format("{} to {}", fact.min, fact.max)
                        : fmt::format("{}", fmt::join(fact.values, ", "))};
        facts.push_back({JsonObject{
            {"fact", text(fact.id)}, {"values", std::move(values)}, {"says", text(fact.says)}}});
    }
    const Writer writer(knowledge);
    for (const auto& rule : book.rules) {
        rules.push_back(writer.rule(rule, text(in_words(book, rule.when))));
    }
    report.n = book.rules.size();
    report.more = {{"rules", {std::move(rules)}}, {"facts", {std::move(facts)}}};
    return report;
}

Result<KnownFacts> read_person(const std::string& path, const RuleBook& book) {
    TRY(const auto bytes, exchange::read_input(path, max_person_bytes));
    TRY(const auto json, exchange::parse_json(bytes));
    return knowledge::read_known_facts(book, json);
}

Report advice(const Knowledge& knowledge, const KnownFacts& person) {
    const auto& book = knowledge.rules;
    const Writer writer(knowledge);
    const auto found = guidance::advise(book, person);
    Report report;
    JsonList rules, offers, effects, undecided, near;
    std::set<std::size_t> offered;  // and what these are kinds of
    for (const auto& each : found.fired) {
        rules.push_back(writer.rule(book.rules[each.rule], writer.why(each.why, person)));
        writer.offers(each, person, offers);
        for (const auto position : each.offers) {
            for (std::optional at = book.rules[each.rule].offers[position].option; at;
                 at = book.options[*at].is_a) {
                offered.insert(*at);
            }
        }
    }
    for (const auto option : offered) writer.effects(book.options[option], effects);
    for (const auto& each : found.undecided) {
        JsonList missing;
        for (const auto fact : each.missing) missing.push_back({book.facts[fact].id});
        undecided.push_back({JsonObject{{"rule", text(book.rules[each.rule].id)},
                                        {"missing", {std::move(missing)}}}});
    }
    for (const auto& each : found.near) {
        const auto& fact = book.facts[each.test.fact];
        near.push_back({JsonObject{{"rule", text(book.rules[each.rule].id)},
                                   {"fact", text(fact.id)},
                                   {"value", value_json(fact, person[each.test.fact].value_or(0))},
                                   {"needs", text(needs(fact, each.test))}}});
    }
    report.n = found.fired.size();
    if (!found.undecided.empty()) {
        report.warnings.push_back(
            fmt::format("{} rules are undecided: facts that they ask for were not told.",
                        found.undecided.size()));
    }
    report.more = {{"rules", {std::move(rules)}},
                   {"offers", {std::move(offers)}},
                   {"effects", {std::move(effects)}},
                   {"undecided", {std::move(undecided)}},
                   {"would_change", {std::move(near)}}};
    return report;
}

Result<Exit> run_rules(const Options& options, const Surroundings& at) {
    TRY(const auto knowledge, load_named_knowledge(options.knowledge, at));
    Report report;
    if (options.person.empty()) {
        report = catalogue(knowledge);
    } else {
        TRY(const auto person, read_person(options.person, knowledge.rules));
        report = advice(knowledge, person);
    }
    report.has_rows = false;
    report.method =
        "Guideline rules as data: a rule holds when every fact of one of its clauses does; with a "
        "fact that was not told it is undecided. A recommendation to talk about, not a decision.";
    report.source = "knowledge/guidelines; each rule names its own.";
    const auto unverified = std::ranges::count_if(
        knowledge.rules.rules, [](const auto& rule) { return rule.citation.to_be_verified; });
    report.warnings.push_back(
        fmt::format("{} of {} rules are marked: to be verified by a clinician.", unverified,
                    knowledge.rules.rules.size()));
    return write_report(report, options.output, at);
}

}  // namespace

Action evidence_rules(CLI::App& command) {
    auto options = std::make_shared<Options>();
    command
        .add_option("--person", options->person,
                    "Facts of a person as JSON; without it the rules and the facts are listed")
        ->type_name("FILE.json");
    declare_knowledge(command, options->knowledge);
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_rules(*options, at); };
}

}  // namespace evenkeel::app
