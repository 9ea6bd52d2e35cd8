// Goal: the reader of requests keeps exactly its limits and gives the same result
// however the bytes are cut (http_head_fuzz.cpp asks the same of any bytes).
#include "web/detail/message_reader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "web/detail/target.h"

namespace evenkeel::web::detail {
namespace {

using State = MessageReader::State;

const MessageLimits limits{.head = 1000, .target = 100, .fields = 5, .body = 50};
const MaxBody no_rule;

struct Outcome {
    State state;
    int status;
    std::string body;
};

Outcome read(const std::string& bytes, std::size_t piece = 1 << 20) {
    MessageReader reader(limits, no_rule);
    State state = State::between;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        state = reader.read(std::string_view(bytes).substr(at, piece));
    }
    const int status = state == State::refused ? reader.refusal().status : 0;
    return {state, status, state == State::complete ? reader.take().body : ""};
}

std::string with_target(std::size_t size) {
    return fmt::format("GET /{} HTTP/1.1\r\nHost: h\r\n\r\n", std::string(size - 1, 'a'));
}

std::string with_body(std::size_t size) {
    return fmt::format("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\n\r\n{}", size,
                       std::string(size, 'x'));
}

std::string with_fields(int count) {
    std::string head = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (int i = 1; i < count; ++i) head += fmt::format("x{}: 1\r\n", i);
    return head + "\r\n";
}

std::string with_head(std::size_t size) {
    const std::string before = "GET / HTTP/1.1\r\nHost: h\r\nx: ";
    return before + std::string(size - before.size() - 4, 'a') + "\r\n\r\n";
}

TEST(MessageReader, TakesWhatIsAtALimitAndRefusesOneMore) {
    EXPECT_EQ(read(with_target(100)).state, State::complete);
    EXPECT_EQ(read(with_target(101)).status, 414);
    EXPECT_EQ(read(with_body(50)).body.size(), 50U);
    EXPECT_EQ(read(with_body(51)).status, 413);
    EXPECT_EQ(read(with_fields(5)).state, State::complete);
    EXPECT_EQ(read(with_fields(6)).status, 431);
    EXPECT_EQ(read(with_head(950)).state, State::complete);
    EXPECT_EQ(read(with_head(1100)).status, 431);
}

TEST(MessageReader, GivesTheSameResultHoweverTheBytesAreCut) {
    for (const auto& bytes :
         {with_target(100), with_target(101), with_body(50), with_body(51), with_fields(5),
          with_fields(6), with_head(1100), "\r\n\r\n" + with_body(3)}) {
        const auto whole = read(bytes);
        for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U}) {
            const auto cut = read(bytes, piece);
            EXPECT_EQ(cut.state, whole.state) << bytes;
            EXPECT_EQ(cut.status, whole.status) << bytes;
            EXPECT_EQ(cut.body, whole.body) << bytes;
        }
    }
}

TEST(MessageReader, AChunkHeadWithoutEndIsNotKeptForEver) {
    MessageReader reader(limits, no_rule);
    State state = reader.read("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;");
    for (int i = 0; i < 100 && state == State::body; ++i) state = reader.read(std::string(50, 'e'));
    EXPECT_EQ(state, State::refused);
    EXPECT_EQ(reader.refusal().status, 400);
}

TEST(MessageReader, TrailersNeverBecomeFieldsAndHaveAnEnd) {
    const std::string begun =
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n";
    MessageReader reader(limits, no_rule);
    ASSERT_EQ(reader.read(begun + "Cookie: session=x\r\n\r\n"), State::complete);
    EXPECT_EQ(reader.take().headers.find("cookie"), nullptr);
    EXPECT_EQ(read(begun + "x: " + std::string(3000, 'a'), 100).state, State::refused);
}

TEST(MessageReader, KeepsWhatFollowsForTheNextRequest) {
    MessageReader reader(limits, no_rule);
    ASSERT_EQ(reader.read(with_body(3) + "GET /next HTTP/1.1\r\nHost: h\r\n\r\nGE"),
              State::complete);
    EXPECT_EQ(reader.take().body, std::string(3, 'x'));
    ASSERT_EQ(reader.read({}), State::complete);
    const Request next = reader.take();
    EXPECT_EQ(next.path, "/next");
    EXPECT_EQ(next.body, "");
    EXPECT_EQ(next.headers.size(), 1U) << "nothing is left of the request before";
    EXPECT_EQ(reader.read({}), State::head);
}

TEST(MessageReader, JoinsFieldsThatComeTwice) {
    MessageReader reader(limits, no_rule);
    ASSERT_EQ(reader.read("GET / HTTP/1.1\r\nHost: h\r\nCookie: a=1\r\nX-A: 1\r\ncookie: b=2\r\n"
                          "x-a:  2 \r\n\r\n"),
              State::complete);
    const Request request = reader.take();
    EXPECT_EQ(request.headers.get("cookie"), "a=1; b=2");
    EXPECT_EQ(request.headers.get("x-a"), "1, 2");
    EXPECT_EQ(request.headers.find("X-A"), nullptr);
}

TEST(Target, DecodesPathAndQueryOnce) {
    const auto target =
        parse_target("/caf%C3%A9/a%20b+c?x=1%2B1&y=a+b&empty=&flag&%26=%3D").value();
    EXPECT_EQ(target.path, "/caf\xc3\xa9/a b+c");
    const std::map<std::string, std::string> query{
        {"x", "1+1"}, {"y", "a b"}, {"empty", ""}, {"flag", ""}, {"&", "="}};
    EXPECT_EQ(target.query, query);
    EXPECT_EQ(parse_target("/%2525").value().path, "/%25");
    EXPECT_EQ(parse_target("http://h").value().path, "/");
    EXPECT_EQ(parse_target("https://h?a=1").value().path, "/");
    EXPECT_EQ(parse_target("/a/").value().path, "/a/");
    EXPECT_EQ(parse_target("/.well-known/..x").value().path, "/.well-known/..x");
}

TEST(Target, RefusesWhatTwoReadersCouldUnderstandDifferently) {
    for (const std::string_view raw :
         {"",        "a",         "//a",        "/a//b",         "/.",      "/..",
          "/a/./b",  "/a/..",     "/%2e%2E/b",  "/a%2Fb",        "/a%5cb",  "/a\\b",
          "/%",      "/%4",       "/%g0",       "/%00",          "/%0a",    "/%7f",
          "/%ff",    "/%c0%80",   "/%ed%a0%80", "/%f4%90%80%80", "/%e2%82", "/#a",
          "/?a=%0d", "/?a=1&a=1", "ftp://h/"}) {
        EXPECT_FALSE(parse_target(raw).ok()) << raw;
    }
}

}  // namespace
}  // namespace evenkeel::web::detail
