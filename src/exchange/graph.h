#pragma once
// Networks as pictures: nodes on a circle, joined by lines or arrows, in one or more views side by
// side that place the nodes alike.

#include <string>
#include <vector>

#include "exchange/svg.h"

namespace evenkeel::exchange {

struct Node {
    std::string name;
    double radius = 9;  // pixels
};

// Positions of nodes. An edge to its own node is a loop; with arrows, a to b and b to a bend apart.
struct Edge {
    std::size_t from = 0, to = 0;
    Stroke stroke;
    std::string label;  // at its middle
};

enum class Ends { plain, arrows };

struct GraphView {
    std::string title;
    Ends ends = Ends::plain;
    std::vector<Edge> edges;
};

// A stroke and what it stands for.
struct KeyEntry {
    Stroke stroke;
    std::string words;
};

struct Graph {
    std::string title;
    std::string says;         // under the title, and spoken
    std::string description;  // spoken only
    std::vector<Node> nodes;
    std::vector<GraphView> views;
    std::vector<KeyEntry> key;
};

std::string picture_of(const Graph&);

}  // namespace evenkeel::exchange
