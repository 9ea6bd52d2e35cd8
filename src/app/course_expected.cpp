// `course expected`: what an archive says of new people's scores. The method is in
// course/expected_response.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/commands.h"
#include "app/model_columns.h"
#include "app/people_pictures.h"
#include "app/report.h"
#include "app/table_input.h"
#include "course/expected_response.h"

namespace evenkeel::app {
namespace {

struct Options {
    TableOptions table;
    std::string id, time, score, people;
    OutputOptions output;
};

struct Scores {
    exchange::CsvTable table;
    std::vector<course::ScoreRecord> records;  // of rows that name a person
    std::vector<std::size_t> rows;
    course::Column people;
};

Result<Scores> read_scores(const TableOptions& from, const Options& options) {
    Scores out;
    TRY(out.table, read_table(from));
    TRY(const auto numbers, number_columns(out.table, {options.time, options.score}));
    TRY(const auto columns, model_columns(out.table, {options.id}, options.id));
    out.people = course::as_groups(columns[0]);
    for (std::size_t i = 0; i < out.table.n_rows(); ++i) {
        if (out.people.codes[i] < 0) continue;
        out.records.push_back(
            {static_cast<std::size_t>(out.people.codes[i]), numbers[0][i], numbers[1][i]});
        out.rows.push_back(i);
    }
    return out;
}

// Positions of records are not those of rows where a row names nobody.
Error in_table(const Error& error, const Scores& scores) {
    constexpr std::string_view rows = "/rows/";
    Faults faults;
    for (const auto& problem : error.problems()) {
        auto where = problem.where;
        if (where.rfind(rows, 0) == 0) {
            where = fmt::format("/rows/{}", scores.rows.at(std::stoul(where.substr(rows.size()))));
        }
        faults.add(where, problem.message);
    }
    return located(faults.error(error.fault), scores.table);
}

Json strata_of(const course::ExpectedResponse& response) {
    JsonList out;
    for (const auto& stratum : response.strata) {
        JsonObject one{{"from", json_number(stratum.from)},
                       {"to", json_number(stratum.to)},
                       {"n", json_whole(stratum.n_people)}};
        for (std::size_t j = 0; j < 3; ++j) {
            constexpr const char* names[] = {"intercept", "log_time", "first_score"};
            one.emplace_back(
                names[j], stratum.model ? json_optional(stratum.model->fixed[j].estimate) : Json{});
        }
        out.push_back({std::move(one)});
    }
    return {std::move(out)};
}

JsonObject shares_of(const course::BandShares& shares) {
    return {{"n_scores", json_whole(shares.n_scores)},
            {"below", json_number(shares.below)},
            {"inside", json_number(shares.inside)},
            {"above", json_number(shares.above)}};
}

JsonList groups_of(const std::vector<course::BandShares>& groups) {
    JsonList out;
    for (const auto& each : groups) {
        JsonObject one{{"from", json_number(each.from)}, {"to", json_number(each.to)}};
        for (auto& member : shares_of(each)) one.push_back(std::move(member));
        out.push_back({std::move(one)});
    }
    return out;
}

// What the band is meant to hold, and what it held of people who were predicted from others.
Json calibration_of(const course::Calibration& calibration) {
    JsonObject out{{"nominal", json_number(course::expected_coverage)},
                   {"n_people", json_whole(calibration.n_people)}};
    for (auto& member : shares_of(calibration.all)) out.push_back(std::move(member));
    out.emplace_back("inside_error", json_number(calibration.inside_error));
    out.emplace_back("by_first_score", groups_of(calibration.by_first_score));
    out.emplace_back("by_time", groups_of(calibration.by_time));
    return {std::move(out)};
}

Result<Exit> run_expected(const Options& options, const Surroundings& at) {
    TRY(const auto archive, read_scores(options.table, options));
    auto new_table = options.table;
    new_table.file = options.people;
    TRY(const auto people, read_scores(new_table, options));
    const auto response = course::expected_response(archive.records);
    if (!response.ok()) return in_table(response.error(), archive);
    const auto expected = course::expect(response.value(), people.records);
    if (!expected.ok()) return in_table(expected.error(), people);
    Report report;
    report.method =
        "Growth over log time in strata of the first score; 80 % prediction band for a new person.";
    report.source =
        "Finch, Lambert & Schaalje (2001), Clin Psychol Psychother 8:231-242; Delgadillo et al. "
        "(2018), Lancet Psychiatry 5:564-572";
    report.n = response.value().n_people;
    report.warnings = response.value().warnings;
    const auto calibration = course::held_out_calibration(archive.records);
    report.more = {
        {"coverage_held_out", calibration ? json_number(calibration->all.inside) : Json{}},
        {"calibration", calibration ? calibration_of(*calibration) : Json{}},
        {"strata", strata_of(response.value())}};
    report.columns = {"id",    "time",  "score",        "expected",
                      "lower", "upper", "n_comparable", "off_track"};
    const auto names = json_names(people.people.levels);
    bool nobody = false;
    for (std::size_t i = 0; i < people.records.size(); ++i) {
        const auto& record = people.records[i];
        const auto& each = expected.value()[i];
        nobody = nobody || each.n_comparable == 0;
        report.rows.push_back(
            {names[record.person], json_number(record.time), json_number(record.score),
             json_optional(each.expected), json_optional(each.lower), json_optional(each.upper),
             json_whole(each.n_comparable), each.off_track ? Json{*each.off_track} : Json{}});
    }
    if (nobody) {
        report.warnings.push_back(
            "Some people have no usable first score, or one that the archive does not hold: "
            "nothing is said of them.");
    }
    if (!options.output.plot.empty()) {
        report.picture = expected_picture(
            {people.people.levels, people.records, expected.value(), options.time, options.score});
    }
    return write_report(report, options.output, at);
}

}  // namespace

Action course_expected(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_table(command, options->table);
    command.add_option("--id", options->id, "The column of people, in both files")->required();
    command.add_option("--time", options->time, "The column of times")->required();
    command.add_option("--score", options->score, "The column of scores, lower is better")
        ->required();
    command.add_option("--new", options->people, "The file of new people; FILE is the archive")
        ->required();
    declare_output(command, options->output);
    declare_plot(command, options->output);
    return [options](const Surroundings& at) { return run_expected(*options, at); };
}

}  // namespace evenkeel::app
