#include "evidence/ranking.h"

#include <Eigen/Dense>
#include <cmath>
#include <numbers>

#include "numerics/distributions.h"

namespace evenkeel::evidence {
namespace {

// Box & Muller (1958): two draws at once, the same everywhere, which the standard library's
// distributions do not promise.
void fill_normal(Eigen::MatrixXd& out, std::mt19937_64& engine) {
    const auto uniform = [&] { return (static_cast<double>(engine() >> 11U) + 0.5) * 0x1p-53; };
    double* const at = out.data();
    for (Eigen::Index i = 0; i < out.size(); i += 2) {
        const double radius = std::sqrt(-2 * std::log(uniform()));
        const double angle = 2 * std::numbers::pi * uniform();
        at[i] = radius * std::cos(angle);
        if (i + 1 < out.size()) at[i + 1] = radius * std::sin(angle);
    }
}

// Counts, for each column of `level` (one draw), which rank each treatment has.
void count_ranks(const Eigen::MatrixXd& level, std::vector<std::vector<double>>& counts) {
    for (Eigen::Index draw = 0; draw < level.cols(); ++draw) {
        const double* const x = level.col(draw).data();
        for (Eigen::Index i = 0; i < level.rows(); ++i) {
            std::size_t better = 0;
            for (Eigen::Index j = 0; j < level.rows(); ++j) better += x[j] > x[i] ? 1U : 0U;
            counts[static_cast<std::size_t>(i)][better] += 1;
        }
    }
}

}  // namespace

std::vector<double> p_scores(const Pooled& pooled, SmallValues small) {
    std::vector<double> out(pooled.n, 0);
    for (std::size_t i = 0; i < pooled.n; ++i) {
        for (std::size_t j = 0; j < pooled.n; ++j) {
            if (i == j) continue;
            const double z = pooled.estimate(i, j) / pooled.se(i, j);
            out[i] += numerics::normal_cdf(small == SmallValues::bad ? z : -z);
        }
        out[i] /= static_cast<double>(pooled.n - 1);
    }
    return out;
}

std::vector<std::vector<double>> rank_probabilities(const Pooled& pooled, SmallValues small,
                                                    Random& random, std::size_t draws,
                                                    const numerics::Workers& workers) {
    const auto n = static_cast<Eigen::Index>(pooled.n);
    const double sign = small == SmallValues::bad ? 1 : -1;
    const Eigen::VectorXd centre = sign * Eigen::Map<const Eigen::VectorXd>(pooled.level.data(), n);
    // The levels themselves are only known up to a constant; L+ + J is positive definite and gives
    // every difference its variance.
    const Eigen::MatrixXd covariance =
        Eigen::Map<const Eigen::MatrixXd>(pooled.covariance.data(), n, n);
    const double shift = covariance.trace() / static_cast<double>(n);
    const Eigen::MatrixXd root =
        (covariance + Eigen::MatrixXd::Constant(n, n, shift)).llt().matrixL();
    constexpr std::size_t at_once = 250;
    using Counts = std::vector<std::vector<double>>;
    const auto n_blocks = (draws + 2 * at_once - 1) / (2 * at_once);
    std::vector<Counts> blocks(n_blocks, Counts(pooled.n, std::vector<double>(pooled.n, 0)));
    // Every block has an engine of its own, so that it does not matter who draws which.
    const auto seed = random.next();
    workers.each(n_blocks, [&](std::size_t block) {
        std::seed_seq words{seed, seed >> 32U, std::uint64_t{block}};
        std::mt19937_64 engine(words);
        Eigen::MatrixXd z(n, static_cast<Eigen::Index>(at_once));
        fill_normal(z, engine);
        const Eigen::MatrixXd away = root.triangularView<Eigen::Lower>() * z;
        count_ranks(away.colwise() + centre, blocks[block]);
        count_ranks((-away).colwise() + centre, blocks[block]);
    });
    Counts counts(pooled.n, std::vector<double>(pooled.n, 0));
    for (const auto& block : blocks) {
        for (std::size_t i = 0; i < pooled.n; ++i) {
            for (std::size_t j = 0; j < pooled.n; ++j) counts[i][j] += block[i][j];
        }
    }
    for (auto& row : counts) {
        for (double& count : row) count /= static_cast<double>(2 * at_once * n_blocks);
    }
    return counts;
}

}  // namespace evenkeel::evidence
