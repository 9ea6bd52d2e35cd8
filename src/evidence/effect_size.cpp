#include "evidence/effect_size.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace evenkeel::evidence {
namespace {

using Names = std::vector<std::string>;

void check_arm(const BinaryArm& arm, const std::string& where, Faults& faults) {
    if (std::isinf(arm.n) || arm.n <= 0) faults.add(where + "/n", "n must be larger than 0.");
    if (std::isinf(arm.events) || arm.events < 0) {
        faults.add(where + "/events", "Events must be 0 or more.");
    } else if (arm.events > arm.n) {
        faults.add(where + "/events", "There cannot be more events than people.");
    }
}

void check_arm(const ContinuousArm& arm, const std::string& where, Faults& faults) {
    if (std::isinf(arm.n) || arm.n <= 0) faults.add(where + "/n", "n must be larger than 0.");
    if (std::isinf(arm.mean)) faults.add(where + "/mean", "The mean must be a finite number.");
    if (std::isinf(arm.sd) || arm.sd <= 0) {
        faults.add(where + "/sd", "The standard deviation must be larger than 0.");
    }
}

bool missing(const BinaryArm& arm) {
    return std::isnan(arm.events) || std::isnan(arm.n);
}
bool missing(const ContinuousArm& arm) {
    return std::isnan(arm.mean) || std::isnan(arm.sd) || std::isnan(arm.n);
}

// Positions of the arms of each trial, in order of the input.
template <class Arm>
std::vector<std::vector<std::size_t>> trials_of(std::span<const Arm> arms, std::size_t n_studies) {
    std::vector<std::vector<std::size_t>> out(n_studies);
    for (std::size_t i = 0; i < arms.size(); ++i) out.at(arms[i].study).push_back(i);
    return out;
}

template <class Arm>
Status check(std::span<const Arm> arms, const std::vector<std::vector<std::size_t>>& trials,
             const Names& studies, const Names& treatments) {
    Faults faults;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        check_arm(arms[i], fmt::format("/arms/{}", i), faults);
    }
    for (std::size_t s = 0; s < trials.size(); ++s) {
        if (trials[s].size() == 1) {
            faults.add(fmt::format("/arms/{}/study", trials[s][0]),
                       fmt::format("Trial {} has one arm only; a comparison needs two. Look for "
                                   "another spelling of its name, or leave it out.",
                                   studies[s]));
        }
        std::map<std::size_t, std::size_t> seen;
        for (const std::size_t i : trials[s]) {
            if (seen.emplace(arms[i].treatment, i).second) continue;
            faults.add(fmt::format("/arms/{}/treatment", i),
                       fmt::format("Trial {} has {} twice; join the two arms or name them apart.",
                                   studies[s], treatments[arms[i].treatment]));
        }
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

// One quantity of an arm whose differences are the effects, and its variance.
struct Quantity {
    double value = 0, variance = 0;
};

Quantity quantity(double events, double n, Measure measure) {
    const double rest = n - events;
    if (measure == Measure::odds_ratio) return {std::log(events / rest), 1 / events + 1 / rest};
    if (measure == Measure::risk_ratio) return {std::log(events / n), 1 / events - 1 / n};
    const double risk = events / n;
    return {risk, risk * (1 - risk) / n};
}

bool zero_cell(std::span<const BinaryArm> arms) {
    return std::any_of(arms.begin(), arms.end(),
                       [](const BinaryArm& arm) { return arm.events == 0 || arm.events == arm.n; });
}
bool zero_cell(std::span<const ContinuousArm>) {
    return false;
}

void add_pairs(std::vector<Contrast>& out, std::span<const BinaryArm> arms, Measure measure) {
    const bool zero = zero_cell(arms);
    std::vector<Quantity> each;
    for (const auto& arm : arms) {
        each.push_back(quantity(arm.events + (zero ? 0.5 : 0), arm.n + (zero ? 1 : 0), measure));
    }
    for (std::size_t i = 0; i < arms.size(); ++i) {
        for (std::size_t j = i + 1; j < arms.size(); ++j) {
            out.push_back({arms[i].study, arms[i].treatment, arms[j].treatment,
                           each[i].value - each[j].value, each[i].variance + each[j].variance});
        }
    }
}

void add_pairs(std::vector<Contrast>& out, std::span<const ContinuousArm> arms, Measure measure) {
    double squares = 0, df = 0, people = 0;
    for (const auto& arm : arms) {
        squares += (arm.n - 1) * arm.sd * arm.sd;
        df += arm.n - 1;
        people += arm.n;
    }
    const bool standardised = measure == Measure::smd;
    const double sd = standardised ? std::sqrt(squares / df) : 1;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        for (std::size_t j = i + 1; j < arms.size(); ++j) {
            const auto& a = arms[i];
            const auto& b = arms[j];
            const double effect = (a.mean - b.mean) / sd;
            const double variance = standardised
                                        ? 1 / a.n + 1 / b.n + effect * effect / (2 * people)
                                        : a.sd * a.sd / a.n + b.sd * b.sd / b.n;
            out.push_back({a.study, a.treatment, b.treatment, effect, variance});
        }
    }
}

// Why a whole trial tells nothing; empty when it does.
std::string silent(std::span<const BinaryArm> arms, Measure measure) {
    const auto all = [&](auto holds) { return std::all_of(arms.begin(), arms.end(), holds); };
    if (all([](const BinaryArm& arm) { return arm.events == 0; })) return "no events in any arm";
    if (measure == Measure::odds_ratio &&
        all([](const BinaryArm& arm) { return arm.events == arm.n; })) {
        return "nothing but events in every arm";
    }
    return "";
}

std::string silent(std::span<const ContinuousArm> arms, Measure measure) {
    double df = 0;
    for (const auto& arm : arms) df += arm.n - 1;
    if (measure == Measure::smd && df <= 0) return "too few people for a standard deviation";
    return "";
}

template <class Arm>
Result<ArmContrasts> pairs_of(std::span<const Arm> arms, Measure measure, const Names& studies,
                              const Names& treatments) {
    const auto trials = trials_of(arms, studies.size());
    CHECK_OK(check(arms, trials, studies, treatments));
    ArmContrasts out;
    for (std::size_t s = 0; s < trials.size(); ++s) {
        std::vector<Arm> kept;
        for (const std::size_t i : trials[s]) {
            if (!missing(arms[i])) {
                kept.push_back(arms[i]);
                continue;
            }
            out.warnings.push_back(fmt::format("Trial {}: the arm {} has no data and is left out.",
                                               studies[s], treatments[arms[i].treatment]));
        }
        if (trials[s].empty()) continue;
        const std::string why = kept.size() < 2 ? "fewer than two arms with data"
                                                : silent(std::span<const Arm>(kept), measure);
        if (!why.empty()) {
            out.warnings.push_back(fmt::format("Trial {} is left out: {}.", studies[s], why));
            continue;
        }
        if (zero_cell(std::span<const Arm>(kept))) {
            out.warnings.push_back(fmt::format(
                "Trial {} has an arm without events, or with nothing else: 0.5 is added "
                "to both counts of each of its arms.",
                studies[s]));
        }
        add_pairs(out.contrasts, std::span<const Arm>(kept), measure);
    }
    return out;
}

}  // namespace

bool on_log_scale(Measure measure) {
    return measure == Measure::odds_ratio || measure == Measure::risk_ratio;
}

Result<ArmContrasts> contrasts_of(std::span<const BinaryArm> arms, Measure measure,
                                  const Names& studies, const Names& treatments) {
    return pairs_of(arms, measure, studies, treatments);
}

Result<ArmContrasts> contrasts_of(std::span<const ContinuousArm> arms, Measure measure,
                                  const Names& studies, const Names& treatments) {
    return pairs_of(arms, measure, studies, treatments);
}

}  // namespace evenkeel::evidence
