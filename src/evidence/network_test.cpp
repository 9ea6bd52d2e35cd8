// Goal: what can be worked out by hand, then the laws that every network obeys, then bad input.
#include "evidence/network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "evidence/meta_analysis.h"
#include "evidence/ranking.h"

namespace evenkeel::evidence {
namespace {

NetworkAnalysis analyse(const Network& network, NetworkTau2 method = NetworkTau2::dl) {
    auto out = network_analysis(network, {method});
    EXPECT_TRUE(out.ok()) << (out.ok() ? "" : out.error().message);
    return std::move(out).value();
}

std::vector<std::string> numbered(const char* what, std::size_t count) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(what + std::to_string(i));
    return out;
}

// Trials with two to four arms of `n` treatments, joined by a chain of trials.
Network random_network(std::mt19937_64& engine, std::size_t n) {
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> people(20, 200);
    std::vector<ContinuousArm> arms;
    std::size_t study = 0;
    const auto add_trial = [&](const std::vector<std::size_t>& treatments) {
        for (const auto t : treatments) {
            const double mean = 0.2 * static_cast<double>(t) + normal(engine) * 0.2;
            arms.push_back({study, t, mean, 1 + normal(engine) * 0.05, std::floor(people(engine))});
        }
        ++study;
    };
    for (std::size_t t = 1; t < n; ++t) add_trial({t - 1, t});
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (int extra = 0; extra < 8; ++extra) {
        std::shuffle(order.begin(), order.end(), engine);
        const std::size_t size = std::min<std::size_t>(n, 2 + static_cast<std::size_t>(extra) % 3);
        add_trial({order.begin(), order.begin() + static_cast<std::ptrdiff_t>(size)});
    }
    const auto studies = numbered("s", study), treatments = numbered("t", n);
    auto pairs = contrasts_of(std::span<const ContinuousArm>(arms), Measure::mean_difference,
                              studies, treatments);
    EXPECT_TRUE(pairs.ok());
    return {studies, treatments, std::move(pairs).value().contrasts};
}

TEST(Network, IndirectEffectIsTheDifferenceOfTheDirectOnes) {
    const auto out =
        analyse({{"1", "2"}, {"A", "B", "C"}, {{0, 0, 1, 0.5, 0.04}, {1, 2, 1, 0.2, 0.09}}});
    EXPECT_NEAR(out.random.estimate(0, 2), 0.3, 1e-12);
    EXPECT_NEAR(out.random.se(0, 2), std::sqrt(0.13), 1e-12);
    EXPECT_EQ(out.total.df, 0U);
    EXPECT_EQ(out.warnings.size(), 1U);
}

TEST(Network, OneTrialOfThreeArmsGivesItsOwnContrastsBack) {
    const std::vector<ContinuousArm> arms{{0, 0, 10, 5, 40}, {0, 1, 12, 6, 50}, {0, 2, 15, 4, 30}};
    const std::vector<std::string> studies{"one"}, treatments{"A", "B", "C"};
    for (const auto measure : {Measure::mean_difference, Measure::smd}) {
        const auto pairs =
            contrasts_of(std::span<const ContinuousArm>(arms), measure, studies, treatments);
        ASSERT_TRUE(pairs.ok());
        const auto out = analyse({studies, treatments, pairs.value().contrasts});
        for (const auto& c : pairs.value().contrasts) {
            EXPECT_NEAR(out.common.estimate(c.treat1, c.treat2), c.effect, 1e-12);
            EXPECT_NEAR(out.common.se(c.treat1, c.treat2), std::sqrt(c.variance), 1e-12);
        }
        EXPECT_NEAR(out.total.q, 0, 1e-12);
    }
}

TEST(Network, OfTwoTreatmentsEqualsThePairwiseResult) {
    std::mt19937_64 engine{4};
    std::normal_distribution<double> normal;
    for (int round = 0; round < 50; ++round) {
        Network network{numbered("s", 12), {"A", "B"}, {}};
        std::vector<double> effect, variance;
        for (std::size_t s = 0; s < 12; ++s) {
            effect.push_back(0.3 + 0.4 * normal(engine));
            variance.push_back(0.02 + 0.05 * std::abs(normal(engine)));
            // Half of the trials are written the other way round.
            const bool swapped = s % 2 == 1;
            network.contrasts.push_back({s, swapped ? 1U : 0U, swapped ? 0U : 1U,
                                         swapped ? -effect.back() : effect.back(),
                                         variance.back()});
        }
        const std::pair<NetworkTau2, HeterogeneityMethod> same[] = {
            {NetworkTau2::dl, HeterogeneityMethod::dl},
            {NetworkTau2::reml, HeterogeneityMethod::reml},
            {NetworkTau2::ml, HeterogeneityMethod::ml}};
        for (const auto& [in_network, in_pairs] : same) {
            const auto ours = analyse(network, in_network);
            const auto theirs = meta_analysis(effect, variance, {}, {in_pairs}).value();
            EXPECT_NEAR(ours.tau2, *theirs.tau2, 1e-9);
            EXPECT_NEAR(ours.random.estimate(0, 1), theirs.coefficients[0].estimate, 1e-9);
            EXPECT_NEAR(ours.random.se(0, 1), theirs.coefficients[0].se, 1e-9);
            EXPECT_NEAR(ours.total.q, theirs.q, 1e-9);
        }
    }
}

TEST(Network, NeitherOrderNorNamesOfTreatmentsAndTrialsMatter) {
    std::mt19937_64 engine{5};
    for (int round = 0; round < 20; ++round) {
        const auto network = random_network(engine, 6);
        std::vector<std::size_t> place(6);
        std::iota(place.begin(), place.end(), std::size_t{0});
        std::shuffle(place.begin(), place.end(), engine);
        Network moved = network;
        std::shuffle(moved.contrasts.begin(), moved.contrasts.end(), engine);
        for (auto& c : moved.contrasts) {
            c = {c.study, place[c.treat2], place[c.treat1], -c.effect, c.variance};
        }
        for (const auto method : {NetworkTau2::reml, NetworkTau2::ml}) {
            const auto before = analyse(network, method), after = analyse(moved, method);
            EXPECT_TRUE(before.converged);
            EXPECT_NEAR(*before.tau2_correlated, *after.tau2_correlated, 1e-9);
        }
        {
            const auto before = analyse(network), after = analyse(moved);
            EXPECT_NEAR(before.tau2, after.tau2, 1e-9);
            EXPECT_NEAR(before.within.q, after.within.q, 1e-8);
            for (std::size_t i = 0; i < 6; ++i) {
                for (std::size_t j = 0; j < 6; ++j) {
                    EXPECT_NEAR(before.random.estimate(i, j),
                                after.random.estimate(place[i], place[j]), 1e-9);
                    EXPECT_EQ(before.random.estimate(i, j), -before.random.estimate(j, i));
                    EXPECT_NEAR(before.random.se(i, j), after.random.se(place[j], place[i]), 1e-9);
                }
            }
        }
    }
}

TEST(Network, QIsTheSumOfItsPartsAndDegreesOfFreedomAddUp) {
    std::mt19937_64 engine{6};
    for (int round = 0; round < 20; ++round) {
        const auto out = analyse(random_network(engine, 5));
        EXPECT_NEAR(out.total.q, out.within.q + out.between.q, 1e-9);
        EXPECT_EQ(out.total.df, out.within.df + out.between.df);
        double by_design = 0;
        for (const auto& design : out.designs) by_design += design.test.q;
        EXPECT_NEAR(by_design, out.within.q, 1e-9);
    }
}

TEST(Network, DirectAndIndirectEvidenceTogetherGiveTheNetworkEstimate) {
    std::mt19937_64 engine{7};
    for (int round = 0; round < 20; ++round) {
        const auto network = random_network(engine, 5);
        const auto out = analyse(network);
        for (const auto& row : direct_indirect(network, out.random, out.tau2)) {
            EXPECT_GE(row.proportion_direct, 0);
            EXPECT_LE(row.proportion_direct, 1);
            const double together = row.proportion_direct * row.direct.value_or(0) +
                                    (1 - row.proportion_direct) * row.indirect.value_or(0);
            EXPECT_NEAR(together, out.random.estimate(row.treat1, row.treat2), 1e-9);
        }
    }
}

TEST(Network, AStarHasNoIndirectEvidenceForItsEdgesAndNoInconsistency) {
    const Network star{{"1", "2", "3"},
                       {"A", "B", "C"},
                       {{0, 0, 1, 0.5, 0.04}, {1, 2, 1, 0.2, 0.09}, {2, 2, 1, 0.6, 0.05}}};
    const auto out = analyse(star);
    EXPECT_EQ(out.between.df, 0U);
    EXPECT_FALSE(out.inconsistency.has_value());
    for (const auto& row : direct_indirect(star, out.random, out.tau2)) {
        EXPECT_NE(row.direct.has_value(), row.indirect.has_value());
    }
}

TEST(Network, NamesThePartsThatNoTrialJoins) {
    const auto out = network_analysis(
        {{"1", "2"}, {"A", "B", "C", "D"}, {{0, 0, 1, 0.5, 0.04}, {1, 2, 3, 0.2, 0.09}}});
    ASSERT_FALSE(out.ok());
    EXPECT_NE(out.error().message.find("(A, B)"), std::string::npos) << out.error().message;
    EXPECT_NE(out.error().message.find("(C, D)"), std::string::npos);
}

TEST(Network, NamesEveryContrastAndTrialThatCannotBe) {
    const auto numbers = network_analysis({{"1"}, {"A", "B"}, {{0, 0, 0, std::nan(""), -1}}});
    ASSERT_FALSE(numbers.ok());
    EXPECT_EQ(numbers.error().problems().size(), 3U);
    const auto trials = network_analysis(
        {{"1", "2"},
         {"A", "B", "C"},
         {{0, 0, 1, 0.5, 0.04}, {0, 1, 2, 0.5, 0.04}, {1, 0, 1, 0.5, 0.04}, {1, 1, 0, 0.5, 0.04}}});
    ASSERT_FALSE(trials.ok());
    const auto problems = trials.error().problems();
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].where, "/studies/0");
    EXPECT_EQ(problems[1].where, "/contrasts/3");
}

