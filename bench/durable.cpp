// How fast are durable check-ins through HTTP, against what the disk allows?
//
// Four things take turns, so that a busy neighbour hits all of them alike: the server as
// it is; a bare loop of group commits of the same rows at the server's mean group size;
// the server with one commit for each request; a bare epoll reply. All four on the same
// disk, under 64 keep-alive connections; and all of it again for each time that a sync is
// made to last. See bench/README.md for how to read it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <thread>

#include "commit_loop.h"
#include "load.h"
#include "people.h"
#include "server_process.h"
#include "simulate/diary.h"
#include "slow_sync.h"
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
    std::vector<long> sync_us{0, 250, 500, 1000, 2000};  // at least, in increasing order
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

// What one subject did, summed over the rounds.
struct Figures {
    LoadResult sum = {};
    double cpu = 0;      // seconds
    double commits = 0;  // of a server with a record

    [[nodiscard]] double group() const { return static_cast<double>(sum.answered) / commits; }
    [[nodiscard]] double cpu_us() const { return cpu * 1e6 / static_cast<double>(sum.answered); }
};

// One server under load.
struct Subject {
    ServerProcess server;
    std::uint16_t metrics;
    Figures figures = {};

    Subject(const Options& options, const fs::path& data, std::vector<std::string> more,
            long sync_us)
        : Subject(options, data, std::move(more), sync_us, free_port()) {}
    Subject(const Options& options, const fs::path& data, std::vector<std::string> more,
            long sync_us, std::uint16_t metrics_port)
        : server(options.program, data, arguments(std::move(more), metrics_port),
                 {fmt::format("LD_PRELOAD={}", slow_sync_library().string()),
                  fmt::format("{}={}", sync_lasts_variable, sync_us)}),
          metrics(metrics_port) {}

    // Beside this program.
    static fs::path slow_sync_library() {
        return fs::read_symlink("/proc/self/exe").parent_path() / "libevenkeel_slow_sync.so";
    }

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
        figures.cpu += cpu_seconds_of(server.pid()) - cpu_before;
        figures.commits += commits_so_far() - commits_before;
        figures.sum.add(result);
    }
};

void run_bare(const BareServer& server, const Options& options, CheckIns& check_ins,
              Figures& figures) {
    const double before = cpu_seconds_of(server.pid);
    figures.sum.add(run_load({.port = server.port,
                              .connections = options.connections,
                              .time = std::chrono::milliseconds{options.milliseconds / 2},
                              .next = [&](int connection) { return check_ins.next(connection); }}));
    figures.cpu += cpu_seconds_of(server.pid) - before;
}

void row(std::string_view name, const Figures& figures) {
    const auto group = figures.commits > 0 ? fmt::format("{:.1f}", figures.group()) : "";
    fmt::print("| {} | {:.0f} | {} | {:.1f} | {:.1f} | {:.0f} |\n", name, figures.sum.per_second(),
               group, figures.sum.quantile(0.5) / 1000, figures.sum.quantile(0.99) / 1000,
               figures.cpu_us());
}

// Everything measured while a sync lasted at least so long.
struct AtSync {
    Figures grouped;
    Figures single;
    Figures bare;
    LoopResult loop;
    double sync_ms = 0;  // as measured in the loop

    [[nodiscard]] double against_loop() const {
        return grouped.sum.per_second() / loop.per_second();
    }
    [[nodiscard]] double against_single() const {
        return grouped.sum.per_second() / single.sum.per_second();
    }
    [[nodiscard]] double loop_group() const {
        return static_cast<double>(loop.check_ins) / static_cast<double>(loop.commits);
    }
};

void report_one(const AtSync& at) {
    fmt::print("### A sync takes {:.2f} ms\n\n", at.sync_ms);
    fmt::print(
        "| what | per second | mean group | p50 ms | p99 ms | CPU us each |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n");
    row("the server", at.grouped);
    row("one commit for each request", at.single);
    fmt::print("| bare loop of the same rows | {:.0f} | {:.1f} | | | {:.0f} |\n",
               at.loop.per_second(), at.loop_group(),
               at.loop.cpu_seconds * 1e6 / static_cast<double>(at.loop.check_ins));
    row("bare epoll reply", at.bare);
    fmt::print("\n- CPU against the bare epoll reply: {:.0f} times\n",
               at.grouped.cpu_us() / at.bare.cpu_us());
    fmt::print("- The load generator itself: {:.0f} us CPU for each check-in\n\n",
               at.grouped.sum.cpu_seconds * 1e6 / static_cast<double>(at.grouped.sum.answered));
}

// The shortest sync from which on a target is met, between two measured ones by a straight
// line; nothing when the longest does not meet it.
std::optional<double> met_from(const std::vector<std::pair<double, double>>& ratio_at_ms,
                               double target) {
    if (ratio_at_ms.back().second < target) return std::nullopt;
    auto at = ratio_at_ms.rbegin();
    while (std::next(at) != ratio_at_ms.rend() && std::next(at)->second >= target) ++at;
    if (std::next(at) == ratio_at_ms.rend()) return at->first;
    const auto [ms, ratio] = *at;
    const auto [ms_before, ratio_before] = *std::next(at);
    return ms_before + (ms - ms_before) * (target - ratio_before) / (ratio - ratio_before);
}

