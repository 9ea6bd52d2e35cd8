#include "app/states_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace evenkeel::app {
namespace {

using exchange::Dash;
using exchange::Ends;
using exchange::Ink;
using exchange::Stroke;

constexpr std::size_t most_labels = 16;  // in a view; with more, one covers the other

Stroke stroke_of(double weight, double largest) {
    const double width = 0.8 + 4.2 * std::abs(weight) / largest;
    return weight > 0 ? Stroke{Ink::first, width, Dash::solid}
                      : Stroke{Ink::second, width, Dash::dashed};
}

// Two digits behind the point; more where they would be 0.
std::string weight_text(double weight) {
    return std::abs(weight) < 0.005 ? fmt::format("{:.1g}", weight) : fmt::format("{:.2f}", weight);
}

// The strongest first, so that thin lines are drawn above wide ones.
exchange::GraphView drawn(const StatesView& view, std::size_t n) {
    std::vector<std::size_t> places;
    double largest = 0;
    for (std::size_t from = 0; from < n; ++from) {
        for (std::size_t to = view.ends == Ends::plain ? from + 1 : 0; to < n; ++to) {
            const auto place = from * n + to;
            if (!view.shown[place] || view.weights[place] == 0) continue;
            places.push_back(place);
            largest = std::max(largest, std::abs(view.weights[place]));
        }
    }
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(view.weights[a]) > std::abs(view.weights[b]);
    });
    exchange::GraphView out{.title = view.title, .ends = view.ends, .edges = {}};
    for (const auto place : places) {
        const double weight = view.weights[place];
        out.edges.push_back({place / n, place % n, stroke_of(weight, largest),
                             places.size() <= most_labels ? weight_text(weight) : ""});
    }
    return out;
}

std::string said_of(const exchange::GraphView& view, const StatesView& from,
                    const std::vector<std::string>& names) {
    std::string out = view.title + ":";
    for (const auto& edge : view.edges) {
        out += fmt::format(" {} {} {}, {};", names[edge.from],
                           view.ends == Ends::arrows ? "to" : "with", names[edge.to],
                           weight_text(from.weights[edge.from * names.size() + edge.to]));
    }
    if (view.edges.empty()) return out + " none. ";
    out.back() = '.';
    return out + " ";
}

}  // namespace

std::string states_picture(const std::string& title, const std::string& says,
                           const std::vector<std::string>& names,
                           std::span<const StatesView> views) {
    exchange::Graph graph{.title = title, .says = says};
    for (const auto& name : names) graph.nodes.push_back({name});
    for (const auto& view : views) {
        graph.views.push_back(drawn(view, names.size()));
        graph.description += said_of(graph.views.back(), view, names);
    }
    graph.key = {{stroke_of(1, 3), "positive: more of one, more of the other"},
                 {stroke_of(-1, 3), "negative: more of one, less of the other"}};
    return exchange::picture_of(graph);
}

}  // namespace evenkeel::app
