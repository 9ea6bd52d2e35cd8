// Goal: a weekly questionnaire is due on the same weekday whatever the clocks do, and a
// gap is one invitation, not many.

#include <gtest/gtest.h>

#include "practice/schedule.h"

namespace evenkeel::practice {
namespace {

Day day(const char* text) {
    return *parse_day(text);
}

TEST(Schedule, TheFirstIsDueTheDayTheEpisodeBegins) {
    EXPECT_EQ(questionnaire_due_from(day("2026-03-02"), {}, 7), day("2026-03-02"));
}

TEST(Schedule, AWeekIsSevenLocalDaysAcrossDaylightSaving) {
    // 23:30 on the Sunday evening before clocks go forward, and the same evening a week on.
    const auto evening = *parse_instant("2026-03-22T23:30:00Z");
    const auto answered = local_day(evening, "Europe/London");
    const Day due = questionnaire_due_from(day("2026-03-01"), {answered}, 7);
    EXPECT_EQ(due, day("2026-03-29"));
    const auto at_noon = instant_of(due, std::chrono::minutes{720}, "Europe/London");
    EXPECT_EQ(to_string(at_noon), "2026-03-29T11:00:00.000Z");
}

TEST(Schedule, AfterAGapItIsDueOnce) {
    const Day due = questionnaire_due_from(day("2026-01-01"), {day("2026-02-01")}, 7);
    const Day back = day("2026-05-20");
    ASSERT_LE(due, back);
    EXPECT_GT(questionnaire_due_from(day("2026-01-01"), {day("2026-02-01"), back}, 7), back);
}

TEST(Schedule, AnAnswerThatArrivesLateDoesNotMoveItBack) {
    EXPECT_EQ(questionnaire_due_from(day("2026-01-01"), {day("2026-02-08"), day("2026-02-01")}, 7),
              day("2026-02-15"));
}

}  // namespace
}  // namespace evenkeel::practice
