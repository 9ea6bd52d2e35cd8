#include "app/trial_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

namespace evenkeel::app {
namespace {

using evidence::BinaryArm;
using evidence::ContinuousArm;
using evidence::Contrast;
using exchange::CsvTable;

using Names = std::vector<std::string>;

bool before(const std::string& a, const std::string& b) {
    const auto letter = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    const auto less = [&](char x, char y) { return letter(x) < letter(y); };
    if (std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less)) return true;
    if (std::lexicographical_compare(b.begin(), b.end(), a.begin(), a.end(), less)) return false;
    return a < b;
}

// The position of each cell's text in `names`, which stand sorted or in order of appearance.
struct Labels {
    Names names;
    std::vector<std::vector<std::size_t>> at;  // one list for each column
};

enum class Order { of_appearance, alphabetical };

Result<Labels> labels(const CsvTable& table, const Names& columns, Order order) {
    TRY(const auto positions, exchange::columns_of(table, columns));
    Labels out;
    Faults faults;
    std::map<std::string_view, std::size_t> known;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        for (const auto column : positions) {
            const auto cell = table.cell(row, column);
            if (!cell) {
                faults.add(table.place(row, column),
                           fmt::format("{}: a name is needed here.", table.header()[column]));
            } else if (known.emplace(*cell, out.names.size()).second) {
                out.names.emplace_back(*cell);
            }
        }
    }
    if (!faults.none()) return faults.error();
    if (order == Order::alphabetical) {
        std::sort(out.names.begin(), out.names.end(), before);
        for (std::size_t i = 0; i < out.names.size(); ++i) known[out.names[i]] = i;
    }
    for (const auto column : positions) {
        auto& list = out.at.emplace_back();
        for (std::size_t row = 0; row < table.n_rows(); ++row) {
            list.push_back(known.at(*table.cell(row, column)));
        }
    }
    return out;
}

// "/arms/3/events" becomes the place of row 3 in the column of events.
Error at_rows(const Error& error, const CsvTable& table, const TrialColumns& columns) {
    const std::map<std::string, std::string> named{
        {"study", columns.study}, {"treatment", columns.treatment}, {"events", columns.events},
        {"n", columns.n},         {"mean", columns.mean},           {"sd", columns.sd}};
    Faults out;
    for (const auto& problem : error.problems()) {
        const auto rest = problem.where.substr(std::string("/arms/").size());
        const auto slash = rest.find('/');
        const auto column = table.column(named.at(rest.substr(slash + 1)));
        out.add(table.place(std::stoul(rest), column.value_or(0)), problem.message);
    }
    return out.error(error.fault);
}

struct Named {
    Labels studies, treatments;
};

Result<evidence::ArmContrasts> from_arms(const CsvTable& table, const TrialColumns& columns,
                                         evidence::Measure measure, const Named& named) {
    const auto& study = named.studies.at[0];
    const auto& treatment = named.treatments.at[0];
    const bool binary = !columns.events.empty();
    const Names wanted =
        binary ? Names{columns.events, columns.n} : Names{columns.mean, columns.sd, columns.n};
    TRY(const auto numbers, number_columns(table, wanted));
    std::vector<BinaryArm> counts;
    std::vector<ContinuousArm> means;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        if (binary) {
            counts.push_back({study[row], treatment[row], numbers[0][row], numbers[1][row]});
        } else {
            means.push_back(
                {study[row], treatment[row], numbers[0][row], numbers[1][row], numbers[2][row]});
        }
    }
    auto out = binary ? evidence::contrasts_of(std::span<const BinaryArm>(counts), measure,
                                               named.studies.names, named.treatments.names)
                      : evidence::contrasts_of(std::span<const ContinuousArm>(means), measure,
                                               named.studies.names, named.treatments.names);
    if (!out.ok()) return at_rows(out.error(), table, columns);
    return out;
}

