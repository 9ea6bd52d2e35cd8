// Has a diary left the range of its first ten days? NaN is a day without an entry.
#include <evenkeel/course/control_chart.h>
#include <cmath>
#include <cstdio>
#include <vector>

int main() {
    namespace course = evenkeel::course;
    const double none = std::nan("");
    const std::vector<double> mood{4, 3, 4, 5, 4, none, 3, 4, 5, 4, 4, 3, none, 2, 2, 1, 2, 1};
    const auto chart = course::control_chart(mood, 0, 9, {.chart = course::Chart::ewma});
    if (!chart.ok()) {
        for (const auto& [where, message] : chart.error().problems()) {
            std::fprintf(stderr, "%s: %s\n", where.c_str(), message.c_str());
        }
        return 1;
    }
    const auto& [baseline, ar1, points, alarm, up, down] = chart.value();
    std::printf("%zu days, center %.2f, sd %.2f\n", baseline.n, baseline.center, baseline.sd);
    if (alarm) std::printf("first alarm on day %zu\n", points[*alarm].at + 1);
}
