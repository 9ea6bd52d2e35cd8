#include "simulate/hard_series.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "simulate/draw.h"

namespace evenkeel::simulate {
namespace {

constexpr int tail_df = 5;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct Sums {
    double n = 0, sum = 0, squares = 0;
    void add(double value) {
        n += 1;
        sum += value;
        squares += value * value;
    }
    [[nodiscard]] double mean() const { return sum / n; }
    [[nodiscard]] double sd() const { return std::sqrt(squares / n - mean() * mean()); }
};

// Variance 1 in the long run.
double shock(std::span<const double> leftovers, Random& random) {
    double chi_squared = 0;
    for (int i = 0; i < tail_df; ++i) {
        const double z = normal(random);
        chi_squared += z * z;
    }
    return one_of(random, leftovers) * std::sqrt((tail_df - 2) / chi_squared);
}

}  // namespace

std::vector<double> leftovers(std::span<const std::vector<double>> series) {
    std::vector<double> out;
    for (const auto& values : series) {
        Sums own;
        for (const double value : values) {
            if (!std::isnan(value)) own.add(value);
        }
        if (own.n < 8 || !(own.sd() > 0)) continue;
        double products = 0, squares = 0;
        for (std::size_t i = 1; i < values.size(); ++i) {
            if (std::isnan(values[i]) || std::isnan(values[i - 1])) continue;
            products += (values[i] - own.mean()) * (values[i - 1] - own.mean());
            squares += std::pow(values[i - 1] - own.mean(), 2);
        }
        const double carried = squares > 0 ? products / squares : 0;
        for (std::size_t i = 1; i < values.size(); ++i) {
            if (std::isnan(values[i]) || std::isnan(values[i - 1])) continue;
            out.push_back((values[i] - own.mean() - carried * (values[i - 1] - own.mean())) /
                          own.sd());
        }
    }
    EK_ASSERT(!out.empty());
    Sums all;
    for (const double value : out) all.add(value);
    for (double& value : out) value = (value - all.mean()) / all.sd();
    return out;
}

std::vector<double> draw_hard_days(const HardDays& days, std::span<const double> leftovers,
                                   std::size_t n_days, Random& random) {
    constexpr std::size_t settling = 50;  // until the start is forgotten
    const std::size_t first_weekday = below(random, 7);
    std::vector<double> out;
    double deviation = 0;
    for (std::size_t day = 0; day < n_days + settling; ++day) {
        deviation = days.carried_over * deviation + days.spread * shock(leftovers, random);
        if (day < settling) continue;
        const bool weekend = (day + first_weekday) % 7 < 2;
        const double cycle = days.spread * days.weekend * ((weekend ? 1.0 : 0.0) - 2.0 / 7);
        const bool there = chance(random, days.reports);
        out.push_back(there ? days.level + cycle + deviation : missing);
    }
    return out;
}

ScoreSeries draw_hard_scores(std::span<const double> leftovers, int n_weeks, Random& random) {
    const double start = between(random, 9, 24);
    const double share = std::clamp(0.45 + 0.25 * shock(leftovers, random), -0.6, 1.0);
    const double pace = 30 * std::exp(0.6 * normal(random));  // days to 63 % of the way
    ScoreSeries out;
    for (int week = 0; week <= n_weeks; ++week) {
        if (week > 0 && chance(random, 0.15)) continue;
        const double day = week == 0 ? 0 : 7 * week + static_cast<double>(below(random, 5)) - 2;
        const double weekend = std::fmod(day, 7) < 2 ? 0.8 : 0;
        const double expected = start - share * (start - 3) * (1 - std::exp(-day / pace)) + weekend;
        const double said = std::round(expected + 2.4 * shock(leftovers, random));
        out.day.push_back(day);
        out.score.push_back(std::clamp(said, 0.0, 27.0));
    }
    return out;
}

}  // namespace evenkeel::simulate
