// How long do the psychometric kernels take on data in memory?
//
//   measures_bench FIT.csv[.gz] SCORE.csv[.gz]
//
// FIT is fitted by the graded model, SCORE is scored with its parameters and gives alpha; every
// column is an item. Prints processor time, the median of several runs, in all and per answer.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

#include "exchange/csv.h"
#include "exchange/input.h"
#include "measures/graded_fit.h"
#include "measures/graded_score.h"
#include "measures/reliability.h"

namespace {

using namespace evenkeel;
using Columns = std::vector<std::vector<double>>;

Result<Columns> read(const std::string& path) {
    TRY(const auto text, exchange::read_input(path));
    TRY(const auto table, exchange::parse_csv(text));
    Columns out(table.header.size());
    for (const auto& row : table.rows) {
        for (std::size_t j = 0; j < out.size(); ++j) {
            const auto& cell = row.cells[j];
            out[j].push_back(cell ? exchange::parse_number(*cell).value_or(NAN) : NAN);
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
void measure(const char* name, const Columns& columns, Work work) {
    std::vector<double> seconds;
    for (int i = 0; i < 9; ++i) {
        const double start = processor_seconds();
        work();
        seconds.push_back(processor_seconds() - start);
    }
    std::nth_element(seconds.begin(), seconds.begin() + 4, seconds.end());
    const double answers = static_cast<double>(columns.size() * columns[0].size());
    fmt::print("{:28} {:9.3f} ms {:9.2f} ns/answer\n", name, seconds[4] * 1e3,
               seconds[4] * 1e9 / answers);
}

int run(const Columns& to_fit, const Columns& to_score) {
    std::vector<measures::GradedItem> items;
    measure("graded model with errors", to_fit, [&] {
        const auto categories = measures::observed_categories(to_fit).value();
        const auto responses = measures::tabulate(to_fit, categories).value();
        items = measures::fit_graded(responses).value().items;
    });
    std::vector<std::vector<double>> categories;
    for (const auto& item : items) categories.push_back(item.categories);
    double sum = 0;  // keeps the work from being left out
    measure("tabulate", to_score,
            [&] { sum += measures::tabulate(to_score, categories).value().counts[0]; });
    measure("tabulate and EAP", to_score, [&] {
        const auto responses = measures::tabulate(to_score, categories).value();
        const auto scores =
            measures::score_graded(items, responses, measures::TraitMethod::eap).value();
        sum += scores[0]->theta;
    });
    measure("alpha and items", to_score, [&] {
        const auto moments = measures::item_moments(to_score).value();
        sum += *measures::consistency(moments).value().alpha;
    });
    return std::isfinite(sum) ? 0 : 1;
}

}  // namespace

int main(int n_arguments, char** arguments) {
    if (n_arguments != 3) {
        fmt::print(stderr, "usage: measures_bench FIT.csv SCORE.csv\n");
        return 2;
    }
    const auto to_fit = read(arguments[1]);
    const auto to_score = read(arguments[2]);
    for (const auto* each : {&to_fit, &to_score}) {
        if (!each->ok()) {
            fmt::print(stderr, "{}: {}\n", each->error().where, each->error().message);
            return 3;
        }
    }
    return run(to_fit.value(), to_score.value());
}
