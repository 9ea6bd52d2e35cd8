#include "course/control_chart.h"

#include <algorithm>
#include <cmath>

#include "course/detail/fading_state.h"
#include "course/series.h"

namespace evenkeel::course {
namespace {

// The expected range of two independent standard normal values as the tables print it. Its exact
// value is 2 / sqrt(pi) = 1.128379; charts in use everywhere have the rounded one.
constexpr double expected_range_of_two = 1.128;

// Over pairs of neighbours with both values observed; 0 where there are none.
double lag1_autocorrelation(std::span<const double> values, double center) {
    double products = 0, squares = 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (std::isnan(values[i]) || std::isnan(values[i - 1])) continue;
        const double here = values[i] - center, before = values[i - 1] - center;
        products += here * before;
        squares += (here * here + before * before) / 2;
    }
    return squares > 0 ? products / squares : 0;
}

double spread_of(std::span<const double> observed, double center, Spread spread) {
    double sum = 0;
    const auto n = static_cast<double>(observed.size());
    if (spread == Spread::moving_range) {
        for (std::size_t i = 1; i < observed.size(); ++i) {
            sum += std::abs(observed[i] - observed[i - 1]);
        }
        return sum / (n - 1) / expected_range_of_two;
    }
    for (const double value : observed) sum += (value - center) * (value - center);
    return std::sqrt(sum / (n - 1));
}

// Around the centre, on the scale of a day's surprise after a day that was seen: what each day says
// beyond what the days before let expect. A gap makes the expectation fade and a surprise weigh
// less.
std::vector<double> surprises(std::span<const double> values, double center,
                              const detail::FadingState& fading) {
    detail::FadingState steady{fading.ar1, fading.noise}, filter = steady;
    double usual = 1;
    for (int day = 0; day < 100; ++day) {
        steady.predict();
        usual = steady.update(0).variance;
    }
    std::vector<double> out(values.begin(), values.end());
    for (double& value : out) {
        filter.predict();
        if (std::isnan(value)) continue;
        const auto surprise = filter.update(value - center);
        value = center + surprise.value * std::sqrt(usual / surprise.variance);
    }
    return out;
}

// How the days of a baseline hang together; not at all where they are too few to say.
detail::FadingState fading_of(std::span<const double> values) {
    if (observed_of(values).values.size() < detail::fewest_days) return {};
    const auto fits = detail::fading_fits(values);
    return std::max_element(fits.begin(), fits.end())->filter;
}

class Follower {
  public:
    Follower(const ChartDesign& design, const Baseline& baseline)
        : design_(design), baseline_(baseline), average_(baseline.center) {}

    ChartPoint next(std::size_t at, double value) {
        ChartPoint point{.at = at, .value = value};
        switch (design_.chart) {
            case Chart::ewma:
                average_ = design_.lambda * value + (1 - design_.lambda) * average_;
                remaining_ *= (1 - design_.lambda) * (1 - design_.lambda);
                set(point, average_,
                    design_.limit * baseline_.sd *
                        std::sqrt(design_.lambda / (2 - design_.lambda) * (1 - remaining_)));
                break;
            case Chart::shewhart:
                set(point, value, design_.limit * baseline_.sd);
                break;
            case Chart::cusum:
                set_sums(point, (value - baseline_.center) / baseline_.sd);
                break;
        }
        return point;
    }

  private:
    void set(ChartPoint& point, double statistic, double width) const {
        point.statistic = statistic;
        point.lower = baseline_.center - width;
        point.upper = baseline_.center + width;
        point.up = statistic > point.upper;
        point.down = statistic < point.lower;
    }

    void set_sums(ChartPoint& point, double z) {
        positive_ = std::max(0.0, positive_ + z - design_.k);
        negative_ = std::min(0.0, negative_ + z + design_.k);
        point.positive = positive_;
        point.negative = negative_;
        point.statistic = positive_ >= -negative_ ? positive_ : negative_;
        point.lower = -design_.h;
        point.upper = design_.h;
        point.up = positive_ > design_.h;
        point.down = negative_ < -design_.h;
    }

