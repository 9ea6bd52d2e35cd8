// Goal: no text can end the element or the attribute it stands in, and none spoils a document.

#include "exchange/markup.h"

#include <gtest/gtest.h>

namespace evenkeel::exchange {
namespace {

TEST(Markup, TextEndsNoElementAndNoAttribute) {
    EXPECT_EQ(escaped(R"(<b title="A & B">)"), "&lt;b title=&quot;A &amp; B&quot;&gt;");
    EXPECT_EQ(escaped("Ärger, 落ち込み"), "Ärger, 落ち込み");
}

TEST(Markup, WhatXmlDoesNotAllowIsLeftOutAndLineBreaksStay) {
    EXPECT_EQ(escaped(std::string_view("a\0b\x01\x1f"
                                       "c\td\r\ne",
                                       11)),
              "abc\td\r\ne");
}

}  // namespace
}  // namespace evenkeel::exchange