// Also says in which row of the table each contrast stands.
Result<evidence::ArmContrasts> from_contrasts(const CsvTable& table, const TrialColumns& columns,
                                              const Named& named, std::vector<std::size_t>& rows) {
    Faults faults;
    const auto numbers = number_columns(table, {columns.effect, columns.se}, faults);
    evidence::ArmContrasts out;
    for (std::size_t row = 0; row < std::min(numbers[0].size(), numbers[1].size()); ++row) {
        const double effect = numbers[0][row], se = numbers[1][row];
        if (!std::isnan(se) && !(se > 0 && std::isfinite(se * se))) {
            faults.add(table.place(row, *table.column(columns.se)),
                       "The standard error must be finite and larger than 0.");
        }
        if (std::isnan(effect) || std::isnan(se)) continue;
        rows.push_back(row);
        out.contrasts.push_back({named.studies.at[0][row], named.treatments.at[0][row],
                                 named.treatments.at[1][row], effect, se * se});
    }
    if (!faults.none()) return faults.error();
    if (rows.size() < table.n_rows()) {
        out.warnings.push_back(
            fmt::format("{} contrasts without an effect or its standard error are left out.",
                        table.n_rows() - rows.size()));
    }
    return out;
}

// Keeps the names that a contrast still uses; gives back where each one stands now.
std::vector<std::size_t> keep_used(Names& names, const std::vector<bool>& used) {
    std::vector<std::size_t> place(names.size(), 0);
    Names kept;
    for (std::size_t i = 0; i < names.size(); ++i) {
        place[i] = kept.size();
        if (used[i]) kept.push_back(names[i]);
    }
    names = std::move(kept);
    return place;
}

void keep_what_is_compared(TrialTable& out) {
    auto& network = out.network;
    std::vector<bool> studies(network.studies.size()), treatments(network.treatments.size());
    for (const auto& c : network.contrasts) {
        studies[c.study] = treatments[c.treat1] = treatments[c.treat2] = true;
    }
    for (std::size_t i = 0; i < treatments.size(); ++i) {
        if (treatments[i]) continue;
        out.warnings.push_back(
            fmt::format("No trial with data compares {}; it is left out.", network.treatments[i]));
    }
    Names places = out.study_places;
    const auto study = keep_used(network.studies, studies);
    keep_used(places, studies);
    out.study_places = std::move(places);
    const auto treatment = keep_used(network.treatments, treatments);
    for (auto& c : network.contrasts) {
        c.study = study[c.study];
        c.treat1 = treatment[c.treat1];
        c.treat2 = treatment[c.treat2];
    }
}

}  // namespace

Result<TrialTable> read_trials(const CsvTable& table, const TrialColumns& columns,
                               evidence::Measure measure) {
    Named named;
    TRY(named.studies, labels(table, {columns.study}, Order::of_appearance));
    const Names treatment_columns =
        columns.arms ? Names{columns.treatment} : Names{columns.treat1, columns.treat2};
    TRY(named.treatments, labels(table, treatment_columns, Order::alphabetical));
    std::vector<std::size_t> rows;
    TRY(auto found, columns.arms ? from_arms(table, columns, measure, named)
                                 : from_contrasts(table, columns, named, rows));
    TrialTable out;
    out.network = {named.studies.names, named.treatments.names, std::move(found.contrasts)};
    out.warnings = std::move(found.warnings);
    const auto study_column = *table.column(columns.study);
    out.study_places.resize(out.network.studies.size());
    for (std::size_t row = table.n_rows(); row-- > 0;) {
        out.study_places[named.studies.at[0][row]] = table.place(row, study_column);
    }
    for (const auto row : rows) {
        out.contrast_places.push_back(table.place(row, study_column));
    }
    keep_what_is_compared(out);
    return out;
}

Error in_the_table(const Error& error, const TrialTable& table) {
    Faults out;
    for (const auto& problem : error.problems()) {
        std::string where;
        const auto place_in = [&](const Names& places, std::string_view prefix) {
            if (!problem.where.starts_with(prefix)) return;
            const auto at = std::stoul(problem.where.substr(prefix.size()));
            if (at < places.size()) where = places[at];
        };
        if (problem.where != "/contrasts") {
            place_in(table.study_places, "/studies/");
            place_in(table.contrast_places, "/contrasts/");
        }
        out.add(where, problem.message);
    }
    return out.error(error.fault);
}

}  // namespace evenkeel::app
