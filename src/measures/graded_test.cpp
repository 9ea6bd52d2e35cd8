// Goal: the graded response model obeys its laws: probabilities add to one, information is the
// curvature, fits do not depend on the order of rows or items, scores rise with answers, the short
// form never asks what it must not. Method: simulated people of known parameters, fixed seeds.
#include "measures/graded.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "measures/graded_fit.h"
#include "measures/graded_score.h"

namespace evenkeel::measures {
namespace {

using Columns = std::vector<std::vector<double>>;
const double nan = std::nan("");

const std::vector<GradedItem> items{{{0, 1, 2, 3}, 2.4, {-0.7, -3.1, -4.5}},
                                    {{0, 1, 2}, 1.5, {0.3, -1.4}},
                                    {{1, 2, 5}, 1.8, {0.9, -1.6}},
                                    {{0, 1}, 1.2, {-1}},
                                    {{0, 1, 2, 3}, 3, {-0.6, -3.5, -5}}};

Columns people(std::uint64_t seed, std::size_t n) {
    std::mt19937_64 random{seed};
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    Columns out(items.size(), std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i) {
        const double theta = normal(random);
        for (std::size_t j = 0; j < items.size(); ++j) {
            const auto p = category_probabilities(items[j], theta);
            double u = uniform(random);
            std::size_t c = 0;
            while (c + 1 < p.size() && u > p[c]) u -= p[c++];
            out[j][i] = items[j].categories[c];
        }
    }
    return out;
}

Responses responses_of(const Columns& columns) {
    return tabulate(columns, observed_categories(columns).value()).value();
}

TEST(Graded, ProbabilitiesAddToOneAndInformationIsTheirFisherInformation) {
    const double h = 1e-4;
    for (const auto& item : items) {
        for (double theta = -30; theta <= 30; theta += 0.7) {
            const auto p = category_probabilities(item, theta);
            double sum = 0, information = 0;
            const auto above = category_probabilities(item, theta + h);
            const auto below = category_probabilities(item, theta - h);
            for (std::size_t c = 0; c < p.size(); ++c) {
                EXPECT_GE(p[c], 0);
                sum += p[c];
                const double slope = (above[c] - below[c]) / (2 * h);
                if (p[c] > 1e-200) information += slope * slope / p[c];
            }
            EXPECT_NEAR(sum, 1, 1e-14);
            EXPECT_NEAR(item_information(item, theta), information, 1e-6);
        }
    }
}

TEST(Graded, FindsTheParametersOfSimulatedPeople) {
    const auto fit = fit_graded(responses_of(people(1, 20000))).value();
    EXPECT_TRUE(fit.converged);
    EXPECT_TRUE(fit.errors_known);
    for (std::size_t j = 0; j < items.size(); ++j) {
        EXPECT_NEAR(fit.items[j].a, items[j].a, 4 * fit.errors[j].a) << j;
        for (std::size_t k = 0; k < items[j].d.size(); ++k) {
            EXPECT_NEAR(fit.items[j].b()[k], items[j].b()[k], 4 * fit.errors[j].b[k]) << j;
        }
    }
}

TEST(Graded, FitDoesNotDependOnTheOrderOfItemsOrRows) {
    auto columns = people(2, 800);
    columns[1][5] = columns[3][5] = columns[0][17] = nan;
    const auto before = fit_graded(responses_of(columns)).value();
    std::rotate(columns.begin(), columns.begin() + 2, columns.end());
    for (auto& column : columns) std::reverse(column.begin(), column.end());
    const auto after = fit_graded(responses_of(columns)).value();
    EXPECT_NEAR(before.log_likelihood, after.log_likelihood, 1e-6);
    EXPECT_NEAR(before.items[2].a, after.items[0].a, 1e-3);
    EXPECT_NEAR(before.errors[2].a, after.errors[0].a, 1e-3);
}

TEST(Graded, AReversedItemHasTheSameNumbersWithTheOtherSign) {
    auto columns = people(3, 800);
    const auto before = fit_graded(responses_of(columns)).value();
    for (auto& value : columns[1]) value = 2 - value;
    const auto after = fit_graded(responses_of(columns)).value();
    EXPECT_TRUE(after.converged);
    EXPECT_NEAR(after.items[1].a, -before.items[1].a, 1e-4);
    EXPECT_NEAR(after.log_likelihood, before.log_likelihood, 1e-6);
}

TEST(Graded, RowsWithoutAnswersAndCategoriesNobodyChoseAreNoPartOfTheModel) {
    auto columns = people(4, 500);
    const auto before = fit_graded(responses_of(columns)).value();
    for (auto& value : columns[1]) value = value == 2 ? 3 : value;  // nobody says 2
    for (auto& column : columns) column.push_back(nan);
    const auto responses = responses_of(columns);
    EXPECT_EQ(responses.n_answered, 500U);
    EXPECT_EQ(responses.pattern_of_row.back(), Responses::no_pattern);
    const auto after = fit_graded(responses).value();
    EXPECT_EQ(after.items[1].categories, (std::vector<double>{0, 1, 3}));
    EXPECT_EQ(after.items[1].a, before.items[1].a);
}

TEST(Graded, ItemsThatRepeatEachOtherAreNotSaidToConverge) {
    auto columns = people(5, 300);
    columns[1] = columns[0];
    columns[2] = columns[0];
    EXPECT_FALSE(fit_graded(responses_of(columns)).value().converged);
}

TEST(Graded, RefusesTwoItemsAndAnItemWithOneAnswer) {
    auto columns = people(6, 50);
    std::fill(columns[3].begin(), columns[3].end(), 1);
    const auto refused = fit_graded(responses_of(columns));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().where, "/items/3");
    columns.resize(2);
    EXPECT_FALSE(fit_graded(responses_of(columns)).ok());
}

TEST(Graded, AnAnswerThatIsNoCategoryIsNamedWithItsRow) {
    const Columns columns{{0, 1, 7}, {0.5, 1, nan}};
    const auto refused = tabulate(columns, {{0, 1}, {0, 1}});
    ASSERT_FALSE(refused.ok());
    ASSERT_EQ(refused.error().problems().size(), 2U);
    EXPECT_EQ(refused.error().problems()[0].where, "/items/0/2");
    EXPECT_EQ(refused.error().problems()[1].where, "/items/1/0");
}

TEST(Graded, BadParametersAreNamedAllAtOnce) {
    const std::vector<GradedItem> bad{{{0, 1}, 0, {1}}, {{0, 1, 2}, 1, {0, 1}}, {{0}, 1, {}}};
    const auto refused = check_graded(bad);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().problems().size(), 3U);
    EXPECT_EQ(refused.error().where, "/items/0/a");
}

