#include "course/detail/cox_likelihood.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numerics/log_product.h"

namespace evenkeel::course::detail {
namespace {

// Weight, its first and second moments, over a set of rows: 1 + p + p(p+1)/2 numbers.
class Moments {
  public:
    explicit Moments(std::size_t p) : p_(p), sums_(1 + p + p * (p + 1) / 2) {}

    void add(double weight, const double* x) {
        double* at = sums_.data();
        *at++ += weight;
        for (std::size_t j = 0; j < p_; ++j) at[j] += weight * x[j];
        double* second = at + p_;
        for (std::size_t j = 0; j < p_; ++j) {
            const double wx = weight * x[j];
            for (std::size_t k = 0; k <= j; ++k) *second++ += wx * x[k];
        }
    }
    void clear() { std::fill(sums_.begin(), sums_.end(), 0.0); }
    [[nodiscard]] const double* data() const { return sums_.data(); }

  private:
    std::size_t p_;
    std::vector<double> sums_;
};

// Linear predictors, and the largest, which every weight is taken against.
double predictors(const CoxRows& rows, const std::vector<double>& beta, std::vector<double>& out) {
    out.resize(rows.n);
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < rows.n; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < rows.p; ++j) sum += rows.x[i * rows.p + j] * beta[j];
        out[i] = sum;
        largest = std::max(largest, sum);
    }
    return largest;
}

// One term of the likelihood for each event (or its share): all less `share` of the events.
double add_term(const double* all, const double* events, double share, std::size_t p,
                std::vector<double>& gradient, std::vector<double>& information) {
    const double s0 = all[0] - share * events[0];
    const double inverse = 1 / s0;
    const double *s1 = all + 1, *e1 = events + 1, *s2 = s1 + p, *e2 = e1 + p;
    std::size_t slot = 0;
    for (std::size_t j = 0; j < p; ++j) {
        const double mean = (s1[j] - share * e1[j]) * inverse;
        gradient[j] -= mean;
        for (std::size_t k = 0; k <= j; ++k, ++slot) {
            const double other = (s1[k] - share * e1[k]) * inverse;
            information[j * p + k] += (s2[slot] - share * e2[slot]) * inverse - mean * other;
        }
    }
    return s0;
}

// Calls `at(begin, end, n_events)` for each block of equal times, from the last.
template <class At>
void each_time(const CoxRows& rows, At at) {
    for (std::size_t begin = 0; begin < rows.n;) {
        auto end = begin;
        std::size_t n_events = 0;
        for (; end < rows.n && rows.time[end] == rows.time[begin]; ++end) {
            n_events += rows.event[end] != 0 ? 1 : 0;
        }
        at(begin, end, n_events);
        begin = end;
    }
}

void mirror(std::vector<double>& information, std::size_t p) {
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t k = 0; k < j; ++k) information[k * p + j] = information[j * p + k];
    }
}

// Elementary symmetric sums of the weights at risk and their two derivatives, by the
// recursion of Gail et al.: everybody is in or out of the set of d.
class SymmetricSums {
  public:
    SymmetricSums(std::size_t p, std::size_t d)
        : p_(p), d_(d), width_(1 + p + p * (p + 1) / 2), sums_((d + 1) * width_) {
        sums_[0] = 1;
    }

    void add(double weight, const double* x) {
        for (auto size = std::min(d_, ++n_); size > 0; --size) {
            double* to = &sums_[size * width_];
            const double* from = to - width_;
            double *to1 = to + 1, *to2 = to1 + p_;
            const double *from1 = from + 1, *from2 = from1 + p_;
            to[0] += weight * from[0];
            std::size_t slot = 0;
            for (std::size_t j = 0; j < p_; ++j) {
                to1[j] += weight * (from1[j] + x[j] * from[0]);
                for (std::size_t k = 0; k <= j; ++k, ++slot) {
                    to2[slot] += weight * (from2[slot] + x[j] * from1[k] + x[k] * from1[j] +
                                           x[j] * x[k] * from[0]);
                }
            }
        }
    }
    [[nodiscard]] const double* result() const { return &sums_[d_ * width_]; }

  private:
    std::size_t p_, d_, width_, n_ = 0;
    std::vector<double> sums_;
};

