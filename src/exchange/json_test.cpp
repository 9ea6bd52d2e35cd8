// Goal: whatever stands in the text comes back exactly, and whatever is wrong with
// it is named, all of it, by place.

#include "exchange/json.h"

#include <gtest/gtest.h>

#include "exchange/schema.h"

namespace evenkeel::exchange {
namespace {

enum class Colour { red, green };
constexpr auto enum_names(Colour) {
    using P = std::pair<Colour, std::string_view>;
    return std::array{P{Colour::red, "red"}, P{Colour::green, "green"}};
}

struct Inner {
    std::string name;
    bool operator==(const Inner&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name, Domain{.max_length = 10, .min_length = 1});
    }
};

struct Outer {
    std::optional<int> mood;
    double weight = 0;
    Colour colour = Colour::red;
    std::vector<Inner> parts;
    std::vector<std::optional<int>> answers;
    Instant at{};
    bool hard = false;
    bool operator==(const Outer&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("mood", self.mood, Domain{.min = 0, .max = 4});
        visit("weight", self.weight);
        visit("colour", self.colour);
        visit("parts", self.parts, Domain{.max_count = 2});
        visit("answers", self.answers, Domain{.min = 0, .max = 3});
        visit("at", self.at);
        visit("hard", self.hard, Domain{.optional = true});
    }
};

TEST(Json, ADescribedStructReadsBackWhatItWrites) {
    const Outer before{.mood = 3,
                       .weight = 0.1,
                       .colour = Colour::green,
                       .parts = {{"a\"\\\n\x01 é"}},
                       .answers = {1, std::nullopt, 0},
                       .at = *parse_instant("2026-11-24T07:14:03.120Z"),
                       .hard = true};
    // The control character is legal JSON but not legal text: leave it out here.
    auto clean = before;
    clean.parts[0].name = "a\"\\\n é";
    const auto after = read_json<Outer>(to_json(clean));
    ASSERT_TRUE(after.ok()) << after.error().message;
    EXPECT_EQ(after.value(), clean);
    EXPECT_FALSE(read_json<Outer>(to_json(before)).ok());
}

TEST(Json, EveryFaultIsNamedAtOnce) {
    const auto read = read_json<Outer>(
        R"({"mood":5,"weight":"x","colour":"blue","parts":[{"name":""},{"nam":"b"}],)"
        R"("answers":[4,null,-1],"extra":1})");
    ASSERT_FALSE(read.ok());
    std::vector<std::string> places;
    for (const auto& problem : read.error().problems()) places.push_back(problem.where);
    EXPECT_EQ(places, (std::vector<std::string>{"/mood", "/weight", "/colour", "/parts/0/name",
                                                "/parts/1/name", "/parts/1/nam", "/answers/0",
                                                "/answers/2", "/at", "/extra"}));
}

TEST(Json, RefusesWhatIsNotJson) {
    for (const char* bad : {"", "{", "[1,]", "{\"a\":NaN}", "{\"a\":01}", "\"\xff\"", "{} {}",
                            "{\"a\":1e999}", "{'a':1}", "nul"}) {
        EXPECT_FALSE(parse_json(bad).ok()) << bad;
    }
}

TEST(Json, RefusesADoubledKeyAndSaysWhere) {
    const auto parsed = parse_json(R"({"a":{"b":1,"b":2}})");
    ASSERT_FALSE(parsed.ok());
    EXPECT_EQ(parsed.error().where, "/a/b");
}

TEST(Json, RefusesDeepNestingWithoutRecursingIntoIt) {
    const std::string deep(100'000, '[');
    EXPECT_FALSE(parse_json(deep).ok());
    const std::string legal = std::string(20, '[') + std::string(20, ']');
    EXPECT_TRUE(parse_json(legal).ok());
}

TEST(Json, NumbersReadBackExactly) {
    for (const double value : {0.1, 1.0 / 3.0, 1e-300, -123456.789, 5e-324, 9007199254740993.0,
                               2822227722772772222e2, -1e22, 1.7976931348623157e308}) {
        JsonWriter out;
        out.begin_list();
        out.number(value);
        out.end_list();
        const auto parsed = parse_json(out.take());
        EXPECT_EQ(parsed.value().list()->front().number(), value);
    }
}

TEST(Json, NegativeZeroKeepsItsSign) {
    EXPECT_EQ(write_json(parse_json("-0.0").value()), "-0.0");
}

struct Count {
    int n = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("n", self.n);
    }
};

TEST(Json, AHugeWholeNumberIsNotWrapped) {
    EXPECT_FALSE(read_json<Count>(R"({"n":18446744073709551615})").ok());
    EXPECT_FALSE(read_json<Count>(R"({"n":4294967296})").ok());
    EXPECT_FALSE(read_json<Count>(R"({"n":1.5})").ok());
}

TEST(Schema, SaysTheLimitsThatReadingChecks) {
    const auto schema = parse_json(schema_of<Outer>());
    ASSERT_TRUE(schema.ok());
    const Json* mood = schema.value().at({"properties", "mood", "maximum"});
    ASSERT_NE(mood, nullptr);
    EXPECT_EQ(mood->number(), 4.0);
    const Json* required = schema.value().find("required");
    ASSERT_NE(required, nullptr);
    EXPECT_EQ(write_json(*required), R"(["weight","colour","at"])");
}

}  // namespace
}  // namespace evenkeel::exchange
