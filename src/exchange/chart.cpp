#include "exchange/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/clock.h"

namespace evenkeel::exchange {
namespace {

constexpr double margin = 12, left = 72, plot_width = 580, text_row = 17, name_row = 16;
constexpr double sample_width = 22, label_gap = 6, below = 48;
constexpr std::size_t most_event_rows = 3;

// A name in the margin, with the pen that draws its sample.
struct Name {
    double wanted = 0;  // where it belongs, y in pixels
    std::string_view words;
    std::function<void(Svg&, Point)> sample;
};

// The name of an event or a stretch, in one of the rows above a panel.
struct Above {
    double from = 0, to = 0;  // the width it takes
    double x = 0;
    std::string_view words;
    std::size_t row = 0;
};

double last_value(const std::vector<double>& values) {
    const auto found =
        std::find_if(values.rbegin(), values.rend(), [](double y) { return !std::isnan(y); });
    return found == values.rend() ? 0 : *found;
}

// Runs of positions whose values are all there.
template <class There>
void for_each_run(std::size_t n, const There& there,
                  const std::function<void(std::size_t, std::size_t)>& run) {
    for (std::size_t from = 0; from < n;) {
        if (!there(from)) {
            ++from;
            continue;
        }
        std::size_t to = from;
        while (to < n && there(to)) ++to;
        run(from, to);
        from = to;
    }
}

struct Axes {
    Scale x, y;

    [[nodiscard]] Point at(double a, double b) const { return {x.at(a), y.at(b)}; }
    [[nodiscard]] std::vector<Point> course(const std::vector<double>& xs,
                                            const std::vector<double>& ys, std::size_t from,
                                            std::size_t to, Path path) const {
        std::vector<Point> out;
        for (auto i = from; i < to; ++i) {
            if (path == Path::steps && i > from) out.push_back(at(xs[i], ys[i - 1]));
            out.push_back(at(xs[i], ys[i]));
        }
        return out;
    }
};

void draw_mark(Svg& svg, Point at, Mark mark, Ink ink) {
    if (mark == Mark::dot) return svg.circle(at, 2.4, ink);
    const std::vector<Point> diamond{
        {at.x - 5, at.y}, {at.x, at.y - 5}, {at.x + 5, at.y}, {at.x, at.y + 5}};
    svg.polygon(diamond, ink);
}

// Edges are dotted: a tint may be lost in print.
constexpr Stroke band_edge{Ink::quiet, 0.75, Dash::dotted};

// The edges of all bands are drawn after all fills, so that bands may overlap.
enum class Part { fill, edges };

void draw(Svg& svg, const Axes& axes, const Band& band, Part part) {
    const auto there = [&](std::size_t i) {
        return !std::isnan(band.lower[i]) && !std::isnan(band.upper[i]);
    };
    for_each_run(band.x.size(), there, [&](std::size_t from, std::size_t to) {
        const auto top = axes.course(band.x, band.upper, from, to, band.path);
        const auto bottom = axes.course(band.x, band.lower, from, to, band.path);
        if (part == Part::edges) {
            svg.polyline(top, band_edge);
            svg.polyline(bottom, band_edge);
            return;
        }
        auto around = top;
        around.insert(around.end(), bottom.rbegin(), bottom.rend());
        svg.polygon(around, band.fill);
    });
}

void draw(Svg& svg, const Axes& axes, const Line& line) {
    const auto there = [&](std::size_t i) { return !std::isnan(line.y[i]); };
    for_each_run(line.x.size(), there, [&](std::size_t from, std::size_t to) {
        const auto points = axes.course(line.x, line.y, from, to, line.path);
        // A value between two gaps has no line; it must be seen all the same.
        if (points.size() == 1) return svg.circle(points[0], line.stroke.width, line.stroke.ink);
        svg.polyline(points, line.stroke);
    });
}

void draw(Svg& svg, const Axes& axes, const Marks& marks) {
    for (std::size_t i = 0; i < marks.x.size(); ++i) {
        if (!std::isnan(marks.y[i])) {
            draw_mark(svg, axes.at(marks.x[i], marks.y[i]), marks.mark, marks.ink);
        }
    }
}

std::vector<Name> names_of(const Panel& panel, const Scale& y) {
    std::vector<Name> out;
    for (const auto& band : panel.bands) {
        if (band.name.empty()) continue;
        const double middle = (last_value(band.lower) + last_value(band.upper)) / 2;
        out.push_back(
            {y.at(middle), band.name, [fill = band.fill](Svg& svg, Point at) {
                 svg.rectangle({at.x, at.y - 6}, sample_width, 12, fill);
                 for (const double edge : {-6.0, 6.0}) {
                     svg.line({at.x, at.y + edge}, {at.x + sample_width, at.y + edge}, band_edge);
                 }
             }});
    }
    for (const auto& line : panel.lines) {
        if (line.name.empty()) continue;
        out.push_back({y.at(last_value(line.y)), line.name, [&line](Svg& svg, Point at) {
                           svg.line(at, {at.x + sample_width, at.y}, line.stroke);
                       }});
    }
    for (const auto& marks : panel.marks) {
        if (marks.name.empty() || marks.x.empty()) continue;
        out.push_back({y.at(last_value(marks.y)), marks.name, [&marks](Svg& svg, Point at) {
                           draw_mark(svg, {at.x + sample_width / 2, at.y}, marks.mark, marks.ink);
                       }});
    }
    return out;
}

// As near to where they belong as they can stand without covering each other.
void spread_out(std::vector<Name>& names, double top, double bottom) {
    std::stable_sort(names.begin(), names.end(),
                     [](const Name& a, const Name& b) { return a.wanted < b.wanted; });
    double free = bottom;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
        name->wanted = std::min(name->wanted, free);
        free = name->wanted - name_row;
    }
    free = top;
    for (auto& name : names) {
        name.wanted = std::max(name.wanted, free);
        free = name.wanted + name_row;
    }
}

double names_width(const Panel& panel) {
    double out = 0;
    const auto widen = [&out](const auto& things) {
        for (const auto& each : things) out = std::max(out, text_width(each.name, 12));
    };
    widen(panel.bands);
    widen(panel.lines);
    widen(panel.marks);
    return out;
}

// Each in the first row where it covers nothing.
std::vector<Above> names_above(const Panel& panel, const Scale& x) {
    std::vector<Above> out;
    const auto add = [&](double place, std::string_view words) {
        if (words.empty()) return;
        const double half = text_width(words, 12) / 2;
        const double at =
            std::clamp(x.at(place), left + half, std::max(left + half, left + plot_width - half));
        out.push_back({at - half - 4, at + half + 4, at, words});
    };
    for (const auto& each : panel.stretches) add((each.from + each.to) / 2, each.name);
    for (const auto& each : panel.events) add(each.x, each.name);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto taken = [&](const Above& other) {
            return other.row == out[i].row && other.from < out[i].to && out[i].from < other.to;
        };
        const auto end = out.begin() + static_cast<std::ptrdiff_t>(i);
        while (std::any_of(out.begin(), end, taken)) ++out[i].row;
    }
    return out;
}

