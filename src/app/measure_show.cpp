#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "app/commands.h"
#include "app/knowledge_option.h"
#include "app/report.h"

namespace evenkeel::app {
namespace {

using knowledge::Knowledge;
using measures::Instrument;

struct Options {
    std::string id, knowledge;
    OutputOptions output;
};

Json whole(int number) {
    return {static_cast<std::int64_t>(number)};
}
Json text(std::string words) {
    return {std::move(words)};
}

Json text_or_null(const std::string& words) {
    return words.empty() ? Json{} : Json{words};
}

JsonObject cited(const Knowledge& knowledge, const measures::Citation& citation) {
    return {{"source", text(knowledge.cite(citation))},
            {"to_be_verified", {citation.to_be_verified}}};
}

Json with_source(JsonObject object, const Knowledge& knowledge,
                 const measures::Citation& citation) {
    for (auto& each : cited(knowledge, citation)) object.push_back(std::move(each));
    return {std::move(object)};
}

Json item_json(const measures::Item& item) {
    JsonList answers;
    for (const auto& choice : item.answers) {
        answers.push_back({JsonObject{{"value", whole(choice.value)},
                                      {"text", text(choice.text)},
                                      {"loinc", text_or_null(choice.loinc)}}});
    }
    return {JsonObject{{"key", text(item.key)},
                       {"text", text(item.text)},
                       {"loinc", text_or_null(item.loinc)},
                       {"reverse", {item.reverse}},
                       {"may_not_apply", {item.may_not_apply}},
                       {"answers", {std::move(answers)}}}};
}

Json bands_json(const std::vector<measures::Band>& bands, const Knowledge& knowledge) {
    JsonList out;
    for (const auto& band : bands) {
        out.push_back(with_source({{"from", whole(band.scores.min)},
                                   {"to", whole(band.scores.max)},
                                   {"name", text(band.name)}},
                                  knowledge, band.citation));
    }
    return {std::move(out)};
}

Json cutoffs_json(const std::vector<measures::Cutoff>& cutoffs, const Knowledge& knowledge) {
    JsonList out;
    for (const auto& cutoff : cutoffs) {
        const bool up = cutoff.side == measures::Side::at_least;
        JsonObject object{{"score", whole(cutoff.score)},
                          {"side", text(up ? "at_least" : "at_most")},
                          {"meaning", text(cutoff.meaning)}};
        if (cutoff.sensitivity) object.push_back({"sensitivity", {*cutoff.sensitivity}});
        if (cutoff.specificity) object.push_back({"specificity", {*cutoff.specificity}});
        out.push_back(with_source(std::move(object), knowledge, cutoff.citation));
    }
    return {std::move(out)};
}

std::string missing_rule(const Instrument& instrument) {
    const auto& rule = instrument.missing;
    std::string out = "Any missing item: not scorable.";
    if (rule.policy == measures::MissingPolicy::prorate_mean) {
        out = fmt::format("Up to {} missing items take the mean of the others, halves up.",
                          rule.max_missing);
    }
    for (const auto item : rule.required)
        out += fmt::format(" No total without item {}.", item + 1);
    return out;
}

std::string method_of(const Instrument& instrument) {
    switch (instrument.method) {
        case measures::Method::sum:
            return instrument.multiplier == 1
                       ? "Sum of the items"
                       : fmt::format("Sum of the items, times {}", instrument.multiplier);
        case measures::Method::max_groups:
            return "Sum of the largest item of each group";
        case measures::Method::subscales_only:
            return "Subscales only, no total";
    }
    return "";
}

JsonObject definition(const Instrument& instrument, const Knowledge& knowledge) {
    JsonList items, reliability, norms, subscales;
    for (const auto& item : instrument.items) items.push_back(item_json(item));
    for (const auto& each : instrument.reliability) {
        reliability.push_back(with_source({{"kind", text(each.kind)},
                                           {"population", text(each.population)},
                                           {"lower", {each.lower}},
                                           {"upper", {each.upper}}},
                                          knowledge, each.citation));
    }
    for (const auto& each : instrument.norms) {
        norms.push_back(with_source({{"population", text(each.population)},
                                     {"mean", {each.mean}},
                                     {"sd", each.sd ? Json{*each.sd} : Json{}}},
                                    knowledge, each.citation));
    }
    for (const auto& each : instrument.subscales) {
        JsonList positions;
        for (const auto item : each.items) positions.push_back(whole(static_cast<int>(item) + 1));
        subscales.push_back({JsonObject{{"key", text(each.key)},
                                        {"name", text(each.name)},
                                        {"items", {std::move(positions)}},
                                        {"min", whole(each.scores.min)},
                                        {"max", whole(each.scores.max)},
                                        {"bands", bands_json(each.bands, knowledge)},
                                        {"cutoffs", cutoffs_json(each.cutoffs, knowledge)}}});
    }
    const bool lower = instrument.direction == measures::Direction::lower_is_better;
    return {{"id", text(instrument.id)},
            {"version", text(instrument.version)},
            {"hash", text(knowledge.instrument_hash(instrument.id))},
            {"language", text(instrument.language)},
            {"title", text(instrument.title)},
            {"intro", text(instrument.intro)},
            {"licence", text(instrument.licence.text)},
            {"credit", text(instrument.licence.credit)},
            {"recall_days", whole(instrument.recall_days)},
            {"minutes", whole(instrument.minutes)},
            {"loinc_panel", text_or_null(instrument.loinc_panel)},
            {"loinc_total", text_or_null(instrument.loinc_total)},
            {"values",
             {JsonObject{{"min", whole(instrument.values.min)},
                         {"max", whole(instrument.values.max)}}}},
            {"min", whole(instrument.scores.min)},
            {"max", whole(instrument.scores.max)},
            {"direction", text(lower ? "lower_is_better" : "higher_is_better")},
            {"missing", text(missing_rule(instrument))},
            {"rci", instrument.rci ? with_source({{"points", {instrument.rci->points}}}, knowledge,
                                                 instrument.rci->citation)
                                   : text("not available")},
            {"items", {std::move(items)}},
            {"extra", instrument.extra ? item_json(*instrument.extra) : Json{}},
            {"subscales", {std::move(subscales)}},
            {"bands", bands_json(instrument.bands, knowledge)},
            {"cutoffs", cutoffs_json(instrument.cutoffs, knowledge)},
            {"reliability", {std::move(reliability)}},
            {"norms", {std::move(norms)}}};
}

// The items as the rows of a readable page; everything else stands above them.
void describe(const Instrument& instrument, const Knowledge& knowledge, Report& report) {
    report.more = {
        {instrument.id, text(instrument.title)},
        {"licence", text(instrument.licence.text)},
        {"credit", text(instrument.licence.credit)},
        {"score",
         text(fmt::format(
             "{} to {}, {} is better", instrument.scores.min, instrument.scores.max,
             instrument.direction == measures::Direction::lower_is_better ? "lower" : "higher"))},
        {"missing", text(missing_rule(instrument))},
        {"more than chance",
         text(instrument.rci ? fmt::format("{} points ({})", instrument.rci->points,
                                           knowledge.cite(instrument.rci->citation))
                             : "not available")}};
    for (const auto& band : instrument.bands) {
        report.more.push_back(
            {fmt::format("{} to {}", band.scores.min, band.scores.max), text(band.name)});
    }
    report.columns = {"item", "text", "reverse"};
    for (std::size_t i = 0; i < instrument.items.size(); ++i) {
        const auto& item = instrument.items[i];
        report.rows.push_back({whole(static_cast<int>(i) + 1), text(item.text),
                               item.reverse ? text("reversed") : Json{}});
    }
}

Result<Exit> show(const Options& options, const Surroundings& at) {
    TRY(const auto knowledge, load_named_knowledge(options.knowledge, at));
    TRY(const auto* instrument, instrument_named(knowledge, options.id));
    Report report;
    report.method = method_of(*instrument) + ".";
    report.source = knowledge.cite(instrument->scoring_citation);
    report.n = instrument->items.size();
    if (options.output.json) {
        report.has_rows = false;
        report.more = definition(*instrument, knowledge);
    } else {
        describe(*instrument, knowledge, report);
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action measure_show(CLI::App& command) {
    auto options = std::make_shared<Options>();
    command.add_option("ID", options->id, "The questionnaire, as in: measure list")->required();
    declare_knowledge(command, options->knowledge);
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return show(*options, at); };
}

}  // namespace evenkeel::app
