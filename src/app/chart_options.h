#pragma once
// --chart and its numbers, the same for `course control`, `course arl` and `course design`.

#include <string>

#include "app/command.h"
#include "course/control_chart.h"

namespace evenkeel::app {

struct ChartOptions {
    std::string chart = "ewma";
    course::ChartDesign design;
};

// `with_limit`: also --limit and --h, which `course design` finds.
enum class LimitOption { given, searched };
void declare_chart(CLI::App&, ChartOptions&, LimitOption);

course::ChartDesign design_of(const ChartOptions&);

// "EWMA control chart, lambda 0.2, limit 3": what was drawn or asked about.
std::string name_of(const course::ChartDesign&);

}  // namespace evenkeel::app
