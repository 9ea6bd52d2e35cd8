// Goal: the pages of the methods read as their authors wrote them, and nothing in them becomes
// markup by accident.

#include "web/views/method_page.h"

#include <gtest/gtest.h>

namespace evenkeel::web {
namespace {

TEST(MethodPage, BlocksBecomeElements) {
    EXPECT_EQ(html_of_markdown("# Control charts\n\n**Question.** Has it\nmoved?\n- one\n  more\n"
                               "- `two`\n\nEnd: [agreement](agreement.md).\n"),
              "<h1>Control charts</h1>\n<p><strong>Question.</strong> Has it moved?</p>\n"
              "<ul>\n<li>one more</li>\n<li><code>two</code></li>\n</ul>\n"
              "<p>End: <a href=\"/methods/agreement\">agreement</a>.</p>\n");
    EXPECT_EQ(html_of_markdown("| a | b |\n|---|---:|\n| 1 | 2 |\n"),
              "<table>\n<tr><th> a </th><th> b </th></tr>\n<tr><td> 1 </td><td> 2 </td></tr>\n"
              "</table>\n");
}

TEST(MethodPage, TextStaysText) {
    EXPECT_EQ(html_of_markdown("a < b & \"c\" <script>"),
              "<p>a &lt; b &amp; &quot;c&quot; &lt;script&gt;</p>\n");
    EXPECT_EQ(html_of_markdown("[x](https://example.org/a.md) ] [y](z"),
              "<p>[x](https://example.org/a.md) ] [y](z</p>\n");
    EXPECT_EQ(html_of_markdown("an ** alone, a ` too"), "<p>an ** alone, a ` too</p>\n");
    EXPECT_EQ(html_of_markdown(""), "");
}

TEST(MethodPage, EveryMethodOfTheFindingsHasOne) {
    for (const auto* name :
         {"clinical-change", "expected-response", "control-charts", "early-warning"}) {
        const auto page = method_page(name);
        ASSERT_TRUE(page) << name;
        EXPECT_NE(page->find("<h1>"), std::string::npos);
    }
    EXPECT_FALSE(method_page("no-such-method"));
    EXPECT_FALSE(method_page("../methods/growth"));
}

}  // namespace
}  // namespace evenkeel::web
