#include "evidence/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "evidence/detail/trial.h"
#include "numerics/distributions.h"

namespace evenkeel::evidence {
namespace {

using detail::Trial;

void check_contrast(const Network& network, std::size_t i, Faults& faults) {
    const auto& c = network.contrasts[i];
    const auto where = fmt::format("/contrasts/{}", i);
    if (!std::isfinite(c.effect)) faults.add(where + "/effect", "The effect must be finite.");
    if (!std::isfinite(c.variance) || c.variance <= 0) {
        faults.add(where + "/se", "The standard error must be finite and larger than 0.");
    }
    if (c.treat1 == c.treat2) {
        faults.add(where + "/treat2",
                   fmt::format("{} is compared with itself.", network.treatments[c.treat1]));
    }
}

// A trial whose pairs are complete; what is wrong goes into `faults`.
Trial trial_of(const Network& network, std::size_t study, const std::vector<std::size_t>& rows,
               Faults& faults) {
    Trial trial;
    for (const std::size_t i : rows) {
        trial.treatments.push_back(network.contrasts[i].treat1);
        trial.treatments.push_back(network.contrasts[i].treat2);
    }
    auto& arms = trial.treatments;
    std::sort(arms.begin(), arms.end());
    arms.erase(std::unique(arms.begin(), arms.end()), arms.end());
    const auto n = static_cast<Eigen::Index>(arms.size());
    trial.effect = trial.variance = Eigen::MatrixXd::Zero(n, n);
    const auto arm_of = [&](std::size_t treatment) {
        return std::lower_bound(arms.begin(), arms.end(), treatment) - arms.begin();
    };
    std::size_t known = 0;
    for (const std::size_t i : rows) {
        const auto& c = network.contrasts[i];
        const auto a = arm_of(c.treat1), b = arm_of(c.treat2);
        if (trial.variance(a, b) > 0) {
            faults.add(fmt::format("/contrasts/{}", i),
                       fmt::format("Trial {} compares {} and {} twice; keep one row.",
                                   network.studies[study], network.treatments[c.treat1],
                                   network.treatments[c.treat2]));
            continue;
        }
        ++known;
        trial.effect(a, b) = c.effect;
        trial.effect(b, a) = -c.effect;
        trial.variance(a, b) = trial.variance(b, a) = c.variance;
    }
    const std::size_t wanted = arms.size() * (arms.size() - 1) / 2;
    if (known < wanted) {
        faults.add(fmt::format("/studies/{}", study),
                   fmt::format("Trial {} has {} treatments but {} of its {} contrasts; the others "
                               "are needed to know how they are correlated.",
                               network.studies[study], arms.size(), known, wanted));
    } else if (!detail::piece_of(trial, 0)) {
        faults.add(fmt::format("/studies/{}", study),
                   fmt::format("The standard errors of trial {} contradict each other.",
                               network.studies[study]));
    }
    return trial;
}

// How far the contrasts of a trial are from adding up: a - b + b - c = a - c.
double gap(const Trial& trial) {
    double out = 0;
    for (Eigen::Index a = 0; a < trial.effect.rows(); ++a) {
        for (Eigen::Index b = a + 1; b < trial.effect.rows(); ++b) {
            out = std::max(
                out, std::abs(trial.effect(a, b) - (trial.effect(a, 0) - trial.effect(b, 0))));
        }
    }
    return out;
}

Status check_connected(const Network& network) {
    std::vector<std::size_t> parent(network.treatments.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    for (const auto& c : network.contrasts) parent[root(c.treat1)] = root(c.treat2);
    std::map<std::size_t, std::string> parts;
    for (std::size_t i = 0; i < parent.size(); ++i) {
        auto& names = parts[root(i)];
        names += (names.empty() ? "" : ", ") + network.treatments[i];
    }
    if (parts.size() < 2) return Done{};
    std::string listed;
    for (const auto& [_, names] : parts) listed += fmt::format(" ({})", names);
    return Error{Fault::invalid_input, "",
                 fmt::format("The network is in {} parts that no trial joins:{}. Analyse each by "
                             "itself.",
                             parts.size(), listed)};
}

Result<std::vector<Trial>> trials_of(const Network& network, std::vector<std::string>& warnings) {
    Faults faults;
    if (network.contrasts.empty()) faults.add("", "There is no trial that compares treatments.");
    std::vector<std::vector<std::size_t>> rows(network.studies.size());
    for (std::size_t i = 0; i < network.contrasts.size(); ++i) {
        check_contrast(network, i, faults);
        rows.at(network.contrasts[i].study).push_back(i);
    }
    if (!faults.none()) return faults.error();
    std::vector<Trial> out;
    for (std::size_t s = 0; s < rows.size(); ++s) {
        if (rows[s].empty()) continue;
        out.push_back(trial_of(network, s, rows[s], faults));
        const double apart = gap(out.back());
        if (apart > 1e-3 * std::sqrt(out.back().variance.maxCoeff())) {
            warnings.push_back(fmt::format("The contrasts of trial {} do not add up (by {:.2g}).",
                                           network.studies[s], apart));
        }
    }
    if (!faults.none()) return faults.error();
    CHECK_OK(check_connected(network));
    return out;
}

QTest test_of(double q, std::size_t df) {
    QTest out{.q = std::max(0.0, q), .df = df};
    if (df > 0) out.p = numerics::chi_squared_upper(out.q, static_cast<double>(df));
    return out;
}

std::size_t contrasts_in(const std::vector<Trial>& trials) {
    std::size_t out = 0;
    for (const auto& trial : trials) out += trial.treatments.size() - 1;
    return out;
}

// Trials of one design, with its treatments counted from 0.
using Designs = std::map<std::vector<std::size_t>, std::vector<Trial>>;

Designs designs_of(const std::vector<Trial>& trials) {
    Designs out;
    for (const auto& trial : trials) {
        auto local = trial;
        std::iota(local.treatments.begin(), local.treatments.end(), std::size_t{0});
        out[trial.treatments].push_back(std::move(local));
    }
    return out;
}

struct Within {
    double q = 0, gain = 0;
    std::size_t df = 0;
    std::vector<DesignQ> designs;
};

Within within_designs(const Designs& designs, double tau2) {
    Within out;
    for (const auto& [treatments, trials] : designs) {
        const auto fit = detail::fit_network(trials, treatments.size(), tau2);
        const std::size_t df = contrasts_in(trials) - (treatments.size() - 1);
        out.q += fit.q;
        out.df += df;
        out.gain += detail::expected_gain(trials, fit);
        out.designs.push_back({treatments, test_of(df > 0 ? fit.q : 0, df)});
    }
    return out;
}

Pooled pooled_of(const detail::NetworkFit& fit) {
    Pooled out{.n = static_cast<std::size_t>(fit.level.size())};
    const double mean = fit.level.mean();
    for (const double level : fit.level) out.level.push_back(level - mean);
    out.covariance.assign(fit.pseudoinverse.data(),
                          fit.pseudoinverse.data() + fit.pseudoinverse.size());
    return out;
}

void add_tests(NetworkAnalysis& out, const std::vector<Trial>& trials, std::size_t n, double q) {
    const auto designs = designs_of(trials);
    const auto within = within_designs(designs, 0);
    const std::size_t df = contrasts_in(trials) - (n - 1);
    out.n_designs = designs.size();
    out.total = test_of(q, df);
    out.within = test_of(within.q, within.df);
    out.between = test_of(df > within.df ? q - within.q : 0, df - within.df);
    out.designs = within.designs;
    if (df > 0 && q > 0) out.i2 = std::max(0.0, 100 * (q - static_cast<double>(df)) / q);
    if (out.between.df == 0) return;
    // The full model's own tau2: what designs leave over within themselves.
    Inconsistency full;
    if (within.df > 0) {
        const double excess = within.q - static_cast<double>(within.df);
        full.tau2_within = std::max(0.0, excess / within.gain);
    }
    const double all = detail::fit_network(trials, n, full.tau2_within).q;
    full.between = test_of(all - within_designs(designs, full.tau2_within).q, out.between.df);
    out.inconsistency = full;
}

void say_what_is_lacking(NetworkAnalysis& out) {
    if (out.total.df == 0) {
        out.warnings.emplace_back(
            "No comparison was studied twice: how much trials differ cannot be said, tau2 is 0.");
    } else if (out.between.df == 0) {
        out.warnings.emplace_back(
            "No loop joins different designs: whether direct and indirect "
            "evidence agree cannot be tested.");
    }
}

detail::NetworkTau2Search search_tau2(NetworkAnalysis& out, const std::vector<Trial>& trials,
                                      std::size_t n, NetworkOptions options) {
    auto whole = detail::estimate_network_tau2(trials, n, options.tau2);
    const bool multi_arm = std::any_of(trials.begin(), trials.end(), [](const Trial& trial) {
        return trial.treatments.size() > 2;
    });
    if (options.tau2 == NetworkTau2::dl || !multi_arm) return whole;
    std::vector<Trial> independent;
    for (const auto& trial : trials) {
        independent.push_back(detail::with_independent_errors(trial, options.reference));
    }
    if (whole.converged) out.tau2_correlated = whole.value;
    out.warnings.push_back(fmt::format(
        "tau2 is estimated as netmeta does it, without the correlation of sampling errors in "
        "trials of more than two arms; with it tau2 is {:.4g}.",
        whole.value));
    return detail::estimate_network_tau2(independent, n, options.tau2);
}

bool finite(const NetworkAnalysis& out) {
    const auto good = [](const Pooled& pooled) {
        const auto all = [](const std::vector<double>& v) {
            return std::all_of(v.begin(), v.end(), [](double x) { return std::isfinite(x); });
        };
        return all(pooled.level) && all(pooled.covariance);
    };
    return good(out.common) && good(out.random) && std::isfinite(out.tau2) &&
           std::isfinite(out.total.q) && std::isfinite(out.log_likelihood);
}

}  // namespace

double Pooled::estimate(std::size_t i, std::size_t j) const {
    return level[i] - level[j];
}

double Pooled::se(std::size_t i, std::size_t j) const {
    if (i == j) return 0;
    return std::sqrt(covariance[i * n + i] + covariance[j * n + j] - 2 * covariance[i * n + j]);
}

Result<NetworkAnalysis> network_analysis(const Network& network, NetworkOptions options) {
    NetworkAnalysis out;
    TRY(const auto trials, trials_of(network, out.warnings));
    const std::size_t n = network.treatments.size();
    const auto common = detail::fit_network(trials, n, 0);
    const auto tau2 = search_tau2(out, trials, n, options);
    const auto random = detail::fit_network(trials, n, tau2.value);
    out.n_studies = trials.size();
    out.tau2 = tau2.value;
    out.converged = tau2.converged;
    out.iterations = tau2.iterations;
    out.log_likelihood = detail::network_log_likelihood(trials, n, random, options.tau2);
    out.common = pooled_of(common);
    out.random = pooled_of(random);
    add_tests(out, trials, n, common.q);
    say_what_is_lacking(out);
    if (!finite(out)) {
        return Error{Fault::invalid_input, "/contrasts",
                     "The numbers lie too far apart to be pooled; look for a wrong unit or a "
                     "typing error."};
    }
    return out;
}

std::vector<DirectIndirect> direct_indirect(const Network& network, const Pooled& pooled,
                                            double tau2) {
    struct Sum {
        double weight = 0, effect = 0;
        std::size_t studies = 0;
    };
    std::vector<Sum> sums(pooled.n * pooled.n);
    for (const auto& c : network.contrasts) {
        const bool ordered = c.treat1 < c.treat2;
        auto& sum = sums[std::min(c.treat1, c.treat2) * pooled.n + std::max(c.treat1, c.treat2)];
        const double weight = 1 / (c.variance + tau2);
        sum.weight += weight;
        sum.effect += ordered ? weight * c.effect : -weight * c.effect;
        ++sum.studies;
    }
    std::vector<DirectIndirect> out;
    for (std::size_t i = 0; i < pooled.n; ++i) {
        for (std::size_t j = i + 1; j < pooled.n; ++j) {
            const auto& sum = sums[i * pooled.n + j];
            const double all = pooled.estimate(i, j), all_se = pooled.se(i, j);
            DirectIndirect row{.treat1 = i, .treat2 = j, .n_studies = sum.studies};
            if (sum.studies > 0) {
                row.direct = sum.effect / sum.weight;
                row.direct_se = 1 / std::sqrt(sum.weight);
                row.proportion_direct = std::min(1.0, all_se * all_se * sum.weight);
            }
            const double rest = 1 - row.proportion_direct;
            if (rest > 1e-9) {
                row.indirect = (all - row.proportion_direct * row.direct.value_or(0)) / rest;
                row.indirect_se = all_se / std::sqrt(rest);
            }
            if (row.direct && row.indirect) {
                row.difference = *row.direct - *row.indirect;
                row.se = std::hypot(*row.direct_se, *row.indirect_se);
                row.p = 2 * numerics::normal_upper(std::abs(*row.difference / *row.se));
            }
            out.push_back(row);
        }
    }
    return out;
}

}  // namespace evenkeel::evidence
