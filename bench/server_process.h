#pragma once
// The real server as a process of its own: started, measured through /proc, stopped.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace evenkeel::bench {

// Says what went wrong and ends the program with 1.
[[noreturn]] void give_up(std::string_view why);
// The process is stopped when this program ends, on whatever way.
void ends_with_us(int pid);

// CPU time of a process so far, all threads, seconds. Grain: 10 ms.
double cpu_seconds_of(int pid);
// "VmRSS", "VmHWM" and their kind, MiB.
double memory_of(int pid, std::string_view field);
// The first field of /proc/loadavg.
double load_average();

class ServerProcess {
  public:
    // `arguments` come after `evenkeel serve --listen 127.0.0.1:0 --data FOLDER`;
    // `environment` ("NAME=value") is added to ours. Returns when the server says that it
    // is ready.
    ServerProcess(const std::filesystem::path& program, const std::filesystem::path& data,
                  const std::vector<std::string>& arguments,
                  const std::vector<std::string>& environment = {});
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;
    ~ServerProcess();

    [[nodiscard]] int pid() const { return pid_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] double ready_ms() const { return ready_ms_; }
    // A gauge of the metrics listener; needs `--metrics` with `metrics_port`.
    static double gauge(std::uint16_t metrics_port, std::string_view name);

  private:
    int pid_ = 0;
    int told_ = -1;
    std::uint16_t port_ = 0;
    double ready_ms_ = 0;
};

// A port that was free a moment ago, for a listener that cannot tell its own.
std::uint16_t free_port();

// One GET on a connection of its own; the body of the answer.
std::string fetch(std::uint16_t port, std::string_view request);

// A folder that is removed with everything in it.
class TemporaryFolder {
  public:
    // In `under`, which decides the disk that is measured.
    explicit TemporaryFolder(const std::filesystem::path& under);
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace evenkeel::bench
