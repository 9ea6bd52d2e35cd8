#include "app/network_table.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <map>

#include "course/series.h"

namespace evenkeel::app {

void declare_moments(CLI::App& command, MomentColumns& columns) {
    command.add_option("--id", columns.id, "The column that names the person");
    command.add_option("--day", columns.day, "The column of days");
    command.add_option("--beep", columns.beep, "The column of moments within a day");
}

Result<Moments> read_moments(const exchange::CsvTable& table, const MomentColumns& columns) {
    const std::size_t n = table.n_rows();
    std::vector<exchange::Cell> people(n, exchange::Cell("")), days(n, exchange::Cell(""));
    if (!columns.id.empty()) {
        TRY(people, text_column(table, columns.id));
    }
    Moments moments;
    if (!columns.beep.empty()) {
        if (!columns.day.empty()) {
            TRY(days, text_column(table, columns.day));
        }
        TRY(moments.moment, number_column(table, columns.beep));
    } else if (!columns.day.empty()) {
        TRY(moments.moment, number_column(table, columns.day));
    } else {
        for (std::size_t row = 0; row < n; ++row) {
            moments.moment.push_back(static_cast<double>(row));
        }
    }
    std::map<std::pair<std::string_view, std::string_view>, long> groups;
    std::map<std::string_view, long> persons;
    const auto code = [](auto& codes, auto key) {
        return codes.try_emplace(key, static_cast<long>(codes.size())).first->second;
    };
    for (std::size_t row = 0; row < n; ++row) {
        const bool known = people[row] && days[row];
        moments.person.push_back(known ? code(persons, *people[row]) : -1);
        moments.group.push_back(known ? code(groups, std::pair{*people[row], *days[row]}) : -1);
    }
    moments.n_people = persons.size();
    return moments;
}

void warn_of_rows(std::size_t n_doubled, std::size_t n_without_moment,
                  std::vector<std::string>& warnings) {
    warn_of(warnings, n_doubled, "row repeats a moment; the first row of it counts.",
            "rows repeat a moment; the first row of each counts.");
    warn_of(warnings, n_without_moment, "row has no person, day or beep and makes no pair.",
            "rows have no person, day or beep and make no pair.");
}

Status check_variables(const exchange::CsvTable& table, const std::vector<std::string>& variables,
                       const NetworkColumns& columns) {
    Faults faults;
    for (std::size_t j = 0; j < columns.size(); ++j) {
        Faults own;
        course::check_series(columns[j], "", own);
        for (const auto& problem : own.all()) {
            std::size_t row = columns[j].size();
            if (!problem.where.empty()) {
                std::from_chars(problem.where.data() + 1,
                                problem.where.data() + problem.where.size(), row);
            }
            faults.add(row < columns[j].size() ? table.place(row, *table.column(variables[j]))
                                               : variables[j],
                       problem.message);
        }
        if (course::constant(course::observed_of(columns[j]).values)) {
            faults.add(variables[j],
                       "The variable has the same value in all rows, or none: leave it out.");
        }
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

Error by_variable(const Error& error, const std::vector<std::string>& variables) {
    Faults faults;
    for (const auto& problem : error.problems()) {
        std::string where = problem.where;
        std::size_t j = variables.size();
        if (constexpr std::string_view at = "/variables/"; where.starts_with(at)) {
            std::from_chars(where.data() + at.size(), where.data() + where.size(), j);
        }
        if (j < variables.size()) {
            where = variables[j];
        } else if (where.starts_with('/')) {
            where = where == "/values" ? "--variables" : "--" + where.substr(1);
        }
        faults.add(where, problem.message);
    }
    return faults.error(error.fault);
}

JsonList edges_json(const std::vector<std::string>& names, const std::vector<double>& partial) {
    JsonList edges;
    const std::size_t p = names.size();
    for (std::size_t a = 0; a < p; ++a) {
        for (std::size_t b = a + 1; b < p; ++b) {
            edges.push_back({JsonObject{{"a", {names[a]}},
                                        {"b", {names[b]}},
                                        {"partial_correlation", json_number(partial[a * p + b])}}});
        }
    }
    return edges;
}

}  // namespace evenkeel::app
