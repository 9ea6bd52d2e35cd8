// evenkeel export --person ID: everything the record holds about one person, as one
// JSON document for machines and, with --readable, one page for people.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <ostream>

#include "app/commands.h"
#include "app/own_measures.h"
#include "app/readable_export.h"
#include "app/report.h"
#include "app/service_data.h"
#include "exchange/output.h"
#include "store/codec.h"
#include "store/keeper.h"

namespace evenkeel::app {
namespace {

struct Options {
    DataOptions data;
    std::string person, out, readable;
    bool json = false;
};

Result<PersonExport> gather(store::Reading& reading, const Id& person) {
    PersonExport found{.person = person};
    auto stored = reading.entries(person);
    if (!stored.ok() && stored.error().fault == Fault::not_found) {
        return Error{Fault::not_found, "--person", "This record was erased.", {}};
    }
    CHECK_OK(stored);
    if (stored.value().empty() || person == store::organisation_stream()) {
        return Error{Fault::not_found, "--person", "There is no such person.", {}};
    }
    for (auto& each : stored.value()) {
        TRY(auto body, exchange::parse_json(each.body));
        found.entries.push_back({std::move(each), std::move(body)});
    }
    TRY(const auto accounts, reading.accounts());
    for (const auto& each : accounts) {
        found.names[each.id] = each.name.empty() ? each.role : each.name;
        if (each.person == person) found.accounts.push_back(each);
    }
    TRY(found.audit, reading.audit_of_person(person, SIZE_MAX));
    std::map<std::string, bool> series;
    for (const auto& each : found.entries) {
        TRY(const auto entry, store::entry_of(each.stored));
        for (const auto& number : record::numbers_of(entry)) series[number.series] = true;
    }
    for (const auto& [name, unused] : series) {
        TRY(found.numbers[name], store::numbers_of(reading, person, name));
    }
    return found;
}

Json text_or_null(const std::optional<std::string>& text) {
    return text ? Json{*text} : Json{};
}

Json entry_json(const ExportedEntry& entry) {
    const auto& [stored, body] = entry;
    JsonObject out{{"id", {to_string(stored.id)}},
                   {"seq", {static_cast<std::int64_t>(stored.seq)}},
                   {"kind", {stored.kind}},
                   {"version", {static_cast<std::int64_t>(stored.version)}},
                   {"effective_at", {to_string(stored.effective_at)}},
                   {"recorded_at", {to_string(stored.recorded_at)}},
                   {"author", {to_string(stored.author)}}};
    if (stored.supersedes) out.emplace_back("supersedes", Json{to_string(*stored.supersedes)});
    // zone, role and data as they were sealed
    for (const auto& member : *body.object()) out.push_back(member);
    return {std::move(out)};
}

Json document(const PersonExport& found, Instant now) {
    JsonList entries, accounts, audit;
    for (const auto& each : found.entries) entries.push_back(entry_json(each));
    for (const auto& each : found.accounts) {
        accounts.push_back({JsonObject{{"id", {to_string(each.id)}},
                                       {"role", {each.role}},
                                       {"name", {each.name}},
                                       {"email", {each.email}},
                                       {"active", {each.active}}}});
    }
    for (const auto& each : found.audit) {
        audit.push_back({JsonObject{{"at", {to_string(each.at)}},
                                    {"actor", {to_string(each.actor)}},
                                    {"action", {each.action}},
                                    {"outcome", {each.outcome}},
                                    {"reason", text_or_null(each.reason)}}});
    }
    JsonObject numbers, people;
    for (const auto& [series, points] : found.numbers) {
        JsonList list;
        for (const auto& point : points) {
            list.push_back({JsonObject{{"at", {to_string(point.at)}}, {"value", {point.value}}}});
        }
        numbers.emplace_back(series, Json{std::move(list)});
    }
    for (const auto& [id, name] : found.names) {
        if (found.is_named(id)) people.emplace_back(to_string(id), Json{name});
    }
    return {JsonObject{{"method", {std::string("Every entry of the person's stream, opened.")}},
                       {"source", {std::string("record.db")}},
                       {"n", {static_cast<std::int64_t>(found.entries.size())}},
                       {"warnings", {JsonList{}}},
                       {"format", {std::string("evenkeel-person-1")}},
                       {"exported_at", {to_string(now)}},
                       {"person", {to_string(found.person)}},
                       {"accounts", {std::move(accounts)}},
                       {"authors", {std::move(people)}},
                       {"entries", {std::move(entries)}},
                       {"numbers", {std::move(numbers)}},
                       {"accesses", {std::move(audit)}}}};
}

// For the words of questionnaires.
Result<knowledge::Knowledge> known_instruments(const std::filesystem::path& program,
                                               const std::filesystem::path& data) {
    TRY(const auto folder, knowledge::find_knowledge_folder(program));
    TRY(auto known, knowledge::load_knowledge(folder));
    CHECK_OK(add_own_measures(data, known));
    return known;
}

Result<Exit> run_export(const Options& options, const Surroundings& at) {
    const auto person = parse_id(options.person);
    if (!person) {
        return Error{Fault::invalid_input,
                     "--person",
                     "Give the person's id, as the caseload's address shows it.",
                     {}};
    }
    TRY(const auto data, open_service(options.data));
    PersonExport found;
    CHECK_OK(data->store->read([&](store::Reading& reading) -> Status {
        TRY(found, gather(reading, *person));
        return Done{};
    }));
    const Instant now = data->clock.now();
    const auto text = exchange::write_json(document(found, now)) + "\n";
    if (!options.readable.empty()) {
        TRY(auto known, known_instruments(at.program, data->folder));
        const auto find = [&](std::string_view id) { return known.instrument(id); };
        CHECK_OK(exchange::write_whole_file(options.readable, readable_page(found, find, now)));
    }
    if (!options.out.empty()) CHECK_OK(exchange::write_whole_file(options.out, text));
    // An export leaves the house: that is an access like any other.
    auto row = audit_row(data->clock, "system.export");
    row.person = *person;
    CHECK_OK(data->store->write([&](store::Writing& writing) { return writing.audit(row); }));
    if (options.out.empty() && (options.json || options.readable.empty())) {
        at.out << text;
    } else {
        at.out << fmt::format("{} entries of {} exported.\n", found.entries.size(), options.person);
    }
    return Exit::done;
}

}  // namespace

Action export_command(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    command.add_flag("--json", options->json, "The document on standard output (the default)");
    command.add_option("--person", options->person, "The person's id")->required();
    command.add_option("--out", options->out, "Write the JSON document here")->type_name("FILE");
    command.add_option("--readable", options->readable, "Also write a page to read or print")
        ->type_name("FILE.html");
    return [options](const Surroundings& at) { return run_export(*options, at); };
}

}  // namespace evenkeel::app
