// Goal: the page a person takes home says what was asked and answered, in words.

#include "app/readable_export.h"

#include <gtest/gtest.h>

namespace evenkeel::app {
namespace {

measures::Instrument two_items() {
    measures::Instrument out;
    out.id = "two";
    out.title = "Two <questions>";
    out.items = {{.key = "a",
                  .text = "Little interest",
                  .answers = {{0, "Not at all", ""}, {3, "Nearly every day", ""}}},
                 {.key = "b"}};
    out.licence.credit = "Made by A & B";
    return out;
}

std::string page_of(const std::string& data, const measures::Instrument* instrument) {
    PersonExport found;
    store::StoredEntry stored{.seq = 1, .kind = "answers"};
    stored.author = {};
    auto body =
        exchange::parse_json(R"({"zone":"Europe/London","role":"client","data":)" + data + "}");
    EXPECT_TRUE(body.ok());
    found.entries.push_back({stored, body.value()});
    return readable_page(
        found, [&](std::string_view id) { return id == "two" ? instrument : nullptr; }, Instant{});
}

bool has(const std::string& page, std::string_view text) {
    return page.find(text) != std::string::npos;
}

TEST(ReadableExport, SaysItemsAndAnswersInTheirWords) {
    const auto instrument = two_items();
    const auto page = page_of(R"({"instrument":"two","answers":[3,null]})", &instrument);
    EXPECT_TRUE(has(page, "<dt>Little interest</dt><dd>Nearly every day (3)</dd>")) << page;
    EXPECT_TRUE(has(page, "<dt>Item 2</dt><dd><i>left out</i></dd>")) << page;
    EXPECT_TRUE(has(page, "Two &lt;questions&gt;"));
    EXPECT_TRUE(has(page, "Made by A &amp; B"));
}

TEST(ReadableExport, KeepsTheNumbersWhereTheDefinitionIsGoneOrAnother) {
    const auto instrument = two_items();
    for (const auto* data : {R"({"instrument":"gone","answers":[3,1]})",
                             R"({"instrument":"two","answers":[3,1,2]})"}) {
        const auto page = page_of(data, &instrument);
        EXPECT_TRUE(has(page, "<li>3</li><li>1</li>")) << page;
        EXPECT_FALSE(has(page, "Little interest"));
    }
}

}  // namespace
}  // namespace evenkeel::app
