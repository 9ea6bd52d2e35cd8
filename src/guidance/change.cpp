#include "guidance/change.h"

#include <algorithm>
#include <cmath>

namespace evenkeel::guidance {
namespace {

constexpr int nights_needed = 3;
constexpr double hours_worth_saying = 0.5;
constexpr std::chrono::days week{7};

std::optional<double> mean_of(const std::vector<NightHours>& nights, Day after, Day until) {
    double sum = 0;
    int count = 0;
    for (const auto& night : nights) {
        if (night.day <= after || night.day > until) continue;
        sum += night.hours;
        ++count;
    }
    if (count < nights_needed) return std::nullopt;
    return sum / count;
}

double to_half(double hours) {
    return std::round(hours * 2) / 2;
}

}  // namespace

care::Sentence change_of_score(std::optional<TimedScore> earlier, TimedScore now,
                               const measures::Instrument& instrument) {
    if (!earlier) return {"change.first_score", {{"total", now.total}}};
    care::Sentence out{
        "change.unknown_chance",
        {{"from", earlier->total}, {"to", now.total}, {"since", to_string(earlier->at)}}};
    if (!instrument.rci) return out;
    const auto change = measures::change_between(earlier->total, now.total, instrument.rci->points,
                                                 instrument.direction);
    EK_ASSERT(change.ok());
    switch (change.value()) {
        case measures::Change::improved:
            out.code = "change.better_than_chance";
            break;
        case measures::Change::unchanged:
            out.code = "change.could_be_chance";
            break;
        case measures::Change::deteriorated:
            out.code = "change.worse_than_chance";
            break;
    }
    return out;
}

std::optional<care::Sentence> change_of_sleep(const std::vector<NightHours>& nights, Day today) {
    const auto now = mean_of(nights, today - week, today);
    const auto before = mean_of(nights, today - 2 * week, today - week);
    if (!now || !before || std::abs(*now - *before) < hours_worth_saying) return std::nullopt;
    return care::Sentence{"change.sleep", {{"hours", to_half(*now)}, {"before", to_half(*before)}}};
}

std::optional<care::Sentence> hard_days(const std::vector<Day>& days, Day today) {
    auto recent = days;
    std::erase_if(recent, [&](Day day) { return day <= today - week || day > today; });
    std::sort(recent.begin(), recent.end());
    const auto count = std::unique(recent.begin(), recent.end()) - recent.begin();
    if (count < 2) return std::nullopt;
    return care::Sentence{"change.hard_days",
                          {{"count", static_cast<double>(count)}, {"days", 7.0}}};
}

}  // namespace evenkeel::guidance
