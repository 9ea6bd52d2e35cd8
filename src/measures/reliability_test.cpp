// Goal: alpha, omega and polychoric correlations on examples in closed form, then the laws that
// every table obeys, then what is refused. Method: small tables by hand, seeded random ones.
#include "measures/reliability.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "measures/factor.h"
#include "measures/polychoric.h"

namespace evenkeel::measures {
namespace {

using Columns = std::vector<std::vector<double>>;
const double nan = std::nan("");

Columns random_answers(std::mt19937_64& random, std::size_t n, std::size_t k) {
    std::normal_distribution<double> normal;
    Columns out(k, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i) {
        const double severity = normal(random);
        for (auto& column : out) {
            column[i] = std::clamp(std::round(1.5 + severity + normal(random)), 0.0, 3.0);
        }
    }
    return out;
}

Consistency consistency_of(const Columns& items) {
    return consistency(item_moments(items).value()).value();
}

TEST(Consistency, IsThatOfAnExampleByHand) {
    // Variances 1, 1, 1; covariances 0.5, 0.5, 1: the sum has variance 7.
    const Columns items{{1, 2, 3}, {2, 1, 3}, {1, 2, 3}};
    const auto found = consistency_of(items);
    EXPECT_DOUBLE_EQ(*found.alpha, 1.5 * (1 - 3.0 / 7.0));
    EXPECT_DOUBLE_EQ(*found.alpha_standardized, *found.alpha);
    EXPECT_DOUBLE_EQ(found.total_sd, std::sqrt(7.0));
    EXPECT_DOUBLE_EQ(*found.sem, std::sqrt(7.0) * std::sqrt(1 - *found.alpha));
    EXPECT_DOUBLE_EQ(found.items[0].mean, 2);
    EXPECT_DOUBLE_EQ(*found.items[1].r_drop, 0.5);
    EXPECT_DOUBLE_EQ(*found.items[1].alpha_if_dropped, 1);
}

TEST(Consistency, RowsWithAMissingItemAreLeftOut) {
    std::mt19937_64 random{3};
    auto items = random_answers(random, 700, 4);
    const auto whole = item_moments(items).value();
    for (auto& item : items) item.insert(item.begin() + 300, 2);
    items[2][300] = nan;
    for (auto& item : items) item.push_back(nan);
    const auto moments = item_moments(items).value();
    EXPECT_EQ(moments.n_complete, 700U);
    EXPECT_EQ(moments.covariance, whole.covariance);
}

TEST(Consistency, DoesNotDependOnOrderOrOnWhereTheScaleBegins) {
    std::mt19937_64 random{4};
    for (int i = 0; i < 50; ++i) {
        auto items = random_answers(random, 60, 5);
        const auto before = consistency_of(items);
        std::rotate(items.begin(), items.begin() + 2, items.end());
        for (auto& item : items) {
            for (auto& value : item) value += 1000;
            std::rotate(item.begin(), item.begin() + 7, item.end());
        }
        const auto after = consistency_of(items);
        EXPECT_NEAR(*before.alpha, *after.alpha, 1e-12);
        EXPECT_NEAR(*before.items[2].r_drop, *after.items[0].r_drop, 1e-12);
        EXPECT_LE(*after.alpha, 1);
    }
}

TEST(Consistency, WhatDoesNotVaryHasNoCorrelation) {
    const auto found = consistency_of({{1, 1, 1}, {1, 2, 3}, {3, 1, 2}});
    EXPECT_FALSE(found.items[0].r_drop.has_value());
    EXPECT_FALSE(found.alpha_standardized.has_value());
    EXPECT_TRUE(found.alpha.has_value());
    EXPECT_FALSE(consistency_of({{1, 1}, {2, 2}}).alpha.has_value());
}

TEST(Consistency, RefusesTooFewRowsTooFewItemsAndOverflow) {
    EXPECT_FALSE(item_moments(Columns{{1, nan}, {nan, 1}}).ok());
    EXPECT_FALSE(item_moments(Columns{{1}, {2}}).ok());
    EXPECT_FALSE(item_moments(Columns{{1, 2}, {2}}).ok());
    EXPECT_FALSE(item_moments(Columns{{1e300, -1e300}, {1, 2}}).ok());
    EXPECT_FALSE(consistency(item_moments(Columns{{1, 2, 3}}).value()).ok());
}

// The covariance of items with the given loadings and residual variances.
std::vector<double> implied(const std::vector<double>& loading,
                            const std::vector<double>& residual) {
    std::vector<double> out;
    for (std::size_t i = 0; i < loading.size(); ++i) {
        for (std::size_t j = 0; j < loading.size(); ++j) {
            out.push_back(loading[i] * loading[j] + (i == j ? residual[i] : 0));
        }
    }
    return out;
}

TEST(OneFactor, FindsTheFactorBehindACovariance) {
    const std::vector<double> loading{0.9, 0.4, -0.3, 2, 5}, residual{0.2, 1, 0.5, 0.1, 9};
    const auto found = one_factor(implied(loading, residual), 5).value();
    EXPECT_TRUE(found.converged);
    double sum = 0, rest = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_NEAR(found.loading[i], loading[i], 1e-7);
        EXPECT_NEAR(found.residual[i], residual[i], 1e-7);
        sum += loading[i], rest += residual[i];
    }
    EXPECT_NEAR(found.omega, sum * sum / (sum * sum + rest), 1e-8);
    EXPECT_NEAR(found.discrepancy, 0, 1e-10);
}

TEST(OneFactor, LetsAResidualVarianceBelowZeroStand) {
    const auto found = one_factor(implied({1.05, 0.6, 0.5, 0.4}, {-0.1025, 0.64, 0.75, 0.84}), 4);
    ASSERT_TRUE(found.ok());
    EXPECT_NEAR(found.value().residual[0], -0.1025, 1e-6);
}

TEST(OneFactor, RefusesWhatIsNotIdentified) {
    EXPECT_FALSE(one_factor(implied({1, 1}, {1, 1}), 2).ok());
    EXPECT_FALSE(one_factor(implied({1, 1, 0}, {1, 1, 0}), 3).ok());
    EXPECT_FALSE(one_factor(implied({1, 1, 1}, {0, 0, 1}), 3).ok());
}

TEST(Polychoric, OfTwoCutsAtTheMedianIsInClosedForm) {
    // P(both above) = 1/4 + asin(rho) / (2 pi).
    Columns items(2);
    for (int i = 0; i < 300; ++i) {
        items[0].push_back(i < 150 ? 1 : 0);
        items[1].push_back(i < 100 || i >= 250 ? 1 : 0);  // 100 of 300 are above in both
    }
    const auto found = polychoric(items).value();
    EXPECT_NEAR(found.correlation[1], std::sin(2 * std::numbers::pi * (1.0 / 3 - 0.25)), 1e-7);
    EXPECT_TRUE(found.positive_definite);
}

TEST(Polychoric, DoesNotDependOnTheNumbersOfTheCategories) {
    std::mt19937_64 random{5};
    auto items = random_answers(random, 400, 3);
    const auto before = polychoric(items).value();
    for (auto& value : items[1]) value = std::exp(value);
    EXPECT_NEAR(polychoric(items).value().correlation[1], before.correlation[1], 1e-12);
    for (auto& value : items[1]) value = -value;
    EXPECT_NEAR(polychoric(items).value().correlation[1], -before.correlation[1], 1e-6);
}

TEST(Polychoric, NamesPairsAtTheBoundAndItemsThatAreNoCategories) {
    Columns items{{0, 0, 1, 1, 2, 2}, {0, 0, 1, 1, 2, 2}, {0, 1, 0, 1, 0, 1}};
    const auto found = polychoric(items).value();
    ASSERT_EQ(found.at_bound.size(), 1U);
    EXPECT_EQ(found.at_bound[0], (std::pair<std::size_t, std::size_t>{1, 0}));
    Columns many(2);
    for (int i = 0; i < 40; ++i) many[0].push_back(i), many[1].push_back(1);
    const auto refused = polychoric(many);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().problems().size(), 2U);
}

}  // namespace
}  // namespace evenkeel::measures
