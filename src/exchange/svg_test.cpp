// Goal: a picture says in words what it shows, opens whatever names it holds, and has round ticks.
#include "exchange/svg.h"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::exchange {
namespace {

TEST(Svg, CarriesItsTitleAndDescriptionForWhoHearsIt) {
    Svg svg(200, 100, "Effects", "Three trials favour treatment.");
    svg.line({0, 0}, {10, 10}, {.dash = Dash::dashed});
    const auto text = svg.take();
    EXPECT_NE(text.find("role=\"img\" aria-labelledby=\"t d\""), std::string::npos);
    EXPECT_NE(text.find("<title id=\"t\">Effects</title>"), std::string::npos);
    EXPECT_NE(text.find("<desc id=\"d\">Three trials favour treatment.</desc>"), std::string::npos);
    EXPECT_NE(text.find("stroke-dasharray"), std::string::npos);
    EXPECT_TRUE(text.ends_with("</svg>\n"));
}

TEST(Svg, EscapesMarkupAndLeavesOutControlCharacters) {
    Svg svg(200, 100, "A < B & \"C\"", "x");
    svg.text({0, 0}, std::string_view("a\x01<script>\x1f", 11));
    const auto text = svg.take();
    EXPECT_NE(text.find("A &lt; B &amp; &quot;C&quot;"), std::string::npos);
    EXPECT_NE(text.find(">a&lt;script&gt;</text>"), std::string::npos);
}

TEST(Svg, NeverWritesAPlaceThatIsNoNumber) {
    Svg svg(200, 100, "t", "d");
    svg.circle({std::nan(""), 1e300}, INFINITY, Ink::first);
    const auto text = svg.take();
    EXPECT_EQ(text.find("nan"), std::string::npos);
    EXPECT_EQ(text.find("inf"), std::string::npos);
}

TEST(Ticks, AreRoundNumbersInsideTheRange) {
    EXPECT_EQ(ticks(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
    EXPECT_EQ(label_of(0.30000000000000004), "0.3");
    EXPECT_EQ(label_of(12345), "12345");
    for (double span = 1e-6; span < 1e6; span *= 3.7) {
        const auto found = ticks(-span, span);
        EXPECT_GE(found.size(), 3U) << span;
        EXPECT_LE(found.size(), 13U) << span;
        EXPECT_GE(found.front(), -span * (1 + 1e-9));
        EXPECT_LE(found.back(), span * (1 + 1e-9));
    }
}

TEST(Scale, IsStraightAndMayRunDownwards) {
    const Scale scale{0, 10, 100, 0};
    EXPECT_EQ(scale.at(0), 100);
    EXPECT_EQ(scale.at(10), 0);
    EXPECT_EQ(scale.at(5), 50);
}

}  // namespace
}  // namespace evenkeel::exchange
