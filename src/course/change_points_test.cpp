// Goal: the pruned searches find what looking at every pair finds, whatever the series.
#include "course/change_points.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace evenkeel::course {
namespace {

// Steps in level and spread; every third series has whole numbers, hence ties.
std::vector<double> stepped(std::mt19937_64& engine, std::size_t n) {
    std::normal_distribution<double> normal;
    std::vector<double> values(n);
    double level = 0, spread = 1;
    for (double& value : values) {
        if (engine() % 25 == 0) level = 2 * normal(engine);
        if (engine() % 25 == 0) spread = std::exp(normal(engine));
        value = level + spread * normal(engine);
    }
    if (engine() % 3 == 0) {
        for (double& value : values) value = std::round(value);
    }
    return values;
}

TEST(ChangePoints, PruningFindsTheOptimumOfAllPairs) {
    std::mt19937_64 engine(31);
    for (int run = 0; run < 300; ++run) {
        const auto values = stepped(engine, 40 + engine() % 60);
        const std::size_t min_length = 2 + engine() % 4;
        for (const ChangeIn change :
             {ChangeIn::mean, ChangeIn::variance, ChangeIn::mean_and_variance}) {
            for (const Penalty penalty :
                 {bic_penalty(change, values.size()), mbic_penalty(change, values.size()),
                  aic_penalty(change), Penalty{0.5}, Penalty{0.1, true}}) {
                const auto fast = change_points(values, change, penalty, min_length);
                const auto all = change_points_by_all_pairs(values, change, penalty, min_length);
                ASSERT_TRUE(fast.ok() && all.ok());
                EXPECT_NEAR(fast.value().criterion, all.value().criterion, 1e-7) << run;
            }
        }
    }
}

TEST(ChangePoints, OnePointSegmentsAreFoundToo) {
    std::mt19937_64 engine(8);
    for (int run = 0; run < 200; ++run) {
        const auto values = stepped(engine, 60);
        for (const Penalty penalty :
             {Penalty{1.5}, Penalty{8}, mbic_penalty(ChangeIn::mean, 60), Penalty{0.7, true}}) {
            EXPECT_NEAR(
                change_points(values, ChangeIn::mean, penalty, 1).value().criterion,
                change_points_by_all_pairs(values, ChangeIn::mean, penalty, 1).value().criterion,
                1e-8);
        }
    }
}

TEST(ChangePoints, TheBestChangesAreThoseOfAPenaltyThatBuysAsMany) {
    std::mt19937_64 engine(77);
    for (int run = 0; run < 200; ++run) {
        const auto values = stepped(engine, 80);
        const auto found = change_points(values, ChangeIn::mean, {6}, 3).value();
        const std::size_t k = found.locations.size();
        const auto best = best_mean_changes(values, k, 3).value();
        EXPECT_NEAR(best.criterion + 6 * static_cast<double>(k), found.criterion, 1e-8);
        EXPECT_EQ(best.locations.size(), k);
    }
}

TEST(ChangePoints, OneStepIsFoundWhereItIs) {
    std::vector<double> values(60, 1.0);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += i % 2 == 0 ? 0.1 : -0.1;
    for (std::size_t i = 37; i < values.size(); ++i) values[i] += 5;
    const auto found =
        change_points(values, ChangeIn::mean, bic_penalty(ChangeIn::mean, 60), 1).value();
    ASSERT_EQ(found.locations, std::vector<std::size_t>{37});
    EXPECT_EQ(found.segments[1].from, 38U);
    EXPECT_NEAR(found.segments[1].mean, 6, 0.01);
}

TEST(ChangePoints, AConstantSeriesHasNone) {
    const std::vector<double> same(50, 4.0);
    for (const ChangeIn change :
         {ChangeIn::mean, ChangeIn::variance, ChangeIn::mean_and_variance}) {
        const auto found = change_points(same, change, bic_penalty(change, 50), 2);
        ASSERT_TRUE(found.ok());
        EXPECT_TRUE(found.value().locations.empty());
        EXPECT_TRUE(std::isfinite(found.value().criterion));
    }
}

TEST(ChangePoints, RefusesEveryFaultAtOnce) {
    const std::vector<double> bad{1, NAN, 1e300};
    const auto found = change_points(bad, ChangeIn::variance, {-1}, 1);
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().problems().size(), 4U);
    EXPECT_EQ(best_mean_changes(std::vector<double>{1, 2, 3}, 3, 1).error().where, "/changes");
    EXPECT_FALSE(change_points({}, ChangeIn::mean, {1}, 1).ok());
    EXPECT_FALSE(best_mean_changes({}, 1, 1).ok());
}

}  // namespace
}  // namespace evenkeel::course
