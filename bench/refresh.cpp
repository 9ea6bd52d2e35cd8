// How long does it take to compute everything that is shown of everybody anew, and does that
// grow in proportion to the service?
//
// Services of growing size, each person with 180 days of check-ins and 20 scores, and one
// check-in since the diary was last looked at. `evenkeel refresh` runs as a process of its own
// from the sealed record: once in the night after, when each person's findings change and are
// written, and once more, when nothing changes. See bench/README.md for how to read it.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>

#include "exchange/json.h"
#include "people.h"
#include "server_process.h"

namespace evenkeel::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path program;
    fs::path disk = fs::temp_directory_path();
    std::vector<std::size_t> people{1000, 10'000};
    int threads = 2;
};

// Long enough that a night lies between, whatever the hour.
constexpr std::chrono::hours behind{48};

void write_newest_day(OpenRecord& record, const std::vector<Writer>& people) {
    constexpr std::size_t at_once = 64;
    store::SystemRandom random;
    for (std::size_t from = 0; from < people.size(); from += at_once) {
        std::vector<record::Command> commands;
        for (std::size_t i = from; i < std::min(from + at_once, people.size()); ++i) {
            commands.push_back({.id = new_id(record.now(), random),
                                .stream = people[i].person,
                                .body = practice::CheckIn{.mood = 2, .sleep_hours = 6},
                                .effective_at = record.now(),
                                .zone = "Europe/London",
                                .author = {people[i].person, care::Role::client}});
        }
        const auto written = record.keeper().write_all(
            commands, {.at = record.now(), .action = "bench.seed", .outcome = "allowed"});
        if (!written.ok()) give_up(written.error().message);
    }
}

struct Run {
    double seconds = 0, cpu = 0, peak_mib = 0, people = 0, findings = 0, changed = 0;
};

double number_of(const exchange::Json& json, std::string_view key) {
    const auto* found = json.find(key);
    if (found == nullptr || !found->number()) give_up(fmt::format("no {} was told", key));
    return *found->number();
}

Run refresh(const Options& options, const fs::path& data) {
    const auto said = data / "said.json";
    std::vector<std::string> words{
        options.program.string(),           "refresh", "--data", data.string(), "--threads",
        fmt::format("{}", options.threads), "--json"};
    std::vector<char*> raw;
    for (auto& each : words) raw.push_back(each.data());
    raw.push_back(nullptr);
    const auto begin = std::chrono::steady_clock::now();
    const int pid = fork();
    if (pid == 0) {
        dup2(open(said.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
        execv(raw.front(), raw.data());
        _exit(127);
    }
    int status = 0;
    rusage used{};
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid || status != 0) {
        give_up("evenkeel refresh did not end well");
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::ifstream in(said);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto json = exchange::parse_json(text);
    if (!json.ok()) give_up("evenkeel refresh said no JSON");
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return {.seconds = took.count(),
            .cpu = seconds(used.ru_utime) + seconds(used.ru_stime),
            .peak_mib = static_cast<double>(used.ru_maxrss) / 1024,
            .people = number_of(json.value(), "n"),
            .findings = number_of(json.value(), "findings"),
            .changed = number_of(json.value(), "changed")};
}

void row(std::string_view what, const Run& run) {
    fmt::print("| {:.0f} | {} | {:.2f} | {:.2f} | {:.0f} | {:.0f} | {:.0f} | {:.0f} |\n",
               run.people, what, run.seconds, run.cpu, 1e6 * run.cpu / run.people, run.peak_mib,
               run.findings, run.changed);
}

int run(const Options& options) {
    fmt::print(
        "## Everything that is shown, computed anew (target: 100,000 people in 60 s on two cores, "
        "1 GiB)\n\n"
        "| people | what | s | CPU s | CPU us a person | peak MiB | findings | changed |\n"
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    std::string seeded;
    for (const auto n : options.people) {
        const TemporaryFolder folder(options.disk);
        const auto begin = std::chrono::steady_clock::now();
        {
            OpenRecord record(folder.path(), options.program, behind);
            const auto people = seed_people(
                record, {.people = n, .check_ins = 180, .days_between_scores = 9, .sessions = n});
            write_newest_day(record, people.people);
        }
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        row("the night after a check-in of each", refresh(options, folder.path()));
        row("again, nothing new", refresh(options, folder.path()));
        std::fflush(stdout);
        seeded +=
            fmt::format("- {} people: record.db {:.0f} MiB, seeded in {:.0f} s\n", n,
                        static_cast<double>(fs::file_size(folder.path() / "record.db")) / 1048576.0,
                        took.count());
    }
    fmt::print("\n{}\n", seeded);
    return 0;
}

}  // namespace
}  // namespace evenkeel::bench

int main(int argc, char** argv) {
    CLI::App app("The nightly refresh as the service grows");
    evenkeel::bench::Options options;
    app.add_option("program", options.program, "build/release/evenkeel")->required();
    app.add_option("--disk", options.disk, "A folder for the records");
    app.add_option("--people", options.people, "Sizes, joined by commas")->delimiter(',');
    app.add_option("--threads", options.threads, "Of the command");
    CLI11_PARSE(app, argc, argv);
    return evenkeel::bench::run(options);
}
