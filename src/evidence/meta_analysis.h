#pragma once
// What do several studies of the same question say together, how much do they differ, and
// what explains the difference?
//
// Methods: random-effects and common-effect models by weighted least squares; between-study
// variance tau2 by REML, ML (Fisher scoring), DL (DerSimonian & Laird 1986, Control Clin Trials
// 7:177-188), PM (Paule & Mandel 1982) = EB (Morris 1983; the two solve the same equation), HE
// (Hedges & Olkin 1985), SJ (Sidik & Jonkman 2005), all as Viechtbauer (2005), J Educ Behav Stat
// 30:261-293, and Veroniki et al. (2016), Res Synth Methods 7:55-79, give them; Knapp & Hartung
// (2003), Stat Med 22:2693-2710; tau2 interval by Q profile, Viechtbauer (2007), Stat Med
// 26:37-52; prediction interval with k - 2 degrees of freedom, Higgins et al. (2009), JRSS A
// 172:137-159; small-study effects by Egger et al. (1997), BMJ 315:629-634.
// Limits: sampling variances are taken as known; effects of one study must be independent.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace evenkeel::evidence {

enum class HeterogeneityMethod { reml, ml, dl, pm, he, sj, eb, fe };  // fe: common effect
enum class CoefficientTest { normal, knapp_hartung };

// What may explain differences: columns beside the intercept, which is always there.
struct Moderators {
    std::vector<std::string> terms;
    std::vector<double> columns;  // k x terms.size(), by columns, finite
};

struct MetaOptions {
    HeterogeneityMethod method = HeterogeneityMethod::reml;
    CoefficientTest test = CoefficientTest::normal;
};

struct Interval {
    double lower = 0, upper = 0;  // 95 %
};

struct Coefficient {
    std::string term;  // the first is "(Intercept)": without moderators, the pooled effect
    double estimate = 0, se = 0, statistic = 0, p = 0;
    Interval interval;
};

struct OmnibusTest {
    double statistic = 0, df = 0, p = 0;
    std::optional<double> df2;  // there: F, else chi-squared
};

// Is the effect larger where the standard error is? `limit`: the effect expected with a standard
// error of 0.
struct EggerTest {
    double statistic = 0, df = 0, p = 0;
    double limit = 0;
    Interval limit_interval;
};

// Absent = it cannot be estimated, or the model has none; `warnings` says which.
struct MetaAnalysis {
    std::size_t k = 0;
    std::vector<Coefficient> coefficients;
    std::optional<Interval> prediction;   // without moderators only
    std::optional<double> tau2, tau2_se;  // tau2_se with reml and ml
    std::optional<Interval> tau2_interval;
    std::optional<double> i2, h2;  // i2 in per cent
    double q = 0, q_df = 0;        // residual heterogeneity (QE)
    std::optional<double> q_p;
    std::optional<double> r2;  // per cent of tau2 explained
    std::optional<OmnibusTest> qm;
    std::optional<EggerTest> egger;
    std::vector<double> weights;  // per cent, one for each study
    double log_likelihood = 0;    // restricted for reml, else full
    bool converged = true;
    int iterations = 0;
    std::vector<std::string> warnings;
};

// effect and variance (> 0) of k >= 1 studies, all finite.
//
// Fails with invalid_input, every fault named with "/studies/i": other lengths, a number that is
// not finite, a variance <= 0; with "/moderators/j": a column that the ones before it already say
// (constant, or a combination); fewer studies than coefficients + 1. A search that does not arrive
// is `converged` = false.
Result<MetaAnalysis> meta_analysis(std::span<const double> effect, std::span<const double> variance,
                                   const Moderators&, MetaOptions);

}  // namespace evenkeel::evidence
