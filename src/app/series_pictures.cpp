#include "app/series_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/report.h"
#include "base/clock.h"
#include "exchange/chart.h"

namespace evenkeel::app {
namespace {

using exchange::Chart;
using exchange::Dash;
using exchange::Ink;
using exchange::label_of;
using exchange::Line;
using exchange::Mark;
using exchange::Marks;
using exchange::Panel;
using Numbers = std::vector<double>;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Where the values of a series stand in time.
struct TimeAxis {
    exchange::XAxis kind = exchange::XAxis::numbers;
    std::string label;
    Numbers at;
};

// Numbers and calendar days stand where they are, any other text in its order.
TimeAxis time_axis_of(const SeriesInput& series) {
    TimeAxis axis{.label = series.index_column.empty() ? "position" : series.index_column};
    TimeAxis days{exchange::XAxis::days, axis.label, {}};
    bool in_order_only = false;
    for (const auto& each : series.index) {
        const auto day = each.text() != nullptr ? parse_day(*each.text()) : std::nullopt;
        if (day) days.at.push_back(static_cast<double>(day->time_since_epoch().count()));
        in_order_only = in_order_only || !each.number();
        axis.at.push_back(each.number().value_or(0));
    }
    if (days.at.size() == series.index.size()) return days;
    if (in_order_only) {
        axis.label = "row, in order of " + axis.label;
        for (std::size_t i = 0; i < axis.at.size(); ++i) axis.at[i] = static_cast<double>(i + 1);
    }
    return axis;
}

// The step from which on two neighbours have a gap between them: where most are one step apart,
// more than one and a half of it.
double gap_of(const Numbers& at) {
    Numbers steps;
    for (std::size_t i = 1; i < at.size(); ++i) steps.push_back(at[i] - at[i - 1]);
    if (steps.empty()) return std::numeric_limits<double>::infinity();
    std::sort(steps.begin(), steps.end());
    const double usual = steps[steps.size() / 2];
    const auto alike = std::count_if(steps.begin(), steps.end(), [usual](double step) {
        return std::abs(step - usual) <= 1e-9 * usual;
    });
    if (!(usual > 0) || 2 * alike < std::ssize(steps)) {
        return std::numeric_limits<double>::infinity();
    }
    return 1.5 * usual;
}

// A line with a gap where a value is missing, and where rows themselves are.
Line line_of(std::string name, const Numbers& at, const Numbers& values, exchange::Stroke stroke) {
    Line line{.name = std::move(name), .stroke = stroke};
    const double gap = gap_of(at);
    for (std::size_t i = 0; i < at.size(); ++i) {
        if (i > 0 && at[i] - at[i - 1] > gap) {
            line.x.push_back(at[i]);
            line.y.push_back(none);
        }
        line.x.push_back(at[i]);
        line.y.push_back(values[i]);
    }
    return line;
}

Line level(std::string name, const Numbers& at, double value, exchange::Stroke stroke) {
    return {.name = std::move(name),
            .x = {at.front(), at.back()},
            .y = {value, value},
            .stroke = stroke};
}

// One number of each charted point, at the place of its value in the series; NaN between.
template <class Number>
Numbers of_points(const SeriesInput& series, const course::ControlChart& chart, Number number) {
    Numbers out(series.values.size(), none);
    for (const auto& point : chart.points) out[point.at] = number(point);
    return out;
}

constexpr exchange::Stroke limit_stroke{Ink::text, 1.2, Dash::dashed};
constexpr exchange::Stroke center_stroke{Ink::quiet, 1, Dash::solid};
constexpr exchange::Stroke value_stroke{Ink::quiet, 0.8, Dash::solid};
constexpr exchange::Stroke result_stroke{Ink::first, 2.25, Dash::solid};

std::string control_says(const SeriesInput& series, const course::ControlChart& chart) {
    const auto& baseline = chart.baseline;
    auto out = fmt::format("Baseline of {} values: center {}, standard deviation {}. ", baseline.n,
                           label_of(baseline.center), label_of(baseline.sd));
    if (!chart.first_alarm) return out + "No alarm after it.";
    const auto& first = chart.points[*chart.first_alarm];
    return out + fmt::format("First alarm after it at {}, {}.", json_text(series.index[first.at]),
                             first.up ? "upwards" : "downwards");
}

Marks alarms_of(const SeriesInput& series, const course::ControlChart& chart,
                const TimeAxis& axis) {
    return {.name = "alarm",
            .x = axis.at,
            .y = of_points(series, chart,
                           [](const auto& p) { return p.up || p.down ? p.statistic : none; }),
            .mark = Mark::diamond,
            .ink = Ink::second};
}

// A name for what is nowhere on the picture would only be looked for.
void add_marks(Panel& panel, Marks marks) {
    const bool some =
        std::any_of(marks.y.begin(), marks.y.end(), [](double y) { return !std::isnan(y); });
    if (some) panel.marks.push_back(std::move(marks));
}

std::string tendency_text(const course::Tendency& found) {
    if (!found.tau) return "no tendency: fewer than 2 different values";
    auto out = fmt::format("Kendall's tau {:.2f}", *found.tau);
    if (found.p_surrogate) out += fmt::format(", p {:.3f} by surrogates", *found.p_surrogate);
    return out;
}

}  // namespace

std::string control_picture(const SeriesInput& series, const Stretch& baseline,
                            const course::ControlChart& chart, const course::ChartDesign& design) {
    const auto axis = time_axis_of(series);
    const auto of = [&](auto number) { return of_points(series, chart, number); };
    const auto values = of([](const auto& p) { return p.value; });
    const auto statistic = of([](const auto& p) { return p.statistic; });
    const bool cusum = design.chart == course::Chart::cusum;
    Chart out{
        .title = "Control chart of " + series.value_column,
        .says = control_says(series, chart),
        .description = "The baseline is shaded; diamonds are alarms; gaps are missing values.",
        .x_label = axis.label,
        .x_axis = axis.kind};
    Panel panel{.y_label = chart.ar1_used == 0
                               ? series.value_column
                               : series.value_column + ", less what the day before explains",
                .height = cusum ? 180.0 : 280.0};
    panel.stretches = {{"baseline", axis.at[baseline.from], axis.at[baseline.to]}};
    if (chart.first_alarm) {
        const auto at = chart.points[*chart.first_alarm].at;
        panel.events = {{"first alarm: " + json_text(series.index[at]), axis.at[at]}};
    }
    panel.lines = {level("center", axis.at, chart.baseline.center, center_stroke),
                   line_of("", axis.at, values, value_stroke)};
    panel.marks = {{.name = "value", .x = axis.at, .y = values, .ink = Ink::quiet}};
    if (!cusum) {
        panel.lines.push_back(line_of("upper limit", axis.at,
                                      of([](const auto& p) { return p.upper; }), limit_stroke));
        panel.lines.push_back(line_of("lower limit", axis.at,
                                      of([](const auto& p) { return p.lower; }), limit_stroke));
        if (design.chart == course::Chart::ewma) {
            panel.lines.push_back(line_of("moving average", axis.at, statistic, result_stroke));
        }
        add_marks(panel, alarms_of(series, chart, axis));
        out.panels = {std::move(panel)};
        return exchange::picture_of(out);
    }
    Panel sums{.y_label = "sums of what lies above and below, standard deviations", .height = 180};
    sums.stretches = {{"", axis.at[baseline.from], axis.at[baseline.to]}};
    sums.lines = {
        line_of("upward", axis.at, of([](const auto& p) { return p.positive; }), result_stroke),
        line_of("downward", axis.at, of([](const auto& p) { return p.negative; }),
                {Ink::second, 2.25, Dash::dash_dot}),
        level("upper limit", axis.at, design.h, limit_stroke),
        level("lower limit", axis.at, -design.h, limit_stroke)};
    add_marks(sums, alarms_of(series, chart, axis));
    out.panels = {std::move(panel), std::move(sums)};
    return exchange::picture_of(out);
}

std::string change_points_picture(const SeriesInput& series, const course::Observed& observed,
                                  const course::ChangePoints& found, const std::string& label) {
    const auto axis = time_axis_of(series);
    const auto at = [&](std::size_t i) { return axis.at[observed.positions[i - 1]]; };  // from 1
    Numbers values(series.values.size(), none);
    for (std::size_t i = 0; i < observed.positions.size(); ++i) {
        values[observed.positions[i]] = observed.values[i];
    }
    Panel panel{.y_label = label, .height = 280};
    exchange::Band spread{.name = "mean and one sd"};
    Line means{.name = "mean of a stretch", .stroke = result_stroke};
    std::string said = "Stretches:";
    for (const auto& segment : found.segments) {
        const double sd = std::sqrt(segment.variance);
        for (const double x : {at(segment.from), at(segment.to), at(segment.to)}) {
            const bool gap = means.x.size() % 3 == 2;  // the third point parts the segments
            means.x.push_back(x);
            means.y.push_back(gap ? none : segment.mean);
            spread.x.push_back(x);
            spread.lower.push_back(gap ? none : segment.mean - sd);
            spread.upper.push_back(gap ? none : segment.mean + sd);
        }
        said += fmt::format(" {} to {}: mean {}, variance {};",
                            json_text(series.index[observed.positions[segment.from - 1]]),
                            json_text(series.index[observed.positions[segment.to - 1]]),
                            label_of(segment.mean), label_of(segment.variance));
    }
    std::string places;
    for (const auto location : found.locations) {
        const auto name = json_text(series.index[observed.positions[location - 1]]);
        panel.events.push_back({"after " + name, (at(location) + at(location + 1)) / 2});
        places += fmt::format("{}{}", places.empty() ? "" : ", ", name);
    }
    panel.bands = {std::move(spread)};
    panel.lines = {line_of("", axis.at, values, value_stroke), std::move(means)};
    panel.marks = {{.name = "value", .x = axis.at, .y = values, .ink = Ink::quiet}};
    said.back() = '.';
    const auto n = found.locations.size();
    return exchange::picture_of({.title = "Change points of " + series.value_column,
                                 .says = n == 0   ? "No change."
                                         : n == 1 ? fmt::format("One change, after {}.", places)
                                         : n <= 8 ? fmt::format("Changes after {}.", places)
                                                  : fmt::format("{} changes.", n),
                                 .description = said,
                                 .x_label = axis.label,
                                 .x_axis = axis.kind,
                                 .panels = {std::move(panel)}});
}

std::string early_warning_picture(const SeriesInput& series, const course::Observed& observed,
                                  std::size_t window, const course::EarlyWarning& found) {
    const auto axis = time_axis_of(series);
    Panel top{.y_label = series.value_column, .height = 150};
    top.lines = {line_of("", axis.at, series.values, value_stroke)};
    top.marks = {{.name = "value", .x = axis.at, .y = series.values, .ink = Ink::quiet}};
    top.stretches = {{"first window", axis.at[observed.positions.front()],
                      axis.at[observed.positions[window - 1]]}};
    Chart chart{
        .title = "Early-warning indicators of " + series.value_column,
        .says = fmt::format(
            "Windows of {} values, each shown at its last. A rising line may be chance, and "
            "a change may come without one.",
            window),
        .x_label = axis.label,
        .x_axis = axis.kind,
        .panels = {std::move(top)}};
    const auto add = [&](const char* name, const Numbers& indicator,
                         const course::Tendency& tendency) {
        Numbers values(series.values.size(), none);
        for (std::size_t w = 0; w < indicator.size(); ++w) {
            values[observed.positions[found.window_end[w] - 1]] = indicator[w];
        }
        Panel panel{.y_label = fmt::format("{}: {}", name, tendency_text(tendency)), .height = 110};
        panel.lines = {line_of("", axis.at, values, result_stroke)};
        chart.description += panel.y_label + ". ";
        chart.panels.push_back(std::move(panel));
    };
    add("Lag-1 autocorrelation", found.indicators.ar1, found.ar1);
    add("Variance", found.indicators.variance, found.variance);
    add("Skewness", found.indicators.skewness, found.skewness);
    return exchange::picture_of(chart);
}

std::string forecast_picture(const std::vector<double>& days, double last, const std::string& value,
                             const std::string& index, const course::Forecast& found) {
    // Enough of the past to see the days to come at its side.
    const auto n_shown = std::min(days.size(), std::max<std::size_t>(42, 4 * found.days.size()));
    const Numbers shown(days.end() - static_cast<std::ptrdiff_t>(n_shown), days.end());
    Numbers past;
    for (std::size_t i = 0; i < n_shown; ++i) {
        past.push_back(last - static_cast<double>(n_shown - 1 - i));
    }
    exchange::Band wide{.name = "95 of 100 lie here"}, narrow{.name = "80 of 100 lie here"};
    narrow.fill = Ink::inner_band;
    Line expected{.name = "expected", .stroke = {Ink::first, 2.25, Dash::dashed}};
    std::string said;
    for (std::size_t d = 0; d < found.days.size(); ++d) {
        const auto& day = found.days[d];
        const double x = last + static_cast<double>(d + 1);
        for (auto* each : {&wide.x, &narrow.x, &expected.x}) each->push_back(x);
        wide.lower.push_back(day.lower_95);
        wide.upper.push_back(day.upper_95);
        narrow.lower.push_back(day.lower_80);
        narrow.upper.push_back(day.upper_80);
        expected.y.push_back(day.expected);
        if (d == 0 || d + 1 == found.days.size()) {
            said +=
                fmt::format("At {}: {}, 95 % interval {} to {}. ", label_of(x),
                            label_of(day.expected), label_of(day.lower_95), label_of(day.upper_95));
        }
    }
    Panel panel{.y_label = value, .height = 280};
    panel.bands = {std::move(wide), std::move(narrow)};
    panel.lines = {line_of("", past, shown, value_stroke), std::move(expected)};
    panel.marks = {{.name = "value", .x = past, .y = shown, .ink = Ink::text}};
    return exchange::picture_of(
        {.title = "Forecast of " + value,
         .says = said,
         .description = "Missing days are gaps. No trend and no weekly cycle are assumed.",
         .x_label = index.empty() ? "day" : index,
         .panels = {std::move(panel)}});
}

}  // namespace evenkeel::app
