// Goal: the paper's worked example, then that the picture is the same upside down.
#include "measures/clinical_change.h"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::measures {
namespace {

TEST(ClinicalChange, IsThatOfThePapersExample) {
    // Jacobson & Truax (1991), p. 13-14: functional mean 60, clinical 40, both sd 7.5.
    const Sample functional{60, 7.5}, clinical{40, 7.5};
    const auto at = [&](Criterion criterion) {
        return cutoff(criterion, clinical, functional, Direction::higher_is_better).value();
    };
    EXPECT_DOUBLE_EQ(at(Criterion::a), 55);
    EXPECT_DOUBLE_EQ(at(Criterion::b), 45);
    EXPECT_DOUBLE_EQ(at(Criterion::c), 50);
    const Scores person{32.5, 47.5};
    const auto change = reliable_change(person, {7.5, 0.8}, Direction::higher_is_better).value();
    EXPECT_NEAR(change.index, 3.16, 0.005);
    EXPECT_EQ(
        clinical_category(person, change.change, at(Criterion::b), Direction::higher_is_better),
        Category::recovered);
    EXPECT_EQ(
        clinical_category(person, change.change, at(Criterion::c), Direction::higher_is_better),
        Category::improved);
}

TEST(ClinicalChange, UpsideDownItIsTheSame) {
    for (int before = 0; before <= 30; ++before) {
        for (int after = 0; after <= 30; ++after) {
            const Scores up{1.0 * before, 1.0 * after}, down{-1.0 * before, -1.0 * after};
            const Reliability reliability{6, 0.8};
            const auto higher =
                reliable_change(up, reliability, Direction::higher_is_better).value().change;
            const auto lower =
                reliable_change(down, reliability, Direction::lower_is_better).value().change;
            EXPECT_EQ(clinical_category(up, higher, 15, Direction::higher_is_better),
                      clinical_category(down, lower, -15, Direction::lower_is_better));
        }
    }
}

TEST(ClinicalChange, AScoreEqualToTheCutOffIsOnNeitherSide) {
    const auto category = [](double before, double after, Change change) {
        return clinical_category({before, after}, change, 10, Direction::lower_is_better);
    };
    EXPECT_EQ(category(20, 10, Change::improved), Category::improved);
    EXPECT_EQ(category(20, 9, Change::improved), Category::recovered);
    EXPECT_EQ(category(10, 30, Change::deteriorated), Category::deteriorated);
    EXPECT_EQ(category(9, 30, Change::deteriorated), Category::harmed);
    EXPECT_EQ(category(9, 11, Change::unchanged), Category::unchanged);
}

TEST(ClinicalChange, RefusesASampleThatIsAbsentOrDoesNotVary) {
    const auto refused =
        cutoff(Criterion::c, Sample{20, 0}, std::nullopt, Direction::lower_is_better);
    ASSERT_FALSE(refused.ok());
    ASSERT_EQ(refused.error().problems().size(), 2U);
    EXPECT_EQ(refused.error().problems()[0].where, "/clinical/sd");
    EXPECT_EQ(refused.error().problems()[1].where, "/functional");
    EXPECT_TRUE(cutoff(Criterion::a, Sample{20, 5}, {}, Direction::lower_is_better).ok());
}

}  // namespace
}  // namespace evenkeel::measures
