#include "numerics/distributions.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace evenkeel::numerics {
namespace {

namespace policies = boost::math::policies;
// Doubles inside, and NaN or infinity instead of exceptions.
using Policy = policies::policy<
    policies::promote_double<false>, policies::domain_error<policies::ignore_error>,
    policies::pole_error<policies::ignore_error>, policies::overflow_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>,
    policies::rounding_error<policies::ignore_error>>;
using T = boost::math::students_t_distribution<double, Policy>;
using ChiSquared = boost::math::chi_squared_distribution<double, Policy>;
using F = boost::math::fisher_f_distribution<double, Policy>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
const double log_sqrt_two_pi = 0.5 * std::log(2 * std::numbers::pi);

bool is_df(double df) {
    return df > 0;
}
bool is_probability(double p) {
    return p >= 0 && p <= 1;
}
// With an infinite second df, df1 * F is chi-squared; with an infinite first, df2 / F is.
enum class Limit { none, first, second, both };
Limit limit_of(double df1, double df2) {
    if (std::isinf(df1)) return std::isinf(df2) ? Limit::both : Limit::first;
    return std::isinf(df2) ? Limit::second : Limit::none;
}

}  // namespace

double normal_log_density(double x) {
    return -0.5 * x * x - log_sqrt_two_pi;
}
double normal_density(double x) {
    return std::exp(normal_log_density(x));
}
double normal_cdf(double x) {
    return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}
double normal_upper(double x) {
    return 0.5 * std::erfc(x / std::numbers::sqrt2);
}
double normal_quantile(double p) {
    if (!is_probability(p)) return nan;
    if (p == 0) return -infinity;
    if (p == 1) return infinity;
    return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p, Policy());
}

double t_cdf(double x, double df) {
    return t_upper(-x, df);
}
double t_upper(double x, double df) {
    if (!is_df(df) || std::isnan(x)) return nan;
    if (std::isinf(df)) return normal_upper(x);
    if (std::isinf(x)) return x > 0 ? 0 : 1;
    return boost::math::cdf(boost::math::complement(T(df), x));
}
double t_two_sided(double x, double df) {
    return 2 * t_upper(std::abs(x), df);
}
double t_quantile(double p, double df) {
    if (!is_df(df) || !is_probability(p)) return nan;
    if (p == 0) return -infinity;
    if (p == 1) return infinity;
    if (std::isinf(df)) return normal_quantile(p);
    return boost::math::quantile(T(df), p);
}
double t_log_density(double x, double df) {
    if (!is_df(df) || std::isnan(x)) return nan;
    if (std::isinf(df)) return normal_log_density(x);
    return std::lgamma((df + 1) / 2) - std::lgamma(df / 2) - 0.5 * std::log(df * std::numbers::pi) -
           (df + 1) / 2 * std::log1p(x * x / df);
}

double chi_squared_cdf(double x, double df) {
    if (!is_df(df) || std::isinf(df) || std::isnan(x)) return nan;
    if (x <= 0) return 0;
    if (std::isinf(x)) return 1;
    return boost::math::cdf(ChiSquared(df), x);
}
double chi_squared_upper(double x, double df) {
    if (!is_df(df) || std::isinf(df) || std::isnan(x)) return nan;
    if (x <= 0) return 1;
    if (std::isinf(x)) return 0;
    return boost::math::cdf(boost::math::complement(ChiSquared(df), x));
}
double chi_squared_quantile(double p, double df) {
    if (!is_df(df) || std::isinf(df) || !is_probability(p)) return nan;
    if (p == 1) return infinity;
    return boost::math::quantile(ChiSquared(df), p);
}
double chi_squared_log_density(double x, double df) {
    if (!is_df(df) || std::isinf(df) || std::isnan(x)) return nan;
    if (x < 0) return -infinity;
    return (df / 2 - 1) * std::log(x) - x / 2 - df / 2 * std::numbers::ln2 - std::lgamma(df / 2);
}

double f_cdf(double x, double df1, double df2) {
    if (!is_df(df1) || !is_df(df2) || std::isnan(x)) return nan;
    if (x <= 0) return 0;
    if (std::isinf(x)) return 1;
    switch (limit_of(df1, df2)) {
        case Limit::both:
            return x >= 1 ? 1 : 0;
        case Limit::first:
            return chi_squared_upper(df2 / x, df2);
        case Limit::second:
            return chi_squared_cdf(df1 * x, df1);
        case Limit::none:
            break;
    }
    return boost::math::cdf(F(df1, df2), x);
}
double f_upper(double x, double df1, double df2) {
    if (!is_df(df1) || !is_df(df2) || std::isnan(x)) return nan;
    if (x <= 0) return 1;
    if (std::isinf(x)) return 0;
    switch (limit_of(df1, df2)) {
        case Limit::both:
            return x >= 1 ? 0 : 1;
        case Limit::first:
            return chi_squared_cdf(df2 / x, df2);
        case Limit::second:
            return chi_squared_upper(df1 * x, df1);
        case Limit::none:
            break;
    }
    return boost::math::cdf(boost::math::complement(F(df1, df2), x));
}
double f_quantile(double p, double df1, double df2) {
    if (!is_df(df1) || !is_df(df2) || !is_probability(p)) return nan;
    if (p == 1) return infinity;
    switch (limit_of(df1, df2)) {
        case Limit::both:
            return 1;
        case Limit::first:
            return df2 / boost::math::quantile(boost::math::complement(ChiSquared(df2), p));
        case Limit::second:
            return chi_squared_quantile(p, df1) / df1;
        case Limit::none:
            break;
    }
    return boost::math::quantile(F(df1, df2), p);
}
double f_log_density(double x, double df1, double df2) {
    if (!is_df(df1) || !is_df(df2) || std::isnan(x)) return nan;
    if (x < 0) return -infinity;
    switch (limit_of(df1, df2)) {
        case Limit::both:
            return x == 1 ? infinity : -infinity;
        case Limit::first:
            return chi_squared_log_density(df2 / x, df2) + std::log(df2) - 2 * std::log(x);
        case Limit::second:
            return chi_squared_log_density(df1 * x, df1) + std::log(df1);
        case Limit::none:
            break;
    }
    const double log_beta =
        std::lgamma(df1 / 2) + std::lgamma(df2 / 2) - std::lgamma((df1 + df2) / 2);
    return df1 / 2 * std::log(df1 / df2) + (df1 / 2 - 1) * std::log(x) -
           (df1 + df2) / 2 * std::log1p(df1 * x / df2) - log_beta;
}

}  // namespace evenkeel::numerics