std::size_t rows_above(const std::vector<Above>& names) {
    std::size_t out = 0;
    for (const auto& name : names) out = std::max(out, name.row + 1);
    return std::min(out, most_event_rows);
}

// Days of the calendar at whole steps of days, weeks or about months.
std::vector<double> day_ticks(double from, double to) {
    double step = 1;
    for (const double wider : {2.0, 7.0, 14.0, 28.0, 56.0, 91.0, 182.0, 364.0}) {
        if ((to - from) / step <= 6) break;
        step = wider;
    }
    while ((to - from) / step > 6) step *= 2;
    std::vector<double> out;
    for (double day = std::ceil(from); day <= to; day += step) out.push_back(day);
    return out;
}

class Drawing {
  public:
    explicit Drawing(const Chart& chart)
        : chart_(chart), x_(x_range().scale(left, left + plot_width, 0.01)) {
        double names = 0;
        for (const auto& panel : chart.panels) names = std::max(names, names_width(panel));
        width_ = left + plot_width + 8 + margin;
        if (names > 0) width_ += sample_width + label_gap + names;
        says_ = wrapped(chart.says, width_ - 2 * margin);
        double height = head();
        for (const auto& panel : chart.panels) height += space_above(panel) + height_of(panel);
        height_ = height + below;
    }

    std::string draw_all() {
        Svg svg(width_, height_, chart_.title, chart_.says + " " + chart_.description);
        svg.text({margin, 24}, chart_.title, {.size = 15, .bold = true});
        double y = 24;
        for (const auto& line : says_) svg.text({margin, y += text_row}, line);
        double top = head();
        for (const auto& panel : chart_.panels) {
            draw_panel(svg, panel, top, &panel == &chart_.panels.back());
            top += space_above(panel) + height_of(panel);
        }
        return svg.take();
    }

  private:
    [[nodiscard]] Range x_range() const {
        Range out;
        for (const auto& panel : chart_.panels) {
            for (const auto& each : panel.bands) out.include(each.x);
            for (const auto& each : panel.lines) out.include(each.x);
            for (const auto& each : panel.marks) out.include(each.x);
        }
        return out;
    }

