#pragma once
// What every row of the kernels' bench needs: the reference data, the data it draws itself, the
// clock, and lines that a script can read.
//
//   time ROW SECONDS          processor time of one call, the median of nine runs
//   wall ROW SECONDS          the same by the clock on the wall
//   answer ROW KEY VALUE

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "exchange/csv.h"
#include "exchange/input.h"
#include "numerics/workers.h"

namespace evenkeel::bench {

class KernelBench {
  public:
    std::filesystem::path reference;   // the root of the reference data
    std::filesystem::path drawn;       // where drawn data are left for another program, or empty
    std::vector<std::string> wanted;   // rows; empty: all
    const numerics::Workers* workers;  // never nullptr

    [[nodiscard]] bool wants(const std::string& row) const {
        return wanted.empty() || std::find(wanted.begin(), wanted.end(), row) != wanted.end();
    }
    [[nodiscard]] bool wants_any(std::initializer_list<const char*> rows) const {
        return std::any_of(rows.begin(), rows.end(), [&](const char* row) { return wants(row); });
    }

    // A table of the reference data; ends the program where it is absent.
    [[nodiscard]] exchange::CsvTable table(const std::string& path) const {
        auto bytes = exchange::read_input((reference / path).string());
        if (!bytes.ok()) {
            fmt::print(stderr, "{} is absent: set EVENKEEL_REFERENCE to the root.\n", path);
            std::exit(5);
        }
        return exchange::parse_csv(std::move(bytes).value()).value();
    }

    // Leaves numbers as they lie in memory.
    void leave(const std::string& name, std::span<const double> values) const {
        if (drawn.empty()) return;
        std::ofstream(drawn / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(values.data()),
                   static_cast<std::streamsize>(values.size_bytes()));
    }

    template <class Work>
    void time(const std::string& row, const Work& work) const {
        if (!wants(row)) return;
        using Clock = std::chrono::steady_clock;
        const auto processor = [] {
            timespec now{};
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
            return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
        };
        // Short work is done as often as fills 20 ms.
        const double first = processor();
        work();
        const int calls = std::max(1, static_cast<int>(0.02 / (processor() - first + 1e-9)));
        std::vector<double> used, passed;
        for (int run = 0; run < 9; ++run) {
            const auto begin = Clock::now();
            const double from = processor();
            for (int call = 0; call < calls; ++call) work();
            used.push_back((processor() - from) / calls);
            passed.push_back(std::chrono::duration<double>(Clock::now() - begin).count() / calls);
        }
        for (auto* list : {&used, &passed})
            std::nth_element(list->begin(), list->begin() + 4, list->end());
        fmt::print("time {} {:.9f}\nwall {} {:.9f}\n", row, used[4], row, passed[4]);
    }

    void answer(const std::string& row, const char* key, double value) const {
        if (wants(row)) fmt::print("answer {} {} {:.12g}\n", row, key, value);
    }
};

// A column as numbers, NaN where a cell is missing.
inline std::vector<double> numbers(const exchange::CsvTable& table, const std::string& name) {
    const auto column = *table.column(name);
    std::vector<double> out;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const auto cell = table.cell(row, column);
        const auto number = cell ? exchange::parse_number(*cell) : std::nullopt;
        out.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return out;
}

inline std::string text(const exchange::CsvTable& table, std::size_t row, const char* column) {
    return std::string(table.cell(row, *table.column(column)).value_or(""));
}

void measure_rows(const KernelBench&);
void course_rows(const KernelBench&);
void series_rows(const KernelBench&);
void evidence_rows(const KernelBench&);

}  // namespace evenkeel::bench
