// Goal: the parameters of the shipped short form are those that the public answers give, and the
// safety item is never chosen. Method: a fit of the committed file; every person's real answers.
#include <gtest/gtest.h>

#include <cmath>

#include "agreement.h"
#include "app/item_columns.h"
#include "measures/graded_fit.h"
#include "measures/graded_score.h"

namespace evenkeel::golden {
namespace {

const std::string root = EVENKEEL_SOURCE_DIR;

TEST(ShortForm, ItsParametersAreTheFitOfNhanes) {
    const auto parameters = app::read_parameters(root + "/knowledge/short_forms/phq-9.json");
    ASSERT_TRUE(parameters.ok());
    const auto& shipped = parameters.value();
    EXPECT_TRUE(shipped.sample.starts_with("community sample"));
    const auto table =
        read_table(root + "/tests/golden/data/psychometrics/data/nhanes_2015_2016_phq9_items.csv");
    std::vector<std::vector<double>> columns;
    for (const auto& name : shipped.names) {
        auto& column = columns.emplace_back();
        for (std::size_t i = 0; i < table.n_rows(); ++i) {
            column.push_back(number(table, i, name));
        }
    }
    const auto responses =
        measures::tabulate(columns, measures::observed_categories(columns).value()).value();
    const auto fit = measures::fit_graded(responses).value();
    ASSERT_TRUE(fit.converged);
    for (std::size_t j = 0; j < shipped.items.size(); ++j) {
        EXPECT_NEAR(fit.items[j].a, shipped.items[j].a, 1e-3) << shipped.names[j];
        for (std::size_t k = 0; k < fit.items[j].d.size(); ++k) {
            EXPECT_NEAR(fit.items[j].b()[k], shipped.items[j].b()[k], 1e-3) << shipped.names[j];
        }
    }
}

TEST(ShortForm, AsksNobodyTheSafetyItem) {
    const auto shipped = app::read_parameters(root + "/knowledge/short_forms/phq-9.json").value();
    ASSERT_EQ(shipped.names.back(), "phq9");
    ASSERT_TRUE(shipped.asked_apart.back());
    std::vector<bool> askable;
    for (const bool apart : shipped.asked_apart) askable.push_back(!apart);
    // Whatever is answered: all the same, and rising.
    for (std::size_t answer = 0; answer <= 4; ++answer) {
        std::vector<std::optional<std::size_t>> answers(shipped.items.size());
        for (std::size_t asked = 0;; ++asked) {
            const auto next = measures::next_item(shipped.items, answers, askable, 0.01).value();
            if (!next.item) {
                EXPECT_EQ(asked, 8U);
                break;
            }
            ASSERT_NE(shipped.names[*next.item], "phq9");
            answers[*next.item] = answer < 4 ? answer : asked % 4;
        }
    }
}

}  // namespace
}  // namespace evenkeel::golden
