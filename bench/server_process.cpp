#include "server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace evenkeel::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

std::vector<int>& children() {
    static std::vector<int> all;
    return all;
}

void stop_children() {
    for (const int pid : children()) kill(pid, SIGKILL);
}

std::string whole_file(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

double number_after(std::string_view text, std::string_view name) {
    const auto at = text.find(name);
    if (at == std::string_view::npos) give_up(fmt::format("{} is not told", name));
    const auto begin = text.find_first_of("0123456789", at + name.size());
    double value = 0;
    std::from_chars(text.data() + begin, text.data() + text.size(), value);
    return value;
}

[[noreturn]] void become_server(const fs::path& program, const fs::path& data,
                                const std::vector<std::string>& arguments,
                                const std::vector<std::string>& environment, int out) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(out, STDOUT_FILENO);
    // The access log goes to a file, as it would to a journal.
    const int log = open((data / "server.log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(log, STDERR_FILENO);
    std::vector<std::string> all{program.string(), "serve",  "--listen",
                                 "127.0.0.1:0",    "--data", data.string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> raw;
    for (auto& each : all) raw.push_back(each.data());
    raw.push_back(nullptr);
    for (auto each : environment) {
        const auto equals = each.find('=');
        setenv(each.substr(0, equals).c_str(), each.substr(equals + 1).c_str(), 1);
    }
    execv(program.c_str(), raw.data());
    _exit(127);
}

}  // namespace

void give_up(std::string_view why) {
    fmt::print(stderr, "bench: {}\n", why);
    stop_children();
    std::_Exit(1);
}

void ends_with_us(int pid) {
    if (children().empty()) std::atexit(stop_children);
    children().push_back(pid);
}

double cpu_seconds_of(int pid) {
    const std::string text = whole_file(fmt::format("/proc/{}/stat", pid));
    // The name in brackets may hold spaces; user and system time are fields 14 and 15.
    const char* at = text.data() + text.rfind(')') + 2;
    std::array<long, 2> ticks{};
    std::sscanf(at, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &ticks[0], &ticks[1]);
    return static_cast<double>(ticks[0] + ticks[1]) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double memory_of(int pid, std::string_view field) {
    const std::string text = whole_file(fmt::format("/proc/{}/status", pid));
    return number_after(text, fmt::format("{}:", field)) / 1024;
}

double load_average() {
    double value = 0;
    std::ifstream("/proc/loadavg") >> value;
    return value;
}

ServerProcess::ServerProcess(const fs::path& program, const fs::path& data,
                             const std::vector<std::string>& arguments,
                             const std::vector<std::string>& environment) {
    std::array<int, 2> pipe_ends{};
    if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) give_up("no pipe");
    const auto begin = Clock::now();
    pid_ = fork();
    if (pid_ == 0) become_server(program, data, arguments, environment, pipe_ends[1]);
    ends_with_us(pid_);
    close(pipe_ends[1]);
    std::string told;
    std::array<char, 4096> bytes{};
    constexpr std::string_view ready = "Evenkeel is ready at ";
    while (told.find(ready) == std::string::npos || told.back() != '\n') {
        const auto count = read(pipe_ends[0], bytes.data(), bytes.size());
        if (count <= 0) {
            give_up(fmt::format("the server did not start:\n{}{}", told,
                                whole_file(data / "server.log")));
        }
        told.append(bytes.data(), static_cast<std::size_t>(count));
    }
    ready_ms_ = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    told_ = pipe_ends[0];  // stays open: what else the server says must not break it
    const std::string line = told.substr(told.find(ready));
    port_ = static_cast<std::uint16_t>(number_after(line, "127.0.0.1:"));
}

ServerProcess::~ServerProcess() {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
    close(told_);
    std::erase(children(), pid_);
}

double ServerProcess::gauge(std::uint16_t metrics_port, std::string_view name) {
    const std::string text = fetch(
        metrics_port, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return number_after(text, fmt::format("\n{} ", name));
}

std::uint16_t free_port() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    bind(fd, reinterpret_cast<const sockaddr*>(&at), size);
    getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size);
    close(fd);
    return ntohs(at.sin_port);
}

std::string fetch(std::uint16_t port, std::string_view request) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) {
        give_up(fmt::format("nothing answers at port {}", port));
    }
    [[maybe_unused]] const auto sent = send(fd, request.data(), request.size(), MSG_NOSIGNAL);
    std::string text;
    std::array<char, 16 * 1024> bytes{};
    for (;;) {
        const auto count = recv(fd, bytes.data(), bytes.size(), 0);
        if (count <= 0) break;
        text.append(bytes.data(), static_cast<std::size_t>(count));
    }
    close(fd);
    return text;
}

TemporaryFolder::TemporaryFolder(const fs::path& under) {
    std::string name = (under / "evenkeel-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) give_up(fmt::format("no folder can be made in {}", name));
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace evenkeel::bench
