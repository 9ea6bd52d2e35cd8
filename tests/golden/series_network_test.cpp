// Goal: networks equal those of R: lm and MASS::lm.ridge, graphicalVAR 0.4.1, glasso 1.11, qgraph
// 1.9.3. Method: the reference's four people and its two cross-sections, from their raw answers.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "agreement.h"
#include "course/network.h"
#include "course/series.h"

namespace evenkeel {
namespace {

using course::LaggedPairs;

struct Case {
    std::string name, file;
    std::vector<std::string> variables;
    std::string group, moment;  // columns; empty: one group, the row's number
    double last_phase = 99;
};

const std::vector<std::string> koss6{"mood_cheerf", "mood_down",    "mood_anxious",
                                     "pat_worry",   "mood_relaxed", "phy_tired"};
const std::vector<Case> cases{
    {"koss_beeps6", "kossakowski_beeps.csv", koss6, "day", "beep"},
    {"koss_beeps6_phase12", "kossakowski_beeps.csv", koss6, "day", "beep", 2},
    {"koss_daily5",
     "kossakowski_daily.csv",
     {"mood_cheerf", "mood_down", "mood_irritat", "se_selfdoub", "phy_tired"},
     "",
     "day"},
    {"fisher_p01",
     "fisher2017_obs.csv",
     {"down", "hopeless", "anhedonia", "worried", "fatigue", "positive"},
     "",
     "obs"}};

enum class Scaled { no, yes };

LaggedPairs pairs_of(const Case& one, const std::string& file, Scaled scaled) {
    const auto table = golden::read_table(file);
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        if (one.name == "fisher_p01" && golden::number(table, row, "person") != 1) continue;
        if (one.last_phase < 99 && !(golden::number(table, row, "phase") <= one.last_phase)) {
            continue;
        }
        rows.push_back(row);
    }
    std::vector<double> values, moment;
    std::vector<long> group;
    for (const auto& name : one.variables) {
        std::vector<double> column;
        for (const auto row : rows) column.push_back(golden::number(table, row, name));
        const auto seen = course::observed_of(column);
        if (scaled == Scaled::yes) {
            const auto z = course::standardized(seen.values).value();
            for (std::size_t i = 0; i < z.size(); ++i) column[seen.positions[i]] = z[i];
        }
        values.insert(values.end(), column.begin(), column.end());
    }
    for (const auto row : rows) {
        const double day = one.group.empty() ? 1 : golden::number(table, row, one.group);
        group.push_back(std::isnan(day) ? -1 : std::lround(day));
        moment.push_back(golden::number(table, row, one.moment));
    }
    return course::lagged_pairs(values, one.variables.size(), group, moment);
}

// Compares a matrix of the reference, [row, column] by names, with one by columns. `from_const`
// is the column "const", the intercepts.
void compare(const exchange::CsvTable& table, const Case& one, const std::string& model,
             const std::string& matrix, const std::vector<double>& ours,
             const std::vector<double>& intercept, golden::Deviation& deviation) {
    const auto at = [&](const std::string& name) {
        return static_cast<std::size_t>(
            std::find(one.variables.begin(), one.variables.end(), name) - one.variables.begin());
    };
    const std::size_t p = one.variables.size();
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        if (golden::text(table, row, "case") != one.name ||
            golden::text(table, row, "model") != model ||
            golden::text(table, row, "matrix") != matrix) {
            continue;
        }
        const std::size_t to = at(golden::text(table, row, "row"));
        const std::string column = golden::text(table, row, "col");
        const double want = golden::number(table, row, "value");
        if (column != "const") {
            deviation.add(ours[at(column) * p + to], want);
        } else if (!intercept.empty()) {
            deviation.add(intercept[to], want);
        }
    }
}

class NetworkGolden : public testing::TestWithParam<Case> {};

TEST_P(NetworkGolden, LeastSquaresAndRidgeEqualThoseOfR) {
    const Case& one = GetParam();
    REFERENCE_OR_SKIP(file, "timeseries/data/" + one.file);
    REFERENCE_OR_SKIP(matrices, "timeseries/out/networks_matrices.csv");
    const auto table = golden::read_table(matrices);
    const auto pairs = pairs_of(one, file, Scaled::no);
    golden::Deviation ols, ridge;
    const auto fit = course::vector_autoregression(pairs).value();
    compare(table, one, "ols", "coef[to,from]", fit.effect, fit.intercept, ols);
    compare(table, one, "ols", "se[to,from]", fit.effect_se, {}, ols);
    compare(table, one, "ols", "resid_cov_unbiased", fit.residual_covariance, {}, ols);
    compare(table, one, "ols", "contemporaneous_pcor", fit.partial_correlation, {}, ols);
    for (const int lambda : {1, 10, 100}) {
        const auto shrunk = course::vector_autoregression(pairs, lambda).value();
        compare(table, one, "ridge_lambda" + std::to_string(lambda), "coef[to,from]", shrunk.effect,
                shrunk.intercept, ridge);
    }
    golden::agree("network: least squares", one.name, ols, 1e-8);
    golden::agree("network: ridge", one.name, ridge, 1e-8);
}

void compare_centrality(const exchange::CsvTable& table, const Case& one, const std::string& model,
                        const std::string& kind, const std::vector<double>& weights,
                        golden::Deviation& deviation) {
    const auto found = course::centrality(weights, one.variables.size());
    const std::map<std::string, const std::vector<double>*> columns{
        {"OutStrength", &found.out_strength},
        {"InStrength", &found.in_strength},
        {"Closeness", &found.closeness},
        {"Betweenness", &found.betweenness},
        {"Strength", &found.out_strength}};
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const auto column = columns.find(golden::text(table, row, "col"));
        if (golden::text(table, row, "case") != one.name || column == columns.end() ||
            golden::text(table, row, "model") != model ||
            golden::text(table, row, "matrix") != kind) {
            continue;
        }
        const auto at = static_cast<std::size_t>(
            std::find(one.variables.begin(), one.variables.end(), golden::text(table, row, "row")) -
            one.variables.begin());
        deviation.add((*column->second)[at], golden::number(table, row, "value"));
    }
}

