// Goal: distributions, quadrature and searches give published or closed-form values, and say
// so when a search did not arrive. Method: printed table values, exact integrals, known minima.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "numerics/distributions.h"
#include "numerics/optimise.h"
#include "numerics/quadrature.h"

namespace evenkeel::numerics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Distributions, QuantilesAreThoseOfTheTables) {
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_quantile(1e-300), -37.0471, 1e-4);
    EXPECT_NEAR(t_quantile(0.975, 10), 2.2281388519862739, 1e-13);
    EXPECT_NEAR(chi_squared_quantile(0.95, 3), 7.814727903251179, 1e-12);
    EXPECT_NEAR(f_quantile(0.95, 2, 10), 5 * (std::pow(0.05, -0.2) - 1), 1e-12);
}

TEST(Distributions, UpperTailsKeepTheirDigits) {
    EXPECT_NEAR(normal_upper(10) / 7.619853024160526e-24, 1, 1e-12);
    EXPECT_NEAR(t_two_sided(2.2281388519862739, 10), 0.05, 1e-14);
    EXPECT_NEAR(chi_squared_upper(200, 2) / std::exp(-100), 1, 1e-12);
    // F with 2 and d degrees of freedom: upper tail (1 + 2 x / d)^(-d / 2).
    EXPECT_NEAR(f_upper(50, 2, 8) / std::pow(1 + 100.0 / 8, -4), 1, 1e-12);
}

TEST(Distributions, InfiniteDegreesOfFreedomGiveTheLimit) {
    EXPECT_EQ(t_cdf(1.3, infinity), normal_cdf(1.3));
    EXPECT_NEAR(f_upper(2.5, 3, infinity), chi_squared_upper(7.5, 3), 1e-15);
    EXPECT_NEAR(f_cdf(2.5, 3, 1e9), f_cdf(2.5, 3, infinity), 1e-8);
    EXPECT_NEAR(f_cdf(2.5, 1e9, 3), f_cdf(2.5, infinity, 3), 1e-8);
    EXPECT_EQ(t_quantile(0.9, infinity), normal_quantile(0.9));
}

TEST(Distributions, QuantileUndoesCdf) {
    std::mt19937_64 random{11};
    std::uniform_real_distribution<double> p_of(0.001, 0.999), df_of(0.5, 200);
    for (int i = 0; i < 300; ++i) {
        const double p = p_of(random), df = df_of(random), df2 = df_of(random);
        EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 1e-13);
        EXPECT_NEAR(t_cdf(t_quantile(p, df), df), p, 1e-10) << p << " " << df;
        EXPECT_NEAR(chi_squared_cdf(chi_squared_quantile(p, df), df), p, 1e-10) << p << " " << df;
        EXPECT_NEAR(f_cdf(f_quantile(p, df, df2), df, df2), p, 1e-9) << p << " " << df;
    }
}

TEST(Distributions, LogDensityIsTheSlopeOfTheCdf) {
    const double h = 1e-5;
    const auto slope = [&](auto cdf, double x) { return (cdf(x + h) - cdf(x - h)) / (2 * h); };
    for (const double x : {0.3, 1.0, 2.7}) {
        EXPECT_NEAR(std::exp(normal_log_density(x)), slope(normal_cdf, x), 1e-9);
        EXPECT_NEAR(std::exp(t_log_density(x, 4)), slope([](double v) { return t_cdf(v, 4); }, x),
                    1e-9);
        EXPECT_NEAR(std::exp(chi_squared_log_density(x, 3)),
                    slope([](double v) { return chi_squared_cdf(v, 3); }, x), 1e-9);
        EXPECT_NEAR(std::exp(f_log_density(x, 3, 7)),
                    slope([](double v) { return f_cdf(v, 3, 7); }, x), 1e-9);
    }
}

