#include "numerics/optimise.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace evenkeel::numerics {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

double dot(std::span<const double> a, std::span<const double> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

bool has_arrived(const Minimum& here, double tolerance) {
    const double scale = std::max(std::abs(here.value), 1.0);
    for (std::size_t i = 0; i < here.at.size(); ++i) {
        const double size = std::max(std::abs(here.at[i]), 1.0);
        if (!(std::abs(here.gradient[i]) * size / scale <= tolerance)) return false;
    }
    return true;
}

// A point on the line from `start` along `direction`.
struct LinePoint {
    double step = 0;
    Minimum there;
    double slope = 0;
};

class Line {
  public:
    Line(const Function& f, const Minimum& start, std::span<const double> direction)
        : f_(f), start_(start), direction_(direction), slope_(dot(start.gradient, direction)) {}

    [[nodiscard]] double slope() const { return slope_; }

    LinePoint at(double step) const {
        LinePoint out;
        out.step = step;
        out.there.at.resize(start_.at.size());
        out.there.gradient.resize(start_.at.size());
        for (std::size_t i = 0; i < start_.at.size(); ++i) {
            out.there.at[i] = start_.at[i] + step * direction_[i];
        }
        out.there.value = f_(out.there.at, out.there.gradient);
        if (std::isnan(out.there.value)) {
            out.there.value = std::numeric_limits<double>::infinity();
        }
        out.slope = dot(out.there.gradient, direction_);
        return out;
    }

    [[nodiscard]] bool enough_decrease(const LinePoint& point) const {
        return point.there.value <= start_.value + 1e-4 * point.step * slope_;
    }
    [[nodiscard]] bool flat_enough(const LinePoint& point) const {
        return std::abs(point.slope) <= 0.9 * std::abs(slope_);
    }

  private:
    const Function& f_;
    const Minimum& start_;
    std::span<const double> direction_;
    double slope_;
};

// The minimum of the parabola through `low` (value and slope) and `high` (value), kept away
// from both ends.
double parabola(const LinePoint& low, const LinePoint& high) {
    const double width = high.step - low.step;
    const double curve = high.there.value - low.there.value - low.slope * width;
    double at =
        curve > 0 ? low.step - low.slope * width * width / (2 * curve) : low.step + width / 2;
    const double from = low.step + 0.1 * width;
    const double to = high.step - 0.1 * width;
    if (!std::isfinite(at)) at = low.step + width / 2;
    return std::clamp(at, std::min(from, to), std::max(from, to));
}

// Nocedal & Wright, algorithm 3.6.
LinePoint zoom(const Line& line, LinePoint low, LinePoint high) {
    for (int i = 0; i < 40; ++i) {
        auto next = line.at(parabola(low, high));
        if (!line.enough_decrease(next) || next.there.value >= low.there.value) {
            high = std::move(next);
        } else {
            if (line.flat_enough(next)) return next;
            if (next.slope * (high.step - low.step) >= 0) high = low;
            low = std::move(next);
        }
        if (std::abs(high.step - low.step) <= 1e-14 * std::abs(low.step)) break;
    }
    return low;
}

// Nocedal & Wright, algorithm 3.5. The answer has step 0 when nothing lower was found.
LinePoint line_search(const Line& line, const Minimum& start, double first_step) {
    LinePoint before{0, start, line.slope()};
    double step = first_step;
    for (int i = 0; i < 40; ++i) {
        auto here = line.at(step);
        if (!line.enough_decrease(here) || (i > 0 && here.there.value >= before.there.value)) {
            return zoom(line, std::move(before), std::move(here));
        }
        if (line.flat_enough(here)) return here;
        if (here.slope >= 0) return zoom(line, std::move(here), std::move(before));
        before = std::move(here);
        step *= 2;
    }
    return before;
}

// The inverse Hessian's approximation, by rows.
class InverseHessian {
  public:
    explicit InverseHessian(std::size_t n) : n_(n), values_(n * n) { reset(1); }

    void reset(double scale) {
        std::fill(values_.begin(), values_.end(), 0.0);
        for (std::size_t i = 0; i < n_; ++i) values_[i * n_ + i] = scale;
        fresh_ = true;
    }
    [[nodiscard]] bool fresh() const { return fresh_; }

    [[nodiscard]] std::vector<double> times(std::span<const double> v) const {
        std::vector<double> out(n_);
        for (std::size_t i = 0; i < n_; ++i) {
            out[i] = dot(std::span(values_).subspan(i * n_, n_), v);
        }
        return out;
    }

    // Nocedal & Wright, eq. 6.17.
    void update(std::span<const double> s, std::span<const double> y) {
        const double sy = dot(s, y);
        if (!(sy > epsilon * std::sqrt(dot(s, s) * dot(y, y)))) return;
        if (fresh_) reset(sy / dot(y, y));
        fresh_ = false;
        const auto hy = times(y);
        const double factor = (1 + dot(y, hy) / sy) / sy;
        for (std::size_t i = 0; i < n_; ++i) {
            for (std::size_t j = 0; j < n_; ++j) {
                values_[i * n_ + j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
            }
        }
    }

  private:
    std::size_t n_;
    std::vector<double> values_;
    bool fresh_ = true;
};

std::vector<double> difference(std::span<const double> a, std::span<const double> b) {
    std::vector<double> out(a.size());
    std::transform(a.begin(), a.end(), b.begin(), out.begin(), std::minus<>());
    return out;
}

}  // namespace

Minimum bfgs_minimum(const Function& f, std::vector<double> start, DescentOptions options) {
    Minimum here;
    here.at = std::move(start);
    here.gradient.resize(here.at.size());
    here.value = f(here.at, here.gradient);
    if (!std::isfinite(here.value)) return here;
    InverseHessian inverse(here.at.size());
    int stalls = 0;
    while (here.iterations < options.max_iterations) {
        if (has_arrived(here, options.gradient_tolerance)) {
            here.converged = true;
            break;
        }
        auto direction = inverse.times(here.gradient);
        for (auto& each : direction) each = -each;
        if (!(dot(direction, here.gradient) < 0)) {
            if (inverse.fresh()) break;
            inverse.reset(1);
            continue;
        }
        // The first step has no scale yet: one unit in x is a cautious guess.
        const double first =
            inverse.fresh() ? std::min(1.0, 1 / std::sqrt(dot(direction, direction))) : 1.0;
        auto found = line_search(Line(f, here, direction), here, first);
        ++here.iterations;
        const bool moved = found.step > 0 && found.there.value < here.value;
        const double gained = here.value - found.there.value;
        // Rounding of f hides any further descent.
        stalls = moved && gained > 4 * epsilon * std::abs(here.value) ? 0 : stalls + 1;
        if (moved) {
            inverse.update(difference(found.there.at, here.at),
                           difference(found.there.gradient, here.gradient));
            found.there.iterations = here.iterations;
            here = std::move(found.there);
        } else if (!inverse.fresh()) {
            inverse.reset(1);
        }
        if (stalls >= 3) {
            here.converged = has_arrived(here, std::max(1e-5, options.gradient_tolerance));
            break;
        }
    }
    return here;
}

Minimum1 brent_minimum(const Function1& f, double lower, double upper, Search search) {
    EK_ASSERT(lower < upper);
    constexpr double golden = 0.3819660112501051;
    double a = lower, b = upper;
    double x = a + golden * (b - a), w = x, v = x;
    double fx = f(x), fw = fx, fv = fx;
    double step = 0, before = 0;
    Minimum1 out;
    for (; out.iterations < search.max_iterations; ++out.iterations) {
        const double middle = (a + b) / 2;
        const double tolerance =
            search.relative_tolerance * std::abs(x) + search.absolute_tolerance;
        if (std::abs(x - middle) <= 2 * tolerance - (b - a) / 2) {
            out.converged = true;
            break;
        }
        double p = 0, q = 0, r = 0;
        if (std::abs(before) > tolerance) {
            r = (x - w) * (fx - fv);
            q = (x - v) * (fx - fw);
            p = (x - v) * q - (x - w) * r;
            q = 2 * (q - r);
            if (q > 0) p = -p;
            q = std::abs(q);
            r = before;
            before = step;
        }
        const bool parabolic = std::abs(p) < std::abs(q * r / 2) && p > q * (a - x) &&
                               p < q * (b - x) && std::isfinite(p);
        if (parabolic) {
            step = p / q;
            const double u = x + step;
            if (u - a < 2 * tolerance || b - u < 2 * tolerance) {
                step = x < middle ? tolerance : -tolerance;
            }
        } else {
            before = x < middle ? b - x : a - x;
            step = golden * before;
        }
        const double u = x + (std::abs(step) >= tolerance ? step : std::copysign(tolerance, step));
        const double fu = f(u);
        if (fu <= fx) {
            (u < x ? b : a) = x;
            v = w, fv = fw, w = x, fw = fx, x = u, fx = fu;
            continue;
        }
        (u < x ? a : b) = u;
        if (fu <= fw || w == x) {
            v = w, fv = fw, w = u, fw = fu;
        } else if (fu <= fv || v == x || v == w) {
            v = u, fv = fu;
        }
    }
    out.at = x;
    out.value = fx;
    out.converged = out.converged && std::isfinite(fx);
    return out;
}

Result<Root> brent_root(const Function1& f, double lower, double upper, Search search) {
    double a = lower, b = upper, fa = f(a), fb = f(b);
    if (!(fa * fb <= 0) && !((fa < 0) != (fb < 0) && !std::isnan(fa) && !std::isnan(fb))) {
        return Error{Fault::invalid_input,
                     "",
                     "The function has the same sign at both ends of the interval.",
                     {}};
    }
    double c = a, fc = fa, d = b - a, e = d;
    Root out;
    for (; out.iterations < search.max_iterations; ++out.iterations) {
        if ((fb > 0) == (fc > 0)) {
            c = a, fc = fa, d = e = b - a;
        }
        if (std::abs(fc) < std::abs(fb)) {
            a = b, b = c, c = a;
            fa = fb, fb = fc, fc = fa;
        }
        const double tolerance =
            2 * epsilon * std::abs(b) +
            (search.relative_tolerance * std::abs(b) + search.absolute_tolerance) / 2;
        const double middle = (c - b) / 2;
        if (std::abs(middle) <= tolerance || fb == 0) {
            out.converged = true;
            break;
        }
        if (std::abs(e) < tolerance || std::abs(fa) <= std::abs(fb)) {
            d = e = middle;
        } else {
            const double s = fb / fa;
            double p = 0, q = 0;
            if (a == c) {
                p = 2 * middle * s;
                q = 1 - s;
            } else {
                const double t = fa / fc, r = fb / fc;
                p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1));
                q = (t - 1) * (r - 1) * (s - 1);
            }
            if (p > 0) q = -q;
            p = std::abs(p);
            if (2 * p < std::min(3 * middle * q - std::abs(tolerance * q), std::abs(e * q))) {
                e = d;
                d = p / q;
            } else {
                d = e = middle;
            }
        }
        a = b, fa = fb;
        b += std::abs(d) > tolerance ? d : std::copysign(tolerance, middle);
        fb = f(b);
    }
    out.at = b;
    out.value = fb;
    return out;
}

