#include "course/change_points.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "course/series.h"

namespace evenkeel::course {
namespace {

// Sums of the first i values and of their squares, around the mean of the whole series so that
// differences of sums keep their figures. Costs do not depend on that shift.
struct Sums {
    std::vector<double> values, squares;
    explicit Sums(std::span<const double> series)
        : values(series.size() + 1), squares(series.size() + 1) {
        const double mean = mean_of(series);
        long double sum = 0, square = 0;
        for (std::size_t i = 0; i < series.size(); ++i) {
            const double value = series[i] - mean;
            values[i + 1] = static_cast<double>(sum += value);
            squares[i + 1] = static_cast<double>(square += value * value);
        }
    }
    [[nodiscard]] std::size_t size() const { return values.size() - 1; }
};

double variance_between(const Sums& sums, ChangeIn change, std::size_t from, std::size_t to) {
    const auto length = static_cast<double>(to - from);
    const double square = (sums.squares[to] - sums.squares[from]) / length;
    const double mean = (sums.values[to] - sums.values[from]) / length;
    return change == ChangeIn::mean_and_variance ? square - mean * mean : square;
}

double cost_between(const Sums& sums, ChangeIn change, std::size_t from, std::size_t to) {
    const auto length = static_cast<double>(to - from);
    if (change == ChangeIn::mean) {
        const double sum = sums.values[to] - sums.values[from];
        return sums.squares[to] - sums.squares[from] - sum * sum / length;
    }
    const double variance = std::max(variance_between(sums, change, from, to), smallest_variance);
    return length * (std::log(2 * std::numbers::pi) + std::log(variance) + 1);
}

// What a search leaves: for each point the best last segment's start, and the total at the end.
struct Path {
    std::vector<std::uint32_t> start;
    std::vector<double> total;
};

// Starts of a last segment that can still be best, for a change of the mean. Of two starts s < u,
// s is the cheaper one exactly for the means in an interval around the mean of the values between
// them. So s is worth keeping only for means inside its intervals with all later starts (low to
// high), and u only for means outside its intervals with all earlier ones (of which one connected
// stretch is remembered, its hole). PELT's rule asks only that the first interval has a width.
// With MBIC an earlier start pays more for its length, most at first: the hole is narrower by that.
class Starts {
  public:
    Starts(const Sums& sums, bool log_length, std::size_t min_length)
        : sums_(sums),
          log_length_(log_length),
          min_length_(static_cast<double>(min_length)),
          slack_(1e-13 * sums.squares.back() / static_cast<double>(sums.size())) {}

    // `before`: the best total up to u with the price of a change.
    void enter(std::size_t u, double before) {
        const double at_u = static_cast<double>(u), sum = sums_.values[u];
        const double base = before - sums_.squares[u];
        Start fresh{.at = at_u, .sum = sum, .base = base};
        std::size_t kept = 0;
        for (const Start& start : starts_) {
            const double length = at_u - start.at;
            const double mean = (sum - start.sum) / length;
            const double width2 = (base - start.base) / length + mean * mean;
            // A start within rounding of being useless is kept.
            if (width2 + slack_ < 0) continue;
            widen_hole(fresh, mean, width2 - slack_, length);
            const double width = std::sqrt(width2 + slack_);
            Start rest = start;
            rest.low = std::max(start.low, mean - width);
            rest.high = std::min(start.high, mean + width);
            if (rest.low > rest.high) continue;
            if (rest.low >= rest.hole_low && rest.high <= rest.hole_high) continue;
            starts_[kept++] = rest;
        }
        starts_.resize(kept);
        starts_.push_back(fresh);
    }

    struct Best {
        std::size_t start = 0;
        double total = INFINITY;
    };
    // `log_lengths`: the logarithm of each length, or empty.
    [[nodiscard]] Best best(std::size_t t, std::span<const double> log_lengths) const {
        const double at_t = static_cast<double>(t), sum = sums_.values[t];
        double smallest = INFINITY, where = 0;
        for (const Start& start : starts_) {
            const double length = at_t - start.at, difference = sum - start.sum;
            double total = start.base - difference * difference / length;
            if (!log_lengths.empty()) total += log_lengths[static_cast<std::size_t>(length)];
            if (total < smallest) {
                smallest = total;
                where = start.at;
            }
        }
        return {static_cast<std::size_t>(where), smallest + sums_.squares[t]};
    }

