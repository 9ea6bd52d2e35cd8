#include "app/readable_export.h"

#include <fmt/format.h>

#include <algorithm>

#include "exchange/markup.h"
#include "practice/check_in.h"

namespace evenkeel::app {
namespace {

using exchange::escaped;
using exchange::Json;

// "planned_meetings" -> "Planned meetings"
std::string in_words(std::string_view code) {
    std::string out(code);
    std::ranges::replace(out, '_', ' ');
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') {
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
    }
    return out;
}

std::string value_html(const Json& value) {
    if (value.is_null()) return "<i>left out</i>";
    if (const auto* text = value.text()) return escaped(*text);
    if (const auto* truth = std::get_if<bool>(&value.value)) return *truth ? "yes" : "no";
    if (const auto* list = value.list()) {
        if (list->empty()) return "<i>none</i>";
        std::string out = "<ol>";
        for (const auto& each : *list) out += "<li>" + value_html(each) + "</li>";
        return out + "</ol>";
    }
    if (const auto* object = value.object()) {
        std::string out = "<dl>";
        for (const auto& [key, each] : *object) {
            out += fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(in_words(key)), value_html(each));
        }
        return out + "</dl>";
    }
    return escaped(exchange::write_json(value));
}

// "Nearly every day (3)"; a definition without wording gives the number alone.
std::string answer_html(const Json& answer, const measures::Item& item) {
    const auto value = answer.number();
    if (!value) return value_html(answer);
    for (const auto& choice : item.answers) {
        if (choice.value != *value || choice.text.empty()) continue;
        return fmt::format("{} ({})", escaped(choice.text), choice.value);
    }
    return value_html(answer);
}

// A filled questionnaire with the words of its items. Nothing where the definition is not
// known or has another number of items: then the numbers stand as they were written.
std::string answers_html(const Json& data, const FindInstrument& find) {
    const auto* id = data.find("instrument");
    const auto* answers = data.find("answers");
    if (id == nullptr || id->text() == nullptr || answers == nullptr) return {};
    const auto* list = answers->list();
    const auto* instrument = find(*id->text());
    if (list == nullptr || instrument == nullptr || instrument->items.size() != list->size()) {
        return {};
    }
    std::string out = fmt::format("<p>{}</p><dl>", escaped(instrument->title));
    const auto add = [&](const measures::Item& item, const std::string& unnamed,
                         const Json& answer) {
        out +=
            fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(item.text.empty() ? unnamed : item.text),
                        answer_html(answer, item));
    };
    for (std::size_t i = 0; i < list->size(); ++i) {
        add(instrument->items[i], fmt::format("Item {}", i + 1), (*list)[i]);
    }
    const auto* extra = data.find("extra");
    if (extra != nullptr && instrument->extra) add(*instrument->extra, "Also asked", *extra);
    out += "</dl>";
    if (!instrument->licence.credit.empty()) {
        out += fmt::format("<p><small>{}</small></p>", escaped(instrument->licence.credit));
    }
    return out;
}

std::string body_html(const std::string& kind, const Json* data, const FindInstrument& find) {
    if (data == nullptr) return {};
    if (kind == practice::Answers::kind) {
        if (auto words = answers_html(*data, find); !words.empty()) return words;
    }
    return value_html(*data);
}

std::string author_of(const PersonExport& found, const store::StoredEntry& entry) {
    if (entry.author.is_nil()) return "the service";
    const auto at = found.names.find(entry.author);
    return at == found.names.end() ? to_string(entry.author) : at->second;
}

std::string local(Instant at, const Json& body) {
    const auto* zone = body.find("zone");
    const std::string name = zone != nullptr && zone->text() != nullptr ? *zone->text() : "";
    if (!is_zone(name)) return to_string(at);
    return fmt::format("{} {} ({})", to_string(local_day(at, name)),
                       to_string_time_of_day(local_time(at, name)), name);
}

constexpr std::string_view head = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Your record</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
article { border-top: 1px solid #888; padding: .5rem 0; break-inside: avoid }
h2 { font-size: 1.1rem; margin: .25rem 0 } dt { font-weight: 600 } dd { margin: 0 0 .25rem 1rem }
table { border-collapse: collapse } td, th { padding: .1rem .8rem .1rem 0; text-align: left }
</style></head><body>
)";

}  // namespace

bool PersonExport::is_named(const Id& account) const {
    return std::ranges::any_of(entries,
                               [&](const auto& e) { return e.stored.author == account; }) ||
           std::ranges::any_of(audit, [&](const auto& row) { return row.actor == account; }) ||
           std::ranges::any_of(accounts, [&](const auto& own) { return own.id == account; });
}

std::string readable_page(const PersonExport& found, const FindInstrument& find, Instant now) {
    std::string out{head};
    out += fmt::format(
        "<h1>Your record</h1><p>Everything that stands here about you, in the order in which it "
        "was written. {} entries, exported {}.</p>\n",
        found.entries.size(), to_string(now));
    for (const auto& each : found.accounts) {
        out += fmt::format("<p>Account: {}, {}</p>\n", escaped(each.name), escaped(each.email));
    }
    for (const auto& [stored, body] : found.entries) {
        const auto* data = body.find("data");
        out +=
            fmt::format("<article><h2>{}. {}</h2><p>{}, by {}</p>{}</article>\n", stored.seq,
                        escaped(in_words(stored.kind)), escaped(local(stored.effective_at, body)),
                        escaped(author_of(found, stored)), body_html(stored.kind, data, find));
    }
    out += "<h1>Who read and wrote</h1><table><tr><th>When</th><th>Who</th><th>What</th></tr>\n";
    for (const auto& row : found.audit) {
        const auto at = found.names.find(row.actor);
        const auto who = row.actor.is_nil()        ? std::string("the service")
                         : at == found.names.end() ? to_string(row.actor)
                                                   : at->second;
        out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", to_string(row.at),
                           escaped(who), escaped(row.action));
    }
    return out + "</table></body></html>\n";
}

}  // namespace evenkeel::app
