#include "exchange/graph.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "exchange/chart.h"

namespace evenkeel::exchange {
namespace {

constexpr double margin = 12, text_row = 17, name_size = 13;

Point operator+(Point a, Point b) {
    return {a.x + b.x, a.y + b.y};
}
Point operator-(Point a, Point b) {
    return {a.x - b.x, a.y - b.y};
}
Point operator*(double factor, Point a) {
    return {factor * a.x, factor * a.y};
}

// The direction from a to b, of length 1.
Point direction(Point a, Point b) {
    const auto way = b - a;
    const double length = std::hypot(way.x, way.y);
    return length > 0 ? (1 / length) * way : Point{1, 0};
}

void draw_arrow_head(Svg& svg, Point tip, Point along, Stroke stroke) {
    const double length = 7 + 1.4 * stroke.width, half = 3 + 0.7 * stroke.width;
    const Point across{-along.y, along.x}, foot = tip - length * along;
    const std::vector<Point> head{tip, foot + half * across, foot - half * across};
    svg.polygon(head, stroke.ink);
}

void draw_label(Svg& svg, Point at, const std::string& words) {
    if (words.empty()) return;
    const double width = text_width(words, 12) + 4;
    svg.rectangle({at.x - width / 2, at.y - 8}, width, 15, Ink::paper);
    svg.text({at.x, at.y + 4}, words, {.anchor = Anchor::middle, .size = 12});
}

class Drawing {
  public:
    explicit Drawing(const Graph& graph) : graph_(graph) {
        const auto n = static_cast<double>(graph.nodes.size());
        radius_ = 110 + 5 * n;
        double names = 0;
        for (const auto& node : graph.nodes) {
            names = std::max(names, text_width(node.name, name_size) + node.radius);
            largest_ = std::max(largest_, node.radius);
        }
        for (const auto& view : graph.views) away_ = std::max(away_, away(view));
        cell_ = 2 * (radius_ + names + away_ + margin);
        width_ = std::max(420.0, cell_ * static_cast<double>(graph.views.size()));
        says_ = wrapped(graph.says, width_ - 2 * margin);
    }

    std::string draw_all() {
        const double head = 34 + text_row * static_cast<double>(says_.size() + graph_.key.size());
        const double titles = graph_.views.size() > 1 ? 26 : 6;
        const double centre = head + titles + radius_ + away_ + 10 + largest_;
        Svg svg(width_, centre + radius_ + away_ + 10 + largest_ + margin, graph_.title,
                graph_.says + " " + graph_.description);
        svg.text({margin, 24}, graph_.title, {.size = 15, .bold = true});
        double y = 24;
        for (const auto& line : says_) svg.text({margin, y += text_row}, line);
        for (const auto& entry : graph_.key) {
            y += text_row;
            svg.line({margin, y - 4}, {margin + 40, y - 4}, entry.stroke);
            svg.text({margin + 48, y}, entry.words);
        }
        for (std::size_t v = 0; v < graph_.views.size(); ++v) {
            const double x =
                width_ * (static_cast<double>(v) + 0.5) / static_cast<double>(graph_.views.size());
            if (graph_.views.size() > 1) {
                svg.text({x, head + 18}, graph_.views[v].title,
                         {.anchor = Anchor::middle, .bold = true});
            }
            draw_view(svg, graph_.views[v], {x, centre});
        }
        return svg.take();
    }

  private:
    // From the edge of a node to its name: behind the loops and their labels, where there are any.
    static double away(const GraphView& view) {
        const bool loops = std::any_of(view.edges.begin(), view.edges.end(),
                                       [](const Edge& edge) { return edge.from == edge.to; });
        return loops ? 56 : 8;
    }

    [[nodiscard]] Point outwards(std::size_t i) const {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) /
                                 static_cast<double>(graph_.nodes.size()) -
                             std::numbers::pi / 2;
        return {std::cos(angle), std::sin(angle)};
    }

    void draw_view(Svg& svg, const GraphView& view, Point centre) const {
        const auto at = [&](std::size_t i) { return centre + radius_ * outwards(i); };
        for (const auto& edge : view.edges) draw_edge(svg, view, edge, centre);
        for (const auto& edge : view.edges) {
            draw_label(svg, middle_of(view, edge, centre), edge.label);
        }
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            const auto& node = graph_.nodes[i];
            svg.circle(at(i), node.radius, Ink::first);
            const auto out = outwards(i);
            const auto name = at(i) + (node.radius + away(view)) * out;
            const Anchor anchor = std::abs(out.x) < 0.05 ? Anchor::middle
                                  : out.x > 0            ? Anchor::start
                                                         : Anchor::end;
            svg.text({name.x, name.y + 4 + 4 * out.y}, node.name,
                     {.anchor = anchor, .size = name_size});
        }
    }

    // Where the curve of an edge is drawn to; on the straight line for one without arrows.
    [[nodiscard]] Point bend_of(const GraphView& view, const Edge& edge, Point centre) const {
        const auto a = centre + radius_ * outwards(edge.from);
        const auto b = centre + radius_ * outwards(edge.to);
        const auto middle = 0.5 * (a + b);
        if (view.ends == Ends::plain) return middle;
        const auto way = b - a;
        return middle + 0.16 * Point{-way.y, way.x};
    }

    [[nodiscard]] Point middle_of(const GraphView& view, const Edge& edge, Point centre) const {
        const auto a = centre + radius_ * outwards(edge.from);
        if (edge.from == edge.to)
            return a + (graph_.nodes[edge.to].radius + 36) * outwards(edge.to);
        const auto b = centre + radius_ * outwards(edge.to);
        // A third of the way: in the middle all would meet.
        const double t = 0.36;
        return (1 - t) * (1 - t) * a + 2 * t * (1 - t) * bend_of(view, edge, centre) + t * t * b;
    }

    void draw_edge(Svg& svg, const GraphView& view, const Edge& edge, Point centre) const {
        if (edge.from == edge.to) return draw_loop(svg, edge, centre);
        const auto a = centre + radius_ * outwards(edge.from);
        const auto b = centre + radius_ * outwards(edge.to);
        const auto bend = bend_of(view, edge, centre);
        if (view.ends == Ends::plain) return svg.line(a, b, edge.stroke);
        const auto along = direction(bend, b);
        const auto tip = b - (graph_.nodes[edge.to].radius + 2) * along;
        svg.curve(a, bend, tip - 6 * along, edge.stroke);
        draw_arrow_head(svg, tip, along, edge.stroke);
    }

    void draw_loop(Svg& svg, const Edge& edge, Point centre) const {
        const auto out = outwards(edge.from);
        const Point across{-out.y, out.x};
        const auto node = centre + radius_ * out;
        const double r = graph_.nodes[edge.from].radius;
        const auto top = node + (r + 20) * out, side = 16 * across;
        const auto start = node + (0.6 * r) * (out + across);
        const auto end = node + (0.9 * r) * (out - across);
        const auto along = direction(top - side, end);
        svg.curve(start, top + side, top, edge.stroke);
        svg.curve(top, top - side, end - 6 * along, edge.stroke);
        draw_arrow_head(svg, end, along, edge.stroke);
    }

    const Graph& graph_;
    double radius_ = 0, largest_ = 0, away_ = 0, cell_ = 0, width_ = 0;
    std::vector<std::string> says_;
};

}  // namespace

std::string picture_of(const Graph& graph) {
    return Drawing(graph).draw_all();
}

}  // namespace evenkeel::exchange
