// Goal: formulas say what they should or name the place of the fault; growth, survival and Cox
// models obey their laws and answer bad data with a reason. Method: small data, seeded loops.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "course/cox.h"
#include "course/expected_response.h"
#include "course/formula.h"
#include "course/mixed_model.h"
#include "course/sudden_gains.h"

namespace evenkeel::course {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string> term_names(const Formula& formula) {
    std::vector<std::string> out;
    for (const auto& term : formula.terms) {
        std::string name;
        for (const auto at : term)
            name += (name.empty() ? "" : ":") + name_of(formula.variables[at]);
        out.push_back(name);
    }
    return out;
}

TEST(FormulaText, ExpandsProductsMainEffectsFirst) {
    const auto formula = parse_formula("y ~ log1p(t) * med + sev + (1 + x || id)");
    ASSERT_TRUE(formula.ok());
    EXPECT_EQ(term_names(formula.value()),
              (std::vector<std::string>{"log1p(t)", "med", "sev", "log1p(t):med"}));
    ASSERT_EQ(formula.value().random.size(), 2U);
    EXPECT_TRUE(formula.value().random[0].intercept);
    EXPECT_FALSE(formula.value().random[1].intercept);
    EXPECT_EQ(formula.value().random[1].group, "id");
    EXPECT_FALSE(parse_formula("y ~ x + 0").value().intercept);
}

TEST(FormulaText, NamesThePlaceOfAFault) {
    const std::vector<std::pair<std::string, std::string>> faults{{"", "1"},
                                                                  {"y", "2"},
                                                                  {"y ~ ", "5"},
                                                                  {"y ~ x +", "8"},
                                                                  {"y ~ x + (1|)", "12"},
                                                                  {"y ~ sqrt(x)", "5"},
                                                                  {"y ~ x ^ 2", "7"},
                                                                  {"y ~ (1 | a/b)", "11"},
                                                                  {"y ~ `x", "6"},
                                                                  {"y ~ 2", "5"},
                                                                  {"y ~ 0", "6"}};
    for (const auto& [text, where] : faults) {
        const auto formula = parse_formula(text);
        ASSERT_FALSE(formula.ok()) << text;
        EXPECT_EQ(formula.error().where, where) << text << ": " << formula.error().message;
    }
}

// People with an intercept and a slope of their own.
std::vector<Column> growth(std::size_t people, std::size_t visits, std::uint64_t seed) {
    std::mt19937_64 random{seed};
    std::normal_distribution<double> normal;
    std::vector<Column> out{{"y", {}, {}, {}}, {"t", {}, {}, {}}, {"id", {}, {}, {}}};
    for (std::size_t i = 0; i < people; ++i) {
        const double level = 15 + 4 * normal(random), slope = -2 + normal(random);
        for (std::size_t k = 0; k < visits; ++k) {
            const auto t = static_cast<double>(k);
            out[0].numbers.push_back(level + slope * t + 2 * normal(random));
            out[1].numbers.push_back(t);
            out[2].numbers.push_back(static_cast<double>(i));
        }
    }
    return out;
}

Result<MixedModel> fit(const std::vector<Column>& columns, const std::string& text,
                       const MixedModelOptions& options = {}, const DesignOptions& more = {}) {
    const auto formula = parse_formula(text);
    EXPECT_TRUE(formula.ok());
    TRY(const auto design, design_matrix(formula.value(), columns, more));
    return fit_mixed_model(design, options);
}

TEST(MixedModelLaws, AddingAConstantAndScalingTimeChangeOnlyTheUnits) {
    const auto columns = growth(40, 5, 1);
    const auto base = fit(columns, "y ~ t + (1 + t | id)").value();
    auto moved = columns;
    for (auto& y : moved[0].numbers) y += 1000;
    for (auto& t : moved[1].numbers) t = 2020 + 7 * t;
    const auto other = fit(moved, "y ~ t + (1 + t | id)").value();
    EXPECT_NEAR(*other.fixed[1].estimate * 7, *base.fixed[1].estimate, 1e-8);
    EXPECT_NEAR(*other.fixed[1].se * 7, *base.fixed[1].se, 1e-7);
    EXPECT_NEAR(*other.fixed[1].df, *base.fixed[1].df, 1e-4);
    EXPECT_NEAR(other.random_sd(1) * 7, base.random_sd(1), 1e-6);
    EXPECT_NEAR(other.residual_sd, base.residual_sd, 1e-7);
}

TEST(MixedModelLaws, OrderOfRowsAndNamesOfPeopleDoNotMatter) {
    const auto columns = growth(30, 4, 2);
    const auto base = fit(columns, "y ~ t + (1 + t | id)").value();
    auto shuffled = columns;
    std::mt19937_64 random{3};
    for (std::size_t i = shuffled[0].numbers.size(); i-- > 1;) {
        const auto k = random() % (i + 1);
        for (auto& column : shuffled) std::swap(column.numbers[i], column.numbers[k]);
    }
    for (auto& id : shuffled[2].numbers) id = 1000 - 3 * id;
    const auto other = fit(shuffled, "y ~ t + (1 + t | id)").value();
    EXPECT_NEAR(other.log_likelihood, base.log_likelihood, 1e-8);
    EXPECT_NEAR(*other.fixed[1].estimate, *base.fixed[1].estimate, 1e-8);
}

TEST(MixedModelLaws, CollinearAndConstantColumnsAreNamedAndLeftOut) {
    auto columns = growth(30, 4, 4);
    columns.push_back(columns[1]);
    columns.back().name = "twice";
    for (auto& x : columns.back().numbers) x = 2 * x + 1;
    columns.push_back({"same", std::vector<double>(columns[0].numbers.size(), 3.0), {}, {}});
    const auto model = fit(columns, "y ~ t + twice + same + (1 | id)").value();
    EXPECT_TRUE(model.fixed[1].estimate);
    EXPECT_FALSE(model.fixed[2].estimate);
    EXPECT_FALSE(model.fixed[3].estimate);
    ASSERT_EQ(model.warnings.size(), 2U);
    EXPECT_EQ(model.warnings[0], "twice is left out: it is a combination of t.");
    EXPECT_EQ(model.warnings[1], "same is left out: it is the same in every row.");
}

TEST(MixedModelLaws, BadDataAreRefusedWithAReason) {
    EXPECT_FALSE(fit(growth(1, 8, 5), "y ~ t + (1 | id)").ok());   // one person
    EXPECT_FALSE(fit(growth(20, 1, 5), "y ~ 1 + (1 | id)").ok());  // one visit each
    auto columns = growth(10, 4, 5);
    columns[0].numbers[3] = 1e300;
    const auto huge = fit(columns, "y ~ t + (1 | id)");
    ASSERT_FALSE(huge.ok());
    EXPECT_EQ(huge.error().where, "/rows/3/y");
    std::fill(columns[0].numbers.begin(), columns[0].numbers.end(), 7.0);
    EXPECT_FALSE(fit(columns, "y ~ t + (1 | id)").ok());  // constant response
    std::fill(columns[0].numbers.begin(), columns[0].numbers.end(), nan);
    EXPECT_FALSE(fit(columns, "y ~ t + (1 | id)").ok());  // all missing
    auto repeated = growth(10, 3, 6);
    repeated[1].numbers[1] = repeated[1].numbers[0];
    const auto doubled = fit(repeated, "y ~ 1 + (1 | id)", {.residuals = Residuals::car1},
                             {.group = "id", .time = "t"});
    ASSERT_FALSE(doubled.ok());
    EXPECT_EQ(doubled.error().where, "/rows/1");
}

TEST(CoxLaws, ASeparatingCovariateGivesNoNumberButAWarning) {
    std::vector<double> time, event;
    Matrix covariates{40, {}, {"arm"}};
    for (std::size_t i = 0; i < 40; ++i) {
        const bool treated = i % 2 == 0;
        time.push_back(static_cast<double>(i + 1));
        event.push_back(treated ? 1 : 0);
        covariates.values.push_back(treated ? 1 : 0);
    }
    const auto model = cox_regression(time, event, covariates);
    ASSERT_TRUE(model.ok());
    EXPECT_FALSE(model.value().coefficients[0].estimate);
    EXPECT_FALSE(model.value().warnings.empty());
    EXPECT_FALSE(cox_regression(time, std::vector<double>(40, 0.0), covariates).ok());
    time[3] = -1;
    const auto negative = cox_regression(time, event, covariates);
    ASSERT_FALSE(negative.ok());
    EXPECT_EQ(negative.error().where, "/rows/3");
}

TEST(CoxLaws, ScalingTimeChangesNothingAndSwappingACodeFlipsTheSign) {
    std::mt19937_64 random{7};
    for (int round = 0; round < 50; ++round) {
        std::vector<double> time, scaled, event;
        Matrix x{60, {}, {"x"}}, flipped{60, {}, {"x"}};
        for (std::size_t i = 0; i < 60; ++i) {
            time.push_back(static_cast<double>(1 + random() % 20));
            scaled.push_back(time.back() * 7);
            event.push_back(random() % 3 != 0 ? 1 : 0);
            x.values.push_back(static_cast<double>(random() % 2));
            flipped.values.push_back(1 - x.values.back());
        }
        const auto ties = round % 2 == 0 ? Ties::efron : Ties::exact;
        const auto a = cox_regression(time, event, x, ties).value();
        const auto b = cox_regression(scaled, event, flipped, ties).value();
        ASSERT_TRUE(a.coefficients[0].estimate && b.coefficients[0].estimate);
        EXPECT_NEAR(*a.coefficients[0].estimate, -*b.coefficients[0].estimate, 1e-8);
        EXPECT_NEAR(*a.concordance, *b.concordance, 1e-12);
    }
}

TEST(SuddenGains, FollowTheThreeCriteria) {
    const std::vector<double> gain{30, 31, 29, 18, 17, 19, 16};
    const auto found = sudden_changes(gain, 7).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].from, 2U);
    EXPECT_EQ(found[0].kind, SuddenChange::Kind::gain);
    EXPECT_NEAR(found[0].critical_t, 2.776, 0.001);
    EXPECT_FALSE(found[0].reversed);
    EXPECT_TRUE(sudden_changes(gain, 12).value().empty());  // criterion 1
    const std::vector<double> small{60, 61, 59, 50, 50, 51};
    EXPECT_TRUE(sudden_changes(small, 7).value().empty());  // criterion 2: under a quarter
    const std::vector<double> noisy{40, 12, 29, 18, 30, 10};
    EXPECT_TRUE(sudden_changes(noisy, 7).value().empty());  // criterion 3
    const std::vector<double> missing{nan, 31, 29, 18, 17, 19, 26};
    const auto one = sudden_changes(missing, 7).value();
    ASSERT_EQ(one.size(), 1U);
    EXPECT_NEAR(one[0].critical_t, 3.182, 0.001);
    EXPECT_TRUE(one[0].reversed);
    EXPECT_FALSE(sudden_changes(gain, 0).ok());
}

