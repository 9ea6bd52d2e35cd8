#pragma once
// The real server on a port of the system's choice, for the tests of the wire.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "web/detail/test_client.h"
#include "web/server.h"

namespace evenkeel::web::detail {

// Answers with what it was asked, so that tests see what a handler would see.
inline Response echo(Request& request) {
    request.route = "/echo";
    std::string text = fmt::format("{} {} {} {}\n", name_of(request.method), request.path,
                                   request.peer, request.secure ? "secure" : "clear");
    for (const auto& [name, value] : request.query) text += name + "=" + value + "\n";
    text += request.body;
    Response response;
    response.body = text;
    response.content_type = "text/plain";
    return response;
}

struct Running {
    explicit Running(ServerSettings settings = {}, Handler handler = echo) {
        settings.io_threads = 2;
        settings.access_log = [this](std::string_view line) {
            const std::lock_guard lock(mutex);
            log += std::string(line) + "\n";
        };
        settings.fault_log = settings.access_log;
        auto started = Server::start(std::move(settings), std::move(handler), hub);
        EXPECT_TRUE(started.ok()) << (started.ok() ? "" : started.error().message);
        server = std::move(started).value();
    }
    [[nodiscard]] std::uint16_t port() const { return server->port(); }
    std::string logged() {
        const std::lock_guard lock(mutex);
        return log;
    }

    EventHub hub;
    std::mutex mutex;
    std::string log;
    std::unique_ptr<Server> server;  // last: stops before the rest goes
};

inline constexpr std::string_view plain_get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

}  // namespace evenkeel::web::detail