  private:
    struct Start {
        double at = 0, sum = 0, base = 0;  // base: total before it, less the squares before it
        double low = -INFINITY, high = INFINITY;
        double hole_low = INFINITY, hole_high = -INFINITY;
    };

    void widen_hole(Start& fresh, double mean, double width2, double length) const {
        if (log_length_) width2 -= std::log1p(length / min_length_) / length;
        if (!(width2 > 0)) return;
        const double width = std::sqrt(width2), low = mean - width, high = mean + width;
        const bool apart = low > fresh.hole_high || high < fresh.hole_low;
        if (apart && high - low <= fresh.hole_high - fresh.hole_low) return;
        fresh.hole_low = apart ? low : std::min(low, fresh.hole_low);
        fresh.hole_high = apart ? high : std::max(high, fresh.hole_high);
    }

    const Sums& sums_;
    bool log_length_;
    double min_length_, slack_;
    std::vector<Start> starts_;
};

std::vector<double> log_lengths_of(const Penalty& penalty, std::size_t n) {
    std::vector<double> logs;
    if (!penalty.log_length) return logs;
    logs.resize(n + 1);
    for (std::size_t i = 1; i <= n; ++i) logs[i] = std::log(static_cast<double>(i));
    return logs;
}

Path search_mean(const Sums& sums, const Penalty& penalty, std::size_t min_length) {
    const std::size_t n = sums.size();
    const std::vector<double> logs = log_lengths_of(penalty, n);
    Path path{std::vector<std::uint32_t>(n + 1), std::vector<double>(n + 1, INFINITY)};
    path.total[0] = -penalty.per_change;
    Starts starts(sums, penalty.log_length, min_length);
    for (std::size_t t = min_length; t <= n; ++t) {
        const std::size_t u = t - min_length;
        if (u == 0 || u >= min_length) starts.enter(u, path.total[u] + penalty.per_change);
        const auto best = starts.best(t, logs);
        path.start[t] = static_cast<std::uint32_t>(best.start);
        path.total[t] = best.total;
    }
    return path;
}

// PELT where a cost has no such intervals. A start s is given up from the time u + min_length on
// when total(s) + cost(s, u) > total(u): then u is never dearer than s. Near the smallest variance
// a part can cost more than the whole, so such a start is kept.
Path search_variance(const Sums& sums, ChangeIn change, const Penalty& penalty,
                     std::size_t min_length, bool prune) {
    const std::size_t n = sums.size();
    const std::vector<double> logs = log_lengths_of(penalty, n);
    Path path{std::vector<std::uint32_t>(n + 1), std::vector<double>(n + 1, INFINITY)};
    path.total[0] = -penalty.per_change;
    std::vector<std::uint32_t> starts;
    for (std::size_t t = min_length; t <= n; ++t) {
        const std::size_t u = t - min_length;
        if (u == 0 || u >= min_length) {
            if (prune && u > 0) {
                std::erase_if(starts, [&](std::uint32_t s) {
                    const double cost = cost_between(sums, change, s, u);
                    return path.total[s] + cost > path.total[u] + 1e-9 &&
                           variance_between(sums, change, s, u) > 1e3 * smallest_variance;
                });
            }
            starts.push_back(static_cast<std::uint32_t>(u));
        }
        for (const std::uint32_t s : starts) {
            double cost = cost_between(sums, change, s, t);
            if (!logs.empty()) cost += logs[t - s];
            const double total = path.total[s] + cost + penalty.per_change;
            if (total < path.total[t]) {
                path.total[t] = total;
                path.start[t] = s;
            }
        }
    }
    return path;
}

std::vector<Segment> segments_of(std::span<const double> values,
                                 const std::vector<std::size_t>& locations) {
    std::vector<Segment> segments;
    std::size_t from = 0;
    const auto add = [&](std::size_t to) {
        const auto part = values.subspan(from, to - from);
        Segment segment{.from = from + 1, .to = to, .mean = mean_of(part)};
        for (const double value : part) {
            segment.variance += (value - segment.mean) * (value - segment.mean);
        }
        segment.variance /= static_cast<double>(part.size());
        segments.push_back(segment);
        from = to;
    };
    for (const std::size_t location : locations) add(location);
    add(values.size());
    return segments;
}

void check(std::span<const double> values, ChangeIn change, const Penalty& penalty,
           std::size_t min_length, Faults& faults) {
    check_series(values, "/values", faults);
    if (std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); })) {
        faults.add("/values", "A value is missing: leave missing ones out.");
    }
    if (min_length < (change == ChangeIn::mean ? 1U : 2U)) {
        faults.add("/min_length",
                   "Segments must have at least 1 value, or 2 where a variance may change.");
    } else if (values.size() < min_length || values.empty()) {
        faults.add("/values", "The series is shorter than the shortest segment allowed.");
    }
    if (!std::isfinite(penalty.per_change) || penalty.per_change < 0) {
        faults.add("/penalty", "The penalty must be a number from 0.");
    }
    if (values.size() > UINT32_MAX) faults.add("/values", "The series is too long.");
}

