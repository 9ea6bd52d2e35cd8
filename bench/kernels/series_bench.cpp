// How long do the methods for a person's series take on data in memory? Processor time, the
// smallest of seven runs; the data are drawn as those of R's times in bench/README.md.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <random>

#include "course/change_points.h"
#include "course/control_chart.h"
#include "course/early_warning.h"

namespace evenkeel::course {
namespace {

template <class Work>
void time_of(const char* name, double recorded, const Work& work) {
    double best = 1e9;
    for (int run = 0; run < 7; ++run) {
        const auto start = std::clock();
        work();
        best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    fmt::print("{:<48} {:10.6f} s   recorded {:.3f} s: {:.1f} times\n", name, best, recorded,
               recorded / best);
}

std::vector<double> noise(std::size_t n) {
    std::mt19937_64 engine(3);
    std::normal_distribution<double> normal;
    std::vector<double> values(n);
    for (double& value : values) value = normal(engine);
    return values;
}

int run() {
    auto steps = noise(100'000);
    for (std::size_t i = 0; i < steps.size(); ++i) steps[i] += static_cast<double>(i / 1000 % 2);
    const auto search = [&](Penalty penalty) {
        return [&steps, penalty] {
            if (!change_points(steps, ChangeIn::mean, penalty, 1).ok()) fmt::print("no result\n");
        };
    };
    time_of("change points, 100,000 values, BIC", 0.183,
            search(bic_penalty(ChangeIn::mean, steps.size())));
    time_of("change points, 100,000 values, MBIC", 0.029,
            search(mbic_penalty(ChangeIn::mean, steps.size())));
    const auto people = noise(180 * 10'000);
    std::vector<int> first(10'000);
    time_of("EWMA with personal limits, 10,000 x 180", 0.41,
            [&] { ewma_first_alarms(people, 180, 42, 0.2, 3, first); });
    time_of("rolling indicators and tau, 200 x 180", 0.42, [&] {
        for (std::size_t person = 0; person < 200; ++person) {
            const auto found = rolling_indicators(std::span(people).subspan(person * 180, 180), 60);
            if (!kendall_tau(found.ar1) || !kendall_tau(found.variance)) fmt::print("no tau\n");
        }
    });
    return 0;
}

}  // namespace
}  // namespace evenkeel::course

int main() {
    return evenkeel::course::run();
}
