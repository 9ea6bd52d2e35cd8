// Goal: the server keeps its promises on the wire: requests are answered in order,
// limits and times hold, and no input makes a 5xx or a crash.
// Method: the real server on a port of the system's choice, raw bytes from a socket.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "web/detail/test_server.h"

namespace evenkeel::web {
namespace {

using detail::echo;
using detail::plain_get;
using detail::Running;
using detail::TestClient;
using namespace std::chrono_literals;

TEST(Server, AnswersARequestWithEverySecurityHeader) {
    const Running running;
    TestClient client(running.port());
    const auto got = client.ask("GET /api/me?weeks=12&a=b%20c HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body, "GET /api/me 127.0.0.1 clear\na=b c\nweeks=12\n");
    EXPECT_NE(got.headers.at("content-security-policy").find("default-src 'self'"),
              std::string::npos);
    EXPECT_EQ(got.headers.at("content-security-policy").find("unsafe"), std::string::npos);
    EXPECT_EQ(got.headers.at("referrer-policy"), "no-referrer");
    EXPECT_EQ(got.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(got.headers.at("cross-origin-opener-policy"), "same-origin");
    EXPECT_EQ(got.headers.at("cross-origin-resource-policy"), "same-origin");
    EXPECT_NE(got.headers.at("permissions-policy").find("camera=()"), std::string::npos);
    EXPECT_EQ(got.headers.at("cache-control"), "no-store");
    EXPECT_EQ(got.headers.at("date").size(), 29U);
    EXPECT_EQ(got.headers.count("strict-transport-security"), 0U);
    EXPECT_EQ(got.headers.count("server"), 0U);
}

TEST(Server, KeepsTheConnectionForManyRequests) {
    const Running running;
    TestClient client(running.port());
    for (int i = 0; i < 50; ++i) {
        const auto got = client.ask(fmt::format(
            "POST /n{0} HTTP/1.1\r\nHost: h\r\nContent-Length: {1}\r\n\r\n{0}", i, i < 10 ? 1 : 2));
        ASSERT_EQ(got.status, 200);
        ASSERT_EQ(got.body, fmt::format("POST /n{0} 127.0.0.1 clear\n{0}", i));
    }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    const Running running;
    TestClient client(running.port());
    std::string burst;
    for (int i = 0; i < 200; ++i) burst += fmt::format("GET /p{} HTTP/1.1\r\nHost: h\r\n\r\n", i);
    client.send(burst);
    for (int i = 0; i < 200; ++i) {
        ASSERT_EQ(client.receive().body, fmt::format("GET /p{} 127.0.0.1 clear\n", i));
    }
}

TEST(Server, ReadsARequestThatComesByteByByte) {
    const Running running;
    TestClient client(running.port());
    for (const char c :
         std::string_view("PUT /a HTTP/1.1\r\nhost:h\r\ncontent-length:3\r\n\r\nxyz")) {
        client.send({&c, 1});
    }
    EXPECT_EQ(client.receive().body, "PUT /a 127.0.0.1 clear\nxyz");
}

TEST(Server, ReadsAChunkedBody) {
    const Running running;
    TestClient client(running.port());
    const auto got = client.ask(
        "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n"
        "0\r\n\r\n");
    EXPECT_EQ(got.body, "POST /c 127.0.0.1 clear\nabcde");
    EXPECT_EQ(client.ask(plain_get).status, 200);
}

TEST(Server, LeavesTheBodyOutForHeadButTellsItsLength) {
    const Running running;
    TestClient client(running.port());
    client.send("HEAD /h HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto got = client.receive(true);
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.headers.at("content-length"),
              std::to_string(std::string_view("HEAD /h 127.0.0.1 clear\n").size()));
    EXPECT_EQ(client.ask(plain_get).status, 200) << "nothing of a body may stand before this";
}

TEST(Server, ClosesWhenAskedToAndAfterHttp10) {
    const Running running;
    TestClient client(running.port());
    const auto got = client.ask("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(got.headers.at("connection"), "close");
    EXPECT_TRUE(client.sees_close());
    TestClient old(running.port());
    EXPECT_EQ(old.ask("GET / HTTP/1.0\r\n\r\n").status, 200);
    EXPECT_TRUE(old.sees_close());
}

TEST(Server, SaysContinueBeforeABodyAndNotBeforeARefusal) {
    ServerSettings settings;
    settings.max_body = [](Method, std::string_view) { return std::size_t{10}; };
    const Running running(std::move(settings));
    TestClient client(running.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.ask("ok").status, 200);
    const auto refused = client.ask(
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
    EXPECT_EQ(refused.status, 413);
}

TEST(Server, Refuses413BeforeTheBodyIsRead) {
    ServerSettings settings;
    settings.max_body = [](Method method, std::string_view path) {
        return method == Method::post && path == "/small" ? std::size_t{10} : std::size_t{100'000};
    };
    const Running running(std::move(settings));
    TestClient client(running.port());
    const auto got =
        client.ask("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n");  // no body yet
    EXPECT_EQ(got.status, 413);
    EXPECT_EQ(got.headers.at("content-type"), "application/problem+json");
    TestClient huge(running.port());
    EXPECT_EQ(huge.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n").status,
              413);
    // A client that sends on regardless still reads the answer.
    TestClient stubborn(running.port());
    const auto answer =
        stubborn.ask("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n" +
                     std::string(60'000, 'x'));
    EXPECT_EQ(answer.status, 413);
    TestClient chunked(running.port());
    EXPECT_EQ(chunked
                  .ask("POST /small HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "b\r\n01234567890\r\n0\r\n\r\n")
                  .status,
              413);
}

TEST(Server, RefusesWhatIsTooLargeInTheHead) {
    const Running running;
    const auto status = [&](const std::string& bytes) {
        TestClient client(running.port());
        return client.ask(bytes).status;
    };
    EXPECT_EQ(status("GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"), 414);
    EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"),
              431);
    EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(200'000, 'a')), 431);
    std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (int i = 0; i < 120; ++i) many += fmt::format("x{}: 1\r\n", i);
    EXPECT_EQ(status(many + "\r\n"), 431);
    EXPECT_EQ(status(std::string(100'000, 'G')), 431);
}

TEST(Server, Answers503WithRetryAfterWhenTheQueueIsFull) {
    std::promise<void> release;
    const auto released = release.get_future().share();
    ServerSettings settings;
    settings.workers = 1;
    settings.queue = 1;
    std::atomic<int> begun = 0;
    const Running running(std::move(settings), [&](Request& request) {
        ++begun;
        released.wait();
        return echo(request);
    });
    TestClient first(running.port());
    TestClient second(running.port());
    first.send(plain_get);
    while (begun == 0) std::this_thread::yield();
    second.send(plain_get);
    TestClient third(running.port());
    // The second may still be on its way to the queue, then the third waits instead.
    std::this_thread::sleep_for(100ms);
    const auto refused = third.ask(plain_get);
    release.set_value();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.headers.at("retry-after"), "2");
    EXPECT_EQ(first.receive().status, 200);
    EXPECT_EQ(second.receive().status, 200);
}

TEST(Server, TurnsAnExceptionIntoA500WithoutItsText) {
    Running running({}, [](Request& request) -> Response {
        request.route = "/api/x";
        if (request.path == "/api/broken") EK_ASSERT(request.path.empty());
        if (request.path == "/api/split") {
            Response response = no_content();
            response.headers.emplace_back("Location", "/x\r\nSet-Cookie: a=b");
            return response;
        }
        throw std::runtime_error("secret words of a person");
    });
    TestClient client(running.port());
    for (const auto* path : {"/api/broken", "/api/thrown", "/api/split"}) {
        const auto got = client.ask(fmt::format("GET {} HTTP/1.1\r\nHost: h\r\n\r\n", path));
        EXPECT_EQ(got.status, 500) << path;
        EXPECT_NE(got.body.find("the code "), std::string::npos);
        EXPECT_EQ(got.body.find("secret"), std::string::npos);
        EXPECT_EQ(got.head.find("Set-Cookie"), std::string::npos);
        // The code that the person can read is the one in the log.
        const auto code = got.body.substr(got.body.find("the code ") + 9, 8);
        EXPECT_NE(running.logged().find(code), std::string::npos);
    }
    EXPECT_EQ(running.logged().find("secret"), std::string::npos);
    EXPECT_NE(running.logged().find("request.path.empty()"), std::string::npos);
}

TEST(Server, LogsThePatternAndNeverPathOrQuery) {
    Running running({}, [](Request& request) {
        request.route = "/api/people/{person}";
        return no_content();
    });
    TestClient client(running.port());
    client.ask("GET /api/people/018f3c2e?name=Ada HTTP/1.1\r\nHost: h\r\n\r\n");
    client.ask("GET /api/people/018f3c2e HTTP/1.1\r\nHost: h\r\n\r\n");  // the first is logged now
    const auto log = running.logged();
    EXPECT_NE(log.find(R"("method":"GET","route":"/api/people/{person}","status":204)"),
              std::string::npos)
        << log;
    EXPECT_EQ(log.find("018f"), std::string::npos);
    EXPECT_EQ(log.find("Ada"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::web
