#include "app/evidence_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "exchange/graph.h"

namespace evenkeel::app {
namespace {

using exchange::Anchor;
using exchange::Dash;
using exchange::Ink;
using exchange::Point;
using exchange::Scale;
using exchange::Svg;

constexpr double row_height = 20;

std::string interval_text(double estimate, evidence::Interval interval) {
    return fmt::format("{:.2f} [{:.2f}, {:.2f}]", estimate, interval.lower, interval.upper);
}

void draw_line(Svg& svg, const ForestLine& line, const Scale& x, double y) {
    const double low = x.at(line.interval.lower), high = x.at(line.interval.upper);
    if (line.prediction) {
        svg.line({x.at(line.prediction->lower), y}, {x.at(line.prediction->upper), y},
                 {.ink = Ink::second, .width = 1.5, .dash = Dash::dashed});
    }
    if (line.pooled) {
        const double middle = x.at(line.estimate);
        const std::vector<Point> diamond{{low, y}, {middle, y - 6}, {high, y}, {middle, y + 6}};
        svg.polygon(diamond, Ink::first);
        return;
    }
    svg.line({low, y}, {high, y}, {.ink = Ink::text, .width = 1.2});
    const double size = line.weight ? 4 + std::min(8.0, std::sqrt(*line.weight) * 1.6) : 7;
    svg.rectangle({x.at(line.estimate) - size / 2, y - size / 2}, size, size, Ink::first);
}

}  // namespace

std::string forest_picture(const Forest& forest) {
    exchange::Range range;
    range.include(0);
    std::vector<std::string> names, numbers;
    for (const auto& line : forest.lines) {
        for (const double v : {line.estimate, line.interval.lower, line.interval.upper}) {
            range.include(v);
        }
        if (line.prediction) {
            range.include(line.prediction->lower);
            range.include(line.prediction->upper);
        }
        names.push_back(line.name);
        numbers.push_back(interval_text(line.estimate, line.interval));
    }
    const double left = 20 + std::min(exchange::widest_text(names), 320.0), chart = 380;
    const double width = left + chart + 60 + exchange::widest_text(numbers);
    const double bottom = 50 + row_height * static_cast<double>(forest.lines.size());
    Svg svg(width, bottom + 60, forest.title, forest.description);
    svg.text({12, 24}, forest.title, {.size = 15, .bold = true});
    const Scale x = range.scale(left + 20, left + 20 + chart);
    svg.line({x.at(0), 38}, {x.at(0), bottom}, {.ink = Ink::quiet, .dash = Dash::dotted});
    double y = 50;
    for (std::size_t i = 0; i < forest.lines.size(); ++i, y += row_height) {
        const auto& line = forest.lines[i];
        svg.text({12, y + 4}, line.name, {.bold = line.pooled});
        draw_line(svg, line, x, y);
        svg.text({width - 12, y + 4}, numbers[i], {.anchor = Anchor::end, .bold = line.pooled});
    }
    svg.x_axis(x, bottom, forest.axis);
    return svg.take();
}

std::string funnel_picture(const std::vector<double>& effect, const std::vector<double>& se,
                           double pooled, const std::string& axis) {
    const double deepest = *std::max_element(se.begin(), se.end()) * 1.05;
    exchange::Range range;
    range.include(effect);
    range.include(pooled - 1.96 * deepest);
    range.include(pooled + 1.96 * deepest);
    Svg svg(560, 420, "Funnel plot",
            fmt::format("{} studies by effect (across) and standard error (downwards). The pooled "
                        "effect is {:.3f}; the triangle holds 95 % of studies without "
                        "heterogeneity. Asymmetry may come from missing small studies, and from "
                        "other causes.",
                        effect.size(), pooled));
    const Scale x = range.scale(80, 540);
    const Scale y{0, deepest, 40, 350};
    svg.text({12, 24}, "Funnel plot", {.size = 15, .bold = true});
    const std::vector<Point> funnel{{x.at(pooled), y.at(0)},
                                    {x.at(pooled - 1.96 * deepest), y.at(deepest)},
                                    {x.at(pooled + 1.96 * deepest), y.at(deepest)}};
    svg.polygon(funnel, Ink::band);
    svg.line({x.at(pooled), y.start}, {x.at(pooled), y.end},
             {.ink = Ink::quiet, .dash = Dash::dashed});
    for (std::size_t i = 0; i < effect.size(); ++i) {
        svg.circle({x.at(effect[i]), y.at(se[i])}, 3.2, Ink::first);
    }
    svg.x_axis(x, 350, axis);
    svg.y_axis(y, 80, "standard error");
    return svg.take();
}

std::string network_picture(const NetworkPicture& picture) {
    const auto& network = *picture.network;
    const std::size_t n = network.treatments.size();
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> edges;
    std::vector<std::set<std::size_t>> trials(n);
    for (const auto& c : network.contrasts) {
        ++edges[std::minmax(c.treat1, c.treat2)];
        trials[c.treat1].insert(c.study);
        trials[c.treat2].insert(c.study);
    }
    exchange::Graph graph{.title = "Network of trials",
                          .says = "A wider line stands for more trials, a larger circle too."};
    for (std::size_t i = 0; i < n; ++i) {
        const auto size = std::sqrt(static_cast<double>(trials[i].size()));
        graph.nodes.push_back({network.treatments[i], 4 + std::min(12.0, 2 * size)});
    }
    graph.views.emplace_back();
    graph.description =
        fmt::format("{} treatments, {} trials. Trials that compare:", n, network.studies.size());
    for (const auto& [pair, count] : edges) {
        const auto width = std::min(12.0, 0.8 * static_cast<double>(count));
        graph.views[0].edges.push_back(
            {pair.first, pair.second, {.ink = Ink::quiet, .width = width}, ""});
        graph.description += fmt::format(" {} and {}: {}.", network.treatments[pair.first],
                                         network.treatments[pair.second], count);
    }
    return exchange::picture_of(graph);
}

std::string league_picture(const NetworkPicture& picture) {
    const auto& names = picture.network->treatments;
    const auto& pooled = *picture.pooled;
    const double cell = 136, head = std::max(cell, exchange::widest_text(names, 12) + 16);
    const auto n = static_cast<double>(names.size());
    Svg svg(head + cell * n + 20, 90 + 30 * (n + 1), "League table",
            fmt::format("The {} of the row's treatment against the column's, with 95 % interval. "
                        "Bold: the interval does not hold 0.",
                        picture.measure));
    svg.text({12, 24}, fmt::format("League table: {}, row against column", picture.measure),
             {.size = 15, .bold = true});
    for (std::size_t i = 0; i < names.size(); ++i) {
        const double y = 90 + 30 * static_cast<double>(i);
        const double top = head + cell * (static_cast<double>(i) + 0.5);
        svg.text({12, y}, names[i], {.size = 12, .bold = true});
        svg.text({top, 58}, exchange::shortened(names[i], 18),
                 {.anchor = Anchor::middle, .size = 12, .bold = true});
        svg.line({12, y + 10}, {head + cell * n, y + 10}, {.ink = Ink::grid});
        for (std::size_t j = 0; j < names.size(); ++j) {
            if (i == j) continue;
            const double estimate = pooled.estimate(i, j), half = 1.959964 * pooled.se(i, j);
            svg.text({head + cell * (static_cast<double>(j) + 0.5), y},
                     interval_text(estimate, {estimate - half, estimate + half}),
                     {.anchor = Anchor::middle, .size = 12, .bold = std::abs(estimate) > half});
        }
    }
    return svg.take();
}

std::string rank_picture(const NetworkPicture& picture, const std::vector<double>& p_scores,
                         const std::vector<std::vector<double>>& probabilities) {
    const auto& names = picture.network->treatments;
    const std::size_t n = names.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return p_scores[a] > p_scores[b]; });
    std::vector<std::string> labels;
    for (const auto& name : names) labels.push_back(name + " (0.00)");
    const double width = std::clamp(exchange::widest_text(labels, 12) + 24, 160.0, 320.0),
                 height = 124;
    const std::size_t columns = std::min<std::size_t>(n, 4), rows = (n + columns - 1) / columns;
    std::string said;
    for (const auto i : order) said += fmt::format(" {}: {:.2f}.", names[i], p_scores[i]);
    Svg svg(20 + width * static_cast<double>(columns), 60 + height * static_cast<double>(rows),
            "Probability of each rank",
            "Ranks run from best to worst. A rank says nothing about how large a difference is. "
            "P-scores:" +
                said);
    svg.text({12, 24}, "Probability of each rank, from best to worst", {.size = 15, .bold = true});
    for (std::size_t place = 0; place < n; ++place) {
        const auto i = order[place];
        const Point corner{20 + width * static_cast<double>(place % columns),
                           50 + height * static_cast<double>(place / columns)};
        svg.text({corner.x, corner.y + 6}, fmt::format("{} ({:.2f})", names[i], p_scores[i]),
                 {.size = 12});
        const double base = corner.y + height - 36, bar = (width - 30) / static_cast<double>(n);
        for (std::size_t r = 0; r < n; ++r) {
            const double tall = 64 * probabilities[i][r];
            svg.rectangle({corner.x + bar * static_cast<double>(r), base - tall},
                          std::max(1.0, bar - 1), tall, Ink::first);
        }
        svg.line({corner.x, base}, {corner.x + width - 30, base}, {.ink = Ink::quiet});
        svg.text({corner.x, base + 13}, "1", {.size = 12});
        svg.text({corner.x + width - 30, base + 13}, fmt::format("{}", n),
                 {.anchor = Anchor::end, .size = 12});
    }
    return svg.take();
}

}  // namespace evenkeel::app
