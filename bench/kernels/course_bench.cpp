// How long do growth and survival models take on data in memory?
//
//   course_bench GROWTH.csv[.gz] COX.csv[.gz]
//
// GROWTH has id, week, med, sev, y; COX has time, event, z, s (the data of R's times in
// bench/README.md). Prints processor time, the median of nine runs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>

#include "course/cox.h"
#include "course/formula.h"
#include "course/mixed_model.h"
#include "exchange/csv.h"
#include "exchange/input.h"

namespace {

using namespace evenkeel;

Result<std::vector<course::Column>> read(const std::string& path) {
    TRY(const auto text, exchange::read_input(path));
    TRY(const auto table, exchange::parse_csv(text));
    std::vector<course::Column> out;
    for (std::size_t j = 0; j < table.header.size(); ++j) {
        auto& column = out.emplace_back();
        column.name = table.header[j];
        for (const auto& row : table.rows) {
            const auto& cell = row.cells[j];
            column.numbers.push_back(cell ? exchange::parse_number(*cell).value_or(NAN) : NAN);
        }
    }
    return out;
}

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
void measure(const char* name, std::size_t n, Work work) {
    std::vector<double> seconds;
    for (int i = 0; i < 9; ++i) {
        const double start = processor_seconds();
        work();
        seconds.push_back(processor_seconds() - start);
    }
    std::nth_element(seconds.begin(), seconds.begin() + 4, seconds.end());
    fmt::print("{:34} {:9.3f} ms {:9.2f} ns/row\n", name, seconds[4] * 1e3,
               seconds[4] * 1e9 / static_cast<double>(n));
}

Status growth(const std::vector<course::Column>& columns) {
    TRY(const auto formula,
        course::parse_formula("y ~ log1p(week) * med + sev + (log1p(week) | id)"));
    TRY(const auto design, course::design_matrix(formula, columns));
    const auto n = design.response.size();
    for (const bool modes : {false, true}) {
        double log_likelihood = 0;
        int iterations = 0;
        measure(modes ? "growth, REML, with modes" : "growth, REML, random slope", n, [&] {
            const auto model = course::fit_mixed_model(design, {.modes = modes});
            log_likelihood = model.value().log_likelihood;
            iterations = model.value().iterations;
        });
        fmt::print("  log-likelihood {:.6f}, {} steps\n", log_likelihood, iterations);
    }
    return Done{};
}

void times(const std::vector<course::Column>& columns) {
    const auto& time = columns[0].numbers;
    const auto& event = columns[1].numbers;
    course::Matrix covariates{time.size(), columns[2].numbers, {"z", "s"}};
    covariates.values.insert(covariates.values.end(), columns[3].numbers.begin(),
                             columns[3].numbers.end());
    double log_likelihood = 0;
    measure("Cox, Efron, with tests", time.size(), [&] {
        log_likelihood = course::cox_regression(time, event, covariates).value().log_likelihood;
    });
    fmt::print("  log-likelihood {:.6f}\n", log_likelihood);
    std::vector<std::int32_t> group;
    for (const auto z : columns[2].numbers) group.push_back(static_cast<std::int32_t>(z));
    double median = 0;
    measure("Kaplan-Meier, two groups", time.size(),
            [&] { median = *course::survival(time, event, group, 2).value().curves[0].median; });
    fmt::print("  median of z = 0: {}\n", median);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        fmt::print(stderr, "Usage: course_bench GROWTH.csv[.gz] COX.csv[.gz]\n");
        return 2;
    }
    const auto scores = read(arguments[1]), until = read(arguments[2]);
    if (!scores.ok() || !until.ok()) {
        fmt::print(stderr, "{}\n", (scores.ok() ? until : scores).error().message);
        return 5;
    }
    const auto done = growth(scores.value());
    if (!done.ok()) {
        fmt::print(stderr, "{}\n", done.error().message);
        return 3;
    }
    times(until.value());
    return 0;
}