void say_met(std::string_view what, const std::vector<std::pair<double, double>>& ratio_at_ms,
             double target) {
    const auto from = met_from(ratio_at_ms, target);
    if (!from) {
        fmt::print("- {}: **not met**, {:.2f} at {:.2f} ms\n", what, ratio_at_ms.back().second,
                   ratio_at_ms.back().first);
    } else if (*from <= ratio_at_ms.front().first) {
        fmt::print("- {}: **met** from the shortest sync on\n", what);
    } else {
        fmt::print("- {}: **met from a sync of {:.2f} ms on**, between measured ones\n", what,
                   *from);
    }
}

void report(const Options& options, const std::vector<AtSync>& all, const RowSizes& sizes) {
    fmt::print("## Durable check-ins, {} connections, {} people\n\n", options.connections,
               options.people);
    fmt::print(
        "| a sync takes, ms | the server, per second | one commit each | times | bare loop | % of "
        "it | p50 ms | p99 ms |\n"
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    std::vector<std::pair<double, double>> times, share;
    for (const auto& at : all) {
        fmt::print(
            "| {:.2f} | {:.0f} | {:.0f} | **{:.1f}** | {:.0f} | **{:.0f}** | {:.1f} | {:.1f} "
            "|\n",
            at.sync_ms, at.grouped.sum.per_second(), at.single.sum.per_second(),
            at.against_single(), at.loop.per_second(), 100 * at.against_loop(),
            at.grouped.sum.quantile(0.5) / 1000, at.grouped.sum.quantile(0.99) / 1000);
        times.emplace_back(at.sync_ms, at.against_single());
        share.emplace_back(at.sync_ms, at.against_loop());
    }
    fmt::print("\n");
    say_met("At least 3 times one commit for each request", times, 3);
    say_met("At least 25 % of the bare loop", share, 0.25);
    fmt::print(
        "- Rows of a check-in: entry {} B; at every {}th the state, {} B, and {:.1f} number rows "
        "of {} B\n\n",
        sizes.entry, store::detail::entries_per_snapshot, sizes.state, sizes.series, sizes.numbers);
    report_one(all.front());
    if (all.size() > 1) report_one(all.back());
}

// The folders of one run, and what goes on in them from one time of a sync to the next.
class Run {
  public:
    explicit Run(const Options& options) : options_(options), folder_(options.disk) {
        const fs::path grouped = folder_.path() / "grouped";
        fs::create_directory(grouped);
        {
            OpenRecord record(grouped, options.program);
            seeded_ = seed_people(record, {.people = options.people, .sessions = options.people});
        }
        for (const auto* each : {"single", "loop"}) fs::copy(grouped, folder_.path() / each);
        for (const auto& each : seeded_.people) people_.push_back(each.person);
        loop_keys_ = std::make_unique<OpenRecord>(folder_.path() / "loop", options.program);
        bare_ = start_bare_server(std::string(130, 'x'));
    }

    AtSync measure(long sync_us) {
        AtSync at;
        Subject grouped(options_, folder_.path() / "grouped", {}, sync_us);
        Subject single(options_, folder_.path() / "single", {"--commit-each"}, sync_us);
        CheckIns check_ins(seeded_.people, options_.connections);
        let_sync_last(std::chrono::microseconds{sync_us});
        SyncTimes syncs;
        for (int i = 0; i < options_.rounds; ++i) {
            grouped.run(options_, check_ins);
            if (!loop_) begin_loop();
            const SyncTimes before = sync_times();
            add(at.loop, loop_->run(std::chrono::milliseconds{options_.milliseconds},
                                    group_of(grouped.figures)));
            const SyncTimes after = sync_times();
            syncs.count += after.count - before.count;
            syncs.seconds += after.seconds - before.seconds;
            single.run(options_, check_ins);
            run_bare(bare_, options_, check_ins, at.bare);
        }
        if (syncs.count == 0) give_up("the loop synced nothing: is the library in its place?");
        at.grouped = std::move(grouped.figures);
        at.single = std::move(single.figures);
        at.sync_ms = 1000 * syncs.seconds / static_cast<double>(syncs.count);
        return at;
    }

    [[nodiscard]] const RowSizes& sizes() const { return sizes_; }

  private:
    static std::size_t group_of(const Figures& grouped) {
        return static_cast<std::size_t>(std::max(1.0, std::round(grouped.group())));
    }
    static void add(LoopResult& sum, const LoopResult& more) {
        sum.check_ins += more.check_ins;
        sum.commits += more.commits;
        sum.seconds += more.seconds;
        sum.cpu_seconds += more.cpu_seconds;
    }
    // The sizes are those that the server wrote.
    void begin_loop() {
        OpenRecord keys(folder_.path() / "grouped", options_.program);
        sizes_ = row_sizes(folder_.path() / "grouped", keys.vault());
        loop_ = std::make_unique<CommitLoop>(folder_.path() / "loop", loop_keys_->vault(), people_,
                                             sizes_);
    }

    const Options& options_;
    const TemporaryFolder folder_;
    Seeded seeded_;
    std::vector<Id> people_;
    std::unique_ptr<OpenRecord> loop_keys_;
    std::unique_ptr<CommitLoop> loop_;
    RowSizes sizes_;
    BareServer bare_;
};

int run(const Options& options) {
    Run bench(options);
    std::vector<AtSync> all;
    for (const long sync_us : options.sync_us) all.push_back(bench.measure(sync_us));
    report(options, all, bench.sizes());
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
    app.add_option("--sync-us", options.sync_us, "How long a sync is made to last, at least")
        ->delimiter(',');
    CLI11_PARSE(app, argc, argv);
    return evenkeel::bench::run(options);
}