TEST_P(NetworkGolden, GraphicalVarEqualsThatOfR) {
    const Case& one = GetParam();
    REFERENCE_OR_SKIP(file, "timeseries/data/" + one.file);
    REFERENCE_OR_SKIP(matrices, "timeseries/out/networks_matrices.csv");
    REFERENCE_OR_SKIP(meta_file, "timeseries/out/networks_meta.csv");
    const auto table = golden::read_table(matrices), meta = golden::read_table(meta_file);
    const auto pairs = pairs_of(one, file, Scaled::yes);
    for (const std::string gamma : {"0.5", "0"}) {
        const std::string model = "graphicalVAR_gamma" + gamma;
        const auto fit = course::graphical_var(pairs, {.gamma = std::stod(gamma)}).value();
        EXPECT_TRUE(fit.converged);
        golden::Deviation ebic, penalties, effects, strengths;
        for (std::size_t row = 0; row < meta.n_rows(); ++row) {
            if (golden::text(meta, row, "case") != one.name ||
                golden::text(meta, row, "model") != model) {
                continue;
            }
            ebic.add(fit.ebic, golden::number(meta, row, "ebic"));
            penalties.add(fit.lambda_beta, golden::number(meta, row, "lambda_beta"));
            penalties.add(fit.lambda_kappa, golden::number(meta, row, "lambda_kappa"));
        }
        compare(table, one, model, "beta[to,from]", fit.effect, fit.intercept, effects);
        compare(table, one, model, "kappa", fit.precision, {}, effects);
        compare(table, one, model, "PCC", fit.partial_correlation, {}, effects);
        compare_centrality(table, one, model, "centrality_temporal", fit.effect, strengths);
        compare_centrality(table, one, model, "centrality_contemporaneous", fit.partial_correlation,
                           strengths);
        golden::agree("network: graphical VAR, EBIC", one.name + ", gamma " + gamma, ebic, 1e-3);
        golden::agree("network: graphical VAR, penalties", one.name + ", gamma " + gamma, penalties,
                      1e-6);
        golden::agree("network: graphical VAR, effects", one.name + ", gamma " + gamma, effects,
                      0.01);
        golden::agree("network: centrality", one.name + ", gamma " + gamma, strengths, 0.02);
    }
}

INSTANTIATE_TEST_SUITE_P(People, NetworkGolden, testing::ValuesIn(cases),
                         [](const auto& one) { return one.param.name; });

TEST(CrossSectionGolden, GraphicalLassoEqualsThatOfR) {
    REFERENCE_OR_SKIP(file, "timeseries/data/rogers_qids16.csv");
    REFERENCE_OR_SKIP(matrices, "timeseries/out/crosssectional_networks.csv");
    REFERENCE_OR_SKIP(meta_file, "timeseries/out/crosssectional_meta.csv");
    const auto data = golden::read_table(file), table = golden::read_table(matrices),
               meta = golden::read_table(meta_file);
    for (Case one : {Case{.name = "rogers_qids16", .variables = data.header()},
                     Case{.name = "rogers_qids_core9",
                     .variables = {"sad", "anhedonia", "fatigue", "concen", "guilt", "suicide",
                                   "retard", "agitation", "onset"}}}) {
        std::vector<double> values;
        for (const auto& name : one.variables) {
            for (std::size_t row = 0; row < data.n_rows(); ++row) {
                values.push_back(golden::number(data, row, name));
            }
        }
        const auto network = [&](double gamma, double lambda) {
            return course::cross_sectional_network(values, one.variables.size(), gamma, lambda)
                .value();
        };
        golden::Deviation cor, lasso, chosen, penalties, strengths;
        compare(table, one, "pearson", "cor", network(0, 0.1).correlation, {}, cor);
        for (const std::string rho : {"0.05", "0.1", "0.2"}) {
            compare(table, one, "glasso_rho" + rho, "kappa", network(0, std::stod(rho)).precision,
                    {}, lasso);
        }
        for (const std::string gamma : {"0", "0.5"}) {
            const std::string model = "EBICglasso_gamma" + gamma;
            const auto fit = network(std::stod(gamma), -1);
            compare(table, one, model, "pcor", fit.partial_correlation, {}, chosen);
            compare_centrality(table, one, model, "centrality", fit.partial_correlation, strengths);
            for (std::size_t row = 0; row < meta.n_rows(); ++row) {
                if (golden::text(meta, row, "case") != one.name ||
                    golden::text(meta, row, "model") != model) {
                    continue;
                }
                penalties.add(fit.lambda, golden::number(meta, row, "lambda"));
                chosen.add_scaled(fit.ebic, golden::number(meta, row, "ebic"), fit.ebic);
            }
        }
        golden::agree("network: correlations", one.name, cor, 1e-10);
        golden::agree("network: graphical lasso", one.name, lasso, 1e-5);
        golden::agree("network: EBIC graphical lasso", one.name, chosen, 1e-3);
        golden::agree("network: EBIC graphical lasso, penalty", one.name, penalties, 1e-9);
        golden::agree("network: centrality", one.name, strengths, 5e-3);
    }
}

}  // namespace
}  // namespace evenkeel