    const ChartDesign& design_;
    const Baseline& baseline_;
    double average_, remaining_ = 1, positive_ = 0, negative_ = 0;
};

// Alarms count from the value at `first_watched` on.
void watch(ControlChart& chart, std::span<const double> charted, std::size_t first_watched,
           const ChartDesign& design) {
    Follower follower(design, chart.baseline);
    for (std::size_t i = 0; i < charted.size(); ++i) {
        if (std::isnan(charted[i])) continue;
        chart.points.push_back(follower.next(i, charted[i]));
        const ChartPoint& point = chart.points.back();
        if (i < first_watched) continue;
        const std::size_t index = chart.points.size() - 1;
        if (point.up && !chart.first_up) chart.first_up = index;
        if (point.down && !chart.first_down) chart.first_down = index;
        if ((point.up || point.down) && !chart.first_alarm) chart.first_alarm = index;
    }
}

}  // namespace

void check_design(const ChartDesign& design, Faults& faults) {
    const auto positive = [&](double value, const char* where, const char* message) {
        if (!(value > 0) || value > largest_limit) faults.add(where, message);
    };
    if (design.chart == Chart::cusum) {
        positive(design.h, "/h", "The decision limit h must be above 0 and at most 1000.");
        if (!(design.k >= 0) || design.k > largest_limit) {
            faults.add("/k", "The reference value k must be from 0 to 1000.");
        }
        return;
    }
    positive(design.limit, "/limit", "The limit must be above 0 and at most 1000.");
    if (design.chart == Chart::ewma && !(design.lambda > 0 && design.lambda <= 1)) {
        faults.add("/lambda", "Lambda must be above 0 and at most 1.");
    }
}

Result<Baseline> baseline_of(std::span<const double> values, Spread spread) {
    Faults faults;
    check_series(values, "/values", faults);
    const std::vector<double> observed = observed_of(values).values;
    if (observed.size() < 2) {
        faults.add("/baseline",
                   "The baseline has fewer than 2 observed values: choose a longer one.");
    } else if (constant(observed)) {
        faults.add("/baseline",
                   "All values of the baseline are the same, so nothing says how far a day may "
                   "stray: choose a longer baseline.");
    }
    if (!faults.none()) return faults.error();
    const double center = mean_of(observed);
    return Baseline{.center = center,
                    .sd = spread_of(observed, center, spread),
                    .ar1 = lag1_autocorrelation(values, center),
                    .n = observed.size()};
}

Result<ControlChart> control_chart(std::span<const double> values, std::size_t from, std::size_t to,
                                   const ChartDesign& design) {
    Faults faults;
    check_design(design, faults);
    if (from > to || to >= values.size()) {
        faults.add("/baseline", "The baseline must be a stretch of the values.");
    }
    check_series(values, "/values", faults);
    if (!faults.none()) return faults.error();

    ControlChart chart;
    TRY(chart.baseline, baseline_of(values.subspan(from, to - from + 1), design.spread));
    std::vector<double> charted(values.begin(), values.end());
    if (design.dependence == Dependence::residuals) {
        auto around = charted;
        for (double& value : around) value -= chart.baseline.center;
        const auto fading = fading_of(std::span(around).subspan(from, to - from + 1));
        chart.ar1_used = fading.ar1;
        charted = surprises(values, chart.baseline.center, fading);
        const double center = chart.baseline.center, ar1 = chart.baseline.ar1;
        TRY(chart.baseline,
            baseline_of(std::span(charted).subspan(from, to - from + 1), design.spread));
        chart.baseline.center = center;  // residuals lie around it by construction
        chart.baseline.ar1 = ar1;
    }
    watch(chart, charted, to + 1, design);
    return chart;
}

Result<ControlChart> control_chart(std::span<const double> values, const Baseline& baseline,
                                   const ChartDesign& design) {
    Faults faults;
    check_design(design, faults);
    check_series(values, "/values", faults);
    if (!std::isfinite(baseline.center) || !(baseline.sd > 0) || std::isinf(baseline.sd)) {
        faults.add("/baseline", "Centre and spread must be numbers, the spread above 0.");
    }
    if (!faults.none()) return faults.error();
    ControlChart chart{.baseline = baseline};
    watch(chart, values, 0, design);
    return chart;
}

}  // namespace evenkeel::course
