#include "course/detail/mean_starts.h"

#include <algorithm>
#include <cmath>

#include "numerics/clones.h"

namespace evenkeel::course::detail {
namespace {

struct Lists {
    const double *at, *sum, *base;
    double *low, *high;
    const double *hole_low, *hole_high;
    double *cover_low, *cover_high, *stays;
    const double* charge;
};

// What the start at `at` with `sum` and `base` leaves to each earlier one and takes from it. A
// start within rounding of being useless stays.
EK_CLONES void weigh(const Lists& lists, std::size_t n, double at, double sum, double base,
                     double slack) {
    for (std::size_t i = 0; i < n; ++i) {
        const double share = 1 / (at - lists.at[i]);
        const double mean = (sum - lists.sum[i]) * share;
        const double width2 = (base - lists.base[i]) * share + mean * mean;
        const double outer2 = width2 + slack;
        const double width = std::sqrt(outer2 > 0 ? outer2 : 0);
        const double low = mean - width > lists.low[i] ? mean - width : lists.low[i];
        const double high = mean + width < lists.high[i] ? mean + width : lists.high[i];
        lists.low[i] = low;
        lists.high[i] = high;
        const double in_hole =
            (low >= lists.hole_low[i] ? 1.0 : 0.0) * (high <= lists.hole_high[i] ? 1.0 : 0.0);
        lists.stays[i] = (outer2 < 0 ? 0.0 : 1.0) * (low > high ? 0.0 : 1.0) * (1 - in_hole);
        const double inner2 = width2 - slack - lists.charge[i] * share;
        const double inner = std::sqrt(inner2 > 0 ? inner2 : 0);
        lists.cover_low[i] = mean - inner;
        lists.cover_high[i] = mean + inner;
    }
}

EK_CLONES void totals(const double* at, const double* sum, const double* base, const double* charge,
                      std::size_t n, double at_t, double sum_t, double* out) {
    for (std::size_t i = 0; i < n; ++i) {
        const double difference = sum_t - sum[i];
        out[i] = base[i] - difference * difference / (at_t - at[i]) + charge[i];
    }
}

}  // namespace

MeanStarts::MeanStarts(std::span<const double> sums, std::span<const double> squares,
                       std::span<const double> log_lengths, std::size_t min_length)
    : sums_(sums),
      squares_(squares),
      log_lengths_(log_lengths),
      min_length_(min_length),
      slack_(1e-13 * squares.back() / static_cast<double>(squares.size() - 1)) {}

void MeanStarts::make_room() {
    const auto wider = std::max<std::size_t>(64, 2 * capacity_);
    std::vector<double> values(n_fields * wider);
    for (std::size_t field = 0; field < n_fields; ++field) {
        std::copy_n(values_.data() + field * capacity_, n_, values.data() + field * wider);
    }
    values_ = std::move(values);
    capacity_ = wider;
}

// The logarithm of each length from a start to `from`, with so many values more.
void MeanStarts::charge_for(double from, std::size_t added) {
    if (log_lengths_.empty()) return;
    const double* begins = list(at);
    double* charges = list(charge);
    for (std::size_t i = 0; i < n_; ++i) {
        charges[i] = log_lengths_[static_cast<std::size_t>(from - begins[i]) + added];
    }
}

void MeanStarts::enter(std::size_t u, double before) {
    if (n_ == capacity_) make_room();
    const double here = static_cast<double>(u);
    std::array<double, n_kept_fields> fresh{
        here, sums_[u], before - squares_[u], -INFINITY, INFINITY, INFINITY, -INFINITY};
    // An earlier start pays log((length + m) / m) more than this one after its first m values.
    charge_for(here, min_length_);
    if (!log_lengths_.empty()) {
        double* charges = list(charge);
        for (std::size_t i = 0; i < n_; ++i) charges[i] -= log_lengths_[min_length_];
    }
    weigh({list(at), list(sum), list(base), list(low), list(high), list(hole_low), list(hole_high),
           list(cover_low), list(cover_high), list(stays), list(charge)},
          n_, fresh[at], fresh[sum], fresh[base], slack_);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < n_; ++i) {
        const double from = list(cover_low)[i], to = list(cover_high)[i];
        const bool apart = from > fresh[hole_high] || to < fresh[hole_low];
        if (!apart) {
            fresh[hole_low] = std::min(from, fresh[hole_low]);
            fresh[hole_high] = std::max(to, fresh[hole_high]);
        } else if (to - from > std::max(0.0, fresh[hole_high] - fresh[hole_low])) {
            fresh[hole_low] = from;
            fresh[hole_high] = to;
        }
        if (list(stays)[i] == 0) continue;
        if (kept != i) {
            for (std::size_t field = 0; field < n_kept_fields; ++field) {
                values_[field * capacity_ + kept] = values_[field * capacity_ + i];
            }
        }
        ++kept;
    }
    for (std::size_t field = 0; field < n_kept_fields; ++field) {
        values_[field * capacity_ + kept] = fresh[field];
    }
    n_ = kept + 1;
}

MeanStarts::Best MeanStarts::best(std::size_t t) {
    charge_for(static_cast<double>(t), 0);
    double* found = list(cover_low);
    totals(list(at), list(sum), list(base), list(charge), n_, static_cast<double>(t), sums_[t],
           found);
    const auto* smallest = std::min_element(found, found + n_);
    if (smallest == found + n_) return {0, INFINITY};
    return {static_cast<std::size_t>(list(at)[smallest - found]), *smallest + squares_[t]};
}

}  // namespace evenkeel::course::detail
