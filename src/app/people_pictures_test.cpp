// Goal: a picture of many people says each group's outcome in words and draws steps, not slopes.
#include "app/people_pictures.h"

#include <gtest/gtest.h>

namespace evenkeel::app {
namespace {

TEST(SurvivalPicture, SaysWhatItShowsAndDrawsSteps) {
    const std::vector<double> time{1, 2, 2, 3, 5, 8, 1, 4, 6, 9, 9, 10};
    const std::vector<double> event{1, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0};
    const std::vector<std::int32_t> group{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    const auto found = course::survival(time, event, group, 2, {});
    ASSERT_TRUE(found.ok());
    const auto svg = survival_picture(found.value(), {"care as usual", "<therapy>"}, "weeks");
    EXPECT_NE(svg.find("care as usual: 4 of 6 had the event, median 3."), std::string::npos) << svg;
    EXPECT_NE(svg.find("&lt;therapy&gt;: 3 of 6 had the event"), std::string::npos);
    EXPECT_NE(svg.find("stroke-dasharray"), std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(SurvivalPicture, OfNoEventIsALineAtOne) {
    const auto found =
        course::survival(std::vector<double>{1, 2}, std::vector<double>{0, 0}, {}, 1, {});
    ASSERT_TRUE(found.ok());
    const auto svg = survival_picture(found.value(), {"all"}, "weeks");
    EXPECT_NE(svg.find("0 of 2 had the event, median not reached"), std::string::npos) << svg;
}

}  // namespace
}  // namespace evenkeel::app
