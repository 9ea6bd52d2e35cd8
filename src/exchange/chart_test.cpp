// Goal: a chart says in words what it shows, leaves gaps open, and no name covers another.
#include "exchange/chart.h"

#include <gtest/gtest.h>

#include <cmath>
#include <regex>

namespace evenkeel::exchange {
namespace {

const double none = std::nan("");

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t out = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++out;
    return out;
}

Chart one_line(std::vector<double> x, std::vector<double> y) {
    Panel panel{.y_label = "mood"};
    panel.lines = {{.name = "day", .x = std::move(x), .y = std::move(y), .stroke = {}}};
    return {.title = "A <diary>",
            .says = "It fell.",
            .description = "From 4 to 1.",
            .x_label = "day",
            .panels = {std::move(panel)}};
}

TEST(Chart, SaysItsSentenceToEyesAndEars) {
    const auto svg = picture_of(one_line({1, 2, 3}, {4, 2, 1}));
    EXPECT_NE(svg.find("<title id=\"t\">A &lt;diary&gt;</title>"), std::string::npos);
    EXPECT_NE(svg.find("<desc id=\"d\">It fell. From 4 to 1.</desc>"), std::string::npos);
    EXPECT_NE(svg.find(">It fell.</text>"), std::string::npos);
}

TEST(Chart, LeavesAGapOpenAndShowsAValueBetweenTwoGaps) {
    const auto whole = picture_of(one_line({1, 2, 3, 4, 5}, {4, 2, 1, 2, 3}));
    EXPECT_EQ(count_of(whole, "<polyline"), 1U);
    const auto svg = picture_of(one_line({1, 2, 3, 4, 5, 6, 7}, {4, 2, none, 2, none, 3, 4}));
    EXPECT_EQ(count_of(svg, "<polyline"), 2U);
    EXPECT_EQ(count_of(svg, "<circle"), 1U);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(Chart, DrawsAStepAtTheNextPlaceAndNotBefore) {
    auto chart = one_line({0, 10}, {1, 0});
    chart.panels[0].lines[0].path = Path::steps;
    const auto svg = picture_of(chart);
    std::smatch points;
    ASSERT_TRUE(std::regex_search(svg, points, std::regex("points=\"([^\"]*)\"")));
    const auto text = points[1].str();
    EXPECT_EQ(count_of(text, ","), 3U) << text;  // along, then down
}

TEST(Chart, NamesInTheMarginDoNotCoverEachOther) {
    auto chart = one_line({1, 2}, {1, 1});
    for (int i = 0; i < 20; ++i) {
        auto line = chart.panels[0].lines[0];
        line.name = "line" + std::to_string(i);
        line.stroke = nth_stroke(static_cast<std::size_t>(i));
        chart.panels[0].lines.push_back(std::move(line));
    }
    const auto svg = picture_of(chart);
    std::vector<double> places;
    const std::regex name("y=\"([0-9.]+)\"[^>]*>line[0-9]+<");
    for (std::sregex_iterator at(svg.begin(), svg.end(), name), end; at != end; ++at) {
        places.push_back(std::stod((*at)[1]));
    }
    ASSERT_EQ(places.size(), 20U);
    std::sort(places.begin(), places.end());
    for (std::size_t i = 1; i < places.size(); ++i) EXPECT_GE(places[i] - places[i - 1], 12);
}

TEST(Chart, OfCalendarDaysHasDatesOnItsAxis) {
    auto chart = one_line({20'000, 20'010, 20'020}, {1, 2, 3});
    chart.x_axis = XAxis::days;
    EXPECT_NE(picture_of(chart).find(">2024-10-"), std::string::npos);
}

TEST(Chart, OfNothingOrOfOneHugeValueIsStillAPicture) {
    EXPECT_NE(picture_of(one_line({}, {})).find("</svg>"), std::string::npos);
    EXPECT_NE(picture_of({.title = "t"}).find("</svg>"), std::string::npos);
    const auto svg = picture_of(one_line({1, 2}, {1e100, 1e100}));
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
}

TEST(Wrapped, BreaksAtBlanksAndNeverInAWord) {
    EXPECT_EQ(wrapped("one two three", text_width("one two")),
              (std::vector<std::string>{"one two", "three"}));
    EXPECT_EQ(wrapped("  unbreakable  ", 1), (std::vector<std::string>{"unbreakable"}));
    EXPECT_TRUE(wrapped("", 100).empty());
}

TEST(Shortened, CutsBetweenCharactersAndNotInsideOne) {
    EXPECT_EQ(shortened("short", 18), "short");
    EXPECT_EQ(shortened("\u00dcbungen", 3), "\u00dcb.");
    EXPECT_EQ(shortened("\u00e9\u00e9\u00e9\u00e9", 3), "\u00e9\u00e9.");
}

}  // namespace
}  // namespace evenkeel::exchange