TEST(Network, RefusesStandardErrorsThatContradictEachOther) {
    const auto out = network_analysis(
        {{"1"}, {"A", "B", "C"}, {{0, 0, 1, 0.5, 0.01}, {0, 1, 2, 0.5, 0.01}, {0, 0, 2, 1, 9}}});
    ASSERT_FALSE(out.ok());
    EXPECT_EQ(out.error().where, "/studies/0");
}

TEST(Ranking, ScoresAddUpAndReverseWithTheDirection) {
    std::mt19937_64 engine{8};
    for (int round = 0; round < 20; ++round) {
        const auto pooled = analyse(random_network(engine, 5)).random;
        const auto good = p_scores(pooled, SmallValues::good);
        const auto bad = p_scores(pooled, SmallValues::bad);
        EXPECT_NEAR(std::accumulate(good.begin(), good.end(), 0.0), 2.5, 1e-12);
        for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(good[i] + bad[i], 1, 1e-12);
    }
}

TEST(Ranking, ProbabilitiesAddToOneAndTheirMeanIsThePScore) {
    std::mt19937_64 engine{9};
    const auto pooled = analyse(random_network(engine, 6)).random;
    SeededRandom random(11);
    const auto ranks = rank_probabilities(pooled, SmallValues::bad, random);
    const auto scores = p_scores(pooled, SmallValues::bad);
    for (std::size_t i = 0; i < 6; ++i) {
        double row = 0, column = 0, mean = 0;
        for (std::size_t r = 0; r < 6; ++r) {
            row += ranks[i][r];
            column += ranks[r][i];
            mean += static_cast<double>(r) * ranks[i][r];
        }
        EXPECT_NEAR(row, 1, 1e-12);
        EXPECT_NEAR(column, 1, 1e-12);
        EXPECT_NEAR(1 - mean / 5, scores[i], 0.01);
    }
}

