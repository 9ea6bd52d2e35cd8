#pragma once
// Which of several treatments works better than which, when trials compare different pairs?
//
// Method: the frequentist network model in its graph-theoretical form, Rücker (2012), Res Synth
// Methods 3:312-324: each trial is a weighted Laplacian of the graph of treatments, the network
// estimates come from the pseudoinverse of their sum, variances are resistances. Trials with more
// than two arms keep the correlation of their contrasts: Rücker & Schwarzer (2014), Stat Med
// 33:4353-4369. Between-trial variance tau2: generalised DerSimonian-Laird (Jackson et al. 2010,
// Stat Med 29:1282-1297), REML or ML. Q within and between designs, and the test of the full
// design-by-treatment model: Krahn et al. (2013), BMC Med Res Methodol 13:35; Higgins et al.
// (2012), Res Synth Methods 3:98-110. Direct against indirect by back-calculation: Dias et al.
// (2010), Stat Med 29:932-944; König et al. (2013), Stat Med 32:5414-5429.
// Limits: one tau2 for all comparisons; indirect answers rest on trials that are alike but for the
// treatments (transitivity), which no number here can show.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/effect_size.h"

namespace evenkeel::evidence {

enum class NetworkTau2 { dl, reml, ml };

// With dl, tau2 does not depend on `reference`. REML and ML are estimated as netmeta does it from
// contrasts: those of each trial with its base arm, whose sampling errors are taken as independent
// (the shared arm correlates only the random effects). The base is the reference, or, in trials
// without it, the last treatment in order. See `tau2_correlated` for the whole likelihood.
struct NetworkOptions {
    NetworkTau2 tau2 = NetworkTau2::dl;
    std::size_t reference = 0;  // position in `treatments`
};

// Positions in `studies` and `treatments`; a trial of n arms gives all n (n - 1) / 2 contrasts.
struct Network {
    std::vector<std::string> studies, treatments;
    std::vector<Contrast> contrasts;
};

struct QTest {
    double q = 0;
    std::size_t df = 0;
    std::optional<double> p;  // absent with 0 degrees of freedom
};

// Effects of all treatments under one model.
struct Pooled {
    std::size_t n = 0;               // treatments
    std::vector<double> level;       // n, adds to 0; only differences mean something
    std::vector<double> covariance;  // n x n, of `level`

    // Of treatment i against treatment j.
    [[nodiscard]] double estimate(std::size_t i, std::size_t j) const;
    [[nodiscard]] double se(std::size_t i, std::size_t j) const;
};

struct DesignQ {
    std::vector<std::size_t> treatments;  // ascending
    QTest test;
};

// The full design-by-treatment interaction model with random effects.
struct Inconsistency {
    QTest between;
    double tau2_within = 0;
};

struct DirectIndirect {
    std::size_t treat1 = 0, treat2 = 0;  // treat1 < treat2
    std::size_t n_studies = 0;           // that compare the two
    double proportion_direct = 0;        // of the evidence
    std::optional<double> direct, direct_se, indirect, indirect_se;
    std::optional<double> difference, se, p;  // direct minus indirect
};

struct NetworkAnalysis {
    std::size_t n_studies = 0, n_designs = 0;
    double tau2 = 0;
    // With reml or ml and trials of more than two arms: tau2 by the likelihood that keeps the
    // correlation of their sampling errors too.
    std::optional<double> tau2_correlated;
    std::optional<double> i2;  // per cent
    QTest total, within, between;
    std::vector<DesignQ> designs;
    std::optional<Inconsistency> inconsistency;  // absent with one design for each comparison
    Pooled common, random;
    // Of the random-effects model, with all correlations; restricted (without |X'X|) but for ml.
    double log_likelihood = 0;
    bool converged = true;
    int iterations = 0;
    std::vector<std::string> warnings;
};

// Treatments and studies that no contrast names must not stand in the lists.
//
// Fails with invalid_input, every fault named: at "/contrasts/i" a number that cannot be, a
// treatment against itself, a pair twice in one trial; at "/studies/i" a trial without all its
// contrasts, or whose variances contradict each other; at "" a network in parts, which are named.
Result<NetworkAnalysis> network_analysis(const Network&, NetworkOptions = {});

// For every pair of treatments, with the tau2 given (0 for common effects).
std::vector<DirectIndirect> direct_indirect(const Network&, const Pooled&, double tau2);

}  // namespace evenkeel::evidence
