// Goal: TLS, live updates and the end of the server work as promised.
// Method: a certificate made here; the real server; streams read from a raw socket.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "web/detail/test_server.h"

namespace evenkeel::web {
namespace {

using detail::plain_get;
using detail::Running;
using detail::TestClient;
using namespace std::chrono_literals;

// A self-signed certificate in a folder of its own, gone with the object.
class Certificate {
  public:
    Certificate() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tlsXXXXXX").string();
        folder_ = mkdtemp(pattern.data());
        make();
    }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    ~Certificate() { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string certificate() const { return folder_ / "cert.pem"; }
    [[nodiscard]] std::string key() const { return folder_ / "key.pem"; }

    void make() const {
        EVP_PKEY* pair = EVP_EC_gen("P-256");
        X509* x509 = X509_new();
        ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509), 0);
        X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
        X509_set_pubkey(x509, pair);
        X509_sign(x509, pair, EVP_sha256());
        std::FILE* file = std::fopen(certificate().c_str(), "w");
        PEM_write_X509(file, x509);
        std::fclose(file);
        file = std::fopen(key().c_str(), "w");
        PEM_write_PrivateKey(file, pair, nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
        X509_free(x509);
        EVP_PKEY_free(pair);
    }

  private:
    std::filesystem::path folder_;
};

ServerSettings with_tls(const Certificate& certificate) {
    ServerSettings settings;
    settings.tls_certificate = certificate.certificate();
    settings.tls_key = certificate.key();
    return settings;
}

TEST(ServerTls, ServesManyRequestsOnOneConnection) {
    const Certificate certificate;
    const Running running(with_tls(certificate));
    TestClient client(running.port());
    ASSERT_TRUE(client.start_tls());
    for (int i = 0; i < 3; ++i) {
        const auto got = client.ask("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
        EXPECT_EQ(got.body, "GET /a 127.0.0.1 secure\n");
        EXPECT_EQ(got.headers.at("strict-transport-security"), "max-age=31536000");
    }
    EXPECT_EQ(client.ask("GET / HTTP/9.9\r\n\r\n").status, 400);
    EXPECT_TRUE(client.sees_close());
}

TEST(ServerTls, RefusesVersionsBefore12AndPlainText) {
    const Certificate certificate;
    const Running running(with_tls(certificate));
    EXPECT_FALSE(TestClient(running.port()).start_tls(TLS1_1_VERSION));
    EXPECT_TRUE(TestClient(running.port()).start_tls(TLS1_2_VERSION));
    TestClient plain(running.port());
    EXPECT_EQ(plain.ask(plain_get).status, 0);
}

TEST(ServerTls, AHandshakeThatNeverComesIsGivenUp) {
    const Certificate certificate;
    ServerSettings settings = with_tls(certificate);
    settings.timeouts.head = 300ms;
    const Running running(std::move(settings));
    TestClient silent(running.port());
    EXPECT_TRUE(silent.sees_close());
}

TEST(ServerTls, NamesAFileThatIsNoCertificate) {
    const Certificate certificate;
    EventHub hub;
    ServerSettings settings = with_tls(certificate);
    settings.tls_certificate = settings.tls_key;
    const auto refused = Server::start(settings, detail::echo, hub);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().where, "/tls_certificate");
    settings = with_tls(certificate);
    settings.tls_key = "/nowhere/key.pem";
    EXPECT_EQ(Server::start(settings, detail::echo, hub).error().where, "/tls_key");
    const Certificate other;
    settings.tls_key = other.key();
    EXPECT_EQ(Server::start(settings, detail::echo, hub).error().where, "/tls_key");
}

TEST(ServerTls, ARenewedCertificateIsTakenUpAndABrokenOneLeavesTheOld) {
    const Certificate certificate;
    const Running running(with_tls(certificate));
    certificate.make();
    EXPECT_TRUE(running.server->reload_tls().ok());
    EXPECT_TRUE(TestClient(running.port()).start_tls());
    std::ofstream(certificate.certificate()) << "nonsense";
    EXPECT_FALSE(running.server->reload_tls().ok());
    EXPECT_TRUE(TestClient(running.port()).start_tls());
}

Response stream(Request& request) {
    request.route = "/api/events";
    Response response;
    response.subscription = Subscription{{"account:1", "service"}};
    return response;
}

void wait_for_subscribers(const EventHub& hub, std::size_t wanted) {
    for (int i = 0; i < 500 && hub.subscribers() != wanted; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(hub.subscribers(), wanted);
}

constexpr std::string_view events = "GET /api/events HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(ServerEvents, ArriveInOrderOverPlainAndTls) {
    const Certificate certificate;
    Running plain({}, stream);
    Running secure(with_tls(certificate), stream);
    for (Running* running : {&plain, &secure}) {
        TestClient client(running->port());
        if (running == &secure) {
            ASSERT_TRUE(client.start_tls());
        }
        client.send(events);
        const auto head = client.receive();
        EXPECT_EQ(head.status, 200);
        EXPECT_EQ(head.headers.at("content-type"), "text/event-stream");
        EXPECT_EQ(head.headers.at("cache-control"), "no-store");
        wait_for_subscribers(running->hub, 1);
        for (int i = 0; i < 20; ++i) {
            running->hub.publish("account:1", "changed", std::to_string(i));
            running->hub.publish("account:2", "changed", "for somebody else");
        }
        const auto text = client.receive_until("data: 19\n\n");
        std::string expected = "retry: 2000\n\n";
        for (int i = 0; i < 20; ++i) expected += fmt::format("event: changed\ndata: {}\n\n", i);
        EXPECT_EQ(text, expected);
    }
}

TEST(ServerEvents, ABrowserThatLeavesIsForgottenAtOnce) {
    Running running({}, stream);
    {
        TestClient client(running.port());
        client.send(events);
        client.receive();
        wait_for_subscribers(running.hub, 1);
    }
    wait_for_subscribers(running.hub, 0);
}

TEST(ServerEvents, BeatWhenNothingHappensAndEndAfterTheirTime) {
    ServerSettings settings;
    settings.timeouts.heartbeat = 50ms;
    settings.timeouts.stream = 400ms;
    Running running(std::move(settings), stream);
    TestClient client(running.port());
    client.send(events);
    client.receive();
    EXPECT_EQ(client.receive_until(":\n\n:\n\n"), "retry: 2000\n\n:\n\n:\n\n");
    EXPECT_TRUE(client.sees_close());
    wait_for_subscribers(running.hub, 0);
}

TEST(ServerEvents, EndWithTheSessionThatOwnedThem) {
    Running running({}, stream);
    TestClient client(running.port());
    client.send(events);
    client.receive();
    wait_for_subscribers(running.hub, 1);
    running.hub.publish("service", "changed", "last words");
    running.hub.end("account:1");
    EXPECT_NE(client.receive_until("last words\n\n").find("last words"), std::string::npos);
    EXPECT_TRUE(client.sees_close());
}

TEST(ServerStop, AnswersWhatIsUnderWayAndEndsTheRest) {
    std::promise<void> release;
    const auto released = release.get_future().share();
    std::atomic<bool> begun = false;
    Running running({}, [&](Request& request) {
        if (request.path == "/api/events") return stream(request);
        if (request.path == "/slow") {
            begun = true;
            released.wait();
        }
        return detail::echo(request);
    });
    TestClient idle(running.port());
    EXPECT_EQ(idle.ask(plain_get).status, 200);
    TestClient listening(running.port());
    listening.send(events);
    listening.receive();
    wait_for_subscribers(running.hub, 1);
    TestClient slow(running.port());
    slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    while (!begun) std::this_thread::sleep_for(1ms);

    std::thread stopping([&] { running.server->stop(); });
    EXPECT_TRUE(idle.sees_close());
    EXPECT_TRUE(listening.sees_close());
    EXPECT_EQ(running.hub.subscribers(), 0U);
    release.set_value();
    const auto got = slow.receive();
    EXPECT_EQ(got.body, "GET /slow 127.0.0.1 clear\n");
    EXPECT_EQ(got.headers.at("connection"), "close");
    EXPECT_TRUE(slow.sees_close());
    slow.finish_sending();
    stopping.join();
    EXPECT_FALSE(TestClient(running.port()).connected());
    running.server->stop();  // a second time does nothing
}

TEST(ServerStop, DoesNotWaitForEverForAHalfSentRequest) {
    ServerSettings settings;
    settings.timeouts.stop = 200ms;
    Running running(std::move(settings));
    TestClient half(running.port());
    half.send("GET / HTT");
    std::this_thread::sleep_for(50ms);
    const auto begun = std::chrono::steady_clock::now();
    running.server->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
    EXPECT_TRUE(half.sees_close());
}

TEST(ServerMetrics, CountWhatWasAnswered) {
    Metrics metrics;
    ServerSettings settings;
    settings.metrics = &metrics;
    Running running(std::move(settings));
    TestClient client(running.port());
    client.ask(plain_get);
    client.ask(plain_get);
    client.ask("GET / HTTP/7.7\r\n\r\n");
    EXPECT_TRUE(client.sees_close());
    const auto text = metrics.text();
    EXPECT_NE(text.find(R"({method="GET",route="/echo",status="2xx"} 2)"), std::string::npos)
        << text;
    EXPECT_NE(text.find(R"({method="OTHER",route="",status="4xx"} 1)"), std::string::npos) << text;
    EXPECT_NE(text.find("evenkeel_worker_queue_length 0"), std::string::npos);
    running.server->stop();
    EXPECT_EQ(metrics.text().find("evenkeel_worker_queue_length"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::web
