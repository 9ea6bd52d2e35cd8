// What do meta-analysis and network meta-analysis cost? REML over 480 trials, the same with three
// moderators, and the whole of a network of 93 trials and 22 treatments, its splits apart.
//
// Data: the reference folder named by EVENKEEL_REFERENCE. The answers are printed, so that a fast
// wrong one is seen: 0.639 (tau2 0.319) and tau2 0.0174.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <set>

#include "evidence/meta_analysis.h"
#include "evidence/network.h"
#include "evidence/ranking.h"
#include "exchange/csv.h"
#include "exchange/input.h"

namespace {

using namespace evenkeel;

exchange::CsvTable table_of(const std::string& name) {
    const char* root = std::getenv("EVENKEEL_REFERENCE");
    const auto path =
        std::string(root != nullptr ? root : "../shared/reference") + "/evidence/" + name;
    const auto bytes = exchange::read_input(path);
    if (!bytes.ok()) {
        fmt::print("{} is absent: set EVENKEEL_REFERENCE to its root\n", path);
        std::exit(5);
    }
    return exchange::parse_csv(bytes.value()).value();
}

double number(const exchange::CsvTable& table, const exchange::CsvRow& row, const char* column) {
    return exchange::parse_number(row.cells[*table.column(column)].value_or("0")).value_or(0);
}

// The median of several runs of as many calls as fill 20 ms.
void measure(const char* what, const std::function<void()>& call) {
    using Clock = std::chrono::steady_clock;
    const auto seconds = [&](int calls) {
        const auto start = Clock::now();
        for (int i = 0; i < calls; ++i) call();
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    const int calls = std::max(1, static_cast<int>(0.02 / seconds(1)));
    std::vector<double> runs;
    for (int run = 0; run < 9; ++run) runs.push_back(seconds(calls) / calls);
    std::nth_element(runs.begin(), runs.begin() + 4, runs.end());
    fmt::print("{:44} {:10.1f} us\n", what, 1e6 * runs[4]);
}

void bench_meta() {
    const auto table = table_of("data/metapsy_depression_psyctr.csv");
    std::set<std::string> seen;
    std::vector<double> effect, variance, waitlist, low_risk, year;
    for (const auto& row : table.rows) {
        if (!seen.insert(*row.cells[*table.column("study")]).second) continue;
        effect.push_back(number(table, row, "g"));
        const double se = number(table, row, "g_se");
        variance.push_back(se * se);
        waitlist.push_back(*row.cells[*table.column("condition_arm2")] == "wl" ? 1 : 0);
        low_risk.push_back(number(table, row, "rob") == 4 ? 1 : 0);
        year.push_back(number(table, row, "year"));
    }
    evidence::Moderators moderators{{"wl", "low", "year"}, waitlist};
    moderators.columns.insert(moderators.columns.end(), low_risk.begin(), low_risk.end());
    moderators.columns.insert(moderators.columns.end(), year.begin(), year.end());
    const auto found = evidence::meta_analysis(effect, variance, {}, {}).value();
    fmt::print("{} trials: {:.3f}, tau2 {:.3f}\n", found.k, found.coefficients[0].estimate,
               *found.tau2);
    measure("REML, 480 trials", [&] {
        if (!evidence::meta_analysis(effect, variance, {}, {}).ok()) std::abort();
    });
    measure("REML, 480 trials, 3 moderators", [&] {
        if (!evidence::meta_analysis(effect, variance, moderators, {}).ok()) std::abort();
    });
}

std::size_t place(std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    names.push_back(name);
    return names.size() - 1;
}

void bench_network() {
    const auto table = table_of("data/linde2016.csv");
    evidence::Network network;
    for (const auto& row : table.rows) {
        const double se = number(table, row, "selnOR");
        network.contrasts.push_back({place(network.studies, *row.cells[*table.column("id")]),
                                     place(network.treatments, *row.cells[*table.column("treat1")]),
                                     place(network.treatments, *row.cells[*table.column("treat2")]),
                                     number(table, row, "lnOR"), se * se});
    }
    const auto found = evidence::network_analysis(network).value();
    fmt::print("{} trials, {} treatments: tau2 {:.4f}\n", found.n_studies,
               network.treatments.size(), found.tau2);
    measure("network, 93 trials, 22 treatments", [&] {
        const auto all = evidence::network_analysis(network).value();
        if (evidence::p_scores(all.random, evidence::SmallValues::bad).empty()) std::abort();
    });
    measure("network, splits of 231 comparisons", [&] {
        if (evidence::direct_indirect(network, found.random, found.tau2).empty()) std::abort();
    });
    measure("network, REML", [&] {
        if (!evidence::network_analysis(network, {evidence::NetworkTau2::reml}).ok()) std::abort();
    });
    measure("network, ranks by 20,000 draws", [&] {
        SeededRandom random(1);
        if (evidence::rank_probabilities(found.random, evidence::SmallValues::bad, random)
                .empty()) {
            std::abort();
        }
    });
}

}  // namespace

int main() {
    bench_meta();
    bench_network();
}
