#pragma once
// Which of a person's states go before which, and which go together?
//
// Sources: Luetkepohl (2005), New Introduction to Multiple Time Series Analysis, ch. 3 (VAR by
// least squares); Hoerl & Kennard (1970), Technometrics 12:55-67 (ridge); Friedman, Hastie &
// Tibshirani (2008), Biostatistics 9:432-441 (graphical lasso); Foygel & Drton (2010), NIPS 23
// (EBIC); Rothman, Levina & Zhu (2010), J Comput Graph Stat 19:947-962, and Abegaz & Wit (2013),
// Biostatistics 14:586-599 (graphical VAR); Epskamp & Fried (2018), Psychol Methods 23:617-634;
// Opsahl, Agneessens & Skvoretz (2010), Soc Networks 32:245-251 (centrality with weights).
// Limits: a stationary person and equal steps of time; an arrow says "before", not "because".
// All matrices are stored by columns. Effects stand as [to, from]: column `from`, row `to`.

#include <cstddef>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include "base/result.h"
#include "numerics/workers.h"

namespace evenkeel::course {

// Rows of two moments that follow each other.
struct LaggedPairs {
    std::size_t n = 0, n_variables = 0;
    std::vector<double> before, after;  // n x n_variables each
    std::size_t n_doubled = 0;          // rows that repeat a moment; the first one counts
    std::size_t n_without_moment = 0;   // rows that make no pair for want of a group or moment
    // Of the rows given; empty where pairs were drawn anew.
    std::vector<std::size_t> rows;       // that count: the first of each moment
    std::vector<std::size_t> after_row;  // of each pair's later moment
};

// Pairs each row with the row of the same group whose moment is 1 less. `values`: n_rows x
// n_variables, NaN = missing, which breaks a pair; `group` >= 0 (-1 = unknown), such as a person's
// day; `moment` such as the beep (NaN = unknown). Pairs in the order of the later rows.
LaggedPairs lagged_pairs(std::span<const double> values, std::size_t n_variables,
                         std::span<const long> group, std::span<const double> moment);

// As many pairs, drawn anew in blocks of neighbours (Kuensch 1989, Ann Stat 17:1217-1241), so that
// what depends on the moments before stays together. 1 <= block <= n.
LaggedPairs resampled_blocks(const LaggedPairs&, std::size_t block, std::mt19937_64&);

struct VarFit {
    std::size_t n_pairs = 0, n_variables = 0;
    std::vector<double> intercept;            // of each `to`
    std::vector<double> effect;               // [to, from]
    std::vector<double> effect_se;            // [to, from]; empty for ridge
    std::vector<double> residual_covariance;  // divided by n - p - 1
    // Of the residuals, 0 on the diagonal, and at their covariance divided by n. Both absent where
    // the residuals of the variables depend on each other exactly, as in short series of few
    // choices.
    std::vector<double> partial_correlation;
    std::optional<double> log_likelihood;
};

// VAR(1) by least squares (lambda = 0) or ridge: predictors centred and divided by their
// population sd, penalty lambda on that scale, effects on the scale of the data.
// Fails with invalid_input, every fault named, if there are no more pairs than variables + 1, a
// value is infinite or too large, a predictor is constant or a combination of others, or the
// residuals of a variable are 0.
Result<VarFit> vector_autoregression(const LaggedPairs&, double lambda = 0);

// The same coefficients alone, for many people: intercept and effects of each `to` in a row of
// n_variables + 1. False where a person's predictors are dependent.
bool var_coefficients(const LaggedPairs&, std::span<double> out);

// -------------------------------------------------------------------------- penalised networks

struct GlassoFit {
    std::vector<double> precision;  // symmetric
    bool converged = false;
};

// The precision matrix K that maximises log det K - tr(S K) - sum of rho_ij |K_ij|; `rho` as a
// matrix, its diagonal not looked at. `covariance` symmetric with a positive diagonal.
GlassoFit graphical_lasso(std::span<const double> covariance, std::span<const double> rho,
                          std::size_t n_variables);

// -K_ij / sqrt(K_ii K_jj), 0 on the diagonal.
std::vector<double> partial_correlations(std::span<const double> precision, std::size_t n);

struct CrossSection {
    std::vector<double> correlation, precision, partial_correlation;
    double lambda = 0, ebic = 0;
    bool converged = false;
    // The first variable that those before it make up: only the penalty tells their edges apart.
    std::optional<std::size_t> dependent;
};

// The network of complete rows, n x n_variables: Pearson correlations, the graphical lasso over
// 100 penalties from the largest correlation to a hundredth of it, the one with the smallest
// EBIC; with lambda >= 0 that penalty alone. Fails with invalid_input, every fault named, if there
// are fewer than 3 rows or 2 variables, a value is missing, infinite or too large, or a variable
// constant.
Result<CrossSection> cross_sectional_network(std::span<const double> values,
                                             std::size_t n_variables, double gamma, double lambda);

struct GraphicalVarOptions {
    double gamma = 0.5;
    std::size_t n_lambda = 50;  // of each kind
    // Both from 0 on: these penalties instead of the path.
    double lambda_beta = -1, lambda_kappa = -1;
};

struct GraphicalVarFit {
    std::size_t n_pairs = 0, n_variables = 0;
    std::vector<double> intercept, effect;  // [to, from]
    std::vector<double> precision, partial_correlation;
    std::vector<double> residual_covariance;  // divided by n - p - 1
    double lambda_beta = 0, lambda_kappa = 0, ebic = 0;
    bool converged = false;
    int iterations = 0;  // of the model chosen
};

// Penalised VAR(1), effects on oneself included, with a penalised precision of what is left over.
// The penalties are a path from the largest that matters to a twentieth
// of it; the pair with the smallest EBIC is taken. Fails like vector_autoregression.
Result<GraphicalVarFit> graphical_var(const LaggedPairs&, const GraphicalVarOptions&,
                                      const numerics::Workers& = numerics::one_worker());

// -------------------------------------------------------------------------- centrality

struct Centrality {
    std::vector<double> in_strength, out_strength, betweenness, closeness;
};

// `weights` [to, from] without looking at the diagonal; the length of an edge is 1 / |weight|.
// Betweenness counts shortest paths through a node; closeness is 1 / the sum of the shortest paths
// to all others, 0 where one of them cannot be reached. For a symmetric network each path counts
// once in each direction.
Centrality centrality(std::span<const double> weights, std::size_t n);

}  // namespace evenkeel::course
