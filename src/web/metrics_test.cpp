// Goal: the numbers are right and in the form that Prometheus reads.
#include "web/metrics.h"

#include <gtest/gtest.h>

namespace evenkeel::web {
namespace {

using namespace std::chrono_literals;

bool has_line(const std::string& text, const std::string& line) {
    return text.find(line + "\n") != std::string::npos;
}

TEST(Metrics, CountsByRouteMethodAndClass) {
    Metrics metrics;
    metrics.count(Method::get, "/api/people/{person}", 200, 3ms);
    metrics.count(Method::get, "/api/people/{person}", 404, 3ms);
    metrics.count(Method::get, "/api/people/{person}", 403, 30ms);
    metrics.count(Method::other, "", 400, 0ms);
    const auto text = metrics.text();
    EXPECT_TRUE(has_line(text, R"(evenkeel_requests_total{method="GET",)"
                               R"(route="/api/people/{person}",status="2xx"} 1)"))
        << text;
    EXPECT_TRUE(has_line(text, R"(evenkeel_requests_total{method="GET",)"
                               R"(route="/api/people/{person}",status="4xx"} 2)"));
    EXPECT_TRUE(
        has_line(text, R"(evenkeel_requests_total{method="OTHER",route="",status="4xx"} 1)"));
}

TEST(Metrics, BucketsHoldAllThatTookNoLonger) {
    Metrics metrics;
    for (const auto took : {1ms, 3ms, 30ms, 9000ms}) metrics.count(Method::get, "/x", 200, took);
    const auto text = metrics.text();
    const std::string bucket = R"(evenkeel_request_seconds_bucket{method="GET",route="/x",le=)";
    EXPECT_TRUE(has_line(text, bucket + R"("0.001"} 1)")) << text;
    EXPECT_TRUE(has_line(text, bucket + R"("0.005"} 2)"));
    EXPECT_TRUE(has_line(text, bucket + R"("0.05"} 3)"));
    EXPECT_TRUE(has_line(text, bucket + R"("5"} 3)"));
    EXPECT_TRUE(has_line(text, bucket + R"("+Inf"} 4)"));
    EXPECT_TRUE(has_line(text, R"(evenkeel_request_seconds_count{method="GET",route="/x"} 4)"));
    EXPECT_TRUE(has_line(text, R"(evenkeel_request_seconds_sum{method="GET",route="/x"} 9.034)"));
}

TEST(Metrics, ReadsGaugesWhenAsked) {
    Metrics metrics;
    double length = 3;
    metrics.gauge("evenkeel_queue", "How many wait.", [&] { return length; });
    length = 7;
    EXPECT_TRUE(has_line(metrics.text(), "# TYPE evenkeel_queue gauge\nevenkeel_queue 7"));
    metrics.forget_gauge("evenkeel_queue");
    EXPECT_EQ(metrics.text().find("evenkeel_queue"), std::string::npos);
}

TEST(Metrics, AreAtOnePathOnly) {
    Metrics metrics;
    const auto answer = metrics_handler(metrics);
    Request request{.path = "/metrics"};
    EXPECT_EQ(answer(request).status, 200);
    EXPECT_EQ(answer(request).content_type, "text/plain; version=0.0.4; charset=utf-8");
    request.method = Method::post;
    EXPECT_EQ(answer(request).status, 405);
    request = Request{.path = "/"};
    EXPECT_EQ(answer(request).status, 404);
}

}  // namespace
}  // namespace evenkeel::web
