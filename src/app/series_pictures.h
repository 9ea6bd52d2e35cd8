#pragma once
// What `course control`, `changepoints`, `early-warning` and `forecast` find in a series, as SVG.

#include <string>
#include <vector>

#include "app/series_input.h"
#include "course/change_points.h"
#include "course/control_chart.h"
#include "course/early_warning.h"
#include "course/forecast.h"
#include "course/series.h"

namespace evenkeel::app {

// Each day, the chart's statistic and its limits; the baseline as ground, alarms as diamonds.
std::string control_picture(const SeriesInput&, const Stretch& baseline,
                            const course::ControlChart&, const course::ChartDesign&);

// The series as analysed and each segment's mean with one sd to both sides. `observed`: the values
// and where they stand in the series; `label` says what they are.
std::string change_points_picture(const SeriesInput&, const course::Observed& observed,
                                  const course::ChangePoints&, const std::string& label);

// The series and, under it, each indicator over the windows, with Kendall's tau and its p.
std::string early_warning_picture(const SeriesInput&, const course::Observed& observed,
                                  std::size_t window, const course::EarlyWarning&);

// The last `days` observed (NaN = missing; the last of them is at `last`) and the days to come,
// with the intervals of 80 and 95 %.
std::string forecast_picture(const std::vector<double>& days, double last, const std::string& value,
                             const std::string& index, const course::Forecast&);

}  // namespace evenkeel::app
