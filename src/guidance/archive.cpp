#include "guidance/archive.h"

#include <array>

namespace evenkeel::guidance {

std::optional<practice::ArchiveFitted> fitted_archive(
    std::string instrument, practice::ArchiveOf of, std::span<const course::ScoreRecord> records) {
    const auto made = course::expected_response(records);
    if (!made.ok() || made.value().n_people < course::least_comparable) return std::nullopt;
    practice::ArchiveFitted out{.instrument = std::move(instrument),
                                .of = of,
                                .method = "expected response 1",
                                .people = static_cast<int>(made.value().n_people)};
    for (const auto& stratum : made.value().strata) {
        if (!stratum.model) continue;
        practice::ArchiveStratum kept{.from = stratum.from,
                                      .to = stratum.to,
                                      .people = static_cast<int>(stratum.n_people),
                                      .center = stratum.center,
                                      .fixed_covariance = stratum.model->fixed_covariance,
                                      .random_covariance = stratum.model->random_covariance,
                                      .residual_sd = stratum.model->residual_sd,
                                      .reach_below = stratum.reach_below,
                                      .reach_above = stratum.reach_above};
        // A first score that is the same for all has no coefficient: 0 takes no part.
        for (const auto& each : stratum.model->fixed) {
            kept.fixed.push_back(each.estimate.value_or(0));
        }
        out.strata.push_back(std::move(kept));
    }
    if (out.strata.empty()) return std::nullopt;
    return out;
}

course::ExpectedResponse expected_from(const practice::ArchiveFitted& archive) {
    course::ExpectedResponse out;
    out.n_people = static_cast<std::size_t>(archive.people);
    for (const auto& kept : archive.strata) {
        course::MixedModel model{.fixed_covariance = kept.fixed_covariance,
                                 .random_covariance = kept.random_covariance,
                                 .residual_sd = kept.residual_sd,
                                 .converged = true};
        for (const double each : kept.fixed) model.fixed.push_back({.estimate = each});
        model.random.push_back("(Intercept)");
        if (kept.random_covariance.size() > 1) model.random.push_back("log1p(time)");
        out.strata.push_back({.from = kept.from,
                              .to = kept.to,
                              .n_people = static_cast<std::size_t>(kept.people),
                              .model = std::move(model),
                              .reach_below = kept.reach_below,
                              .reach_above = kept.reach_above,
                              .why_absent = {},
                              .center = kept.center});
    }
    return out;
}

}  // namespace evenkeel::guidance
