// Goal: a network of states tells sign by the line, direction by an arrow, and all of it in words.
#include "app/states_picture.h"

#include <gtest/gtest.h>

namespace evenkeel::app {
namespace {

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t out = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++out;
    return out;
}

TEST(StatesPicture, TellsSignByLineStyleAndDirectionByAnArrow) {
    // down -> tired 0.3, tired -> down -0.2, down -> down 0.5; together 0.4.
    const std::vector<StatesView> views{
        {"Next", exchange::Ends::arrows, {0.5, 0.3, -0.2, 0.1}, {true, true, true, false}},
        {"Now", exchange::Ends::plain, {0, 0.4, 0.4, 0}, {true, true, true, true}}};
    const auto svg = states_picture("States", "Two.", {"down", "tired"}, views);
    EXPECT_NE(svg.find("Next: down to down, 0.50; down to tired, 0.30; tired to down, -0.20. "
                       "Now: down with tired, 0.40."),
              std::string::npos)
        << svg;
    EXPECT_EQ(count_of(svg, "<polygon"), 3U) << "an arrow head for each effect shown";
    EXPECT_EQ(count_of(svg, "stroke-dasharray"), 2U) << "the negative effect and the key";
    EXPECT_EQ(count_of(svg, ">tired</text>"), 2U);
    EXPECT_EQ(svg.find("0.10"), std::string::npos) << "what is not shown is not said";
}

TEST(StatesPicture, OfNoEffectSaysSo) {
    const std::vector<StatesView> views{
        {"Now", exchange::Ends::plain, {0, 0, 0, 0}, {false, false, false, false}}};
    EXPECT_NE(states_picture("States", "", {"a", "b"}, views).find("Now: none."),
              std::string::npos);
}

}  // namespace
}  // namespace evenkeel::app
