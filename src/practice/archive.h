#pragma once
// What an archive of courses says about one questionnaire: a growth model for each stratum of
// the first score, as numbers (course/expected_response.h). Computed, never sent. It holds
// nobody's answers.

#include "base/describe.h"

namespace evenkeel::practice {

enum class ArchiveOf { service, simulation };
constexpr auto enum_names(ArchiveOf) {
    return std::to_array<std::pair<ArchiveOf, std::string_view>>(
        {{ArchiveOf::service, "service"}, {ArchiveOf::simulation, "simulation"}});
}

struct ArchiveStratum {
    double from = 0, to = 0;  // first scores: from <= score < to (the last: <= to)
    int people = 0;
    double center = 0;                      // mean first score
    std::vector<double> fixed;              // intercept, log(1 + days), first score - center
    std::vector<double> fixed_covariance;   // 3 x 3, by rows
    std::vector<double> random_covariance;  // q x q: intercept, and a slope where q = 2
    double residual_sd = 0;
    double reach_below = 0, reach_above = 0;  // ends of the band, in sd of a new score
    bool operator==(const ArchiveStratum&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("to", self.to);
        visit("people", self.people);
        visit("center", self.center);
        visit("fixed", self.fixed);
        visit("fixed_covariance", self.fixed_covariance);
        visit("random_covariance", self.random_covariance);
        visit("residual_sd", self.residual_sd);
        visit("reach_below", self.reach_below);
        visit("reach_above", self.reach_above);
    }
};

struct ArchiveFitted {
    static constexpr std::string_view kind = "archive_fitted";
    static constexpr int version = 1;
    std::string instrument;
    ArchiveOf of = ArchiveOf::service;
    std::string method;  // name and version
    int people = 0;      // with a first score and a later one
    std::vector<ArchiveStratum> strata;
    bool operator==(const ArchiveFitted&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("instrument", self.instrument, Domain{.max_length = 40});
        visit("of", self.of);
        visit("method", self.method, Domain{.max_length = 80});
        visit("people", self.people);
        visit("strata", self.strata);
    }
};

}  // namespace evenkeel::practice
