#pragma once
// Pictures as SVG: drawn in black ink on white, with a title and a description that say the same
// to someone who hears them, and no colour that alone carries meaning.
//
// Source: SVG 1.1; WAI-ARIA Graphics 1.0 (role img, title and desc). Lengths are pixels at 96 dpi.

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evenkeel::exchange {

struct Point {
    double x = 0, y = 0;
};

// What is drawn, by meaning; the colours keep 4.5 : 1 against white and differ in grey too.
enum class Ink { text, quiet, grid, first, second, band, inner_band, ground, paper };
enum class Dash { solid, dashed, dotted, dash_dot };

struct Stroke {
    Ink ink = Ink::text;
    double width = 1;
    Dash dash = Dash::solid;
};

enum class Anchor { start, middle, end };
struct Lettering {
    Anchor anchor = Anchor::start;
    double size = 13;
    bool bold = false;
    Ink ink = Ink::text;
    double turned = 0;  // degrees, clockwise
};

// From numbers of the data to places of the picture, straight. from != to.
struct Scale {
    double from = 0, to = 1;      // data
    double start = 0, end = 100;  // pixels
    [[nodiscard]] double at(double value) const;
};

// The span of what has been included; NaN is passed over.
struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    void include(double value);
    void include(std::span<const double> values);
    // With this share of room at both ends; never empty.
    [[nodiscard]] Scale scale(double start, double end, double room = 0.04) const;
};

// Round numbers inside [from, to], about `wanted` of them (1, 2 or 5 times a power of ten).
std::vector<double> ticks(double from, double to, std::size_t wanted = 6);
// A number as a label: up to four significant digits, no exponent where it can be avoided.
std::string label_of(double value);
// About how wide a text is in a sans-serif face; for margins.
double text_width(std::string_view text, double size = 13);
double widest_text(std::span<const std::string> texts, double size = 13);

// The first characters and a full stop where there are more than `most`.
std::string shortened(std::string_view text, std::size_t most);

class Svg {
  public:
    // `description` in whole sentences: what is seen, with its numbers.
    Svg(double width, double height, std::string_view title, std::string_view description);

    void line(Point from, Point to, Stroke = {});
    void polyline(std::span<const Point>, Stroke = {});
    // A line that bends towards `bend` (quadratic).
    void curve(Point from, Point bend, Point to, Stroke = {});
    void polygon(std::span<const Point>, Ink fill);
    void circle(Point centre, double radius, Ink fill);
    void rectangle(Point corner, double width, double height, Ink fill);
    void text(Point, std::string_view, Lettering = {});

    // An axis with ticks, numbers and a label below (x) or to the left (y). `place` is where it
    // lies across its direction.
    void x_axis(const Scale&, double place, std::string_view label);
    void y_axis(const Scale&, double place, std::string_view label);

    std::string take();

  private:
    std::string out_;
};

}  // namespace evenkeel::exchange
