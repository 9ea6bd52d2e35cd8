#include "simulate/course.h"

#include <algorithm>
#include <cmath>

#include "simulate/draw.h"

namespace evenkeel::simulate {
namespace {

constexpr double start_mean = 1.55;
constexpr double start_sd = 0.35;
constexpr double carried_over = 0.85;  // of yesterday's deviation
constexpr double daily_sd = 0.1;

// From 0 to 1 with that half-life, days.
double approach(double day, double half_life) {
    return 1 - std::exp2(-day / half_life);
}

double smooth(const SeverityCourse& course, double start, double drop, int day) {
    const double at = day;
    switch (course.kind) {
        case CourseKind::response:
            return start - drop * approach(at, 28);
        case CourseKind::partial_response:
            return start - 0.45 * drop * approach(at, 35);
        case CourseKind::no_response:
            return start;
        case CourseKind::relapse: {
            const double well = start - drop * approach(at, 21);
            const double since = std::max(0.0, at - *course.relapse_day);
            return well + 0.9 * drop * approach(since, 14);
        }
        case CourseKind::sudden_gain: {
            const double before = start - 0.1 * drop * approach(at, 35);
            return at < *course.gain_day ? before : before - 0.8 * drop;
        }
        case CourseKind::worsening:
            return start - 0.25 + 0.9 * approach(at, 40);
    }
    return start;
}

}  // namespace

CourseKind draw_course_kind(Random& random) {
    double left = uniform(random);
    const auto names = enum_names(CourseKind{});
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
        if (left < course_shares[i]) return names[i].first;
        left -= course_shares[i];
    }
    return names.back().first;
}

SeverityCourse draw_course(CourseKind kind, int days, Random& random) {
    EK_ASSERT(days > 0);
    SeverityCourse course{.kind = kind, .theta = {}, .gain_day = {}, .relapse_day = {}};
    const double start = std::clamp(normal(random, start_mean, start_sd), 0.8, 2.6);
    const double drop = std::clamp(normal(random, 1.35, 0.25), 0.8, 2.0);
    if (kind == CourseKind::sudden_gain) {
        course.gain_day = static_cast<int>(between(random, 0.2, 0.6) * days);
    } else if (kind == CourseKind::relapse) {
        course.relapse_day = static_cast<int>(between(random, 0.5, 0.7) * days);
    }
    double deviation = 0;
    for (int day = 0; day < days; ++day) {
        deviation = carried_over * deviation + normal(random, 0, daily_sd);
        course.theta.push_back(smooth(course, start, drop, day) + deviation);
    }
    return course;
}

}  // namespace evenkeel::simulate
