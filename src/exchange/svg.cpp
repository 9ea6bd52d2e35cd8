#include "exchange/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "exchange/markup.h"

namespace evenkeel::exchange {
namespace {

std::string_view colour(Ink ink) {
    switch (ink) {
        case Ink::text:
            return "#1d2629";
        case Ink::quiet:
            return "#626a6c";
        case Ink::grid:
            return "#ddd8cc";
        case Ink::first:
            return "#0f5872";
        case Ink::second:
            return "#a8431b";
        case Ink::band:
            return "#d6e4e6";
        case Ink::inner_band:
            return "#b5cfd5";
        case Ink::ground:
            return "#f3f1eb";
        case Ink::paper:
            return "#ffffff";
    }
    return "#1d2629";
}

std::string_view dashes(Dash dash) {
    switch (dash) {
        case Dash::solid:
            return "";
        case Dash::dashed:
            return " stroke-dasharray=\"6 4\"";
        case Dash::dotted:
            return " stroke-dasharray=\"2 3\"";
        case Dash::dash_dot:
            return " stroke-dasharray=\"8 3 2 3\"";
    }
    return "";
}

// Bytes that go on a character of UTF-8 take no room of their own.
bool begins(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

// Two decimals are finer than any screen; a place that is no number or far away is cut to the edge
// of what viewers can draw.
std::string px(double value) {
    if (!std::isfinite(value)) value = 0;
    auto out = fmt::format("{:.2f}", std::clamp(value, -1e5, 1e5));
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
    return out == "-0" ? "0" : out;
}

std::string stroke_of(Stroke stroke) {
    return fmt::format("stroke=\"{}\" stroke-width=\"{}\"{}", colour(stroke.ink), px(stroke.width),
                       dashes(stroke.dash));
}

std::string points_of(std::span<const Point> points) {
    std::string out;
    for (const auto& p : points) {
        if (!out.empty()) out += ' ';
        out += px(p.x) + "," + px(p.y);
    }
    return out;
}

}  // namespace

double Scale::at(double value) const {
    return start + (value - from) / (to - from) * (end - start);
}

void Range::include(double value) {
    if (std::isnan(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
}

void Range::include(std::span<const double> values) {
    for (const double value : values) include(value);
}

Scale Range::scale(double start, double end, double room) const {
    if (low > high) return {0, 1, start, end};
    // A constant gets room by its size: near 1e16 one more is the same number.
    const double around = high > low ? room * (high - low) : std::max(1.0, std::abs(low) / 100);
    return {low - around, high + around, start, end};
}

std::vector<double> ticks(double from, double to, std::size_t wanted) {
    std::vector<double> out;
    const double span = to - from;
    if (!(span > 0) || !std::isfinite(span) || wanted == 0) return {from};
    const double raw = span / static_cast<double>(wanted);
    const double power = std::pow(10, std::floor(std::log10(raw)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= raw * 0.999) {
            step = factor * power;
            break;
        }
    }
    const double first = std::ceil(from / step - 1e-9);
    for (double i = first; i * step <= to + step * 1e-9 && out.size() < 100; ++i) {
        out.push_back(i == 0 ? 0 : i * step);
    }
    return out;
}

std::string label_of(double value) {
    if (value == 0) return "0";
    if (std::abs(value) >= 1000 && std::abs(value) < 1e7) return fmt::format("{:.0f}", value);
    return fmt::format("{:.4g}", value);
}

double text_width(std::string_view text, double size) {
    return 0.56 * size * static_cast<double>(std::count_if(text.begin(), text.end(), begins));
}

std::string shortened(std::string_view text, std::size_t most) {
    std::size_t count = 0, cut = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!begins(text[i])) continue;
        if (count + 1 == most) cut = i;
        ++count;
    }
    return count <= most ? std::string(text) : std::string(text.substr(0, cut)) + ".";
}

double widest_text(std::span<const std::string> texts, double size) {
    double out = 0;
    for (const auto& text : texts) out = std::max(out, text_width(text, size));
    return out;
}

Svg::Svg(double width, double height, std::string_view title, std::string_view description) {
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"t d\" "
        "width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
        "font-family=\"Liberation Sans, Arial, Helvetica, sans-serif\">\n"
        "<title id=\"t\">{2}</title>\n<desc id=\"d\">{3}</desc>\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        px(width), px(height), escaped(title), escaped(description));
}

void Svg::line(Point from, Point to, Stroke stroke) {
    out_ += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {}/>\n", px(from.x),
                        px(from.y), px(to.x), px(to.y), stroke_of(stroke));
}

void Svg::polyline(std::span<const Point> points, Stroke stroke) {
    out_ += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke-linejoin=\"round\" {}/>\n",
                        points_of(points), stroke_of(stroke));
}

void Svg::curve(Point from, Point bend, Point to, Stroke stroke) {
    out_ += fmt::format("<path d=\"M{} {}Q{} {} {} {}\" fill=\"none\" {}/>\n", px(from.x),
                        px(from.y), px(bend.x), px(bend.y), px(to.x), px(to.y), stroke_of(stroke));
}

void Svg::polygon(std::span<const Point> points, Ink fill) {
    out_ += fmt::format("<polygon points=\"{}\" fill=\"{}\"/>\n", points_of(points), colour(fill));
}

void Svg::circle(Point centre, double radius, Ink fill) {
    out_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>\n", px(centre.x),
                        px(centre.y), px(radius), colour(fill));
}

void Svg::rectangle(Point corner, double width, double height, Ink fill) {
    out_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n",
                        px(corner.x), px(corner.y), px(width), px(height), colour(fill));
}

void Svg::text(Point at, std::string_view words, Lettering how) {
    const std::string_view anchor = how.anchor == Anchor::start    ? ""
                                    : how.anchor == Anchor::middle ? " text-anchor=\"middle\""
                                                                   : " text-anchor=\"end\"";
    const auto turn = how.turned == 0 ? std::string()
                                      : fmt::format(" transform=\"rotate({} {} {})\"",
                                                    px(how.turned), px(at.x), px(at.y));
    out_ += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{}{}{}>{}</text>\n",
                        px(at.x), px(at.y), px(how.size), colour(how.ink), anchor,
                        how.bold ? " font-weight=\"bold\"" : "", turn, escaped(words));
}

void Svg::x_axis(const Scale& scale, double place, std::string_view label) {
    line({scale.start, place}, {scale.end, place});
    for (const double tick : ticks(scale.from, scale.to)) {
        const double x = scale.at(tick);
        line({x, place}, {x, place + 5});
        text({x, place + 19}, label_of(tick), {.anchor = Anchor::middle, .size = 12});
    }
    text({(scale.start + scale.end) / 2, place + 39}, label, {.anchor = Anchor::middle});
}

void Svg::y_axis(const Scale& scale, double place, std::string_view label) {
    line({place, scale.start}, {place, scale.end});
    double widest = 0;
    for (const double tick : ticks(scale.from, scale.to)) {
        const double y = scale.at(tick);
        line({place - 5, y}, {place, y});
        text({place - 8, y + 4}, label_of(tick), {.anchor = Anchor::end, .size = 12});
        widest = std::max(widest, text_width(label_of(tick), 12));
    }
    text({place - 18 - widest, (scale.start + scale.end) / 2}, label,
         {.anchor = Anchor::middle, .turned = -90});
}

std::string Svg::take() {
    out_ += "</svg>\n";
    return std::move(out_);
}

}  // namespace evenkeel::exchange