TEST(GradedScore, EveryMethodGivesMoreSeverityForAHigherAnswer) {
    Columns columns;
    for (const auto& item : items) columns.push_back({item.categories[0], item.categories[1]});
    columns[0].push_back(3);
    for (std::size_t j = 1; j < items.size(); ++j) columns[j].push_back(items[j].categories[1]);
    std::vector<std::vector<double>> categories;
    for (const auto& item : items) categories.push_back(item.categories);
    const auto responses = tabulate(columns, categories).value();
    for (const auto method : {TraitMethod::eap, TraitMethod::map, TraitMethod::wle}) {
        const auto scores = score_graded(items, responses, method).value();
        ASSERT_TRUE(scores[0] && scores[1] && scores[2]);
        EXPECT_LT(scores[0]->theta, scores[1]->theta);
        EXPECT_LT(scores[1]->theta, scores[2]->theta);
        EXPECT_GT(scores[0]->se, 0);
    }
}

TEST(GradedScore, EapIsTheMeanOfAFineSum) {
    std::vector<std::vector<double>> categories;
    for (const auto& item : items) categories.push_back(item.categories);
    const auto responses = tabulate(Columns{{2}, {1}, {nan}, {0}, {3}}, categories).value();
    double sum = 0, mean = 0;
    for (double theta = -9; theta <= 9; theta += 0.001) {
        const double w = std::exp(-theta * theta / 2) * category_probabilities(items[0], theta)[2] *
                         category_probabilities(items[1], theta)[1] *
                         category_probabilities(items[3], theta)[0] *
                         category_probabilities(items[4], theta)[3];
        sum += w;
        mean += w * theta;
    }
    EXPECT_NEAR(score_graded(items, responses, TraitMethod::eap).value()[0]->theta, mean / sum,
                1e-10);
}

TEST(GradedScore, HundredsOfItemsDoNotLeaveTheRangeOfNumbers) {
    std::vector<GradedItem> many(900, items[0]);
    Columns columns(900, {3, 0});
    std::vector<std::vector<double>> categories(900, items[0].categories);
    for (std::size_t j = 0; j < 450; ++j) columns[j][1] = 3;  // answers that contradict each other
    const auto responses = tabulate(columns, categories).value();
    const auto scores = score_graded(many, responses, TraitMethod::eap).value();
    for (const auto& score : scores) {
        EXPECT_TRUE(std::isfinite(score->theta));
    }
    // So many items leave a normal posterior: its sd is the curvature at its top.
    const auto mode = score_graded(many, responses, TraitMethod::map).value();
    EXPECT_NEAR(scores[1]->theta, mode[1]->theta, 1e-3);
    EXPECT_NEAR(scores[1]->se, mode[1]->se, 1e-3);
}

TEST(ShortForm, AsksTheMostInformativeItemUntilItIsPreciseEnough) {
    std::vector<std::optional<std::size_t>> answers(items.size());
    std::vector<bool> askable(items.size(), true);
    const auto first = next_item(items, answers, askable, 0.4).value();
    EXPECT_EQ(first.item, 4U);  // the sharpest
    EXPECT_NEAR(first.score.theta, 0, 1e-10);
    EXPECT_NEAR(first.score.se, 1, 1e-10);
    double se = 1;
    int asked = 0;
    for (auto next = first; next.item; ++asked) {
        answers[*next.item] = 1;
        next = next_item(items, answers, askable, 0.3).value();
        EXPECT_LT(next.score.se, se);
        se = next.score.se;
        if (next.precise) {
            EXPECT_FALSE(next.item.has_value());
        }
    }
    EXPECT_LE(asked, 5);
    EXPECT_TRUE(next_item(items, answers, askable, 1).value().precise);
}

TEST(ShortForm, NeverAsksWhatIsNotAskable) {
    std::vector<std::optional<std::size_t>> answers(items.size());
    std::vector<bool> askable(items.size(), true);
    askable[4] = false;
    for (int i = 0; i < 5; ++i) {
        const auto next = next_item(items, answers, askable, 0.01).value();
        if (!next.item) break;
        ASSERT_NE(next.item, 4U);
        answers[*next.item] = 0;
    }
    EXPECT_FALSE(answers[4].has_value());
    EXPECT_TRUE(answers[3].has_value());
    answers[0] = 9;
    EXPECT_FALSE(next_item(items, answers, askable, 0).ok());
}

}  // namespace
}  // namespace evenkeel::measures