std::vector<double> numerical_gradient(const std::function<double(std::span<const double>)>& f,
                                       std::span<const double> at) {
    std::vector<double> x(at.begin(), at.end()), out(at.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double step = std::cbrt(epsilon) * std::max(std::abs(at[i]), 1.0);
        x[i] = at[i] + step;
        const double above = f(x);
        x[i] = at[i] - step;
        const double below = f(x);
        out[i] = (above - below) / (2 * step);
        x[i] = at[i];
    }
    return out;
}

std::vector<double> numerical_hessian(const std::function<double(std::span<const double>)>& f,
                                      std::span<const double> at) {
    const auto n = at.size();
    std::vector<double> x(at.begin(), at.end()), out(n * n);
    const double here = f(x);
    // Step h and 2h, combined as (4 D(h) - D(2h)) / 3.
    const auto differences = [&](double scale, std::size_t i, std::size_t j) {
        const double hi = scale * std::max(std::abs(at[i]), 1.0);
        const double hj = scale * std::max(std::abs(at[j]), 1.0);
        const auto shifted = [&](double si, double sj) {
            x[i] += si * hi;
            x[j] += sj * hj;
            const double value = f(x);
            x[i] = at[i], x[j] = at[j];
            return value;
        };
        if (i == j) return (shifted(1, 0) - 2 * here + shifted(-1, 0)) / (hi * hi);
        return (shifted(1, 1) - shifted(1, -1) - shifted(-1, 1) + shifted(-1, -1)) / (4 * hi * hj);
    };
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            const double value = (4 * differences(1e-3, i, j) - differences(2e-3, i, j)) / 3;
            out[i * n + j] = out[j * n + i] = value;
        }
    }
    return out;
}

}  // namespace evenkeel::numerics
