// evenkeel crisis-contacts import FILE: the region's numbers, with who looked after
// them and when. A wrong number is a hazard, so every fault is named and nothing is
// kept of a file that has one.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/commands.h"
#include "app/report.h"
#include "app/service_data.h"
#include "exchange/csv.h"
#include "exchange/input.h"

namespace evenkeel::app {
namespace {

using care::CrisisContactsSet;
using exchange::CsvTable;

constexpr std::size_t longest_file = std::size_t{1} << 20;

struct Options {
    DataOptions data;
    OutputOptions output;
    std::string file, region, owner, checked_on;
};

// Each row is one contact; region, owner and checked_on are the same in all of them.
Result<Json> tree_of(const CsvTable& table) {
    Faults faults;
    for (const auto& name : table.header()) {
        constexpr std::string_view known[] = {"region", "owner", "checked_on", "name",
                                              "number", "kind",  "hours",      "note"};
        if (std::ranges::find(known, name) == std::end(known)) {
            faults.add("1:1", fmt::format("The column {} is not known. Known here: region, owner, "
                                          "checked_on, name, number, kind, hours, note.",
                                          name));
        }
    }
    JsonObject set;
    JsonList contacts;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        JsonObject contact;
        for (std::size_t i = 0; i < table.header().size(); ++i) {
            const auto cell = table.cell(row, i);
            const auto& name = table.header()[i];
            if (!cell) continue;
            if (name != "region" && name != "owner" && name != "checked_on") {
                contact.emplace_back(name, Json{std::string(*cell)});
                continue;
            }
            const auto at = std::ranges::find(set, name, &JsonObject::value_type::first);
            if (at == set.end()) {
                set.emplace_back(name, Json{std::string(*cell)});
            } else if (*at->second.text() != *cell) {
                faults.add(table.place(row, i), name + " must be the same in every row.");
            }
        }
        contacts.push_back({std::move(contact)});
    }
    if (!faults.none()) return faults.error();
    set.emplace_back("contacts", Json{std::move(contacts)});
    return Json{std::move(set)};
}

// "/contacts/2/number" of a table -> its line and column.
Error placed(const Error& error, const CsvTable& table) {
    Faults faults;
    for (const auto& each : error.problems()) {
        std::string where = each.where;
        constexpr std::string_view prefix = "/contacts/";
        const auto slash = where.find('/', prefix.size());
        if (where.starts_with(prefix) && slash != std::string::npos) {
            const auto row =
                exchange::parse_whole(where.substr(prefix.size(), slash - prefix.size()));
            const auto name = where.substr(slash + 1);
            if (row && static_cast<std::size_t>(*row) < table.n_rows()) {
                const auto at = static_cast<std::size_t>(*row);
                const auto column = table.column(name);
                where = column ? fmt::format("{} {}", table.place(at, *column), name)
                               : fmt::format("{} {}", table.line(at), name);
            }
        }
        faults.add(where, each.message);
    }
    return faults.error(error.fault);
}

void put(Json& tree, const char* name, const std::string& value) {
    auto* object = std::get_if<JsonObject>(&tree.value);
    if (object == nullptr || value.empty()) return;
    std::erase_if(*object, [&](const auto& each) { return each.first == name; });
    object->emplace_back(name, Json{value});
}

Result<CrisisContactsSet> read_set(Json tree, const Options& options, Instant now) {
    put(tree, "region", options.region);
    put(tree, "owner", options.owner);
    put(tree, "checked_on", options.checked_on);
    TRY(auto set, exchange::read_json<CrisisContactsSet>(tree));
    Faults faults;
    care::check(set, faults);
    // A day ahead of UTC is today somewhere.
    if (set.checked_on > std::chrono::floor<std::chrono::days>(now) + std::chrono::days{1}) {
        faults.add("/checked_on", "This day is still to come. Give the day of the last check.");
    }
    if (!faults.none()) return faults.error();
    return set;
}

Result<CrisisContactsSet> read_contacts(const Options& options, Instant now) {
    TRY(const auto text, exchange::read_input(options.file, longest_file));
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start != std::string::npos && text[start] == '{') {
        TRY(const auto tree, exchange::parse_json(text));
        return read_set(tree, options, now);
    }
    TRY(const auto table, exchange::parse_csv(text));
    TRY(const auto tree, tree_of(table));
    const auto set = read_set(tree, options, now);
    if (!set.ok()) return placed(set.error(), table);
    return set;
}

Result<Exit> run_import(const Options& options, const Surroundings& at) {
    const SystemClock clock;
    TRY(const auto set, read_contacts(options, clock.now()));
    TRY(const auto data, open_service(options.data));
    TRY(const auto before, data->keeper->organisation());
    TRY(const auto after,
        data->keeper->write_organisation(set, {}, audit_row(data->clock, "write.crisis_contacts")));
    Report report;
    report.method = "Crisis contacts of the region; dial each number before you rely on it.";
    report.source = options.file;
    report.n = set.contacts.size();
    report.more = {{"region", {set.region}},
                   {"owner", {set.owner}},
                   {"checked_on", {to_string(set.checked_on)}}};
    report.columns = {"name", "number", "kind"};
    for (const auto& each : set.contacts) {
        report.rows.push_back({{each.name}, {each.number}, {std::string(name_of(each.kind))}});
    }
    if (after.settings && after.settings->region != set.region) {
        report.warnings.push_back(fmt::format("The service's region is {}, these are for {}.",
                                              after.settings->region, set.region));
    }
    if (before.contacts) report.warnings.emplace_back("The contacts before were replaced.");
    return write_report(report, options.output, at);
}

}  // namespace

Action crisis_contacts_import(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_output(command, options->output);
    command.add_option("FILE", options->file, "CSV or JSON")->required();
    command.add_option("--region", options->region, "Instead of the file's");
    command.add_option("--owner", options->owner, "Who keeps them up to date");
    command.add_option("--checked-on", options->checked_on, "The day of the last check");
    return [options](const Surroundings& at) { return run_import(*options, at); };
}

}  // namespace evenkeel::app
