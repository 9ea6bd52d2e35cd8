#include "web/views/finding_view.h"

#include <algorithm>

#include "guidance/findings.h"

namespace evenkeel::web {
namespace {

constexpr std::string_view score_prefix = "score.";

FindingView view_of(const Site& site, const record::FindingState& state) {
    const auto& found = state.finding;
    std::string title, threshold;
    if (found.series.starts_with(score_prefix)) {
        const auto* instrument =
            site.keeper.instruments().find(found.series.substr(score_prefix.size()));
        if (instrument != nullptr) title = instrument->title;
        if (instrument != nullptr && instrument->rci) {
            threshold = site.knowledge.cite(instrument->rci->citation);
        }
    }
    auto told = guidance::explained(found, title, threshold);
    return {.finding = found.finding,
            .series = found.series,
            .standing = found.standing,
            .computed_at = state.at,
            .n = found.n,
            .from = found.from,
            .to = found.to,
            .values = found.values,
            .says = std::move(told.says),
            .why = std::move(told.why),
            .page = "/methods/" + std::string(guidance::method_of(found.finding).page)};
}

}  // namespace

std::vector<FindingView> findings_of(const Site& site, const record::PersonState& state) {
    std::vector<FindingView> out;
    for (const auto& method : guidance::methods()) {
        for (const auto& each : state.findings) {
            if (each.finding.finding == method.finding) out.push_back(view_of(site, each));
        }
    }
    return out;
}

}  // namespace evenkeel::web