    static Range y_range(const Panel& panel) {
        Range out;
        out.include(panel.y_includes);
        for (const auto& each : panel.bands) {
            out.include(each.lower);
            out.include(each.upper);
        }
        for (const auto& each : panel.lines) out.include(each.y);
        for (const auto& each : panel.marks) out.include(each.y);
        return out;
    }

    [[nodiscard]] double head() const { return 34 + text_row * static_cast<double>(says_.size()); }

    // Room for the panel's label and for the names of what happened.
    [[nodiscard]] double space_above(const Panel& panel) const {
        return 34 + name_row * static_cast<double>(rows_above(names_above(panel, x_)));
    }

    // Every name has room beside its panel.
    static double height_of(const Panel& panel) {
        const auto n = panel.bands.size() + panel.lines.size() + panel.marks.size();
        return std::max(panel.height, name_row * static_cast<double>(n));
    }

    void draw_panel(Svg& svg, const Panel& panel, double start, bool is_last) const {
        const double top = start + space_above(panel), bottom = top + height_of(panel);
        const Axes axes{x_, y_range(panel).scale(bottom, top)};
        svg.text({margin, start + 24}, panel.y_label, {.size = 12, .bold = true});
        for (const auto& each : panel.stretches) {
            const double from = std::max(x_.at(each.from), x_.start);
            svg.rectangle({from, top}, std::min(x_.at(each.to), x_.end) - from, bottom - top,
                          Ink::ground);
        }
        draw_grid(svg, axes.y);
        for (const auto part : {Part::fill, Part::edges}) {
            for (const auto& each : panel.bands) draw(svg, axes, each, part);
        }
        for (const auto& each : panel.events) {
            svg.line({x_.at(each.x), top}, {x_.at(each.x), bottom},
                     {.ink = Ink::quiet, .dash = Dash::dotted});
        }
        for (const auto& each : panel.lines) draw(svg, axes, each);
        for (const auto& each : panel.marks) draw(svg, axes, each);
        for (const auto& name : names_above(panel, x_)) {
            if (name.row >= most_event_rows) continue;
            svg.text({name.x, top - 6 - name_row * static_cast<double>(name.row)}, name.words,
                     {.anchor = Anchor::middle, .size = 12, .ink = Ink::quiet});
        }
        auto names = names_of(panel, axes.y);
        spread_out(names, top + 6, bottom);
        for (const auto& name : names) {
            name.sample(svg, {x_.end + 8, name.wanted});
            svg.text({x_.end + 8 + sample_width + label_gap, name.wanted + 4}, name.words,
                     {.size = 12});
        }
        draw_x_axis(svg, bottom, is_last);
    }

    static void draw_grid(Svg& svg, const Scale& y) {
        const double height = y.start - y.end;
        for (const double tick : ticks(y.from, y.to, height < 160 ? 4 : 6)) {
            svg.line({left, y.at(tick)}, {left + plot_width, y.at(tick)}, {.ink = Ink::grid});
            svg.text({left - 8, y.at(tick) + 4}, label_of(tick),
                     {.anchor = Anchor::end, .size = 12});
        }
    }

    void draw_x_axis(Svg& svg, double place, bool is_last) const {
        svg.line({x_.start, place}, {x_.end, place});
        const bool days = chart_.x_axis == XAxis::days;
        for (const double tick : days ? day_ticks(x_.from, x_.to) : ticks(x_.from, x_.to, 8)) {
            svg.line({x_.at(tick), place}, {x_.at(tick), place + 5});
            if (!is_last) continue;
            const auto label =
                days ? to_string(Day(std::chrono::days(std::lround(tick)))) : label_of(tick);
            svg.text({x_.at(tick), place + 19}, label, {.anchor = Anchor::middle, .size = 12});
        }
        if (is_last) {
            svg.text({(x_.start + x_.end) / 2, place + 38}, chart_.x_label,
                     {.anchor = Anchor::middle});
        }
    }

    const Chart& chart_;
    Scale x_;
    std::vector<std::string> says_;
    double width_ = 0, height_ = 0;
};

}  // namespace

Stroke nth_stroke(std::size_t i) {
    constexpr Ink inks[]{Ink::first, Ink::second, Ink::text};
    constexpr Dash dashes[]{Dash::solid, Dash::dashed, Dash::dotted, Dash::dash_dot};
    return {inks[i % 3], 1.8, dashes[i % 4]};
}

std::vector<std::string> wrapped(std::string_view text, double width, double size) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (word.empty()) continue;
        const auto longer =
            out.empty() ? std::string(word) : fmt::format("{} {}", out.back(), word);
        if (out.empty() || text_width(longer, size) > width) {
            out.emplace_back(word);
        } else {
            out.back() = longer;
        }
    }
    return out;
}

std::string picture_of(const Chart& chart) {
    return Drawing(chart).draw_all();
}

}  // namespace evenkeel::exchange
