// growth, growth_modes, cox, km: people over time.
#include "course/cox.h"
#include "course/formula.h"
#include "course/mixed_model.h"
#include "kernel_bench.h"

namespace evenkeel::bench {

static void growth(const KernelBench& bench) {
    if (!bench.wants_any({"growth", "growth_modes"})) return;
    const auto table = bench.table("psychometrics/data/bench_growth_10000x8.csv.gz");
    std::vector<course::Column> columns;
    for (const auto& name : table.header()) {
        columns.push_back(
            {.name = name, .numbers = numbers(table, name), .codes = {}, .levels = {}});
    }
    const auto formula =
        course::parse_formula("y ~ log1p(week) * med + sev + (log1p(week) | id)").value();
    const auto design = course::design_matrix(formula, columns).value();
    for (const bool modes : {false, true}) {
        const std::string row = modes ? "growth_modes" : "growth";
        const auto fit = [&] {
            return course::fit_mixed_model(design, {.modes = modes}, *bench.workers).value();
        };
        bench.time(row, fit);
        const auto model = fit();
        bench.answer(row, "log_likelihood", model.log_likelihood);
        bench.answer(row, "steps", model.iterations);
        bench.answer(row, "first_effect", *model.fixed.front().estimate);
        if (modes) bench.answer(row, "first_mode", model.modes.front());
    }
}

static void times(const KernelBench& bench) {
    if (!bench.wants_any({"cox", "km"})) return;
    const auto table = bench.table("psychometrics/data/bench_cox_100000.csv.gz");
    const auto time = numbers(table, "time"), event = numbers(table, "event"),
               z = numbers(table, "z"), s = numbers(table, "s");
    course::Matrix covariates{time.size(), z, {"z", "s"}};
    covariates.values.insert(covariates.values.end(), s.begin(), s.end());
    course::CoxModel model;
    bench.time("cox", [&] { model = course::cox_regression(time, event, covariates).value(); });
    bench.answer("cox", "log_likelihood", model.log_likelihood);
    if (model.concordance) bench.answer("cox", "concordance", *model.concordance);
    const std::vector<std::int32_t> group(z.begin(), z.end());
    double median = 0;
    bench.time("km",
               [&] { median = *course::survival(time, event, group, 2).value().curves[0].median; });
    bench.answer("km", "median", median);
}

void course_rows(const KernelBench& bench) {
    growth(bench);
    times(bench);
}

}  // namespace evenkeel::bench