ChangePoints result_of(std::span<const double> values, const Path& path) {
    ChangePoints found{.criterion = path.total.back()};
    for (std::size_t t = path.start.back(); t > 0; t = path.start[t]) found.locations.push_back(t);
    std::reverse(found.locations.begin(), found.locations.end());
    found.segments = segments_of(values, found.locations);
    return found;
}

double parameters(ChangeIn change) {
    return change == ChangeIn::mean_and_variance ? 3 : 2;
}

}  // namespace

Penalty bic_penalty(ChangeIn change, std::size_t n) {
    return {.per_change = parameters(change) * std::log(static_cast<double>(n))};
}
Penalty aic_penalty(ChangeIn change) {
    return {.per_change = 2 * parameters(change)};
}
Penalty mbic_penalty(ChangeIn change, std::size_t n) {
    return {.per_change = (parameters(change) + 1) * std::log(static_cast<double>(n)),
            .log_length = true};
}

Result<ChangePoints> change_points(std::span<const double> values, ChangeIn change, Penalty penalty,
                                   std::size_t min_length) {
    Faults faults;
    check(values, change, penalty, min_length, faults);
    if (!faults.none()) return faults.error();
    const Sums sums(values);
    return result_of(values, change == ChangeIn::mean
                                 ? search_mean(sums, penalty, min_length)
                                 : search_variance(sums, change, penalty, min_length, true));
}

Result<ChangePoints> change_points_by_all_pairs(std::span<const double> values, ChangeIn change,
                                                Penalty penalty, std::size_t min_length) {
    Faults faults;
    check(values, change, penalty, min_length, faults);
    if (values.size() > longest_exact) {
        faults.add("/values",
                   "All pairs are looked at up to 50,000 values: use pelt, which "
                   "finds the same optimum.");
    }
    if (!faults.none()) return faults.error();
    const Sums sums(values);
    return result_of(values, search_variance(sums, change, penalty, min_length, false));
}

Result<ChangePoints> best_mean_changes(std::span<const double> values, std::size_t n_changes,
                                       std::size_t min_length) {
    Faults faults;
    check(values, ChangeIn::mean, {}, min_length, faults);
    if (faults.none() && n_changes > values.size() / min_length - 1) {
        faults.add("/changes", "The series is too short for so many segments.");
    } else if (n_changes > 0 && values.size() > 200'000'000 / n_changes) {
        faults.add("/changes", "So many changes of so long a series do not fit into memory.");
    }
    if (!faults.none()) return faults.error();

    const Sums sums(values);
    const std::size_t n = sums.size();
    std::vector<double> before(n + 1, INFINITY), total(n + 1);
    before[0] = 0;
    std::vector<std::vector<std::uint32_t>> start;
    // Level k: the best k + 1 segments of the first t values, from the best k of fewer.
    for (std::size_t level = 0; level <= n_changes; ++level) {
        Starts starts(sums, false, min_length);
        start.emplace_back(n + 1);
        std::fill(total.begin(), total.end(), INFINITY);
        for (std::size_t t = min_length; t <= n; ++t) {
            const std::size_t u = t - min_length;
            if (std::isfinite(before[u])) starts.enter(u, before[u]);
            const auto best = starts.best(t, {});
            start[level][t] = static_cast<std::uint32_t>(best.start);
            total[t] = best.total;
        }
        before.swap(total);
    }
    ChangePoints found{.criterion = std::max(before[n], 0.0)};
    std::size_t t = n;
    for (std::size_t level = n_changes; level > 0; --level) {
        t = start[level][t];
        found.locations.push_back(t);
    }
    std::reverse(found.locations.begin(), found.locations.end());
    found.segments = segments_of(values, found.locations);
    return found;
}

}  // namespace evenkeel::course
