#pragma once
// A client for the tests that sends exactly the bytes it is given, over a plain
// socket or TLS, and reads with a time limit.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace evenkeel::web::detail {

struct Received {
    int status = 0;  // 0: closed or silent before a whole head came
    std::string head;
    std::map<std::string, std::string> headers;  // names in lower case, the last value
    std::string body;
};

class TestClient {
  public:
    explicit TestClient(std::uint16_t port, std::string_view from = "127.0.0.1") {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in own = address(from, 0);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&own), sizeof own);
        sockaddr_in server = address("127.0.0.1", port);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&server), sizeof server) == 0;
    }
    TestClient(const TestClient&) = delete;
    TestClient& operator=(const TestClient&) = delete;
    ~TestClient() {
        if (tls_ != nullptr) SSL_free(tls_);
        if (context_ != nullptr) SSL_CTX_free(context_);
        if (socket_ >= 0) ::close(socket_);
    }

    // False when the server refuses this version.
    bool start_tls(int max_version = 0) {
        context_ = SSL_CTX_new(TLS_client_method());
        if (max_version != 0) {
            SSL_CTX_set_security_level(context_, 0);
            SSL_CTX_set_max_proto_version(context_, max_version);
        }
        tls_ = SSL_new(context_);
        SSL_set_fd(tls_, socket_);
        return SSL_connect(tls_) == 1;
    }

    [[nodiscard]] bool connected() const { return connected_; }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count =
                tls_ != nullptr
                    ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                    : static_cast<int>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    void finish_sending() { ::shutdown(socket_, SHUT_WR); }

    // One response, by its Content-Length; what follows it is kept.
    Received receive(bool of_head_request = false, int milliseconds = 5000) {
        Received result;
        const auto end = fill_until("\r\n\r\n", milliseconds);
        if (!end) return result;
        result.head = pending_.substr(0, *end);
        pending_.erase(0, *end + 4);
        parse_head(result);
        const auto length = result.headers.find("content-length");
        if (of_head_request || length == result.headers.end()) return result;
        const std::size_t wanted = std::strtoul(length->second.c_str(), nullptr, 10);
        while (pending_.size() < wanted && fill(milliseconds)) {
        }
        result.body = pending_.substr(0, wanted);
        pending_.erase(0, wanted);
        return result;
    }

    Received ask(std::string_view bytes) {
        send(bytes);
        return receive();
    }

    // Up to and with `mark`, or what came before time or connection ended.
    std::string receive_until(std::string_view mark, int milliseconds = 5000) {
        const auto at = fill_until(mark, milliseconds);
        const auto count = at ? *at + mark.size() : pending_.size();
        std::string text = pending_.substr(0, count);
        pending_.erase(0, count);
        return text;
    }

    // Whether the server closes within the time.
    bool sees_close(int milliseconds = 5000) {
        while (fill(milliseconds)) {
        }
        return closed_;
    }

  private:
    static sockaddr_in address(std::string_view text, std::uint16_t port) {
        sockaddr_in result{};
        result.sin_family = AF_INET;
        result.sin_port = htons(port);
        inet_pton(AF_INET, std::string(text).c_str(), &result.sin_addr);
        return result;
    }

    std::optional<std::size_t> fill_until(std::string_view mark, int milliseconds) {
        std::size_t at = pending_.find(mark);
        while (at == std::string::npos) {
            if (!fill(milliseconds)) return std::nullopt;
            at = pending_.find(mark);
        }
        return at;
    }

    bool fill(int milliseconds) {
        if (tls_ == nullptr || SSL_pending(tls_) == 0) {
            pollfd wait{.fd = socket_, .events = POLLIN, .revents = 0};
            if (::poll(&wait, 1, milliseconds) <= 0) return false;
        }
        std::array<char, 4096> bytes{};
        const auto count = tls_ != nullptr
                               ? SSL_read(tls_, bytes.data(), static_cast<int>(bytes.size()))
                               : static_cast<int>(::recv(socket_, bytes.data(), bytes.size(), 0));
        if (count <= 0) {
            closed_ = true;
            return false;
        }
        pending_.append(bytes.data(), static_cast<std::size_t>(count));
        return true;
    }

    static void parse_head(Received& result) {
        if (result.head.size() > 12) result.status = std::atoi(result.head.substr(9, 3).c_str());
        std::size_t line = result.head.find("\r\n");
        while (line != std::string::npos) {
            const auto begin = line + 2;
            line = result.head.find("\r\n", begin);
            const auto text = result.head.substr(begin, line - begin);
            const auto colon = text.find(": ");
            if (colon == std::string::npos) continue;
            std::string name = text.substr(0, colon);
            std::transform(name.begin(), name.end(), name.begin(),
                           [](char c) { return static_cast<char>(c | 0x20); });
            result.headers[name] = text.substr(colon + 2);
        }
    }

    int socket_ = -1;
    bool connected_ = false;
    bool closed_ = false;
    SSL* tls_ = nullptr;
    SSL_CTX* context_ = nullptr;
    std::string pending_;
};

}  // namespace evenkeel::web::detail