TEST(Distributions, OutsideTheDomainTheAnswerIsNotANumber) {
    EXPECT_TRUE(std::isnan(normal_quantile(1.5)));
    EXPECT_TRUE(std::isnan(t_cdf(1, 0)));
    EXPECT_TRUE(std::isnan(chi_squared_upper(1, -1)));
    EXPECT_TRUE(std::isnan(f_quantile(0.5, 1, -1)));
    EXPECT_TRUE(std::isnan(bivariate_normal_cdf(0, 0, 1.1)));
    EXPECT_EQ(chi_squared_cdf(-1, 2), 0);
    EXPECT_EQ(f_upper(-1, 2, 2), 1);
}

TEST(BivariateNormal, QuadrantProbabilityIsInClosedForm) {
    for (double rho = -1; rho <= 1.0001; rho += 0.01) {
        const double r = std::min(rho, 1.0);
        EXPECT_NEAR(bivariate_normal_cdf(0, 0, r), 0.25 + std::asin(r) / (2 * std::numbers::pi),
                    2e-15)
            << r;
    }
}

// P(X <= x, Y <= y) by conditioning on X, in many small pieces.
double by_conditioning(double x, double y, double rho) {
    static const auto rule = gauss_legendre(60, 0, 1);
    double sum = 0;
    for (double from = -9; from < x; from += 0.25) {
        const double to = std::min(from + 0.25, x);
        for (std::size_t i = 0; i < rule.points.size(); ++i) {
            const double z = from + (to - from) * rule.points[i];
            sum += (to - from) * rule.weights[i] * normal_density(z) *
                   normal_cdf((y - rho * z) / std::sqrt(1 - rho * rho));
        }
    }
    return sum;
}

TEST(BivariateNormal, EqualsTheIntegralOverTheConditional) {
    for (const double rho : {-0.999, -0.95, -0.5, 0.2, 0.9, 0.93, 0.99, 0.9999}) {
        for (const double x : {-2.3, -0.4, 0.0, 1.1}) {
            for (const double y : {-1.9, -0.41, 0.3, 1.1, 2.5}) {
                EXPECT_NEAR(bivariate_normal_cdf(x, y, rho), by_conditioning(x, y, rho), 1e-13)
                    << x << " " << y << " " << rho;
            }
        }
    }
}

TEST(BivariateNormal, AnInfiniteBoundLeavesTheMargin) {
    EXPECT_EQ(bivariate_normal_cdf(infinity, 0.7, 0.5), normal_cdf(0.7));
    EXPECT_EQ(bivariate_normal_cdf(-infinity, 0.7, 0.5), 0);
    EXPECT_EQ(bivariate_normal_cdf(infinity, infinity, 0.5), 1);
}

TEST(Quadrature, RulesAreExactForTheirDegree) {
    for (std::size_t n = 1; n <= 12; ++n) {
        const auto legendre = gauss_legendre(n, 0, 2);
        const auto hermite = gauss_hermite(n);
        double moment = 1;  // E Z^(2 k) = (2 k - 1)!!
        for (std::size_t degree = 0; degree <= 2 * n - 1; ++degree) {
            double area = 0, expectation = 0;
            const auto power = static_cast<double>(degree);
            for (std::size_t i = 0; i < n; ++i) {
                area += legendre.weights[i] * std::pow(legendre.points[i], power);
                expectation += hermite.weights[i] * std::pow(hermite.points[i], power);
            }
            EXPECT_NEAR(area / (std::pow(2, power + 1) / (power + 1)), 1, 1e-12) << n;
            if (degree % 2 == 0) {
                if (degree > 0) moment *= power - 1;
                EXPECT_NEAR(expectation / moment, 1, 1e-11) << n << " " << degree;
            }
        }
    }
}

TEST(Quadrature, TheNormalGridKeepsMomentsOfTheNormal) {
    const auto grid = normal_grid(121, -8, 8);
    double one = 0, square = 0;
    for (std::size_t i = 0; i < grid.points.size(); ++i) {
        one += grid.weights[i];
        square += grid.weights[i] * grid.points[i] * grid.points[i];
    }
    EXPECT_NEAR(one, 1, 1e-15);
    EXPECT_NEAR(square, 1, 1e-12);
}

