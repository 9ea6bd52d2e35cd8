// How much memory does the server take with the demonstration, and how soon is it ready?
//
// Resident memory after the start and after a day's worth of use: everybody signs in, two
// at a time and then all at once, opens every page that the browser suite opens, and
// writes. See bench/README.md for how to read it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "load.h"
#include "people.h"
#include "server_process.h"

namespace evenkeel::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path program;
    fs::path disk = fs::temp_directory_path();
    int starts = 5;
};

constexpr std::array<std::string_view, 10> sign_ins{
    "maya@demo.example",    "lee@demo.example",     "osei@demo.example",    "haddad@demo.example",
    "marques@demo.example", "adebayo@demo.example", "barrett@demo.example", "sam@demo.example",
    "manager@demo.example", "admin@demo.example"};
constexpr std::string_view password = "evenkeel-demo";

std::string between(std::string_view text, std::string_view before, char after) {
    const auto at = text.find(before);
    if (at == std::string_view::npos) return {};
    const auto begin = at + before.size();
    return std::string(text.substr(begin, text.find(after, begin) - begin));
}

// Every value of "key":"..." in a JSON text.
std::vector<std::string> all_of(std::string_view text, std::string_view key) {
    std::vector<std::string> out;
    const std::string before = fmt::format("\"{}\":\"", key);
    for (auto at = text.find(before); at != std::string_view::npos; at = text.find(before, at)) {
        at += before.size();
        out.emplace_back(text.substr(at, text.find('"', at) - at));
    }
    return out;
}

class Visitor {
  public:
    Visitor(std::uint16_t port, std::string_view email, int number)
        : port_(port), peer_(fmt::format("10.9.{}.{}", number / 250, 1 + number % 250)) {
        const auto answer =
            ask("POST", "/api/sign-in",
                fmt::format(R"({{"email":"{}","password":"{}"}})", email, password));
        cookie_ = "evenkeel=" + between(answer, "evenkeel=", ';');
        person_ = between(answer, "\"person\":\"", '"');
        if (answer.substr(9, 3) != "200") give_up("no sign-in for " + std::string(email));
    }

    // Opens every page that this person has; returns how many answers came.
    int look_around() {
        int answers = 0;
        const auto get = [&](const std::string& path) {
            ++answers;
            return ask("GET", path, {});
        };
        for (const auto* each :
             {"/", "/help", "/api", "/api/openapi.json", "/api/me", "/api/service",
              "/api/instruments/phq-9", "/api/signals", "/api/duties", "/api/accounts"}) {
            get(each);
        }
        for (const auto& id : all_of(get("/api/caseload"), "person")) {
            get("/api/people/" + id + "/glance");
            get("/api/people/" + id + "/safety-plan");
            get("/api/people/" + id + "/course");
        }
        if (!person_.empty()) {
            get("/api/today");
            get("/api/people/" + person_ + "/course");
            get("/api/people/" + person_ + "/export");
            write();
            ++answers;
        }
        return answers;
    }

  private:
    void write() {
        const Instant now = SystemClock{}.now();
        SeededRandom random(static_cast<std::uint64_t>(now.time_since_epoch().count()));
        ask("POST", "/api/people/" + person_ + "/entries",
            fmt::format(R"({{"id":"{}","kind":"check_in","effective_at":"{}",)"
                        R"("zone":"Europe/London","sent_at":"{}","body":{{"hard":false,"mood":2,)"
                        R"("visible_to":"care_team"}}}})",
                        to_string(new_id(now, random)), to_string(now), to_string(now)));
    }

    std::string ask(std::string_view method, const std::string& path, std::string_view body) {
        auto request = http_request(method, path, cookie_, peer_, body);
        request.insert(request.find("\r\n") + 2, "Connection: close\r\nAccept-Encoding: gzip\r\n");
        return fetch(port_, request);
    }

    std::uint16_t port_;
    std::string peer_;
    std::string cookie_;
    std::string person_;
};

// `at_once` visitors, each on a thread of its own; returns the answers.
int visit(std::uint16_t port, int visitors, int at_once) {
    std::atomic<int> next{0};
    std::atomic<int> answers{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < at_once; ++i) {
        threads.emplace_back([&] {
            for (int n = next++; n < visitors; n = next++) {
                const auto& email = sign_ins[static_cast<std::size_t>(n) % sign_ins.size()];
                answers += Visitor(port, email, n).look_around();
            }
        });
    }
    for (auto& each : threads) each.join();
    return answers;
}

int run(const Options& options) {
    const TemporaryFolder folder(options.disk);
    const std::vector<std::string> arguments{"--demo", "--trusted-proxy", "127.0.0.1"};
    double seeded_rss = 0;
    double seeding_ms = 0;
    {
        const ServerProcess server(options.program, folder.path(), arguments);
        seeding_ms = server.ready_ms();
        seeded_rss = memory_of(server.pid(), "VmRSS");
    }
    std::vector<double> ready;
    for (int i = 1; i < options.starts; ++i) {
        ready.push_back(ServerProcess(options.program, folder.path(), arguments).ready_ms());
    }
    const ServerProcess server(options.program, folder.path(), arguments);
    ready.push_back(server.ready_ms());
    std::sort(ready.begin(), ready.end());
    std::this_thread::sleep_for(std::chrono::seconds{1});
    const double rss = memory_of(server.pid(), "VmRSS");
    const int quiet = visit(server.port(), 20, 2);
    const double after_quiet = memory_of(server.pid(), "VmRSS");
    const int crowd = visit(server.port(), 60, 30);
    const double after_crowd = memory_of(server.pid(), "VmRSS");

    fmt::print(
        "## Memory and start, with the demonstration\n\n| what | value | target |\n"
        "| --- | ---: | ---: |\n");
    fmt::print("| ready, demo present, median of {} | {:.0f} ms | 300 ms |\n", options.starts,
               ready[ready.size() / 2]);
    fmt::print("| ready, fastest | {:.0f} ms | |\n", ready.front());
    fmt::print("| ready, demo written first | {:.0f} ms | |\n", seeding_ms);
    fmt::print("| resident after start | {:.1f} MiB | 64 MiB |\n", rss);
    fmt::print("| resident after start that wrote the demo | {:.1f} MiB | 64 MiB |\n", seeded_rss);
    fmt::print("| resident after {} answers, two people at a time | {:.1f} MiB | 160 MiB |\n",
               quiet, after_quiet);
    fmt::print("| resident after {} more, 30 people at once | {:.1f} MiB | 160 MiB |\n", crowd,
               after_crowd);
    fmt::print("| highest ever | {:.1f} MiB | 160 MiB |\n\n", memory_of(server.pid(), "VmHWM"));
    return 0;
}

}  // namespace
}  // namespace evenkeel::bench

int main(int argc, char** argv) {
    CLI::App app("Memory and time to start, with the demonstration");
    evenkeel::bench::Options options;
    app.add_option("program", options.program, "build/release/evenkeel")->required();
    app.add_option("--disk", options.disk, "A folder for the record");
    app.add_option("--starts", options.starts, "Starts that are timed");
    CLI11_PARSE(app, argc, argv);
    return evenkeel::bench::run(options);
}
