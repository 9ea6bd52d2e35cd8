#pragma once
// How many days pass, on average, until a control chart raises an alarm?
//
// Sources: Crowder (1987), Technometrics 29:401-407 (EWMA); Page (1954), Biometrika 41:100-115,
// and Vance (1986), J Qual Technol 18:189-193 (CUSUM); integral equations solved at Gauss-Legendre
// points (Nystroem). Two-sided CUSUM from its two halves: van Dobben de Bruyn (1968).
// Limits: independent normal days with known centre and spread. With centre and spread taken from
// a short baseline, run lengths differ between people, often widely.

#include "base/result.h"
#include "course/control_chart.h"

namespace evenkeel::course {

enum class Sides { one, two };

// `varying`: the limits of an EWMA widen from its start, as control_chart draws them.
enum class Limits { fixed, varying };

struct RunLengthQuestion {
    ChartDesign design;  // spread and dependence play no part
    Sides sides = Sides::two;
    double shift = 0;  // of the centre from the first day on, in sd
    Limits limits = Limits::fixed;
};

// The expected number of days up to and with the first alarm, started at the centre. A one-sided
// EWMA watches for a rise and is held at the centre from below; a one-sided CUSUM is its upper
// half. Fails with invalid_input if the design is outside its domain, the shift is not finite, or
// varying limits are asked of another chart than a two-sided EWMA; with not_converged if the
// length is beyond 1e10 days or the equation cannot be solved to 4 figures.
Result<double> average_run_length(const RunLengthQuestion&);

// The limit (cusum: h) at which the question's average run length is arl0; what the design says
// about that limit is not looked at. Fails as average_run_length does, with invalid_input if
// arl0 is not above 1, and with not_converged if no limit reaches it.
Result<double> limit_for(RunLengthQuestion, double arl0);

}  // namespace evenkeel::course
