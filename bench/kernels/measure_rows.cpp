// grm, eap, alpha: items of a scale.
#include <numeric>

#include "kernel_bench.h"
#include "measures/graded_fit.h"
#include "measures/graded_score.h"
#include "measures/reliability.h"

namespace evenkeel::bench {

using Columns = std::vector<std::vector<double>>;

static Columns items_of(const KernelBench& bench, const std::string& path) {
    const auto table = bench.table(path);
    Columns out;
    for (const auto& name : table.header()) out.push_back(numbers(table, name));
    return out;
}

void measure_rows(const KernelBench& bench) {
    if (!bench.wants_any({"grm", "eap", "alpha"})) return;
    const auto to_fit = items_of(bench, "psychometrics/data/sim_phq9_5000.csv.gz");
    const auto to_score = items_of(bench, "psychometrics/data/bench_phq9_100000.csv.gz");
    const auto fit = [&] {
        const auto categories = measures::observed_categories(to_fit).value();
        const auto responses = measures::tabulate(to_fit, categories).value();
        return measures::fit_graded(responses, {}, *bench.workers).value();
    };
    bench.time("grm", fit);
    const auto fitted = fit();
    bench.answer("grm", "log_likelihood", fitted.log_likelihood);
    std::vector<std::vector<double>> categories;
    for (const auto& item : fitted.items) categories.push_back(item.categories);
    std::vector<std::optional<measures::TraitScore>> scores;
    measures::Responses responses;
    bench.time("eap", [&] {
        responses = measures::tabulate(to_score, categories).value();
        scores = measures::score_graded(fitted.items, responses, measures::TraitMethod::eap,
                                        *bench.workers)
                     .value();
    });
    double n = 0, mean = 0, squares = 0, se = 0;
    for (std::size_t p = 0; p < scores.size(); ++p) {
        n += responses.counts[p];
        mean += responses.counts[p] * scores[p]->theta;
        squares += responses.counts[p] * scores[p]->theta * scores[p]->theta;
        se += responses.counts[p] * scores[p]->se;
    }
    bench.answer("eap", "eap_mean", mean / n);
    bench.answer("eap", "eap_sum_squares", squares);
    bench.answer("eap", "se_mean", se / n);
    const auto alpha = [&] {
        return *measures::consistency(measures::item_moments(to_score).value()).value().alpha;
    };
    bench.time("alpha", alpha);
    bench.answer("alpha", "alpha", alpha());
}

}  // namespace evenkeel::bench
