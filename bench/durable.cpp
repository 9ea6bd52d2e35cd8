// How fast are durable check-ins through HTTP, against what the disk allows?
//
// Four things take turns, so that a busy neighbour hits all of them alike: the server as
// it is; a bare loop of group commits of the same rows at the server's mean group size;
// the server with one commit for each request; a bare epoll reply. All four on the same
// disk, under 64 keep-alive connections. See bench/README.md for how to read it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <thread>

#include "commit_loop.h"
#include "load.h"
#include "people.h"
#include "server_process.h"
#include "simulate/diary.h"
#include "store/codec.h"
#include "store/detail/projecting.h"

namespace evenkeel::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path program;
    fs::path disk = fs::temp_directory_path();
    std::size_t people = 1024;
    int rounds = 3;
    int connections = 64;
    long milliseconds = 3000;
};

// Check-ins of many people; each connection serves its own share of them in turn.
class CheckIns {
  public:
    CheckIns(const std::vector<Writer>& people, int connections)
        : people_(people), turn_(static_cast<std::size_t>(connections)) {
        for (int i = 0; i < 256; ++i) {
            const auto drawn = simulate::draw_check_in({.theta = 0.2, .sleep_hours = 6.5},
                                                       {.taps_hard = 0.05}, random_);
            bodies_.push_back(store::body_json(record::Body{drawn}));
        }
    }

    std::string next(int connection) {
        const auto at = static_cast<std::size_t>(connection);
        const std::size_t share = people_.size() / turn_.size();
        const auto& who = people_[at * share + turn_[at]++ % share];
        const Instant now = SystemClock{}.now();
        const auto time = to_string(now);
        const auto body = fmt::format(
            R"({{"id":"{}","kind":"check_in","effective_at":"{}","zone":"Europe/London",)"
            R"("sent_at":"{}","body":{}}})",
            to_string(new_id(now, random_)), time, time, bodies_[count_ % bodies_.size()]);
        // A phone of its own for each request: the buckets of calls are by address.
        const auto peer =
            fmt::format("10.{}.{}.{}", 1 + count_ / 65536 % 250, count_ / 256 % 256, count_ % 256);
        ++count_;
        return http_request("POST", fmt::format("/api/people/{}/entries", to_string(who.person)),
                            who.cookie, peer, body);
    }

  private:
    const std::vector<Writer>& people_;
    std::vector<std::size_t> turn_;
    SeededRandom random_{
        static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count())};
    std::vector<std::string> bodies_;
    std::size_t count_ = 0;
};

// One server under load, summed over the rounds.
struct Subject {
    ServerProcess server;
    std::uint16_t metrics;
    LoadResult sum = {};
    double cpu = 0;
    double commits = 0;

    Subject(const Options& options, const fs::path& data, std::vector<std::string> more,
            std::uint16_t metrics_port)
        : server(options.program, data, arguments(std::move(more), metrics_port)),
          metrics(metrics_port) {}

    static std::vector<std::string> arguments(std::vector<std::string> more, std::uint16_t port) {
        more.insert(more.end(), {"--demo", "--trusted-proxy", "127.0.0.1", "--metrics",
                                 fmt::format("127.0.0.1:{}", port)});
        return more;
    }

    [[nodiscard]] double commits_so_far() const {
        return ServerProcess::gauge(metrics, "evenkeel_group_commits");
    }

    void run(const Options& options, CheckIns& check_ins) {
        const double cpu_before = cpu_seconds_of(server.pid());
        const double commits_before = commits_so_far();
        const auto result =
            run_load({.port = server.port(),
                      .connections = options.connections,
                      .time = std::chrono::milliseconds{options.milliseconds},
                      .next = [&](int connection) { return check_ins.next(connection); }});
        if (result.refused > 0) give_up("a check-in was refused: " + result.first_refusal);
        cpu += cpu_seconds_of(server.pid()) - cpu_before;
        commits += commits_so_far() - commits_before;
        sum.add(result);
    }

    [[nodiscard]] double group() const { return static_cast<double>(sum.answered) / commits; }
    [[nodiscard]] double cpu_us() const { return cpu * 1e6 / static_cast<double>(sum.answered); }
};

struct Bare {
    BareServer server;
    LoadResult sum = {};
    double cpu = 0;

    void run(const Options& options, CheckIns& check_ins) {
        const double before = cpu_seconds_of(server.pid);
        sum.add(run_load({.port = server.port,
                          .connections = options.connections,
                          .time = std::chrono::milliseconds{options.milliseconds / 2},
                          .next = [&](int connection) { return check_ins.next(connection); }}));
        cpu += cpu_seconds_of(server.pid) - before;
    }
    [[nodiscard]] double cpu_us() const { return cpu * 1e6 / static_cast<double>(sum.answered); }
};

