// `import FILE --mapping M.toml`: somebody else's table through the front door: the same
// decisions as a phone's, all rows or none, and the same rows twice add nothing.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/import_rows.h"
#include "app/knowledge_option.h"
#include "app/own_measures.h"
#include "app/report.h"
#include "app/service_data.h"
#include "exchange/input.h"
#include "store/codec.h"

namespace evenkeel::app {
namespace {

struct Options {
    DataOptions data;
    OutputOptions output;
    std::string file, mapping, knowledge;
    bool skip_bad_rows = false;
};

struct Counts {
    std::size_t people_new = 0, people_known = 0, entries_new = 0, entries_known = 0;
};

Result<exchange::CsvTable> read_rows(const std::string& file, const Mapping& mapping) {
    exchange::CsvFormat format;
    if (mapping.file) format = {mapping.file->delimiter.front(), mapping.file->decimal.front()};
    TRY(auto text, exchange::read_input(file));
    return exchange::parse_csv(std::move(text), format);
}

// Before the operator's own measures are known: an id of ours cannot be taken.
Status check_own_id(const Mapping& mapping, const knowledge::Knowledge& shipped) {
    if (!mapping.measure || !mapping.measure->own) return Done{};
    if (shipped.instrument(mapping.measure->own->id) == nullptr) return Done{};
    return Error{Fault::invalid_input,
                 "/measure/own/id",
                 "A questionnaire with this id is known already. Give the measure another id, or "
                 "use `instrument`.",
                 {}};
}

// The instrument of the mapping; an own one is made known here.
Result<const measures::Instrument*> instrument_for(const Mapping& mapping,
                                                   knowledge::Knowledge& known) {
    if (!mapping.measure) return static_cast<const measures::Instrument*>(nullptr);
    if (mapping.measure->instrument) return instrument_named(known, *mapping.measure->instrument);
    const auto& own = *mapping.measure->own;
    if (const auto* stands = known.instrument(own.id)) return stands;
    TRY(auto made, instrument_of(own));
    known.instruments[own.id] = std::make_shared<const measures::Instrument>(std::move(made));
    known.instrument_hashes[own.id] = knowledge::hash_of(exchange::to_json(own) + "\n");
    return known.instrument(own.id);
}

Result<Id> therapist_of(store::Store& store, const std::string& email) {
    std::optional<store::Account> account;
    CHECK_OK(store.read([&](store::Reading& reading) -> Status {
        TRY(account, reading.account_by_email(email));
        return Done{};
    }));
    if (account && account->active && account->role == "therapist") return account->id;
    return Error{Fault::invalid_input,
                 "/person/therapist",
                 fmt::format("No active therapist has the address {}. Add one with: evenkeel user "
                             "add.",
                             email),
                 {}};
}

Result<std::string> questionnaire_for(const Mapping& mapping,
                                      const measures::Instrument* instrument,
                                      const knowledge::Knowledge& known) {
    const bool named = mapping.episode && mapping.episode->questionnaire;
    if (!named && instrument != nullptr) return instrument->id;
    if (named && known.instrument(*mapping.episode->questionnaire) != nullptr) {
        return *mapping.episode->questionnaire;
    }
    return Error{Fault::invalid_input,
                 "/episode/questionnaire",
                 "Name a questionnaire that is known here, so that the chart knows its scale.",
                 {}};
}

// What stands already: the same is counted, something else is a fault of its row.
Status compare(store::Store& store, const ImportPlan& plan, Counts& counts, Faults& faults) {
    return store.read([&](store::Reading& reading) -> Status {
        for (const auto& person : plan.people) {
            TRY(const auto standing, reading.standing(person.person));
            if (!standing) {
                ++counts.people_new;
                counts.entries_new += person.entries.size();
                continue;
            }
            ++counts.people_known;
            for (const auto& [command, line] : person.entries) {
                TRY(const auto stands, reading.entry(command.id));
                if (!stands) {
                    ++counts.entries_new;
                    continue;
                }
                TRY(const auto entry, store::entry_of(*stands));
                if (entry.body == command.body) {
                    ++counts.entries_known;
                    continue;
                }
                faults.add(fmt::format("{}:1", line),
                           "An earlier import says something else of this person and time. What "
                           "was imported stays; take the row out.");
            }
        }
        return Done{};
    });
}

Result<std::vector<record::Command>> commands_of(const ImportPlan& plan, const Mapping& mapping,
                                                 const std::string& questionnaire,
                                                 const Id& therapist, store::Store& store) {
    std::vector<record::Command> out;
    CHECK_OK(store.read([&](store::Reading& reading) -> Status {
        for (const auto& person : plan.people) {
            TRY(const auto standing, reading.standing(person.person));
            if (!standing) {
                auto first = registration_of(person, mapping, questionnaire, therapist);
                std::move(first.begin(), first.end(), std::back_inserter(out));
            }
            for (const auto& entry : person.entries) out.push_back(entry.command);
        }
        return Done{};
    }));
    return out;
}

Report report_of(const ImportPlan& plan, const Counts& counts, const std::string& source) {
    Report report;
    report.method = "Import: every row through the record's own decisions, all rows or none.";
    report.source = source;
    report.n = plan.n_rows;
    report.has_rows = false;
    const auto number = [&](const char* key, std::size_t value) {
        report.more.emplace_back(key, Json{static_cast<std::int64_t>(value)});
    };
    number("people_new", counts.people_new);
    number("people_known", counts.people_known);
    number("entries_new", counts.entries_new);
    number("entries_known", counts.entries_known);
    number("entries_doubled", plan.n_doubled);
    number("rows_empty", plan.n_empty_rows);
    number("rows_left_out", plan.n_bad_rows);
    for (const auto& problem : plan.bad_rows) {
        report.warnings.push_back(problem.where + ": " + problem.message);
    }
    return report;
}

Result<Exit> import_now(const Options& options, const Surroundings& at) {
    TRY(const auto text, exchange::read_input(options.mapping));
    TRY(const Mapping mapping, read_mapping(text));
    TRY(const auto table, read_rows(options.file, mapping));
    TRY(auto known, load_named_knowledge(options.knowledge, at));
    CHECK_OK(check_own_id(mapping, known));
    TRY(const auto service, open_service(options.data));
    CHECK_OK(add_own_measures(service->folder, known));
    TRY(const auto* instrument, instrument_for(mapping, known));
    TRY(const auto questionnaire, questionnaire_for(mapping, instrument, known));
    TRY(const Id therapist, therapist_of(*service->store, mapping.person.therapist));
    TRY(const ImportPlan plan, plan_import(table, mapping, instrument, service->clock.now()));

    Faults faults;
    if (!options.skip_bad_rows) {
        for (const auto& each : plan.bad_rows) faults.add(each.where, each.message);
    }
    Counts counts;
    CHECK_OK(compare(*service->store, plan, counts, faults));
    if (!faults.none()) return faults.error();
    if (mapping.measure && mapping.measure->own) {
        CHECK_OK(keep_own_measure(service->folder, *mapping.measure->own));
    }
    TRY(const auto commands, commands_of(plan, mapping, questionnaire, therapist, *service->store));
    store::Keeper keeper(*service->store,
                         {.find = [&](std::string_view id) { return known.instrument(id); },
                          .hash = [&](std::string_view id) { return known.instrument_hash(id); }},
                         service->clock, false);
    if (!commands.empty()) {
        TRY(const auto receipts, keeper.write_all(commands, audit_row(service->clock, "import")));
        EK_ASSERT(receipts.size() == commands.size());
    }
    return write_report(report_of(plan, counts, options.file), options.output, at);
}

}  // namespace

Action import_command(CLI::App& command) {
    auto options = std::make_shared<Options>();
    command.add_option("FILE", options->file, "CSV, also .gz; - is standard input")->required();
    command.add_option("--mapping", options->mapping, "What the columns mean")
        ->required()
        ->type_name("M.toml");
    command.add_flag("--skip-bad-rows", options->skip_bad_rows,
                     "Leave rows with a fault out instead of importing nothing");
    declare_data(command, options->data);
    declare_knowledge(command, options->knowledge);
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return import_now(*options, at); };
}

}  // namespace evenkeel::app