TEST(EffectSize, ZeroCellsGetHalfAnEventInEveryArmOfTheirTrialAlone) {
    const std::vector<BinaryArm> arms{{0, 0, 0, 20}, {0, 1, 5, 20}, {1, 0, 4, 20}, {1, 1, 5, 20}};
    const auto out = contrasts_of(std::span<const BinaryArm>(arms), Measure::odds_ratio,
                                  {"zero", "whole"}, {"A", "B"});
    ASSERT_TRUE(out.ok());
    const auto& c = out.value().contrasts;
    ASSERT_EQ(c.size(), 2U);
    EXPECT_NEAR(c[0].effect, std::log(0.5 / 20.5) - std::log(5.5 / 15.5), 1e-12);
    EXPECT_NEAR(c[0].variance, 1 / 0.5 + 1 / 20.5 + 1 / 5.5 + 1 / 15.5, 1e-12);
    EXPECT_NEAR(c[1].effect, std::log(4.0 / 16) - std::log(5.0 / 15), 1e-12);
}

TEST(EffectSize, LeavesOutWhatTellsNothingAndSaysSo) {
    const std::vector<BinaryArm> arms{{0, 0, 0, 20},
                                      {0, 1, 0, 20},
                                      {1, 0, 4, 20},
                                      {1, 1, 5, 20},
                                      {1, 2, std::nan(""), 20},
                                      {2, 0, 3, 9},
                                      {2, 2, 2, std::nan("")}};
    const auto out = contrasts_of(std::span<const BinaryArm>(arms), Measure::risk_ratio,
                                  {"none", "two", "one"}, {"A", "B", "C"});
    ASSERT_TRUE(out.ok());
    EXPECT_EQ(out.value().contrasts.size(), 1U);
    EXPECT_EQ(out.value().warnings.size(), 4U);
}

