// Does a therapist's page stay as fast when the service grows?
//
// Two services, small and large, in which the therapist under test has the same sixty
// people with fifty entries each. Their caseload page and glances are asked for in turns,
// so that a busy neighbour hits both alike. See bench/README.md for how to read it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "load.h"
#include "people.h"
#include "server_process.h"

namespace evenkeel::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path program;
    fs::path disk = fs::temp_directory_path();
    std::size_t small = 1000;
    std::size_t large = 100'000;
    int rounds = 5;
    long milliseconds = 1500;
};

struct Service {
    std::size_t clients;
    Seeded seeded;
    std::unique_ptr<ServerProcess> server;
    LoadResult caseload = {};
    LoadResult glance = {};
    double caseload_cpu = 0;
    double glance_cpu = 0;
    std::size_t asked = 0;
    double seeding_seconds = 0;
    double megabytes = 0;

    Service(const Options& options, const fs::path& data, std::size_t n) : clients(n) {
        const auto begin = std::chrono::steady_clock::now();
        fs::create_directory(data);
        {
            OpenRecord record(data, options.program);
            seeded = seed_people(record, {.people = n, .sessions = 0});
        }
        seeding_seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        megabytes = static_cast<double>(fs::file_size(data / "record.db")) / 1048576.0;
        server = std::make_unique<ServerProcess>(
            options.program, data,
            std::vector<std::string>{"--demo", "--trusted-proxy", "127.0.0.1"});
    }

    void run(const Options& options, LoadResult& sum, double& cpu,
             const std::function<std::string()>& path) {
        const double before = cpu_seconds_of(server->pid());
        const auto result =
            run_load({.port = server->port(),
                      .connections = 1,
                      .time = std::chrono::milliseconds{options.milliseconds},
                      .next = [&](int) {
                          ++asked;
                          const auto peer =
                              fmt::format("10.{}.{}.7", asked / 250 % 250, asked % 250);
                          return http_request("GET", path(), seeded.therapist_cookie, peer, {});
                      }});
        if (result.refused > 0) give_up("a page was refused: " + result.first_refusal);
        cpu += cpu_seconds_of(server->pid()) - before;
        sum.add(result);
    }

    void turn(const Options& options) {
        run(options, caseload, caseload_cpu, [] { return std::string("/api/caseload"); });
        run(options, glance, glance_cpu, [this] {
            const auto& person = seeded.caseload[asked % seeded.caseload.size()];
            return fmt::format("/api/people/{}/glance", to_string(person));
        });
    }
};

void row(std::string_view page, const Service& small, const LoadResult& a, double a_cpu,
         const Service& large, const LoadResult& b, double b_cpu) {
    const double cpu_small = a_cpu * 1e6 / static_cast<double>(a.answered);
    const double cpu_large = b_cpu * 1e6 / static_cast<double>(b.answered);
    for (const auto& [service, result, cpu] :
         {std::tuple{&small, &a, cpu_small}, std::tuple{&large, &b, cpu_large}}) {
        fmt::print("| {} | {} | {} | {:.2f} | {:.2f} | {:.2f} |\n", page, service->clients,
                   result->answered, result->quantile(0.1) / 1000, result->quantile(0.5) / 1000,
                   cpu / 1000);
    }
    fmt::print("| {}, ratio | | | **{:.2f}** | {:.2f} | **{:.2f}** |\n", page,
               b.quantile(0.1) / a.quantile(0.1), b.quantile(0.5) / a.quantile(0.5),
               cpu_large / cpu_small);
}

int run(const Options& options) {
    const TemporaryFolder folder(options.disk);
    Service small(options, folder.path() / "small", options.small);
    Service large(options, folder.path() / "large", options.large);
    for (int i = 0; i < options.rounds; ++i) {
        small.turn(options);
        large.turn(options);
    }
    fmt::print("## The therapist's pages as the service grows (target: ratio at most 1.5)\n\n");
    fmt::print(
        "| page | clients | p50 ms | p90 ms | CPU ms each |\n"
        "| --- | ---: | ---: | ---: | ---: |\n");
    row("caseload of 60", small, small.caseload, small.caseload_cpu, large, large.caseload,
        large.caseload_cpu);
    row("glance", small, small.glance, small.glance_cpu, large, large.glance, large.glance_cpu);
    for (const auto* each : {&small, &large}) {
        fmt::print("\n- {} clients: record.db {:.0f} MiB, seeded in {:.0f} s, resident {:.0f} MiB",
                   each->clients, each->megabytes, each->seeding_seconds,
                   memory_of(each->server->pid(), "VmRSS"));
    }
    fmt::print("\n\n");
    return 0;
}

}  // namespace
}  // namespace evenkeel::bench

int main(int argc, char** argv) {
    CLI::App app("The therapist's pages in a small and in a large service");
    evenkeel::bench::Options options;
    app.add_option("program", options.program, "build/release/evenkeel")->required();
    app.add_option("--disk", options.disk, "A folder for the two records");
    app.add_option("--small", options.small, "Clients of the small service");
    app.add_option("--large", options.large, "Clients of the large service");
    app.add_option("--rounds", options.rounds, "Turns that each service gets");
    app.add_option("--ms", options.milliseconds, "Length of one turn");
    CLI11_PARSE(app, argc, argv);
    return evenkeel::bench::run(options);
}
