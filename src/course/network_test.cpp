// Goal: pairs break where they should, known effects are found again, and relabelling variables
// relabels the network.
#include "course/network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace evenkeel::course {
namespace {

TEST(LaggedPairs, NightsGapsMissingValuesAndDoubledMomentsMakeNoPair) {
    // Day 0: beeps 1, 2, 4 and 2 again; day 1: beeps 5, 6 (missing), 7; one row without a beep.
    const std::vector<double> values{10, 20, 40, 99, 50, NAN, 70, 1};
    const std::vector<long> group{0, 0, 0, 0, 1, 1, 1, 1};
    const std::vector<double> moment{1, 2, 4, 2, 5, 6, 7, NAN};
    const auto pairs = lagged_pairs(values, 1, group, moment);
    ASSERT_EQ(pairs.n, 1U);
    EXPECT_EQ(pairs.before[0], 10);
    EXPECT_EQ(pairs.after[0], 20);
    EXPECT_EQ(pairs.n_doubled, 1U);
    EXPECT_EQ(pairs.n_without_moment, 1U);
}

// x follows itself by 0.5, y follows x by 0.4.
LaggedPairs simulated(bool swapped) {
    std::mt19937_64 engine(6);
    std::normal_distribution<double> normal;
    constexpr std::size_t n = 3000;
    std::vector<double> x(n), y(n);
    for (std::size_t t = 1; t < n; ++t) {
        x[t] = 0.5 * x[t - 1] + normal(engine);
        y[t] = 0.4 * x[t - 1] + normal(engine);
    }
    std::vector<double> values = swapped ? y : x, moment(n);
    values.insert(values.end(), swapped ? x.begin() : y.begin(), swapped ? x.end() : y.end());
    for (std::size_t t = 0; t < n; ++t) moment[t] = static_cast<double>(t);
    return lagged_pairs(values, 2, std::vector<long>(n), moment);
}

TEST(VectorAutoregression, FindsKnownEffectsAgain) {
    const auto fit = vector_autoregression(simulated(false)).value();
    EXPECT_NEAR(fit.effect[0], 0.5, 4 * fit.effect_se[0]);
    EXPECT_NEAR(fit.effect[1], 0.4, 4 * fit.effect_se[1]);  // from x to y
    EXPECT_NEAR(fit.effect[2], 0, 4 * fit.effect_se[2]);    // from y to x
    const auto shrunk = vector_autoregression(simulated(false), 3000).value();
    EXPECT_LT(std::abs(shrunk.effect[0]), std::abs(fit.effect[0]));
}

TEST(GraphicalVar, RelabellingVariablesRelabelsTheNetwork) {
    const auto a = graphical_var(simulated(false), {.n_lambda = 10}).value();
    const auto b = graphical_var(simulated(true), {.n_lambda = 10}).value();
    EXPECT_TRUE(a.converged);
    EXPECT_NEAR(a.ebic, b.ebic, 1e-6 * std::abs(a.ebic));
    EXPECT_NEAR(a.effect[1], b.effect[2], 1e-5);
    EXPECT_EQ(a.effect[2], 0);  // y does not go before x
}

TEST(CrossSection, NamesTheVariableThatOthersMakeUp) {
    std::mt19937_64 engine(4);
    std::normal_distribution<double> normal;
    constexpr std::size_t n = 60;
    std::vector<double> values(4 * n);
    for (double& value : values) value = normal(engine);
    EXPECT_FALSE(cross_sectional_network(values, 4, 0.5, -1).value().dependent);
    for (std::size_t row = 0; row < n; ++row) {
        values[2 * n + row] = values[row] - 3 * values[n + row];
    }
    EXPECT_EQ(cross_sectional_network(values, 4, 0.5, -1).value().dependent, 2U);
}

TEST(Centrality, APathThroughTheMiddleGoesThroughIt) {
    // a - b - c, both edges 0.5: paths of length 2 and 4.
    const std::vector<double> weights{0, 0.5, 0, 0.5, 0, 0.5, 0, 0.5, 0};
    const auto found = centrality(weights, 3);
    EXPECT_EQ(found.betweenness, (std::vector<double>{0, 2, 0}));
    EXPECT_NEAR(found.closeness[1], 1.0 / 4, 1e-15);
    EXPECT_NEAR(found.closeness[0], 1.0 / 6, 1e-15);
    EXPECT_EQ(found.out_strength[1], 1);
}

TEST(VectorAutoregression, RefusesTooFewPairsAndCombinations) {
    EXPECT_EQ(vector_autoregression({.n_variables = 2}).error().where, "/values");
    auto pairs = simulated(false);
    std::copy_n(pairs.before.begin(), pairs.n,
                pairs.before.begin() + static_cast<std::ptrdiff_t>(pairs.n));
    EXPECT_EQ(vector_autoregression(pairs).error().where, "/variables");
}

}  // namespace
}  // namespace evenkeel::course
