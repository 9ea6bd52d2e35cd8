// Goal: the pages inside the binary are the files of the folder, sent small and kept
// as long as they may be.
// Method: the folder test_pages, embedded by the same cmake/Embed.cmake as the screens.
#include "web/assets.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace evenkeel::web {

std::span<const Asset> embedded_test_pages();

namespace {

std::string file(const std::string& path) {
    std::ifstream in(EVENKEEL_SOURCE_DIR "/src/web/test_pages" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Request get(std::string path, std::string accept_encoding = "", std::string if_none_match = "") {
    Request request{.path = std::move(path)};
    if (!accept_encoding.empty()) request.headers.add("accept-encoding", accept_encoding);
    if (!if_none_match.empty()) request.headers.add("if-none-match", if_none_match);
    return request;
}

std::string field(const Response& response, std::string_view name) {
    for (const auto& [known, value] : response.headers) {
        if (known == name) return value;
    }
    return "";
}

const Assets pages{embedded_test_pages()};

TEST(Assets, AnswerWithTheBytesOfTheFile) {
    for (const std::string path : {"/index.html", "/assets/index-Ab12_d-4.js", "/mark.svg"}) {
        const auto answer = pages.answer(get(path));
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(answer->embedded, file(path));
        EXPECT_FALSE(file(path).empty());
        EXPECT_EQ(field(*answer, "Vary"), "Accept-Encoding");
    }
    EXPECT_EQ(pages.answer(get("/mark.svg"))->content_type, "image/svg+xml");
    EXPECT_EQ(pages.answer(get("/index.html"))->content_type, "text/html; charset=utf-8");
}

TEST(Assets, OnlyNamesWithAHashAreKeptForEver) {
    EXPECT_EQ(field(*pages.answer(get("/assets/index-Ab12_d-4.js")), "Cache-Control"),
              "public, max-age=31536000, immutable");
    EXPECT_EQ(field(*pages.answer(get("/index.html")), "Cache-Control"), "no-cache");
    EXPECT_EQ(field(*pages.answer(get("/mark.svg")), "Cache-Control"), "no-cache");
}

TEST(Assets, EveryScreenIsIndexHtmlAndMissingFilesAreNot) {
    for (const auto* path : {"/", "/today", "/people/018f/glance", "/apiary"}) {
        const auto answer = pages.answer(get(path));
        ASSERT_TRUE(answer) << path;
        EXPECT_EQ(answer->embedded, file("/index.html"));
    }
    for (const auto* path : {"/api", "/api/today", "/fhir/R4/Patient", "/assets/old-Ab12_d-4.js",
                             "/favicon.ico", "/today/x.map"}) {
        EXPECT_FALSE(pages.answer(get(path))) << path;
    }
    Request post = get("/");
    post.method = Method::post;
    EXPECT_FALSE(pages.answer(post));
}

TEST(Assets, ArePackedForWhoAcceptsIt) {
    const auto plain = pages.answer(get("/assets/index-Ab12_d-4.js"));
    const auto zipped = pages.answer(get("/assets/index-Ab12_d-4.js", "deflate, gzip;q=0.5"));
    EXPECT_EQ(field(*zipped, "Content-Encoding"), "gzip");
    EXPECT_TRUE(zipped->embedded.starts_with("\x1f\x8b"));
    EXPECT_LT(zipped->embedded.size(), plain->embedded.size() / 2);
    EXPECT_NE(field(*zipped, "ETag"), field(*plain, "ETag"));
    EXPECT_EQ(
        field(*pages.answer(get("/assets/index-Ab12_d-4.js", "gzip;q=0")), "Content-Encoding"), "");
    EXPECT_EQ(field(*pages.answer(get("/mark.svg", "gzip, br")), "Content-Encoding"), "")
        << "packing this small file saves nothing";
}

TEST(Assets, AnUnchangedFileIsNotSentAgain) {
    const auto first = pages.answer(get("/index.html", "gzip"));
    const auto tag = field(*first, "ETag");
    const auto again = pages.answer(get("/index.html", "gzip", "\"other\", W/" + tag));
    EXPECT_EQ(again->status, 304);
    EXPECT_TRUE(again->embedded.empty());
    EXPECT_EQ(field(*again, "ETag"), tag);
    EXPECT_EQ(pages.answer(get("/index.html", "", tag))->status, 200)
        << "the packed form is not the plain one";
    EXPECT_EQ(pages.answer(get("/index.html", "", "\"other\""))->status, 200);
}

TEST(Assets, WithoutBuiltScreensThePageSaysSo) {
    const Assets none{std::span<const Asset>{}};
    const auto page = none.answer(get("/"));
    ASSERT_TRUE(page);
    EXPECT_NE(page->embedded.find("built without its screens"), std::string_view::npos);
    EXPECT_NE(page->embedded.find("/help"), std::string_view::npos);
    EXPECT_FALSE(none.answer(get("/assets/x.js")));
}

}  // namespace
}  // namespace evenkeel::web
