#include "simulate/judge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "course/early_warning.h"
#include "course/expected_response.h"
#include "course/forecast.h"
#include "simulate/course.h"
#include "simulate/diary.h"
#include "simulate/draw.h"
#include "simulate/graded_model.h"

namespace evenkeel::simulate {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> draw_diary(CourseKind kind, std::size_t n_days, Random& random) {
    const auto course = draw_course(kind, static_cast<int>(n_days), random);
    const ReportingHabit habit;
    std::vector<double> out;
    for (const double theta : course.theta) {
        out.push_back(missing);
        if (!chance(random, habit.checks_in)) continue;
        const auto said = draw_check_in({.theta = theta}, habit, random);
        double sum = 0, n = 0;
        for (const auto& answer : {said.mood, said.energy, said.sleep, said.interest}) {
            if (!answer) continue;
            sum += *answer;
            n += 1;
        }
        if (n > 0) out.back() = sum / n;
    }
    return out;
}

// The length of one run that starts at `from`, and how many days it took.
struct Run {
    double length = 0;
    std::size_t days = 0;
};

std::optional<Run> run_from(std::span<const double> baseline, std::span<const double> days,
                            const Watch& watch) {
    // A missing day between the two: the first day watched does not follow the baseline's last.
    std::vector<double> values(baseline.begin(), baseline.end());
    if (!values.empty()) values.push_back(missing);
    const std::size_t begin = values.size();
    values.insert(values.end(), days.begin(), days.end());
    const auto made =
        baseline.empty()
            ? course::control_chart(values, course::Baseline{.center = 0, .sd = 1}, watch.design)
            : course::control_chart(values, 0, baseline.size() - 1, watch.design);
    if (!made.ok()) return std::nullopt;
    const auto& chart = made.value();
    const auto first = std::find_if(chart.points.begin(), chart.points.end(),
                                    [&](const auto& point) { return point.at >= begin; });
    const auto last = chart.first_alarm
                          ? chart.points.begin() + static_cast<std::ptrdiff_t>(*chart.first_alarm)
                          : std::prev(chart.points.end());
    return Run{.length = static_cast<double>(last - first + 1), .days = last->at - begin + 1};
}

std::vector<course::ScoreRecord> records_of(const DrawScores& draw, std::size_t n_people,
                                            Random& random) {
    std::vector<course::ScoreRecord> out;
    for (std::size_t person = 0; person < n_people; ++person) {
        const auto one = draw(random);
        for (std::size_t k = 0; k < one.day.size(); ++k) {
            out.push_back({person, one.day[k], one.score[k]});
        }
    }
    return out;
}

}  // namespace

Judged judged(std::span<const double> of_each_draw) {
    const auto n = static_cast<double>(of_each_draw.size());
    const double mean = std::accumulate(of_each_draw.begin(), of_each_draw.end(), 0.0) / n;
    double squares = 0;
    for (const double value : of_each_draw) squares += (value - mean) * (value - mean);
    return {.value = mean, .error = std::sqrt(squares / (n - 1) / n), .n = of_each_draw.size()};
}

std::vector<double> draw_steady_diary(std::size_t n_days, Random& random) {
    return draw_diary(CourseKind::no_response, n_days, random);
}

std::vector<double> draw_any_diary(std::size_t n_days, Random& random) {
    return draw_diary(draw_course_kind(random), n_days, random);
}

ScoreSeries draw_phq9(int n_weeks, Random& random) {
    const auto course = draw_course(draw_course_kind(random), 7 * n_weeks + 1, random);
    const ReportingHabit habit;
    ScoreSeries out;
    for (int week = 0; week <= n_weeks; ++week) {
        if (week > 0 && !chance(random, habit.answers_questionnaire)) continue;
        const auto answers = draw_answers(simulated_items("phq-9"),
                                          course.theta[static_cast<std::size_t>(7 * week)], random);
        out.day.push_back(7 * week);
        out.score.push_back(std::accumulate(answers.begin(), answers.end(), 0));
    }
    return out;
}

ForecastJudged judge_forecast(const DrawDays& draw, std::size_t n_series, std::size_t n_days,
                              std::size_t n_ahead, Random& random) {
    std::vector<double> inside_80, inside_95;
    while (inside_80.size() < n_series) {
        const auto values = draw(n_days + n_ahead, random);
        const auto made = course::forecast(std::span(values).first(n_days), n_ahead);
        if (!made.ok()) continue;
        double n = 0, in_80 = 0, in_95 = 0;
        for (std::size_t day = 0; day < n_ahead; ++day) {
            const double value = values[n_days + day];
            if (std::isnan(value)) continue;
            const auto& ahead = made.value().days[day];
            n += 1;
            in_80 += value >= ahead.lower_80 && value <= ahead.upper_80 ? 1 : 0;
            in_95 += value >= ahead.lower_95 && value <= ahead.upper_95 ? 1 : 0;
        }
        if (n == 0) continue;
        inside_80.push_back(in_80 / n);
        inside_95.push_back(in_95 / n);
    }
    return {judged(inside_80), judged(inside_95)};
}

BandJudged judge_expected_response(const DrawScores& draw, std::size_t n_archives,
                                   std::size_t n_people, std::size_t n_new, Random& random) {
    std::vector<double> inside, above;
    for (std::size_t archive = 0; archive < n_archives; ++archive) {
        const auto response = course::expected_response(records_of(draw, n_people, random)).value();
        const auto people = records_of(draw, n_new, random);
        const auto expected = course::expect(response, people).value();
        double n = 0, in = 0, over = 0;
        for (std::size_t i = 0; i < people.size(); ++i) {
            if (!expected[i].expected) continue;
            n += 1;
            over += people[i].score > *expected[i].upper ? 1 : 0;
            in += people[i].score >= *expected[i].lower && people[i].score <= *expected[i].upper
                      ? 1
                      : 0;
        }
        inside.push_back(in / n);
        above.push_back(over / n);
    }
    return {judged(inside), judged(above)};
}

std::vector<double> run_lengths(const DrawDays& draw, const Watch& watch, std::size_t n_people,
                                std::size_t n_runs, Random& random) {
    std::vector<double> out;
    while (out.size() < n_people) {
        const auto values = draw(watch.baseline_days + n_runs * watch.longest, random);
        const auto baseline = std::span(values).first(watch.baseline_days);
        std::size_t from = watch.baseline_days;
        double sum = 0;
        std::size_t done = 0;
        for (; done < n_runs; ++done) {
            const auto run =
                run_from(baseline, std::span(values).subspan(from, watch.longest), watch);
            if (!run) break;
            sum += run->length;
            from += run->days;
        }
        if (done == n_runs) out.push_back(sum / static_cast<double>(n_runs));
    }
    return out;
}

FalseWarnings judge_early_warning(const DrawDays& draw, std::size_t n_series, std::size_t n_days,
                                  std::size_t window, std::size_t n_surrogates, double level,
                                  Random& random) {
    std::vector<double> ar1, variance;
    while (ar1.size() < n_series) {
        auto values = draw(n_days, random);
        std::erase_if(values, [](double value) { return std::isnan(value); });
        const auto found = course::early_warning(
            values, {.window = window, .n_surrogates = n_surrogates, .seed = random.next()});
        if (!found.ok()) continue;
        const auto warned = [level](const course::Tendency& tendency) {
            return tendency.p_surrogate && *tendency.p_surrogate <= level ? 1.0 : 0.0;
        };
        ar1.push_back(warned(found.value().ar1));
        variance.push_back(warned(found.value().variance));
    }
    return {judged(ar1), judged(variance)};
}

}  // namespace evenkeel::simulate
