#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "numerics/distributions.h"
#include "numerics/quadrature.h"

namespace evenkeel::numerics {
namespace {

constexpr double two_pi = 2 * std::numbers::pi;

// Points and weights on (0, 1). 20 points suffice up to |rho| = 0.925 (Genz, table 1).
const Quadrature& unit_rule() {
    static const Quadrature rule = gauss_legendre(20, 0, 1);
    return rule;
}

// Plackett's integral of the density over the correlation, with rho = sin(angle): eq. 3.
double integral_from_zero(double h, double k, double rho) {
    const double angle = std::asin(rho);
    const double half_squares = (h * h + k * k) / 2;
    double sum = 0;
    for (std::size_t i = 0; i < unit_rule().points.size(); ++i) {
        const double sine = std::sin(angle * unit_rule().points[i]);
        sum += unit_rule().weights[i] * std::exp((sine * h * k - half_squares) / (1 - sine * sine));
    }
    return angle * sum / two_pi;
}

// The same from rho to 1 for rho >= 0.925, where the integrand has nearly a singularity:
// its Taylor polynomial is integrated in closed form and the rest numerically, eq. 6 to 9.
double integral_to_one(double h, double k, double rho) {
    const double hk = h * k;
    const double rest = (1 - rho) * (1 + rho);  // 1 - rho^2
    if (rest <= 0) return 0;
    const double a = std::sqrt(rest);
    const double gap = (h - k) * (h - k);
    const double c = (4 - hk) / 8;
    const double d = (12 - hk) / 16;
    double sum = a * std::exp(-(gap / rest + hk) / 2) *
                 (1 - c * (gap - rest) * (1 - d * gap / 5) / 3 + c * d * rest * rest / 5);
    if (hk > -700) {  // else exp(-hk / 2) overflows, and the tail beside it is 0
        const double b = std::sqrt(gap);
        sum -= std::exp(-hk / 2) * std::sqrt(two_pi) * normal_upper(b / a) * b *
               (1 - c * gap * (1 - d * gap / 5) / 3);
    }
    for (std::size_t i = 0; i < unit_rule().points.size(); ++i) {
        const double x = a * unit_rule().points[i];
        const double square = x * x;
        const double root = std::sqrt(1 - square);
        const double exponent = -(gap / square + hk) / 2;
        if (exponent < -700) continue;
        const double exact = std::exp(-hk * square / (2 * (1 + root) * (1 + root))) / root;
        sum += a * unit_rule().weights[i] * std::exp(exponent) *
               (exact - (1 + c * square * (1 + d * square)));
    }
    return sum / two_pi;
}

}  // namespace

double bivariate_normal_cdf(double x, double y, double rho) {
    if (std::isnan(x) || std::isnan(y) || !(std::abs(rho) <= 1)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (std::isinf(x) || std::isinf(y)) {
        if (std::min(x, y) < 0 && std::isinf(std::min(x, y))) return 0;
        return normal_cdf(std::min(x, y));
    }
    if (std::abs(rho) < 0.925) {
        return std::clamp(normal_cdf(x) * normal_cdf(y) + integral_from_zero(x, y, rho), 0.0, 1.0);
    }
    if (rho > 0) {
        return std::clamp(normal_cdf(std::min(x, y)) - integral_to_one(x, y, rho), 0.0, 1.0);
    }
    const double at_minus_one = x > -y ? normal_cdf(x) - normal_cdf(-y) : 0;
    return std::clamp(at_minus_one + integral_to_one(x, -y, -rho), 0.0, 1.0);
}

}  // namespace evenkeel::numerics
