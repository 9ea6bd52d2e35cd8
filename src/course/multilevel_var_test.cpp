// Goal: known effects are found again in many people, names and origins of numbers do not matter,
// and what cannot be estimated is said. Method: seeded people whose effects differ.
#include "course/multilevel_var.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace evenkeel::course {
namespace {

struct Diary {
    std::vector<std::string> variables;
    std::vector<double> values;  // by columns
    std::vector<long> person, group;
    std::vector<double> moment;

    [[nodiscard]] std::size_t n() const { return group.size(); }
    [[nodiscard]] Result<MultilevelVar> fit() const {
        return multilevel_var({.variables = variables,
                               .values = values,
                               .person = person,
                               .group = group,
                               .moment = moment});
    }
};

// x follows itself by 0.4, y follows x by 0.3 (spread 0.15 between people); what is left of x and
// y goes together (0.5); people differ in all levels. 8 days of 6 moments, some missing.
Diary simulated(std::size_t n_people, std::uint64_t seed = 11) {
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal;
    Diary diary{.variables = {"x", "y", "z"}};
    std::vector<std::vector<double>> columns(3);
    for (std::size_t person = 0; person < n_people; ++person) {
        const double level = 2 * normal(engine), other = normal(engine), third = normal(engine),
                     own = 0.3 + 0.15 * normal(engine);
        double before[3] = {0, 0, 0};
        for (long day = 0; day < 8; ++day) {
            for (int beep = 0; beep < 6; ++beep) {
                const double shared = normal(engine);
                const double now[] = {0.4 * before[0] + shared,
                                      own * before[0] + 0.5 * shared + normal(engine),
                                      normal(engine)};
                for (std::size_t j = 0; j < 3; ++j) {
                    before[j] = now[j];
                    const bool missing = engine() % 20 == 0;
                    columns[j].push_back(missing ? std::nan("")
                                                 : now[j] + (j == 0   ? level
                                                             : j == 1 ? 0.5 * level + other
                                                                      : third));
                }
                diary.person.push_back(static_cast<long>(person));
                diary.group.push_back(static_cast<long>(person) * 8 + day);
                diary.moment.push_back(beep);
            }
        }
    }
    for (const auto& column : columns) {
        diary.values.insert(diary.values.end(), column.begin(), column.end());
    }
    return diary;
}

void expect_same(const MultilevelVar& a, const MultilevelVar& b,
                 const std::vector<std::size_t>& moved) {
    ASSERT_TRUE(a.contemporaneous && b.contemporaneous && a.between && b.between);
    for (std::size_t from = 0; from < 3; ++from) {
        for (std::size_t to = 0; to < 3; ++to) {
            const auto here = from * 3 + to, there = moved[from] * 3 + moved[to];
            EXPECT_NEAR(*a.effects[here].estimate, *b.effects[there].estimate, 1e-6);
            EXPECT_NEAR(*a.effects[here].se, *b.effects[there].se, 1e-6);
            EXPECT_NEAR(a.effects[here].random_sd, b.effects[there].random_sd, 1e-4);
            EXPECT_NEAR(a.contemporaneous->correlation[here], b.contemporaneous->correlation[there],
                        1e-5);
            EXPECT_NEAR(a.between->correlation[here], b.between->correlation[there], 1e-5);
        }
    }
}

TEST(MultilevelVar, FindsKnownEffectsAgain) {
    const auto fit = simulated(150).fit().value();
    EXPECT_TRUE(fit.converged);
    EXPECT_EQ(fit.n_people, 150U);
    // Centring by the mean of some 40 moments draws an effect on oneself down by about 1.4 / 40.
    EXPECT_NEAR(*fit.effects[0].estimate, 0.4 - 1.4 / 40, 4 * *fit.effects[0].se);
    EXPECT_NEAR(*fit.effects[1].estimate, 0.3, 4 * *fit.effects[1].se + 0.02);
    EXPECT_NEAR(*fit.effects[2].estimate, 0, 4 * *fit.effects[2].se);
    EXPECT_NEAR(fit.effects[1].random_sd, 0.15, 0.05);
    EXPECT_LT(*fit.effects[1].p, 1e-6);
    EXPECT_NEAR(fit.contemporaneous->correlation[1], 0.5 / std::sqrt(1.25), 0.03);
    EXPECT_NEAR(fit.contemporaneous->partial_correlation[2], 0, 0.05);
    ASSERT_TRUE(fit.between.has_value());
    EXPECT_NEAR(fit.between->correlation[1], 1 / std::sqrt(2.0), 0.2);
}

TEST(MultilevelVar, NamesOrderAndOriginOfNumbersDoNotMatter) {
    const auto diary = simulated(30);
    const auto fit = diary.fit().value();
    auto renamed = diary;  // other numbers for people, and another order of rows
    std::vector<std::size_t> order(diary.n());
    std::iota(order.begin(), order.end(), 0U);
    std::shuffle(order.begin(), order.end(), std::mt19937_64(5));
    for (std::size_t i = 0; i < order.size(); ++i) {
        renamed.person[i] = 1000 - 7 * diary.person[order[i]];
        renamed.group[i] = diary.group[order[i]];
        renamed.moment[i] = diary.moment[order[i]];
        for (std::size_t j = 0; j < 3; ++j) {
            renamed.values[j * diary.n() + i] = diary.values[j * diary.n() + order[i]];
        }
    }
    expect_same(fit, renamed.fit().value(), {0, 1, 2});
    auto shifted = diary;
    for (std::size_t i = 0; i < shifted.values.size(); ++i) {
        shifted.values[i] += i < diary.n() ? 1000 : -50;
    }
    expect_same(fit, shifted.fit().value(), {0, 1, 2});
    auto turned = diary;  // y, z, x
    std::rotate(turned.values.begin(),
                turned.values.begin() + static_cast<std::ptrdiff_t>(diary.n()),
                turned.values.end());
    expect_same(fit, turned.fit().value(), {2, 0, 1});
}

TEST(MultilevelVar, SaysWhatItCannotEstimate) {
    const auto fault = [](const Diary& diary) {
        const auto made = diary.fit();
        return made.ok() ? "none" : made.error().where;
    };
    auto diary = simulated(20);
    EXPECT_EQ(fault(simulated(1)), "/values");
    auto endless = diary;
    endless.values[7] = INFINITY;
    EXPECT_EQ(fault(endless), "/values/7");
    auto constant = diary;
    std::fill_n(constant.values.begin() + static_cast<std::ptrdiff_t>(diary.n()), diary.n(), 3.0);
    EXPECT_EQ(fault(constant), "/variables/1");
    auto doubled = diary;  // y is twice x: nothing is left for the other
    for (std::size_t i = 0; i < diary.n(); ++i) doubled.values[diary.n() + i] = 2 * diary.values[i];
    const auto made = doubled.fit();
    if (made.ok()) {
        EXPECT_FALSE(made.value().effects[3].estimate.has_value());
        EXPECT_FALSE(made.value().warnings.empty());
    } else {
        EXPECT_TRUE(made.error().where.starts_with("/variables/")) << made.error().where;
    }
    Diary one{
        .variables = {"x"}, .values = {1, 2}, .person = {0, 0}, .group = {0, 0}, .moment = {1, 2}};
    EXPECT_EQ(fault(one), "/variables");
    auto two = simulated(2);
    EXPECT_TRUE(two.fit().ok());
    EXPECT_FALSE(two.fit().value().between.has_value());
}

}  // namespace
}  // namespace evenkeel::course
