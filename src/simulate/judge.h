#pragma once
// Do the methods for one person's series keep their word on series whose truth is known?
//
// Each function draws series anew and counts. What is counted within one series hangs together, so
// that the Monte Carlo error is that of means over series (or over archives).

#include <functional>
#include <vector>

#include "base/random.h"
#include "course/control_chart.h"
#include "simulate/hard_series.h"

namespace evenkeel::simulate {

// A mean over independent draws and its Monte Carlo standard error.
struct Judged {
    double value = 0, error = 0;
    std::size_t n = 0;
};
Judged judged(std::span<const double> of_each_draw);

// A person's days, NaN = missing.
using DrawDays = std::function<std::vector<double>(std::size_t n_days, Random&)>;
using DrawScores = std::function<ScoreSeries(Random&)>;

// The product's own people (simulate/course.h, diary.h, graded_model.h): the mean of mood, energy,
// sleep and interest of each check-in, 0 to 4, of somebody whose severity stays where it is; and of
// anybody, whatever the course.
std::vector<double> draw_steady_diary(std::size_t n_days, Random&);
std::vector<double> draw_any_diary(std::size_t n_days, Random&);
// PHQ-9 totals of anybody, weekly, some left out.
ScoreSeries draw_phq9(int n_weeks, Random&);

struct ForecastJudged {
    Judged inside_80, inside_95;  // share of the days ahead inside the interval
};
// Series that the method refuses (constant, too few days) are drawn anew.
ForecastJudged judge_forecast(const DrawDays&, std::size_t n_series, std::size_t n_days,
                              std::size_t n_ahead, Random&);

struct BandJudged {
    Judged inside;  // share of new people's scores inside the band
    Judged above;   // above it
};
BandJudged judge_expected_response(const DrawScores&, std::size_t n_archives, std::size_t n_people,
                                   std::size_t n_new, Random&);

struct Watch {
    course::ChartDesign design;
    std::size_t baseline_days = 0;  // 0: centre 0 and spread 1 are known
    std::size_t longest = 0;        // days watched, then given up
};
// Observed days up to and with the alarm; a run that is given up counts as its length. For each
// person the mean over n_runs, one after the other, against one baseline. People for whom no chart
// can be drawn are drawn anew.
std::vector<double> run_lengths(const DrawDays&, const Watch&, std::size_t n_people,
                                std::size_t n_runs, Random&);

struct FalseWarnings {
    Judged ar1, variance;  // share of series with p_surrogate <= level
};
FalseWarnings judge_early_warning(const DrawDays&, std::size_t n_series, std::size_t n_days,
                                  std::size_t window, std::size_t n_surrogates, double level,
                                  Random&);

}  // namespace evenkeel::simulate
