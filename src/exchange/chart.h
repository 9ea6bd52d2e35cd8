#pragma once
// Charts over one axis: panels under each other with bands, lines and marks. A name stands in the
// margin beside a sample of what it names, level with where that ends; no colour alone tells one
// from another, in grey print either.
//
// Missing data: NaN in y (of a band: in either edge) is a gap and is never bridged.

#include <string>
#include <vector>

#include "exchange/svg.h"

namespace evenkeel::exchange {

// `steps` stay where they are until the next x.
enum class Path { straight, steps };
// A diamond stands for what is out of the ordinary.
enum class Mark { dot, diamond };

// x and y (lower, upper) of the same length, x ascending. Without a name there is no label.
struct Line {
    std::string name;
    std::vector<double> x, y;
    Stroke stroke;
    Path path = Path::straight;
};

struct Band {
    std::string name;
    std::vector<double> x, lower, upper;
    Ink fill = Ink::band;
    Path path = Path::straight;
};

struct Marks {
    std::string name;
    std::vector<double> x, y;
    Mark mark = Mark::dot;
    Ink ink = Ink::first;
};

// A time span as the ground of a panel, and a moment as a line across it; their names stand above.
struct Stretch {
    std::string name;
    double from = 0, to = 0;
};

struct Event {
    std::string name;
    double x = 0;
};

struct Panel {
    std::string y_label;  // above the axis, with the direction where it matters
    double height = 240;
    std::vector<double> y_includes;  // such as 0, or the limits of a scale
    std::vector<Stretch> stretches;
    std::vector<Event> events;
    // Drawn in this order, so that nothing covers a value.
    std::vector<Band> bands;
    std::vector<Line> lines;
    std::vector<Marks> marks;
};

// x as numbers, or as calendar days (days since 1970-01-01).
enum class XAxis { numbers, days };

struct Chart {
    std::string title;
    std::string says;         // the answer in a sentence or two, shown under the title and spoken
    std::string description;  // what else the picture shows, spoken only
    std::string x_label;
    XAxis x_axis = XAxis::numbers;
    std::vector<Panel> panels;
};

// The i-th of several lines of a kind, told apart by dashes and ink.
Stroke nth_stroke(std::size_t i);

// Breaks at blanks into lines of at most `width` pixels; a longer word has a line of its own.
std::vector<std::string> wrapped(std::string_view text, double width, double size = 13);

std::string picture_of(const Chart&);

}  // namespace evenkeel::exchange