void row(std::string_view name, const LoadResult& sum, double cpu_us, const std::string& group) {
    fmt::print("| {} | {:.0f} | {} | {:.1f} | {:.1f} | {:.0f} |\n", name, sum.per_second(), group,
               sum.quantile(0.5) / 1000, sum.quantile(0.99) / 1000, cpu_us);
}

void report(const Options& options, const Subject& grouped, const Subject& single,
            const LoopResult& loop, const Bare& bare, const RowSizes& sizes) {
    fmt::print("## Durable check-ins, {} connections, {} people\n\n", options.connections,
               options.people);
    fmt::print(
        "| what | per second | mean group | p50 ms | p99 ms | CPU us each |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n");
    row("the server", grouped.sum, grouped.cpu_us(), fmt::format("{:.1f}", grouped.group()));
    row("one commit for each request", single.sum, single.cpu_us(),
        fmt::format("{:.1f}", single.group()));
    const double loop_group =
        static_cast<double>(loop.check_ins) / static_cast<double>(loop.commits);
    fmt::print("| bare loop of the same rows | {:.0f} | {:.1f} | | | {:.0f} |\n", loop.per_second(),
               loop_group, loop.cpu_seconds * 1e6 / static_cast<double>(loop.check_ins));
    row("bare epoll reply", bare.sum, bare.cpu_us(), "");
    const double against_loop = grouped.sum.per_second() / loop.per_second();
    const double against_single = grouped.sum.per_second() / single.sum.per_second();
    fmt::print("\n- Against the bare loop: **{:.0f} %** (target: at least 25 %)\n",
               100 * against_loop);
    fmt::print("- Against one commit for each request: **{:.1f} times** (target: at least 3)\n",
               against_single);
    fmt::print("- CPU against the bare epoll reply: {:.0f} times\n",
               grouped.cpu_us() / bare.cpu_us());
    fmt::print(
        "- Rows of a check-in: entry {} B; at every {}th the state, {} B, and {:.1f} number rows "
        "of {} B\n",
        sizes.entry, store::detail::entries_per_snapshot, sizes.state, sizes.series, sizes.numbers);
    fmt::print("- The load generator itself: {:.0f} us CPU for each check-in\n\n",
               grouped.sum.cpu_seconds * 1e6 / static_cast<double>(grouped.sum.answered));
}

int run(const Options& options) {
    const TemporaryFolder folder(options.disk);
    const fs::path grouped_data = folder.path() / "grouped";
    const fs::path single_data = folder.path() / "single";
    const fs::path loop_data = folder.path() / "loop";
    Seeded seeded;
    fs::create_directory(grouped_data);
    {
        OpenRecord record(grouped_data, options.program);
        seeded = seed_people(record, {.people = options.people, .sessions = options.people});
    }
    fs::copy(grouped_data, single_data);
    fs::copy(grouped_data, loop_data);

    const Bare idle{start_bare_server(std::string(130, 'x'))};
    Bare bare = idle;
    Subject grouped(options, grouped_data, {}, free_port());
    Subject single(options, single_data, {"--commit-each"}, free_port());
    CheckIns check_ins(seeded.people, options.connections);
    OpenRecord loop_keys(loop_data, options.program);
    std::vector<Id> people;
    for (const auto& each : seeded.people) people.push_back(each.person);
    std::unique_ptr<CommitLoop> loop;
    LoopResult loop_sum;
    RowSizes sizes;
    for (int i = 0; i < options.rounds; ++i) {
        grouped.run(options, check_ins);
        if (!loop) {
            OpenRecord keys(grouped_data, options.program);
            sizes = row_sizes(grouped_data, keys.vault());
            loop = std::make_unique<CommitLoop>(loop_data, loop_keys.vault(), people, sizes);
        }
        const auto group = static_cast<std::size_t>(std::max(1.0, std::round(grouped.group())));
        const auto result = loop->run(std::chrono::milliseconds{options.milliseconds}, group);
        loop_sum.check_ins += result.check_ins;
        loop_sum.commits += result.commits;
        loop_sum.seconds += result.seconds;
        loop_sum.cpu_seconds += result.cpu_seconds;
        single.run(options, check_ins);
        bare.run(options, check_ins);
    }
    report(options, grouped, single, loop_sum, bare, sizes);
    return 0;
}

}  // namespace
}  // namespace evenkeel::bench

int main(int argc, char** argv) {
    CLI::App app("Durable check-ins through HTTP, against a bare loop of group commits");
    evenkeel::bench::Options options;
    app.add_option("program", options.program, "build/release/evenkeel")->required();
    app.add_option("--disk", options.disk, "A folder on the disk to measure");
    app.add_option("--people", options.people, "People who check in, in turn");
    app.add_option("--rounds", options.rounds, "Turns that each subject gets");
    app.add_option("--connections", options.connections, "Keep-alive connections");
    app.add_option("--ms", options.milliseconds, "Length of one turn");
    CLI11_PARSE(app, argc, argv);
    return evenkeel::bench::run(options);
}
