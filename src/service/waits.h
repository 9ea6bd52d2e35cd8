#pragma once
// How much longer will somebody wait who has waited so long already?
//
// Method: Kaplan & Meier (1958) over the waits of this service; those who still wait, or left
// the list, count as long as they waited. The forecast is the 10 % and the 90 % point of the
// curve of those who waited at least as long: 8 of 10 people began in between. It is an
// interval for people, not for a mean, and holds no sampling error of its own; the number of
// people says how much it is worth.
// Limits: it takes for granted that the service goes on as it did, and that whoever left the
// list would have begun like the others. Nobody's place in the list is known to it.

#include <optional>
#include <span>

#include "base/result.h"

namespace evenkeel::service {

inline constexpr double forecast_low = 0.1, forecast_high = 0.9;
// Fewer say nothing: people who began, and people who waited at least as long as this one.
inline constexpr std::size_t began_min = 20, alike_min = 10;

struct Wait {
    double days = 0;  // until the first meeting was arranged, or until now, or until leaving
    bool began = false;
};

struct WaitForecast {
    std::size_t people = 0;  // of all waits
    std::size_t began = 0;   // of them
    std::size_t alike = 0;   // who waited at least as long
    double from_days = 0;    // from now on
    std::optional<double>
        to_days;  // none: more than 1 in 10 of them waited beyond all that is known
};

// Nothing: too few people. Broken invariant: a time that is not finite or below 0.
std::optional<WaitForecast> wait_forecast(std::span<const Wait>, double waited_days);

}  // namespace evenkeel::service
