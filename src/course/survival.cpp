#include "course/survival.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "course/detail/ascending_order.h"
#include "numerics/distributions.h"

namespace evenkeel::course {
namespace {

// Half, to rounding: a curve that stands at one half has its median in the middle of the step.
constexpr double half_tolerance = 1.5e-8;

void write_interval(SurvivalPoint& point, double variance, SurvivalInterval interval, double z) {
    const double s = point.survival;
    if (s <= 0) return;  // nobody is left: the variance is infinite
    const double sd = std::sqrt(variance);
    point.se = s * sd;
    const auto clamp = [](double x) { return std::clamp(x, 0.0, 1.0); };
    if (interval == SurvivalInterval::plain) {
        point.lower = clamp(s - z * s * sd);
        point.upper = clamp(s + z * s * sd);
    } else if (interval == SurvivalInterval::log) {
        point.lower = clamp(std::exp(std::log(s) - z * sd));
        point.upper = clamp(std::exp(std::log(s) + z * sd));
    } else if (s < 1) {
        const double center = std::log(-std::log(s)), reach = z * sd / std::log(s);
        point.lower = clamp(std::exp(-std::exp(center - reach)));
        point.upper = clamp(std::exp(-std::exp(center + reach)));
    }
}

// The first time at which a curve has come down to one half.
template <class Value>
std::optional<double> half_time(const std::vector<SurvivalPoint>& points, Value value) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::optional<double> here = value(points[i]);
        if (!here || *here >= 0.5 + half_tolerance) continue;
        if (std::abs(*here - 0.5) >= half_tolerance) return points[i].time;
        for (auto k = i + 1; k < points.size(); ++k) {
            const std::optional<double> later = value(points[k]);
            if (later && *later < *here) return (points[i].time + points[k].time) / 2;
        }
        return points[i].time;
    }
    return std::nullopt;
}

void write_restricted_mean(SurvivalCurve& curve, double horizon) {
    curve.horizon = horizon;
    // Area to the right of each point, from the end: the variance needs it.
    double right = 0, variance = 0, end = horizon;
    for (auto i = curve.points.size(); i-- > 0;) {
        const auto& point = curve.points[i];
        if (point.time >= horizon) continue;
        right += point.survival * (end - point.time);
        end = point.time;
        const auto r = static_cast<double>(point.at_risk), d = static_cast<double>(point.events);
        if (r > d) variance += right * right * d / (r * (r - d));
    }
    curve.restricted_mean = right + end;
    curve.restricted_mean_se = std::sqrt(variance);
}

class CurveBuilder {
  public:
    CurveBuilder(std::size_t n, SurvivalInterval interval)
        : interval_(interval), z_(numerics::normal_quantile(0.975)), at_risk_(n) {
        curve_.n = n;
    }

    [[nodiscard]] std::size_t at_risk() const { return at_risk_; }

    void add(double time, std::size_t events, std::size_t leaving) {
        if (leaving == 0) return;
        SurvivalPoint point{time, at_risk_, events, leaving - events};
        const auto r = static_cast<double>(at_risk_), d = static_cast<double>(events);
        survival_ *= (r - d) / r;
        hazard_ += d / r;
        if (events == at_risk_) survival_ = 0;
        if (r > d) variance_ += d / (r * (r - d));
        point.survival = survival_;
        point.cumulative_hazard = hazard_;
        write_interval(point, variance_, interval_, z_);
        curve_.n_events += events;
        at_risk_ -= leaving;
        curve_.points.push_back(point);
    }

    SurvivalCurve finish(double horizon) {
        const auto& points = curve_.points;
        curve_.median = half_time(
            points, [](const SurvivalPoint& p) -> std::optional<double> { return p.survival; });
        curve_.median_lower = half_time(points, [](const SurvivalPoint& p) { return p.lower; });
        curve_.median_upper = half_time(points, [](const SurvivalPoint& p) { return p.upper; });
        write_restricted_mean(curve_, horizon);
        return std::move(curve_);
    }

  private:
    SurvivalInterval interval_;
    double z_;
    std::size_t at_risk_;
    double survival_ = 1, variance_ = 0, hazard_ = 0;
    SurvivalCurve curve_;
};

// Observed less expected events of each group but the last, weighted by S(t-)^rho.
class RankTest {
  public:
    RankTest(std::size_t n_groups, double rho)
        : g_(n_groups), rho_(rho), difference_(g_), expected_(g_), variance_(g_ * g_) {}

    void add(const std::vector<std::size_t>& at_risk, const std::vector<std::size_t>& events) {
        double n = 0, d = 0;
        for (std::size_t j = 0; j < g_; ++j) {
            n += static_cast<double>(at_risk[j]);
            d += static_cast<double>(events[j]);
        }
        if (d == 0) return;
        const double weight = rho_ == 0 ? 1 : std::pow(survival_, rho_);
        const double spread = n > 1 ? weight * weight * d * (n - d) / (n - 1) : 0;
        for (std::size_t j = 0; j < g_; ++j) {
            const double share = static_cast<double>(at_risk[j]) / n;
            expected_[j] += weight * d * share;
            difference_[j] += weight * (static_cast<double>(events[j]) - d * share);
            for (std::size_t k = 0; k < g_; ++k) {
                const double other = static_cast<double>(at_risk[k]) / n;
                variance_[j * g_ + k] += spread * share * ((j == k ? 1.0 : 0.0) - other);
            }
        }
        survival_ *= (n - d) / n;
    }