void add_exact(const CoxRows& rows, const std::vector<double>& weights, std::size_t end,
               std::size_t n_events, double total, CoxSums& out) {
    SymmetricSums sums(rows.p, n_events);
    // Scaled so that the sums neither vanish nor overflow: e_d is about (total)^d / d!.
    const double scale = static_cast<double>(n_events) / total;
    for (std::size_t i = 0; i < end; ++i) sums.add(weights[i] * scale, &rows.x[i * rows.p]);
    const double* found = sums.result();
    const double *first = found + 1, *second = first + rows.p;
    out.log_likelihood -= std::log(found[0]) - static_cast<double>(n_events) * std::log(scale);
    std::size_t slot = 0;
    for (std::size_t j = 0; j < rows.p; ++j) {
        const double mean = first[j] / found[0];
        out.gradient[j] -= mean;
        for (std::size_t k = 0; k <= j; ++k, ++slot) {
            out.information[j * rows.p + k] += second[slot] / found[0] - mean * first[k] / found[0];
        }
    }
}

}  // namespace

CoxSums cox_sums(const CoxRows& rows, const std::vector<double>& beta, Ties ties) {
    const auto p = rows.p;
    CoxSums out{0, std::vector<double>(p), std::vector<double>(p * p)};
    std::vector<double> weights;
    const double largest = predictors(rows, beta, weights);
    Moments all(p), events(p);
    numerics::LogProduct at_risk;
    each_time(rows, [&](std::size_t begin, std::size_t end, std::size_t n_events) {
        events.clear();
        for (auto i = begin; i < end; ++i) {
            const double* x = rows.x.data() + i * p;
            if (rows.event[i] != 0) {
                out.log_likelihood += weights[i] - largest;
                for (std::size_t j = 0; j < p; ++j) out.gradient[j] += x[j];
            }
            weights[i] = std::exp(weights[i] - largest);
            all.add(weights[i], x);
            if (rows.event[i] != 0 && ties == Ties::efron && n_events > 1) {
                events.add(weights[i], x);
            }
        }
        if (n_events == 0) return;
        if (ties == Ties::exact && n_events > 1) {
            add_exact(rows, weights, end, n_events, all.data()[0], out);
            return;
        }
        const auto d = static_cast<double>(n_events);
        for (std::size_t k = 0; k < n_events; ++k) {
            const double share = ties == Ties::efron ? static_cast<double>(k) / d : 0;
            at_risk.multiply(
                add_term(all.data(), events.data(), share, p, out.gradient, out.information));
        }
    });
    out.log_likelihood -= at_risk.log();
    mirror(out.information, p);
    if (!std::isfinite(out.log_likelihood)) {
        out.log_likelihood = -std::numeric_limits<double>::infinity();
    }
    return out;
}

void walk_moments(const CoxRows& rows, const std::vector<double>& beta, Ties ties,
                  const std::function<void(const CoxMoment&)>& at) {
    const auto p = rows.p;
    std::vector<double> weights;
    const double largest = predictors(rows, beta, weights);
    Moments all(p), events(p);
    CoxMoment moment;
    each_time(rows, [&](std::size_t begin, std::size_t end, std::size_t n_events) {
        events.clear();
        moment.time = rows.time[begin];
        moment.n_events = n_events;
        moment.hazard = 0;
        moment.gradient.assign(p, 0);
        moment.information.assign(p * p, 0);
        for (auto i = begin; i < end; ++i) {
            const double* x = rows.x.data() + i * p;
            const double weight = std::exp(weights[i] - largest);
            all.add(weight, x);
            if (rows.event[i] == 0) continue;
            events.add(weight, x);
            for (std::size_t j = 0; j < p; ++j) moment.gradient[j] += x[j];
        }
        for (std::size_t k = 0; k < n_events; ++k) {
            const double share =
                ties == Ties::breslow ? 0 : static_cast<double>(k) / static_cast<double>(n_events);
            moment.hazard += std::exp(-largest) / add_term(all.data(), events.data(), share, p,
                                                           moment.gradient, moment.information);
        }
        mirror(moment.information, p);
        at(moment);
    });
}

}  // namespace evenkeel::course::detail