TEST(EffectSize, NamesEveryArmThatCannotBe) {
    const std::vector<BinaryArm> arms{{0, 0, 30, 20}, {0, 0, -1, 20}, {1, 0, 4, 20}};
    const auto out = contrasts_of(std::span<const BinaryArm>(arms), Measure::risk_ratio,
                                  {"twice", "one"}, {"A"});
    ASSERT_FALSE(out.ok());
    EXPECT_EQ(out.error().problems().size(), 4U);
}

TEST(EffectSize, AddingAConstantToEveryMeanChangesNoDifference) {
    const std::vector<ContinuousArm> arms{{0, 0, 10, 5, 40}, {0, 1, 12, 6, 50}, {0, 2, 15, 4, 30}};
    auto moved = arms;
    for (auto& arm : moved) arm.mean += 100;
    for (const auto measure : {Measure::mean_difference, Measure::smd}) {
        const auto before =
            contrasts_of(std::span<const ContinuousArm>(arms), measure, {"one"}, {"A", "B", "C"});
        const auto after =
            contrasts_of(std::span<const ContinuousArm>(moved), measure, {"one"}, {"A", "B", "C"});
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_NEAR(before.value().contrasts[i].effect, after.value().contrasts[i].effect,
                        1e-12);
            EXPECT_NEAR(before.value().contrasts[i].variance, after.value().contrasts[i].variance,
                        1e-12);
        }
    }
}

}  // namespace
}  // namespace evenkeel::evidence
