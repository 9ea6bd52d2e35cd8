#include "app/survival_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "exchange/svg.h"

namespace evenkeel::app {
namespace {

using exchange::Dash;
using exchange::Ink;
using exchange::Point;
using exchange::Scale;
using exchange::Svg;

struct Axes {
    Scale x, y;
};

// A curve that stays where it is until the next event.
template <class Value>
std::vector<Point> steps(const course::SurvivalCurve& curve, const Axes& axes, Value value) {
    double height = 1;
    std::vector<Point> out{{axes.x.at(0), axes.y.at(height)}};
    for (const auto& point : curve.points) {
        const double x = axes.x.at(point.time);
        out.push_back({x, axes.y.at(height)});
        height = value(point);
        out.push_back({x, axes.y.at(height)});
    }
    return out;
}

void draw_band(Svg& svg, const course::SurvivalCurve& curve, const Axes& axes) {
    auto band = steps(curve, axes, [](const auto& p) { return p.upper.value_or(p.survival); });
    const auto below =
        steps(curve, axes, [](const auto& p) { return p.lower.value_or(p.survival); });
    band.insert(band.end(), below.rbegin(), below.rend());
    svg.polygon(band, Ink::band);
}

std::string said(const course::SurvivalCurve& curve, const std::string& name) {
    return fmt::format(" {}: {} of {} had the event, median {}.", name, curve.n_events, curve.n,
                       curve.median ? exchange::label_of(*curve.median) : "not reached");
}

}  // namespace

std::string survival_picture(const course::Survival& found, const std::vector<std::string>& groups,
                             const std::string& time_label) {
    double last = 0, widest = 0;
    std::string description = "Share without the event over time, by Kaplan and Meier.";
    for (std::size_t j = 0; j < found.curves.size(); ++j) {
        for (const auto& point : found.curves[j].points) last = std::max(last, point.time);
        widest = std::max(widest, exchange::text_width(groups[j]));
        description += said(found.curves[j], groups[j]);
    }
    if (last <= 0) last = 1;
    const Axes axes{{0, last, 80, 560}, {0, 1, 340, 45}};
    Svg svg(610 + widest, 400, "Survival curves", description);
    svg.text({12, 24}, "Share without the event", {.size = 15, .bold = true});
    if (found.curves.size() == 1) draw_band(svg, found.curves[0], axes);
    // The label of each curve at its end, from below upwards, so that none covers another.
    std::vector<std::pair<double, std::size_t>> ends;
    constexpr std::array dashes{Dash::solid, Dash::dashed, Dash::dotted};
    for (std::size_t j = 0; j < found.curves.size(); ++j) {
        const auto line = steps(found.curves[j], axes, [](const auto& p) { return p.survival; });
        const Ink ink = (j / dashes.size()) % 2 == 0 ? Ink::first : Ink::second;
        svg.polyline(line, {.ink = ink, .width = 1.8, .dash = dashes[j % dashes.size()]});
        ends.emplace_back(line.back().y, j);
    }
    std::sort(ends.rbegin(), ends.rend());
    double free = 340;
    for (const auto& [y, j] : ends) {
        free = std::min(free, y);
        const Ink ink = (j / dashes.size()) % 2 == 0 ? Ink::first : Ink::second;
        svg.line({566, free}, {588, free},
                 {.ink = ink, .width = 1.8, .dash = dashes[j % dashes.size()]});
        svg.text({594, free + 4}, groups[j], {.ink = ink});
        free -= 16;
    }
    svg.x_axis(axes.x, 340, time_label);
    svg.y_axis(axes.y, 80, "share");
    return svg.take();
}

}  // namespace evenkeel::app
