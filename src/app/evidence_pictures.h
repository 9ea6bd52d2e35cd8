#pragma once
// Pictures of meta-analyses and networks of trials, as SVG.

#include <optional>
#include <string>
#include <vector>

#include "evidence/meta_analysis.h"
#include "evidence/network.h"

namespace evenkeel::app {

// A line of a forest plot; `weight` in per cent gives the size of its mark.
struct ForestLine {
    std::string name;
    double estimate = 0;
    evidence::Interval interval;
    std::optional<double> weight;
    bool pooled = false;                           // drawn as a diamond
    std::optional<evidence::Interval> prediction;  // drawn as a thin line through the diamond
};

struct Forest {
    std::string title, description, axis;
    std::vector<ForestLine> lines;
};

std::string forest_picture(const Forest&);

// Each study by effect and standard error, with the 95 % funnel around the pooled effect.
std::string funnel_picture(const std::vector<double>& effect, const std::vector<double>& se,
                           double pooled, const std::string& axis);

struct NetworkPicture {
    const evidence::Network* network = nullptr;
    const evidence::Pooled* pooled = nullptr;
    std::string measure;  // as on the axis: "log odds ratio"
};

// Treatments on a circle, joined where trials compare them; wider lines, more trials.
std::string network_picture(const NetworkPicture&);
// Estimate and interval of the row against the column.
std::string league_picture(const NetworkPicture&);
// The probability of each rank, one small chart for each treatment.
std::string rank_picture(const NetworkPicture&, const std::vector<double>& p_scores,
                         const std::vector<std::vector<double>>& probabilities);

}  // namespace evenkeel::app
