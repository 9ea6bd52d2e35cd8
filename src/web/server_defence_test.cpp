// Goal: nothing that a stranger sends or holds back makes a 5xx, a crash, or keeps
// the service from others.
// Method: broken, slow, forged and greedy clients against the real server.
#include <array>
#include <random>
#include <thread>

#include "web/detail/shared.h"
#include "web/detail/test_server.h"

namespace evenkeel::web {
namespace {

using detail::plain_get;
using detail::Running;
using detail::TestClient;
using namespace std::literals;

TEST(ServerDefence, AnswersMalformedHeadsWith400) {
    const Running running;
    const std::array<std::string, 36> heads{
        "\x16\x03\x01\x02\x01\x01\xfc\x03\x03 a TLS hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET /\r\n\r\n",
        "GET / HTTP/1.1\n\n",
        "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
        "GET / HTTP/0.9\r\nHost: h\r\n\r\n",
        "GET / HTPP/1.1\r\nHost: h\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        " GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "G\x01T / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nNoColon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n: empty\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\x01"
        "b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n"s,
        "GET relative HTTP/1.1\r\nHost: h\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
        "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /%c0%af HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a/%2e%2e/b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a%2fb HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /?a=1&a=2 HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    };
    for (const auto& head : heads) {
        TestClient client(running.port());
        const auto got = client.ask(head);
        EXPECT_EQ(got.status, 400) << head;
        EXPECT_EQ(got.headers.count("content-security-policy"), 1U) << head;
        EXPECT_NE(got.body.find(R"("status":400)"), std::string::npos) << head;
        client.finish_sending();
        EXPECT_TRUE(client.sees_close()) << head;
    }
    TestClient client(running.port());
    EXPECT_EQ(client.ask(plain_get).status, 200);
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: h\r\nExpect: miracles\r\n\r\n").status, 417);
}

TEST(ServerDefence, ReadsTheAbsoluteFormAndAnEmptyLineBefore) {
    const Running running;
    TestClient client(running.port());
    EXPECT_EQ(client.ask("\r\nGET http://h/a?x=1 HTTP/1.1\r\nHost: h\r\n\r\n").body,
              "GET /a 127.0.0.1 clear\nx=1\n");
}

TEST(ServerDefence, RandomBytesNeverMakeA5xx) {
    const Running running;
    const unsigned seed = std::random_device{}();
    std::mt19937 random{seed};
    const std::string base = "POST /a?b=c HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody";
    for (int i = 0; i < 300; ++i) {
        std::string bytes = base;
        for (int k = 0; k < 3; ++k) bytes[random() % bytes.size()] = static_cast<char>(random());
        TestClient client(running.port());
        client.send(bytes);
        client.finish_sending();
        const int status = client.receive().status;
        EXPECT_TRUE(status == 0 || (status >= 200 && status < 500)) << status << " seed " << seed;
    }
}

ServerSettings quick() {
    ServerSettings settings;
    settings.timeouts.head = 300ms;
    settings.timeouts.idle = 300ms;
    settings.timeouts.transfer = 300ms;
    return settings;
}

TEST(ServerDefence, ASlowHeadIsGivenUpHoweverSteadilyItTrickles) {
    const Running running(quick());
    TestClient client(running.port());
    client.send("GET / HTTP/1.1\r\nHost: h\r\n");
    const auto begun = std::chrono::steady_clock::now();
    std::thread trickle([&] {
        for (int i = 0; i < 40 && client.send("x: y\r\n"); ++i) std::this_thread::sleep_for(20ms);
    });
    EXPECT_EQ(client.receive().status, 408);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
    trickle.join();
}

TEST(ServerDefence, ASlowBodyIsGivenUp) {
    ServerSettings settings = quick();
    settings.max_body = [](Method, std::string_view) { return std::size_t{1000}; };
    const Running running(std::move(settings));
    TestClient client(running.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc");
    EXPECT_EQ(client.receive().status, 408);
}

TEST(ServerDefence, AnIdleConnectionIsClosedWithoutAWord) {
    const Running running(quick());
    TestClient silent(running.port());
    TestClient once(running.port());
    EXPECT_EQ(once.ask(plain_get).status, 200);
    EXPECT_TRUE(silent.sees_close());
    EXPECT_TRUE(once.sees_close());
    EXPECT_EQ(once.receive().status, 0);
}

TEST(ServerDefence, AReaderThatTakesNothingIsCutOff) {
    ServerSettings settings = quick();
    settings.timeouts.bytes_per_second = 1'000'000'000;
    const Running running(std::move(settings), [](Request&) {
        return Response{.body = std::string(30'000'000, 'x'), .content_type = "text/plain"};
    });
    TestClient client(running.port());
    client.send(plain_get);
    for (int i = 0; i < 100 && running.server->connections() == 0; ++i) {
        std::this_thread::sleep_for(10ms);
    }
    ASSERT_EQ(running.server->connections(), 1U);
    for (int i = 0; i < 100 && running.server->connections() > 0; ++i) {
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_EQ(running.server->connections(), 0U);
}

TEST(ServerDefence, OnePeerCannotTakeAllConnections) {
    ServerSettings settings;
    settings.connections_per_peer = 3;
    settings.connections = 5;
    const Running running(std::move(settings));
    std::vector<std::unique_ptr<TestClient>> greedy;
    for (int i = 0; i < 3; ++i) {
        greedy.push_back(std::make_unique<TestClient>(running.port(), "127.0.0.2"));
        EXPECT_EQ(greedy.back()->ask(plain_get).status, 200);
    }
    TestClient fourth(running.port(), "127.0.0.2");
    EXPECT_TRUE(fourth.sees_close());
    TestClient other(running.port(), "127.0.0.3");
    EXPECT_EQ(other.ask(plain_get).status, 200);
    TestClient last(running.port(), "127.0.0.4");
    EXPECT_EQ(last.ask(plain_get).status, 200);
    TestClient above(running.port(), "127.0.0.5");
    EXPECT_TRUE(above.sees_close());
    greedy.pop_back();
    for (int i = 0; i < 100 && running.server->connections() > 4; ++i) {
        std::this_thread::sleep_for(10ms);
    }
    TestClient again(running.port(), "127.0.0.2");
    EXPECT_EQ(again.ask(plain_get).status, 200) << "a place that is free can be had again";
}

TEST(ServerDefence, AForgedForwardedForFromAnUntrustedPeerCountsForNothing) {
    ServerSettings settings;
    settings.trusted_proxies = {"127.0.0.9"};
    const Running running(std::move(settings));
    constexpr std::string_view forged =
        "GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.5\r\n"
        "X-Forwarded-Proto: https\r\n\r\n";
    TestClient stranger(running.port(), "127.0.0.2");
    EXPECT_EQ(stranger.ask(forged).body, "GET /a 127.0.0.2 clear\n");
    TestClient proxy(running.port(), "127.0.0.9");
    const auto through = proxy.ask(forged);
    EXPECT_EQ(through.body, "GET /a 203.0.113.5 secure\n");
    EXPECT_EQ(through.headers.at("strict-transport-security"), "max-age=31536000");
}

TEST(ServerDefence, ForwardedFieldsNeverReachTheHandler) {
    const Running running({}, [](Request& request) {
        EXPECT_EQ(request.headers.find("x-forwarded-for"), nullptr);
        EXPECT_EQ(request.headers.find("forwarded"), nullptr);
        return no_content();
    });
    TestClient client(running.port());
    EXPECT_EQ(client
                  .ask("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 1.2.3.4\r\n"
                       "Forwarded: for=1.2.3.4\r\n\r\n")
                  .status,
              204);
}

TEST(ServerDefence, AnswersOnlyToItsOwnNamesWhenTheyAreGiven) {
    ServerSettings settings;
    settings.hosts = {"localhost", "[::1]"};
    const Running running(std::move(settings));
    TestClient client(running.port());
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: LocalHost:8080\r\n\r\n").status, 200);
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n").status, 200);
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 421);
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n").status, 421);
}

TEST(ServerDefence, ForThisMachineAloneAnswersToNoForeignName) {
    ServerSettings settings;
    settings.hosts = names_by_default(settings);
    const Running running(std::move(settings));
    TestClient client(running.port());
    for (const auto* own : {"localhost:8080", "127.0.0.1", "[::1]:8080"}) {
        EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: " + std::string(own) + "\r\n\r\n").status,
                  200)
            << own;
    }
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n").status, 421);
    ServerSettings with_proxy;
    with_proxy.trusted_proxies = {"127.0.0.1"};
    EXPECT_TRUE(names_by_default(with_proxy).empty());
    ServerSettings open;
    open.address = "0.0.0.0";
    EXPECT_TRUE(names_by_default(open).empty());
}

TEST(ServerStart, RefusesOtherMachinesWithoutTlsOrProxyAndSaysTheRemedy) {
    ServerSettings settings;
    settings.address = "0.0.0.0";
    auto refused = may_listen(settings);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().where, "/address");
    EXPECT_NE(refused.error().message.find("--tls-cert"), std::string::npos);
    settings.address = "::";
    EXPECT_FALSE(may_listen(settings).ok());
    settings.trusted_proxies = {"10.0.0.7"};
    EXPECT_TRUE(may_listen(settings).ok());
    for (const auto* loopback : {"127.0.0.1", "::1", "localhost", "127.8.8.8"}) {
        settings = {};
        settings.address = loopback;
        EXPECT_TRUE(may_listen(settings).ok()) << loopback;
    }
}

TEST(ServerStart, NamesEveryFaultOfTheSettings) {
    EventHub hub;
    ServerSettings settings;
    settings.address = "my.host";
    settings.tls_certificate = "/nowhere/cert.pem";
    settings.trusted_proxies = {"10.0.0.0/8", "10.0.0.300"};
    const auto refused = Server::start(settings, detail::echo, hub);
    ASSERT_FALSE(refused.ok());
    std::string places;
    for (const auto& each : refused.error().problems()) places += each.where + " ";
    EXPECT_EQ(places, "/address /tls_key /trusted_proxies/1 ");
}

TEST(ServerStart, FindsAPortThatIsTaken) {
    const Running running;
    EventHub hub;
    ServerSettings settings;
    settings.port = running.port();
    const auto second = Server::start(settings, detail::echo, hub);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().fault, Fault::unavailable);
    EXPECT_EQ(second.error().where, "/port");
}

TEST(ServerStart, ClearTextFromOtherMachinesIsOnlyTakenFromTheProxy) {
    // 127.0.0.0/8 is always near; so the rule itself is asked.
    EventHub hub;
    detail::Shared shared({}, detail::echo, hub);
    shared.only_proxies = true;
    shared.trusted = {parse_network("10.0.0.7").value()};
    const Request request;
    EXPECT_EQ(detail::refused_at_door(shared, *parse_address("203.0.113.5"), request)->status, 403);
    EXPECT_FALSE(detail::refused_at_door(shared, *parse_address("10.0.0.7"), request));
    EXPECT_FALSE(detail::refused_at_door(shared, *parse_address("127.0.0.1"), request));
}

}  // namespace
}  // namespace evenkeel::web
