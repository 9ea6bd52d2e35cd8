// meta, meta_moderators, nma, nma_splits, ranks: trials.
#include <cstdlib>
#include <set>

#include "evidence/meta_analysis.h"
#include "evidence/network.h"
#include "evidence/ranking.h"
#include "kernel_bench.h"

namespace evenkeel::bench {

static void pairwise(const KernelBench& bench) {
    if (!bench.wants_any({"meta", "meta_moderators"})) return;
    const auto table = bench.table("evidence/data/metapsy_depression_psyctr.csv");
    const auto g = numbers(table, "g"), se = numbers(table, "g_se"), rob = numbers(table, "rob"),
               when = numbers(table, "year");
    std::set<std::string> seen;
    std::vector<double> effect, variance, waitlist, low_risk, year;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        if (!seen.insert(text(table, row, "study")).second) continue;
        effect.push_back(g[row]);
        variance.push_back(se[row] * se[row]);
        waitlist.push_back(text(table, row, "condition_arm2") == "wl" ? 1 : 0);
        low_risk.push_back(rob[row] == 4 ? 1 : 0);
        year.push_back(when[row]);
    }
    evidence::Moderators moderators{{"wl", "low", "year"}, waitlist};
    for (const auto* each : {&low_risk, &year}) {
        moderators.columns.insert(moderators.columns.end(), each->begin(), each->end());
    }
    for (const bool with : {false, true}) {
        const std::string row = with ? "meta_moderators" : "meta";
        if (!bench.wants(row)) continue;
        evidence::MetaAnalysis found;
        bench.time(row, [&] {
            found = evidence::meta_analysis(effect, variance,
                                            with ? moderators : evidence::Moderators{}, {})
                        .value();
        });
        bench.answer(row, "estimate", found.coefficients[0].estimate);
        bench.answer(row, "tau2", *found.tau2);
    }
}

static std::size_t place(std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    names.push_back(name);
    return names.size() - 1;
}

static void networks(const KernelBench& bench) {
    if (!bench.wants_any({"nma", "nma_splits", "ranks"})) return;
    const auto table = bench.table("evidence/data/linde2016.csv");
    const auto effect = numbers(table, "lnOR"), se = numbers(table, "selnOR");
    evidence::Network network;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        network.contrasts.push_back({place(network.studies, text(table, row, "id")),
                                     place(network.treatments, text(table, row, "treat1")),
                                     place(network.treatments, text(table, row, "treat2")),
                                     effect[row], se[row] * se[row]});
    }
    const auto analyse = [&] {
        auto all = evidence::network_analysis(network).value();
        if (evidence::p_scores(all.random, evidence::SmallValues::bad).empty()) std::abort();
        return all;
    };
    bench.time("nma", analyse);
    const auto found = analyse();
    bench.answer("nma", "tau2", found.tau2);
    std::size_t n_splits = 0;
    bench.time("nma_splits", [&] {
        n_splits = evidence::direct_indirect(network, found.random, found.tau2).size();
    });
    bench.answer("nma_splits", "comparisons", static_cast<double>(n_splits));
    double best = 0;
    bench.time("ranks", [&] {
        SeededRandom random(1);
        best = evidence::rank_probabilities(found.random, evidence::SmallValues::bad, random)[0][0];
    });
    bench.answer("ranks", "first_is_best", best);
}

void evidence_rows(const KernelBench& bench) {
    pairwise(bench);
    networks(bench);
}

}  // namespace evenkeel::bench
