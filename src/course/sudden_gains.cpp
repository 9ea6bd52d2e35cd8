#include "course/sudden_gains.h"

#include <fmt/format.h>

#include <cmath>

#include "numerics/distributions.h"

namespace evenkeel::course {
namespace {

struct Side {
    std::size_t n = 0;
    double mean = 0, squares = 0;  // squares: about the mean
};

// The present ones of scores [from, to).
Side side_of(std::span<const double> scores, std::size_t from, std::size_t to) {
    Side out;
    for (auto i = from; i < to; ++i) {
        if (std::isnan(scores[i])) continue;
        ++out.n;
        out.mean += scores[i];
    }
    if (out.n == 0) return out;
    out.mean /= static_cast<double>(out.n);
    for (auto i = from; i < to; ++i) {
        if (!std::isnan(scores[i])) out.squares += std::pow(scores[i] - out.mean, 2);
    }
    return out;
}

std::optional<SuddenChange> change_at(std::span<const double> scores, std::size_t n,
                                      double threshold) {
    if (std::isnan(scores[n]) || std::isnan(scores[n + 1])) return std::nullopt;
    SuddenChange out;
    out.from = n;
    out.before = scores[n];
    out.after = scores[n + 1];
    const double drop = out.before - out.after;
    out.kind = drop > 0 ? SuddenChange::Kind::gain : SuddenChange::Kind::loss;
    out.change = std::abs(drop);
    if (!(out.change >= threshold)) return std::nullopt;
    if (!(out.change >= least_share * std::abs(out.before))) return std::nullopt;
    out.share = out.before != 0 ? out.change / std::abs(out.before) : 0;
    const auto left = side_of(scores, n >= 2 ? n - 2 : 0, n + 1);
    const auto right = side_of(scores, n + 1, std::min(n + 4, scores.size()));
    out.n_before = left.n;
    out.n_after = right.n;
    if (left.n < 2 || right.n < 2) return std::nullopt;
    const auto df = static_cast<double>(left.n + right.n - 2);
    out.mean_before = left.mean;
    out.mean_after = right.mean;
    out.pooled_sd = std::sqrt((left.squares + right.squares) / df);
    out.critical_t = numerics::t_quantile(0.975, df);
    const double sign = drop > 0 ? 1 : -1;
    if (!(sign * (left.mean - right.mean) > out.critical_t * out.pooled_sd)) return std::nullopt;
    for (auto i = n + 2; i < scores.size(); ++i) {
        // A missing score compares as false.
        if (sign * (scores[i] - out.after) >= out.change / 2) out.reversed = true;
    }
    return out;
}

}  // namespace

Result<std::vector<SuddenChange>> sudden_changes(std::span<const double> scores, double threshold) {
    Faults faults;
    if (!(threshold > 0) || !std::isfinite(threshold)) {
        faults.add("/threshold", "Give a threshold above 0, in score points.");
    }
    for (std::size_t i = 0; i < scores.size() && faults.all().size() < 1000; ++i) {
        if (std::isnan(scores[i]) || std::abs(scores[i]) <= 1e100) continue;
        faults.add(fmt::format("/{}", i), fmt::format("{} is no score.", scores[i]));
    }
    if (!faults.none()) return faults.error();
    std::vector<SuddenChange> out;
    for (std::size_t n = 0; n + 1 < scores.size(); ++n) {
        if (const auto found = change_at(scores, n, threshold)) out.push_back(*found);
    }
    return out;
}

}  // namespace evenkeel::course
