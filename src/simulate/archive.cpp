#include "simulate/archive.h"

#include <numeric>

#include "simulate/course.h"
#include "simulate/graded_model.h"

namespace evenkeel::simulate {

std::vector<course::ScoreRecord> simulated_archive(std::string_view instrument, int people,
                                                   int weeks, Random& random) {
    EK_ASSERT(people > 0 && weeks > 0);
    const auto& items = simulated_items(instrument);
    EK_ASSERT(!items.empty());
    constexpr int week = 7;
    std::vector<course::ScoreRecord> out;
    for (int person = 0; person < people; ++person) {
        const auto course = draw_course(draw_course_kind(random), week * weeks, random);
        for (int day = 0; day < week * weeks; day += week) {
            const auto answers =
                draw_answers(items, course.theta[static_cast<std::size_t>(day)], random);
            out.push_back({static_cast<std::size_t>(person), static_cast<double>(day),
                           static_cast<double>(std::reduce(answers.begin(), answers.end()))});
        }
    }
    return out;
}

}  // namespace evenkeel::simulate