    // Groups where nothing was expected say nothing.
    [[nodiscard]] std::optional<SurvivalTest> finish() const {
        std::vector<std::size_t> used;
        for (std::size_t j = 0; j < g_; ++j) {
            if (expected_[j] > 0) used.push_back(j);
        }
        if (used.size() < 2) return std::nullopt;
        used.pop_back();
        const auto m = used.size();
        // u'V^-1 u by Cholesky: the sum of squares of the solved differences.
        std::vector<double> factor(m * m), solved(m);
        SurvivalTest out;
        for (std::size_t i = 0; i < m; ++i) {
            double value = difference_[used[i]];
            for (std::size_t j = 0; j <= i; ++j) {
                double sum = variance_[used[i] * g_ + used[j]];
                for (std::size_t r = 0; r < j; ++r) sum -= factor[i * m + r] * factor[j * m + r];
                if (i == j && !(sum > 1e-12 * variance_[used[i] * g_ + used[i]])) {
                    return std::nullopt;
                }
                factor[i * m + j] = i == j ? std::sqrt(sum) : sum / factor[j * m + j];
                if (j < i) value -= factor[i * m + j] * solved[j];
            }
            solved[i] = value / factor[i * m + i];
            out.statistic += solved[i] * solved[i];
        }
        out.df = m;
        out.p = numerics::chi_squared_upper(out.statistic, static_cast<double>(m));
        return out;
    }

  private:
    std::size_t g_;
    double rho_, survival_ = 1;
    std::vector<double> difference_, expected_, variance_;
};

Survival all_curves(std::span<const double> time, std::span<const double> event,
                    std::span<const std::int32_t> group, const std::vector<std::size_t>& rows,
                    std::size_t n_groups, const SurvivalOptions& options) {
    std::vector<double> times;
    times.reserve(rows.size());
    std::vector<std::size_t> at_risk(n_groups), events(n_groups), leaving(n_groups);
    for (const auto row : rows) {
        times.push_back(time[row]);
        ++at_risk[group.empty() ? 0 : static_cast<std::size_t>(group[row])];
    }
    const auto order = detail::ascending_order(times);
    std::vector<CurveBuilder> builders;
    for (std::size_t j = 0; j < n_groups; ++j) builders.emplace_back(at_risk[j], options.interval);
    RankTest log_rank(n_groups, 0), peto(n_groups, 1);
    for (std::size_t i = 0; i < order.size();) {
        const double now = times[order[i]];
        std::fill(events.begin(), events.end(), 0);
        std::fill(leaving.begin(), leaving.end(), 0);
        for (; i < order.size() && times[order[i]] == now; ++i) {
            const auto row = rows[order[i]];
            const auto j = group.empty() ? 0 : static_cast<std::size_t>(group[row]);
            ++leaving[j];
            events[j] += event[row] != 0 ? 1 : 0;
        }
        if (n_groups > 1) {
            log_rank.add(at_risk, events);
            peto.add(at_risk, events);
        }
        for (std::size_t j = 0; j < n_groups; ++j) {
            builders[j].add(now, events[j], leaving[j]);
            at_risk[j] -= leaving[j];
        }
    }
    Survival out;
    out.horizon = options.horizon.value_or(times[order.back()]);
    for (auto& builder : builders) out.curves.push_back(builder.finish(out.horizon));
    if (n_groups > 1) {
        out.log_rank = log_rank.finish();
        out.peto = peto.finish();
    }
    return out;
}

}  // namespace

Result<std::vector<std::size_t>> rows_with_times(std::span<const double> time,
                                                 std::span<const double> event) {
    Faults faults;
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < time.size() && faults.all().size() < 1000; ++i) {
        if (std::isnan(time[i]) || std::isnan(event[i])) continue;
        if (!(time[i] >= 0) || time[i] > 1e100) {
            faults.add(fmt::format("/rows/{}", i),
                       fmt::format("{} is no time to an event: give 0 or more.", time[i]));
        } else if (event[i] != 0 && event[i] != 1) {
            faults.add(fmt::format("/rows/{}", i),
                       fmt::format("{} is no event: give 1 (happened) or 0 (not seen).", event[i]));
        }
        out.push_back(i);
    }
    if (!faults.none()) return faults.error();
    if (out.empty()) {
        return Error{Fault::invalid_input, "", "No row has both a time and an event.", {}};
    }
    return out;
}

Result<Survival> survival(std::span<const double> time, std::span<const double> event,
                          std::span<const std::int32_t> group, std::size_t n_groups,
                          SurvivalOptions options) {
    TRY(auto rows, rows_with_times(time, event));
    if (options.horizon && !(*options.horizon > 0 && *options.horizon <= 1e100)) {
        return Error{Fault::invalid_input, "/horizon", "Give a horizon above 0.", {}};
    }
    if (!group.empty()) {
        std::erase_if(rows, [&](std::size_t row) { return group[row] < 0; });
    } else {
        n_groups = 1;
    }
    if (n_groups > max_survival_groups) {
        return Error{Fault::invalid_input,
                     "/group",
                     fmt::format("{} groups: compare at most {}.", n_groups, max_survival_groups),
                     {}};
    }
    if (rows.empty()) {
        return Error{Fault::invalid_input, "", "No row has a time, an event and a group.", {}};
    }
    auto out = all_curves(time, event, group, rows, n_groups, options);
    out.n_left_out = time.size() - rows.size();
    return out;
}

}  // namespace evenkeel::course
