// Goal: networks of many people equal those of R: a least-squares VAR(1) for each person, and the
// two-step multilevel VAR of mlVAR 0.5.2 (lmer, orthogonal random effects). Method: four items of
// the 79 students of Fried et al. (2022), from their raw answers.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "agreement.h"
#include "course/multilevel_var.h"
#include "course/network.h"

namespace evenkeel {
namespace {

const std::vector<std::string> items{"Worry", "Nervous", "Anhedonia", "Alone"};
const std::string beeps = "timeseries/data/fried2021_beeps.csv";

struct Students {
    std::vector<double> values;  // n x 4
    std::vector<long> person, group;
    std::vector<double> moment;

    explicit Students(const std::string& file, std::optional<long> only = {}) {
        const auto table = golden::read_table(file);
        std::vector<std::size_t> rows;
        for (std::size_t row = 0; row < table.n_rows(); ++row) {
            const long one = std::lround(golden::number(table, row, "person"));
            if (only && one != *only) continue;
            rows.push_back(row);
            person.push_back(one);
            group.push_back(one * 1000 + std::lround(golden::number(table, row, "day")));
            moment.push_back(golden::number(table, row, "beep"));
        }
        for (const auto& item : items) {
            for (const auto row : rows) values.push_back(golden::number(table, row, item));
        }
    }
};

std::size_t at(const std::string& item) {
    return static_cast<std::size_t>(std::find(items.begin(), items.end(), item) - items.begin());
}

TEST(PeopleGolden, LeastSquaresOfEachPersonEqualsThatOfR) {
    REFERENCE_OR_SKIP(file, beeps);
    REFERENCE_OR_SKIP(expected_file, "timeseries/out/person_ols_var_fried2021_4.csv");
    const auto expected = golden::read_table(expected_file);
    golden::Deviation estimates, errors;
    std::map<long, course::VarFit> fits;
    for (std::size_t row = 0; row < expected.n_rows(); ++row) {
        const long person = std::lround(golden::number(expected, row, "person"));
        if (!fits.contains(person)) {
            const Students one(file, person);
            const auto made = course::vector_autoregression(
                course::lagged_pairs(one.values, 4, one.group, one.moment));
            ASSERT_TRUE(made.ok())
                << person << ": " << made.error().where << " " << made.error().message;
            fits[person] = made.value();
        }
        const auto& fit = fits.at(person);
        EXPECT_EQ(fit.n_pairs, golden::number(expected, row, "n_pairs")) << person;
        const auto to = at(golden::text(expected, row, "to"));
        const auto from = golden::text(expected, row, "from");
        estimates.add(from == "const" ? fit.intercept[to] : fit.effect[at(from) * 4 + to],
                      golden::number(expected, row, "b"));
        if (from != "const") {
            errors.add(fit.effect_se[at(from) * 4 + to], golden::number(expected, row, "se"));
        }
    }
    EXPECT_EQ(fits.size(), 50U);
    golden::agree("network of each person: effects", "fried2021_4", estimates, 1e-8);
    golden::agree("network of each person: standard errors", "fried2021_4", errors, 1e-8);
}

TEST(PeopleGolden, MultilevelVarEqualsThatOfR) {
    REFERENCE_OR_SKIP(file, beeps);
    REFERENCE_OR_SKIP(expected_file, "timeseries/out/mlvar_fried2021_4.csv");
    const Students all(file);
    const auto fit = course::multilevel_var({.variables = items,
                                             .values = all.values,
                                             .person = all.person,
                                             .group = all.group,
                                             .moment = all.moment})
                         .value();
    EXPECT_TRUE(fit.converged);
    ASSERT_TRUE(fit.contemporaneous && fit.between);
    const double nan = std::nan("");
    const auto expected = golden::read_table(expected_file);
    std::map<std::string, golden::Deviation> deviations;
    for (std::size_t row = 0; row < expected.n_rows(); ++row) {
        const auto matrix = golden::text(expected, row, "matrix");
        const auto place =
            at(golden::text(expected, row, "col")) * 4 + at(golden::text(expected, row, "row"));
        const auto& effect = fit.effects[place];
        const std::map<std::string, double> ours{
            {"beta_mean", effect.estimate.value_or(nan)},
            {"beta_se", effect.se.value_or(nan)},
            {"beta_p", effect.p.value_or(nan)},
            {"beta_random_sd", effect.random_sd},
            {"theta_cor", fit.contemporaneous->correlation[place]},
            {"theta_pcor", fit.contemporaneous->partial_correlation[place]},
            {"between_cor", fit.between->correlation[place]},
            {"between_pcor", fit.between->partial_correlation[place]}};
        const bool diagonal = place % 5 == 0;
        if (!ours.contains(matrix) || (diagonal && matrix.ends_with("_pcor"))) continue;
        deviations[matrix].add(ours.at(matrix), golden::number(expected, row, "value"));
    }
    const auto say = [&](const char* what, const char* matrix) {
        golden::agree(std::string("multilevel VAR: ") + what, "fried2021_4", deviations[matrix],
                      0.005);
    };
    say("effects", "beta_mean");
    say("standard errors", "beta_se");
    say("p", "beta_p");
    say("spread between people", "beta_random_sd");
    say("contemporaneous correlations", "theta_cor");
    say("contemporaneous partial correlations", "theta_pcor");
    say("between-person correlations", "between_cor");
    say("between-person partial correlations", "between_pcor");
}

}  // namespace
}  // namespace evenkeel
