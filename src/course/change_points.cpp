#include "course/change_points.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "course/detail/mean_starts.h"
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
    detail::MeanStarts starts(sums.values, sums.squares, logs, min_length);
    for (std::size_t t = min_length; t <= n; ++t) {
        const std::size_t u = t - min_length;
        if (u == 0 || u >= min_length) starts.enter(u, path.total[u] + penalty.per_change);
        const auto best = starts.best(t);
        path.start[t] = static_cast<std::uint32_t>(best.start);
        path.total[t] = best.total;
    }
    return path;
}

// The least that values cost where the variance may not fall below the smallest one. The cost above
// is the same but for such variances, where it is larger; of this one, two parts never cost more
// than the whole.
double least_cost_between(const Sums& sums, ChangeIn change, std::size_t from, std::size_t to) {
    if (from == to) return 0;
    const auto length = static_cast<double>(to - from);
    const double own = variance_between(sums, change, from, to);
    const double variance = std::max(own, smallest_variance);
    return length * (std::log(2 * std::numbers::pi) + std::log(variance) + own / variance);
}

// For a change of variance, whose starts have no such intervals. Now and then all starts are put in
// the order of what they cost up to a point w. The part after w costs each of them at least what it
// would alone, so that the search of a best start ends at the first that is too dear already; only
// starts since w are all looked at.
class VarianceStarts {
  public:
    VarianceStarts(const Sums& sums, ChangeIn change, const Penalty& penalty,
                   std::span<const double> logs, Path& path)
        : sums_(sums), change_(change), per_change_(penalty.per_change), logs_(logs), path_(path) {}

    void enter(std::size_t u) {
        fresh_.push_back(static_cast<std::uint32_t>(u));
        if (fresh_.size() == most_fresh) put_in_order(u);
    }

    // Writes the best start of a last segment up to t, of equal ones the earliest.
    void find(std::size_t t) {
        const double after =
            least_cost_between(sums_, change_, point_, t) + per_change_ + log_length(point_, t);
        for (const auto& [least, start] : ordered_) {
            const double best = path_.total[t];
            if (least + after > best + rounding * (1 + std::abs(best))) break;
            weigh(start, t);
        }
        for (const auto start : fresh_) weigh(start, t);
    }

  private:
    static constexpr std::size_t most_fresh = 32;
    static constexpr double rounding = 1e-12;
    struct Start {
        double least;  // up to point_
        std::uint32_t at;
    };

    [[nodiscard]] double log_length(std::size_t from, std::size_t to) const {
        return logs_.empty() ? 0 : logs_[to - from];
    }

    void weigh(std::size_t s, std::size_t t) {
        const double cost = cost_between(sums_, change_, s, t) + log_length(s, t);
        const double total = path_.total[s] + cost + per_change_;
        if (total < path_.total[t] || (total == path_.total[t] && s < path_.start[t])) {
            path_.total[t] = total;
            path_.start[t] = static_cast<std::uint32_t>(s);
        }
    }

    // Also PELT's rule: a start that costs more up to u than the best way to u is never cheaper
    // than u from now on. Near the smallest variance a part can cost more than the whole, so such a
    // start is kept.
    void put_in_order(std::size_t u) {
        for (const auto start : fresh_) ordered_.push_back({0, start});
        fresh_.clear();
        point_ = u;
        std::erase_if(ordered_, [&](Start& start) {
            start.least = path_.total[start.at] + least_cost_between(sums_, change_, start.at, u);
            return start.at != u && start.least > path_.total[u] + 1e-9 &&
                   variance_between(sums_, change_, start.at, u) > 1e3 * smallest_variance;
        });
        std::sort(ordered_.begin(), ordered_.end(),
                  [](const Start& a, const Start& b) { return a.least < b.least; });
    }

    const Sums& sums_;
    ChangeIn change_;
    double per_change_;
    std::span<const double> logs_;
    Path& path_;
    std::vector<Start> ordered_;
    std::vector<std::uint32_t> fresh_;  // since point_
    std::size_t point_ = 0;
};

Path search_variance(const Sums& sums, ChangeIn change, const Penalty& penalty,
                     std::size_t min_length) {
    const std::size_t n = sums.size();
    const std::vector<double> logs = log_lengths_of(penalty, n);
    Path path{std::vector<std::uint32_t>(n + 1), std::vector<double>(n + 1, INFINITY)};
    path.total[0] = -penalty.per_change;
    VarianceStarts starts(sums, change, penalty, logs, path);
    for (std::size_t t = min_length; t <= n; ++t) {
        const std::size_t u = t - min_length;
        if (u == 0 || u >= min_length) starts.enter(u);
        starts.find(t);
    }
    return path;
}

Path search_all(const Sums& sums, ChangeIn change, const Penalty& penalty, std::size_t min_length) {
    const std::size_t n = sums.size();
    const std::vector<double> logs = log_lengths_of(penalty, n);
    Path path{std::vector<std::uint32_t>(n + 1), std::vector<double>(n + 1, INFINITY)};
    path.total[0] = -penalty.per_change;
    for (std::size_t t = min_length; t <= n; ++t) {
        for (std::size_t s = 0; s + min_length <= t; s += s == 0 ? min_length : 1) {
            double cost = cost_between(sums, change, s, t);
            if (!logs.empty()) cost += logs[t - s];
            const double total = path.total[s] + cost + penalty.per_change;
            if (total < path.total[t]) {
                path.total[t] = total;
                path.start[t] = static_cast<std::uint32_t>(s);
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
                                 : search_variance(sums, change, penalty, min_length));
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
    return result_of(values, search_all(sums, change, penalty, min_length));
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
        detail::MeanStarts starts(sums.values, sums.squares, {}, min_length);
        start.emplace_back(n + 1);
        std::fill(total.begin(), total.end(), INFINITY);
        for (std::size_t t = min_length; t <= n; ++t) {
            const std::size_t u = t - min_length;
            if (std::isfinite(before[u])) starts.enter(u, before[u]);
            const auto best = starts.best(t);
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
