// How fast is a table read, next to a loop that only looks for its separators?
//
//   csv_bench [MEGABYTES]     100, of a table like those of a service: names, days, answers, scores
//   csv_bench rows N          N rows of two small columns, for the memory they take
//
// The loop goes byte by byte and counts commas and line ends, without vectors and without a branch
// on what it finds: the fastest of its kind. Wall time, the median of five runs in turns.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "exchange/csv.h"
#include "exchange/input.h"

namespace {

using namespace evenkeel;

std::string table_of(std::size_t bytes) {
    std::mt19937_64 random{4180};
    std::string text = "person,day,group,q1,q2,q3,q4,q5,q6,q7,q8,q9,theta,note\n";
    for (std::size_t row = 0; text.size() < bytes; ++row) {
        text += fmt::format("P{:06},2026-{:02}-{:02},{}", row / 180, 1 + row / 28 % 12,
                            1 + row % 28, row / 180 % 2 == 0 ? "cbt" : "medication");
        for (int item = 0; item < 9; ++item) {
            const auto answer = random() % 20;
            text += answer < 19 ? fmt::format(",{}", answer % 4) : std::string(",NA");
        }
        text += fmt::format(",{:.6f},{}\n", static_cast<double>(random() % 6000000) / 1e6 - 3,
                            random() % 16 == 0 ? "\"better, \"\"a little\"\"\"" : "");
    }
    return text;
}

[[gnu::noinline, gnu::optimize("no-tree-vectorize")]] std::size_t count_separators(
    const std::string& text) {
    std::size_t n = 0;
    for (const char c : text) n += static_cast<std::size_t>((c == ',') | (c == '\n'));
    return n;
}

std::size_t read_numbers(const exchange::CsvTable& table) {
    std::size_t n = 0;
    for (std::size_t column = 3; column < 13; ++column) {
        for (std::size_t row = 0; row < table.n_rows(); ++row) {
            const auto cell = table.cell(row, column);
            n += cell && exchange::parse_number(*cell) ? 1U : 0U;
        }
    }
    return n;
}

template <class Work>
double seconds_of(const Work& work) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> seconds) {
    std::nth_element(seconds.begin(), seconds.begin() + 2, seconds.end());
    return seconds[2];
}

int compare(std::size_t megabytes) {
    const auto text = table_of(megabytes * 1'000'000);
    const auto path =
        std::filesystem::temp_directory_path() / fmt::format("csv_bench.{}.csv", getpid());
    std::ofstream(path, std::ios::binary) << text;
    std::vector<double> loop, file, parse, numbers;
    std::size_t n_separators = 0, n_numbers = 0, n_rows = 0;
    for (int run = 0; run < 5; ++run) {
        loop.push_back(seconds_of([&] { n_separators = count_separators(text); }));
        std::string bytes;
        file.push_back(seconds_of([&] { bytes = exchange::read_input(path.string()).value(); }));
        exchange::CsvTable table;
        parse.push_back(seconds_of([&] { table = exchange::parse_csv(std::move(bytes)).value(); }));
        numbers.push_back(seconds_of([&] { n_numbers = read_numbers(table); }));
        n_rows = table.n_rows();
    }
    std::filesystem::remove(path);
    const auto mega = static_cast<double>(text.size()) / 1e6;
    const double limit = median(loop);
    const auto line = [&](const char* what, double seconds) {
        fmt::print("{:44} {:7.1f} ms {:7.0f} MB/s {:5.0f} % of the loop\n", what, 1e3 * seconds,
                   mega / seconds, 100 * limit / seconds);
    };
    fmt::print("{:.0f} MB, {} rows, {} separators, {} numbers\n", mega, n_rows, n_separators,
               n_numbers);
    line("scalar loop that finds separators", limit);
    line("file into memory", median(file));
    line("table of it", median(parse));
    line("file into a table", median(file) + median(parse));
    line("and its ten columns of numbers", median(file) + median(parse) + median(numbers));
    return 0;
}

int many_rows(std::size_t n) {
    std::string text = "id,score\n";
    for (std::size_t row = 0; row < n; ++row) text += fmt::format("{},{}\n", row, row % 28);
    const auto bytes = text.size();
    exchange::CsvTable table;
    const double seconds =
        seconds_of([&] { table = exchange::parse_csv(std::move(text)).value(); });
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{} rows, {} bytes: {:.0f} ms, {} MB resident at most\n", table.n_rows(), bytes,
               1e3 * seconds, usage.ru_maxrss / 1024);
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const auto number = [&](int i, std::size_t otherwise) {
        return count > i ? std::strtoull(arguments[i], nullptr, 10) : otherwise;
    };
    if (count > 1 && std::string(arguments[1]) == "rows") return many_rows(number(2, 10'000'000));
    return compare(number(1, 100));
}
