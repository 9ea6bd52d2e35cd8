// Goal: reliability, graded response model and clinically significant change give the numbers
// of psych, lavaan, mirt and clinicalsignificance. Method: the kernels on the same data, the
// tolerances of the reference's own README.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>

#include "agreement.h"
#include "measures/clinical_change.h"
#include "measures/factor.h"
#include "measures/graded_fit.h"
#include "measures/graded_score.h"
#include "measures/polychoric.h"
#include "measures/reliability.h"

namespace evenkeel::golden {
namespace {

using Columns = std::vector<std::vector<double>>;
using Names = std::vector<std::string>;

const Names phq{"phq1", "phq2", "phq3", "phq4", "phq5", "phq6", "phq7", "phq8", "phq9"};
const Names qids{"onset",       "middle",     "late",       "hypersom", "sad",   "decappetite",
                 "incappetite", "weightloss", "weightgain", "concen",   "guilt", "suicide",
                 "anhedonia",   "fatigue",    "retard",     "agitation"};

// A data set of the reference and how its results are called.
struct Case {
    const char* name;
    const char* data;
    Names items;
};
const std::vector<Case> real{{"nhanes_phq9", "nhanes_2015_2016_phq9_items.csv", phq},
                             {"rogers_qids", "rogers_qids_ybocs_items.csv", qids}};
const std::vector<Case> graded{real[0], real[1], {"sim_phq9_5000", "sim_phq9_5000.csv.gz", phq}};

std::string of(const Case& c, const std::string& method, const std::string& what) {
    return "psychometrics/results/" + method + "_" + c.name + "_" + what + ".csv";
}

Columns item_columns(const exchange::CsvTable& table, const Names& names) {
    Columns out;
    for (const auto& name : names) {
        auto& column = out.emplace_back();
        for (std::size_t i = 0; i < table.n_rows(); ++i) {
            column.push_back(number(table, i, name));
        }
    }
    return out;
}

// Rows (name, value) as a map.
std::map<std::string, double> named(const exchange::CsvTable& table, std::string_view key,
                                    std::string_view value) {
    std::map<std::string, double> out;
    for (std::size_t i = 0; i < table.n_rows(); ++i) {
        out[text(table, i, key)] = number(table, i, value);
    }
    return out;
}

// The parameters and errors of the precise fit, by "item.parameter".
struct Printed {
    std::vector<measures::GradedItem> items;
    std::map<std::string, double> value, se;
};
Printed printed(const std::string& path, const Names& names) {
    const auto table = read_table(path);
    Printed out;
    for (std::size_t i = 0; i < table.n_rows(); ++i) {
        if (text(table, i, "fit") != "precise") continue;
        const auto key = text(table, i, "item") + "." + text(table, i, "parameter");
        out.value[key] = number(table, i, "estimate");
        out.se[key] = number(table, i, "se");
    }
    for (const auto& name : names) {
        measures::GradedItem item;
        item.a = out.value.at(name + ".a");
        item.categories = {0};
        for (int c = 1; out.value.count(name + ".d" + std::to_string(c)) > 0; ++c) {
            item.d.push_back(out.value.at(name + ".d" + std::to_string(c)));
            item.categories.push_back(c);
        }
        out.items.push_back(item);
    }
    return out;
}

class Measures : public testing::TestWithParam<Case> {};
class Graded : public testing::TestWithParam<Case> {};

TEST_P(Measures, ReliabilityIsThatOfPsychAndLavaan) {
    const auto& c = GetParam();
    REFERENCE_OR_SKIP(data, std::string("psychometrics/data/") + c.data);
    REFERENCE_OR_SKIP(scale, of(c, "ctt", "scale"));
    REFERENCE_OR_SKIP(item_file, of(c, "ctt", "items"));
    const auto columns = item_columns(read_table(data), c.items);
    const auto expected = named(read_table(scale), "statistic", "value");
    const auto moments = measures::item_moments(columns).value();
    const auto ours = measures::consistency(moments).value();
    Deviation alpha;
    alpha.add(static_cast<double>(moments.n_complete), expected.at("n_complete"));
    alpha.add(*ours.alpha, expected.at("alpha_raw"));
    alpha.add(*ours.alpha_standardized, expected.at("alpha_std"));
    alpha.add(*ours.sem, expected.at("sem_alpha"));
    const auto items = read_table(item_file);
    const auto factor = measures::one_factor(moments.covariance, c.items.size()).value();
    for (std::size_t j = 0; j < c.items.size(); ++j) {
        alpha.add(ours.items[j].mean, number(items, j, "mean"));
        alpha.add(ours.items[j].sd, number(items, j, "sd"));
        alpha.add(*ours.items[j].r_drop, number(items, j, "r_drop"));
        alpha.add(*ours.items[j].alpha_if_dropped, number(items, j, "alpha_if_dropped"));
    }
    agree("reliability: alpha and items", c.name, alpha, 1e-9);
    EXPECT_TRUE(factor.converged);
    agree("reliability: omega", c.name, std::abs(factor.omega / expected.at("omega_cfa_ml") - 1),
          1e-6);
    // The height of the likelihood: n F is lavaan's chi-squared.
    agree("reliability: fit of one factor", c.name,
          std::abs(static_cast<double>(moments.n_complete) * factor.discrepancy /
                       expected.at("cfa_chisq") -
                   1),
          1e-6);
}

TEST_P(Measures, PolychoricCorrelationsAreThoseOfPsych) {
    const auto& c = GetParam();
    REFERENCE_OR_SKIP(data, std::string("psychometrics/data/") + c.data);
    REFERENCE_OR_SKIP(matrix, of(c, "ctt", "polychoric"));
    REFERENCE_OR_SKIP(ordinal, of(c, "ctt", "ordinal"));
    const auto ours = measures::polychoric(item_columns(read_table(data), c.items)).value();
    const auto expected = read_table(matrix);
    Deviation correlation;
    for (std::size_t j = 0; j < c.items.size(); ++j) {
        for (std::size_t h = 0; h < c.items.size(); ++h) {
            correlation.add(ours.correlation[j * c.items.size() + h],
                            number(expected, j, c.items[h]));
        }
    }
    agree("reliability: polychoric correlations", c.name, correlation, 1e-4);
    agree("reliability: ordinal alpha", c.name,
          std::abs(*ours.alpha - number(read_table(ordinal), 0, "value")), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(Reference, Measures, testing::ValuesIn(real),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_P(Graded, FitIsThatOfMirt) {
    const auto& c = GetParam();
    REFERENCE_OR_SKIP(data, std::string("psychometrics/data/") + c.data);
    REFERENCE_OR_SKIP(fit_file, of(c, "grm", "fit"));
    REFERENCE_OR_SKIP(item_file, of(c, "grm", "items"));
    const auto columns = item_columns(read_table(data), c.items);
    const auto responses =
        measures::tabulate(columns, measures::observed_categories(columns).value()).value();
    const auto fit = measures::fit_graded(responses).value();
    ASSERT_TRUE(fit.converged);
    const auto expected = named(read_table(fit_file), "fit", "loglik");
    agree("graded model: log likelihood", c.name,
          std::abs(fit.log_likelihood - expected.at("precise")), 0.01);
    const auto theirs = printed(item_file, c.items);
    Deviation estimate, se;
    for (std::size_t j = 0; j < c.items.size(); ++j) {
        const auto compare = [&](const std::string& parameter, double value, double error) {
            const auto key = c.items[j] + "." + parameter;
            estimate.add(value, theirs.value.at(key));
            se.add_scaled(error, theirs.se.at(key), theirs.se.at(key));
        };
        compare("a", fit.items[j].a, fit.errors[j].a);
        for (std::size_t k = 0; k < fit.items[j].d.size(); ++k) {
            compare("b" + std::to_string(k + 1), fit.items[j].b()[k], fit.errors[j].b[k]);
            compare("d" + std::to_string(k + 1), fit.items[j].d[k], fit.errors[j].d[k]);
        }
    }
    agree("graded model: a, b and d", c.name, estimate, 2e-3);
    agree("graded model: standard errors (relative)", c.name, se, 0.02);
}

TEST_P(Graded, ScoresAreThoseOfMirtWithItsPrintedParameters) {
    const auto& c = GetParam();
    REFERENCE_OR_SKIP(item_file, of(c, "grm", "items"));
    REFERENCE_OR_SKIP(score_file, of(c, "grm", "scores"));
    const auto items = printed(item_file, c.items).items;
    const auto expected = read_table(score_file);
    std::vector<std::vector<double>> categories;
    for (const auto& item : items) categories.push_back(item.categories);
    const auto responses = measures::tabulate(item_columns(expected, c.items), categories).value();
    Deviation theta[3], se[3];
    const measures::TraitMethod methods[]{measures::TraitMethod::eap, measures::TraitMethod::map,
                                          measures::TraitMethod::wle};
    const std::string names[]{"eap", "map", "wle"};
    for (std::size_t m = 0; m < 3; ++m) {
        const auto scores = measures::score_graded(items, responses, methods[m]).value();
        for (std::size_t i = 0; i < expected.n_rows(); ++i) {
            const auto pattern = responses.pattern_of_row[i];
            if (pattern == measures::Responses::no_pattern) continue;
            ASSERT_TRUE(scores[pattern].has_value());
            theta[m].add(scores[pattern]->theta, number(expected, i, names[m]));
            se[m].add(scores[pattern]->se, number(expected, i, names[m] + "_se"));
        }
    }
    agree("graded model: EAP", c.name, theta[0], 1e-8);
    agree("graded model: EAP error", c.name, se[0], 1e-8);
    agree("graded model: MAP", c.name, theta[1], 1e-4);
    agree("graded model: MAP error", c.name, se[1], 1e-3);
    // Its error is not compared: mirt takes the slope of Warm's equation, we 1/sqrt(information).
    agree("graded model: WLE", c.name, theta[2], 1e-4);
}

TEST_P(Graded, InformationIsThatOfMirtWithItsPrintedParameters) {
    const auto& c = GetParam();
    REFERENCE_OR_SKIP(item_file, of(c, "grm", "items"));
    REFERENCE_OR_SKIP(info_file, of(c, "grm", "info"));
    const auto items = printed(item_file, c.items).items;
    const auto expected = read_table(info_file);
    Deviation deviation;
    for (std::size_t i = 0; i < expected.n_rows(); ++i) {
        const double theta = number(expected, i, "theta");
        double test = 0, score = 0;
        for (std::size_t j = 0; j < items.size(); ++j) {
            const double information = measures::item_information(items[j], theta);
            deviation.add(information, number(expected, i, c.items[j]));
            test += information;
            score += measures::expected_answer(items[j], theta);
        }
        deviation.add(test, number(expected, i, "test"));
        deviation.add(score, number(expected, i, "expected_score"));
    }
    agree("graded model: information", c.name, deviation, 1e-8);
}

INSTANTIATE_TEST_SUITE_P(Reference, Graded, testing::ValuesIn(graded),
                         [](const auto& each) { return std::string(each.param.name); });

std::string_view name_of_category(measures::Category category) {
    static constexpr std::array names{"recovered", "improved", "unchanged", "deteriorated",
                                      "harmed"};
    return names.at(static_cast<std::size_t>(category));
}

class ClinicalChange : public testing::TestWithParam<const char*> {};

TEST_P(ClinicalChange, IsThatOfTheTextbookFormulas) {
    const std::string name = GetParam();
    REFERENCE_OR_SKIP(scale, "psychometrics/results/rci_" + name + "_scale.csv");
    REFERENCE_OR_SKIP(people, "psychometrics/results/rci_" + name + "_individual.csv");
    const auto quantity = named(read_table(scale), "quantity", "value");
    const auto direction = name == "jacobson_das" ? measures::Direction::higher_is_better
                                                  : measures::Direction::lower_is_better;
    const measures::Sample clinical{quantity.at("mean_pre"), quantity.at("sd_pre")};
    const measures::Sample functional{quantity.at("m_functional"), quantity.at("sd_functional")};
    const auto expected = read_table(people);
    Deviation index, cut;
    for (const auto& [criterion, letter] :
         std::vector<std::pair<measures::Criterion, std::string>>{{measures::Criterion::a, "a"},
                                                                  {measures::Criterion::b, "b"},
                                                                  {measures::Criterion::c, "c"}}) {
        const double cutoff = measures::cutoff(criterion, clinical, functional, direction).value();
        cut.add_scaled(cutoff, quantity.at("cut_" + letter), quantity.at("cut_" + letter));
        for (std::size_t i = 0; i < expected.n_rows(); ++i) {
            const measures::Scores scores{number(expected, i, "pre"), number(expected, i, "post")};
            const auto change =
                measures::reliable_change(
                    scores, {quantity.at("sd_pre"), quantity.at("reliability")}, direction)
                    .value();
            index.add(change.index, number(expected, i, "rci_formula"));
            EXPECT_EQ(name_of_category(
                          measures::clinical_category(scores, change.change, cutoff, direction)),
                      text(expected, i, "category_cut_" + letter))
                << "row " << i + 1 << ", criterion " << letter;
        }
    }
    agree("clinical change: index", name, index, 1e-9);
    agree("clinical change: cut-offs", name, cut, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Reference, ClinicalChange,
                         testing::Values("jacobson_das", "btheb_2m", "btheb_8m"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace evenkeel::golden
