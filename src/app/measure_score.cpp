// `measure score`: a table of answers in, a score for each row out. The rules of scoring are
// in measures/scoring.h; here stand only columns and their names.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <memory>

#include "app/commands.h"
#include "app/knowledge_option.h"
#include "app/report.h"
#include "app/table_input.h"
#include "measures/scoring.h"

namespace evenkeel::app {
namespace {

using exchange::CsvTable;
using measures::Answers;
using measures::Instrument;
using measures::Score;

constexpr std::string_view does_not_apply = "not applicable";

struct Options {
    TableOptions table;
    std::string instrument, id, knowledge;
    std::vector<std::string> items;
    OutputOptions output;
};

// "phq-9" -> "phq"
std::string letters_of(const std::string& id) {
    const auto end =
        std::find_if(id.begin(), id.end(), [](unsigned char c) { return std::isalpha(c) == 0; });
    return {id.begin(), end};
}

// The item columns by the names that tables use, when --items does not say: phq-9.1, phq9_1,
// phq1, q1, item1, 1.
Result<std::vector<std::size_t>> find_items(const CsvTable& table, const Instrument& instrument) {
    auto joined = instrument.id;
    std::erase(joined, '-');
    for (const auto& before : {instrument.id + ".", joined + "_", letters_of(instrument.id),
                               std::string("q"), std::string("item"), std::string()}) {
        std::vector<std::string> names;
        for (std::size_t i = 1; i <= instrument.items.size(); ++i) {
            names.push_back(fmt::format("{}{}", before, i));
        }
        auto found = exchange::columns_of(table, names);
        if (found.ok()) return found;
    }
    return Error{Fault::invalid_input,
                 "--items",
                 fmt::format("Name the {} item columns in their order.", instrument.items.size()),
                 {}};
}

Result<std::vector<std::size_t>> item_columns(const CsvTable& table, const Instrument& instrument,
                                              const std::vector<std::string>& named) {
    if (named.empty()) return find_items(table, instrument);
    if (named.size() != instrument.items.size()) {
        return Error{Fault::invalid_input,
                     "--items",
                     fmt::format("{} has {} items; {} columns are named.", instrument.title,
                                 instrument.items.size(), named.size()),
                     {}};
    }
    return exchange::columns_of(table, named);
}

// Every fault of every row, so that a table can be mended in one go.
Result<std::vector<Answers>> read_answers(const CsvTable& table, const Instrument& instrument,
                                          const std::vector<std::size_t>& columns) {
    Faults faults;
    std::vector<Answers> out;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        Answers answers;
        for (const auto column : columns) {
            const auto cell = table.cell(row, column);
            answers.emplace_back();
            if (!cell) continue;
            if (*cell == does_not_apply) {
                answers.back() = measures::not_applicable;
                continue;
            }
            const auto number = exchange::parse_whole(*cell, table.format().decimal);
            // Whatever is no whole number in the range of int is out of every scale's range.
            const bool fits = number && *number >= 0 && *number <= 100000;
            answers.back() = fits ? static_cast<int>(*number) : instrument.values.max + 1;
        }
        const auto checked = measures::check_answers(instrument, answers);
        if (!checked.ok()) {
            for (const auto& problem : checked.error().problems()) {
                const auto column = columns[std::stoul(problem.where.substr(1))];
                faults.add(table.place(row, column),
                           fmt::format("{}: \"{}\" is no answer. {}", table.header()[column],
                                       *table.cell(row, column), problem.message));
            }
        }
        out.push_back(std::move(answers));
    }
    if (!faults.none()) return faults.error();
    return out;
}

Json whole(std::optional<int> number) {
    return number ? Json{static_cast<std::int64_t>(*number)} : Json{};
}

Json text(const std::optional<std::string>& words) {
    return words ? Json{*words} : Json{};
}

std::vector<std::string> columns_for(const Instrument& instrument) {
    std::vector<std::string> out{"id",       "total", "band", "prorated", "missing_items",
                                 "scorable", "flags"};
    if (!instrument.subscales.empty()) {
        out.insert(out.end(), {"subscales", "subscale_bands"});
    }
    if (instrument.pattern) out.emplace_back("pattern");
    if (instrument.alternative) {
        auto name = instrument.alternative->instrument->id;
        std::erase(name, '-');
        out.insert(out.end(), {name + "_total", name + "_prorated"});
    }
    return out;
}

std::vector<Json> row_of(Json id, const Instrument& instrument, const Answers& answers,
                         const Score& score) {
    JsonList missing, flags;
    for (const auto item : score.missing_items) {
        missing.push_back({static_cast<std::int64_t>(item + 1)});
    }
    for (const auto flag : score.flags) flags.push_back({std::string(name_of(flag))});
    std::vector<Json> row{std::move(id),     whole(score.total),   text(score.band),
                          {score.prorated},  {std::move(missing)}, {score.scorable},
                          {std::move(flags)}};
    if (!instrument.subscales.empty()) {
        JsonObject totals, bands;
        for (const auto& each : score.subscales) {
            totals.emplace_back(each.key, whole(each.total));
            bands.emplace_back(each.key, text(each.band));
        }
        row.push_back({std::move(totals)});
        row.push_back({std::move(bands)});
    }
    if (instrument.pattern) {
        row.push_back(score.pattern ? Json{std::string(name_of(*score.pattern))} : Json{});
    }
    if (instrument.alternative) {
        const auto shorter = measures::alternative_score(instrument, answers);
        row.push_back(whole(shorter.value()->total));
        row.push_back({shorter.value()->prorated});
    }
    return row;
}

void add_warnings(const Instrument& instrument, std::size_t n_prorated, std::size_t n_not_scorable,
                  Report& report) {
    warn_of(report.warnings, n_prorated,
            "total is prorated: missing items took the mean of the answered ones.",
            "totals are prorated: missing items took the mean of the answered ones.");
    warn_of(report.warnings, n_not_scorable,
            "row could not be scored: too many items, or a required one, are missing.",
            "rows could not be scored: too many items, or a required one, are missing.");
    if (instrument.pattern) report.warnings.push_back("pattern: " + instrument.pattern->needs);
}

Result<Exit> run_score(const Options& options, const Surroundings& at) {
    TRY(const auto knowledge, load_named_knowledge(options.knowledge, at));
    TRY(const auto* instrument, instrument_named(knowledge, options.instrument));
    TRY(const auto table, read_table(options.table));
    TRY(const auto columns, item_columns(table, *instrument, options.items));
    TRY(auto ids, row_ids(table, options.id));
    TRY(const auto answers, read_answers(table, *instrument, columns));

    Report report;
    report.method = fmt::format("{} scored by its definition, version {}.", instrument->title,
                                instrument->version);
    report.source = knowledge.cite(instrument->scoring_citation);
    report.n = table.n_rows();
    report.more = {{"instrument", {instrument->id}},
                   {"definition_hash", {knowledge.instrument_hash(instrument->id)}}};
    report.columns = columns_for(*instrument);
    std::size_t n_prorated = 0, n_not_scorable = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        TRY(const auto score, measures::score(*instrument, answers[i]));
        n_prorated += score.prorated ? 1 : 0;
        n_not_scorable += score.scorable ? 0 : 1;
        report.rows.push_back(row_of(std::move(ids[i]), *instrument, answers[i], score));
    }
    add_warnings(*instrument, n_prorated, n_not_scorable, report);
    return write_report(report, options.output, at);
}

}  // namespace

Action measure_score(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command
        .add_option("--instrument", options->instrument, "The questionnaire, as in: measure list")
        ->required();
    declare_list(command, "--items", options->items, "The item columns in the scale's order");
    command.add_option("--id", options->id, "The column that names a row, else its number");
    declare_knowledge(command, options->knowledge);
    declare_output(command, options->output);
    return [options](const Surroundings& at) { return run_score(*options, at); };
}

}  // namespace evenkeel::app