TEST(Optimise, BrentFindsMinimumAndRoot) {
    const auto low = brent_minimum([](double x) { return std::cosh(x - 0.3); }, -3, 5);
    EXPECT_TRUE(low.converged);
    EXPECT_NEAR(low.at, 0.3, 1e-7);
    const auto zero = brent_root([](double x) { return std::cos(x) - x; }, 0, 1);
    ASSERT_TRUE(zero.ok());
    EXPECT_TRUE(zero.value().converged);
    EXPECT_NEAR(zero.value().at, 0.7390851332151607, 1e-11);
    EXPECT_EQ(brent_root([](double) { return 1.0; }, 0, 1).error().fault, Fault::invalid_input);
    const auto sign = [](double x) { return x < 1e-200 ? -1e300 : 1e300; };
    EXPECT_TRUE(brent_root(sign, -1, 1).value().converged);
}

TEST(Optimise, ASearchThatRunsOutOfTurnsSaysSo) {
    EXPECT_FALSE(brent_minimum([](double x) { return x * x; }, -3, 5, {1e-9, 1e-12, 3}).converged);
    EXPECT_FALSE(brent_root([](double x) { return x * x * x - 2; }, 0, 9, {1e-9, 1e-12, 2})
                     .value()
                     .converged);
}

double rosenbrock(std::span<const double> x, std::span<double> gradient) {
    const double a = 1 - x[0], b = x[1] - x[0] * x[0];
    if (!gradient.empty()) {
        gradient[0] = -2 * a - 400 * x[0] * b;
        gradient[1] = 200 * b;
    }
    return a * a + 100 * b * b;
}

TEST(Optimise, BfgsWalksTheCurvedValley) {
    const auto found = bfgs_minimum(rosenbrock, {-1.2, 1});
    EXPECT_TRUE(found.converged);
    EXPECT_NEAR(found.at[0], 1, 1e-7);
    EXPECT_NEAR(found.at[1], 1, 1e-7);
    EXPECT_LT(found.iterations, 60);
    EXPECT_FALSE(bfgs_minimum(rosenbrock, {-1.2, 1}, {1e-9, 4}).converged);
}

TEST(Optimise, BfgsStaysInsideTheDomain) {
    // x - log x has its minimum at 1 and is undefined below 0.
    const auto found = bfgs_minimum(
        [](std::span<const double> x, std::span<double> gradient) {
            if (!gradient.empty()) gradient[0] = 1 - 1 / x[0];
            return x[0] > 0 ? x[0] - std::log(x[0]) : std::nan("");
        },
        {8});
    EXPECT_TRUE(found.converged);
    EXPECT_NEAR(found.at[0], 1, 1e-7);
}

TEST(Optimise, AFunctionWithoutMinimumIsNotSaidToHaveOne) {
    const auto found = bfgs_minimum(
        [](std::span<const double> x, std::span<double> gradient) {
            if (!gradient.empty()) gradient[0] = -1;
            return -x[0];
        },
        {0}, {1e-9, 50});
    EXPECT_FALSE(found.converged);
}

TEST(Optimise, NumericalDerivativesAgreeWithClosedForms) {
    const auto f = [](std::span<const double> x) { return std::exp(x[0]) * x[1] * x[1] + x[0]; };
    const std::vector<double> at{0.4, -1.5};
    const auto gradient = numerical_gradient(f, at);
    EXPECT_NEAR(gradient[0], std::exp(0.4) * 2.25 + 1, 1e-8);
    EXPECT_NEAR(gradient[1], std::exp(0.4) * -3, 1e-8);
    const auto hessian = numerical_hessian(f, at);
    EXPECT_NEAR(hessian[0], std::exp(0.4) * 2.25, 1e-7);
    EXPECT_NEAR(hessian[1], std::exp(0.4) * -3, 1e-7);
    EXPECT_EQ(hessian[1], hessian[2]);
    EXPECT_NEAR(hessian[3], std::exp(0.4) * 2, 1e-7);
}

}  // namespace
}  // namespace evenkeel::numerics
