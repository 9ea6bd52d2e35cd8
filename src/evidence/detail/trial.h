#pragma once
// One trial as a piece of the graph of treatments, and the sum of such pieces.

#include <Eigen/Dense>
#include <optional>
#include <vector>

#include "evidence/network.h"

namespace evenkeel::evidence::detail {

struct Trial {
    std::vector<std::size_t> treatments;  // ascending; positions in the network, n_s >= 2
    Eigen::MatrixXd effect;               // n_s x n_s, antisymmetric: row minus column
    Eigen::MatrixXd variance;             // n_s x n_s, of the contrasts, 0 on the diagonal
};

// The contrasts of a trial with its base arm alone, as if their sampling errors were independent.
Trial with_independent_errors(const Trial&, std::size_t reference);

// A trial with tau2 added: weights of its contrasts as off-diagonal elements of minus `laplacian`.
struct Piece {
    Eigen::MatrixXd laplacian;
    double log_determinant = 0;  // of the covariance of the contrasts with its first arm
};
// nullopt: the variances contradict each other (their covariance is not positive definite).
std::optional<Piece> piece_of(const Trial&, double tau2);

struct NetworkFit {
    std::vector<Piece> pieces;
    Eigen::VectorXd level;
    Eigen::MatrixXd pseudoinverse;
    double q = 0;
    double log_determinant = 0;  // of X'WX, with one treatment as reference
};
// Every trial has a piece at tau2 = 0 (checked before), and the trials join all n treatments.
NetworkFit fit_network(const std::vector<Trial>&, std::size_t n, double tau2);

// tr(P S) where S is the covariance that tau2 = 1 adds: the expected gain of Q for one unit of
// tau2.
double expected_gain(const std::vector<Trial>&, const NetworkFit&);

struct NetworkTau2Search {
    double value = 0;
    bool converged = true;
    int iterations = 0;
};
NetworkTau2Search estimate_network_tau2(const std::vector<Trial>&, std::size_t n, NetworkTau2);
double network_log_likelihood(const std::vector<Trial>&, std::size_t n, const NetworkFit&,
                              NetworkTau2);

}  // namespace evenkeel::evidence::detail
