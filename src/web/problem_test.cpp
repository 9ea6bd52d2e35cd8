// Goal: every fault has its status, and a problem document names all faults.
#include <gtest/gtest.h>

#include <set>

#include "exchange/json.h"
#include "web/http.h"

namespace evenkeel::web {
namespace {

TEST(Problem, EveryFaultHasItsStatus) {
    EXPECT_EQ(status_of(Fault::invalid_input), 422);
    EXPECT_EQ(status_of(Fault::not_found), 404);
    EXPECT_EQ(status_of(Fault::unauthenticated), 401);
    EXPECT_EQ(status_of(Fault::forbidden), 403);
    EXPECT_EQ(status_of(Fault::conflict), 409);
    EXPECT_EQ(status_of(Fault::too_large), 413);
    EXPECT_EQ(status_of(Fault::too_many), 429);
    EXPECT_EQ(status_of(Fault::not_converged), 422);
    EXPECT_EQ(status_of(Fault::unavailable), 503);
}

TEST(Problem, NamesEveryFaultWithItsPlace) {
    Error error{.fault = Fault::invalid_input,
                .where = "/body/mood",
                .message = "Give a number from 0 to 4.",
                .also = {{"/body/text", "Say it in \"2000\" characters."}}};
    const auto response = problem(error);
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(response.content_type, "application/problem+json");
    const auto parsed = exchange::parse_json(response.body);
    ASSERT_TRUE(parsed.ok());
    const auto& document = parsed.value();
    EXPECT_EQ(*document.at({"title"})->text(), "Unprocessable Content");
    EXPECT_EQ(*document.at({"status"})->number(), 422);
    EXPECT_EQ(*document.at({"detail"})->text(), "Give a number from 0 to 4.");
    const auto& problems = *document.at({"problems"})->list();
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(*problems[0].at({"where"})->text(), "/body/mood");
    EXPECT_EQ(*problems[1].at({"where"})->text(), "/body/text");
    EXPECT_EQ(*problems[1].at({"message"})->text(), "Say it in \"2000\" characters.");
}

TEST(Problem, TellsWhenToComeBack) {
    const auto field = [](const Response& response, std::string_view name) {
        for (const auto& [known, value] : response.headers) {
            if (known == name) return value;
        }
        return std::string();
    };
    EXPECT_EQ(field(problem(503, "Later."), "Retry-After"), "2");
    EXPECT_EQ(field(problem(429, "Later."), "Retry-After"), "30");
    EXPECT_EQ(field(problem(404, "No."), "Retry-After"), "");
    EXPECT_NE(field(problem(401, "Who?"), "WWW-Authenticate"), "");
}

TEST(Request, ReadsItsCookies) {
    Request request;
    EXPECT_FALSE(request.cookie("session"));
    request.headers.add("cookie", "a=1; session=x=y ;b=");
    request.headers.add("cookie", "late=2");
    EXPECT_EQ(request.cookie("session"), "x=y");
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("b"), "");
    EXPECT_EQ(request.cookie("late"), "2");
    EXPECT_FALSE(request.cookie("sess"));
    EXPECT_FALSE(request.cookie("ession"));
}

}  // namespace
}  // namespace evenkeel::web