std::vector<ScoreRecord> archive_of(std::size_t people) {
    const auto columns = growth(people, 5, 8);
    std::vector<ScoreRecord> out;
    for (std::size_t i = 0; i < columns[0].numbers.size(); ++i) {
        out.push_back({static_cast<std::size_t>(columns[2].numbers[i]), columns[1].numbers[i],
                       columns[0].numbers[i]});
    }
    return out;
}

TEST(ExpectedResponseBand, SaysNothingUnderTwoHundredPeople) {
    const std::vector<ScoreRecord> person{{0, 0, 15}, {0, 1, 40}, {0, 2, 40}, {0, 3, 2}};
    const auto few = expect(expected_response(archive_of(60)).value(), person).value();
    EXPECT_TRUE(few[2].upper);
    EXPECT_FALSE(few[2].off_track);
    const auto many = expect(expected_response(archive_of(250)).value(), person).value();
    EXPECT_FALSE(many[0].expected);
    EXPECT_FALSE(many[1].off_track);  // the second score: too early
    EXPECT_EQ(many[2].off_track, true);
    EXPECT_EQ(many[3].off_track, false);
    EXPECT_EQ(many[2].n_comparable, 250U);
}

TEST(ExpectedResponseBand, TellsHowItDidForPeopleWhoWereNotInTheArchive) {
    EXPECT_FALSE(held_out_calibration(archive_of(199)).has_value());
    const auto archive = archive_of(300);
    const auto found = held_out_calibration(archive).value();
    EXPECT_LE(found.n_people, 300U);
    EXPECT_GT(found.n_people, 290U);  // the very first and last have nobody who began like them
    EXPECT_NEAR(found.all.below + found.all.inside + found.all.above, 1, 1e-12);
    EXPECT_NEAR(found.all.inside, 0.8, 0.02 + 3 * found.inside_error);
    std::size_t by_time = 0, by_first = 0;
    double inside = 0;
    for (const auto& each : found.by_time) {
        by_time += each.n_scores;
        inside += each.inside * static_cast<double>(each.n_scores);
    }
    for (const auto& each : found.by_first_score) by_first += each.n_scores;
    EXPECT_EQ(by_time, found.all.n_scores);
    EXPECT_EQ(by_first, found.all.n_scores);
    EXPECT_NEAR(inside / static_cast<double>(by_time), found.all.inside, 1e-12);
}

}  // namespace
}  // namespace evenkeel::course
