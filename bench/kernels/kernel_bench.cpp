// How long do the methods take on data in memory, and do they answer the same as before?
//
//   kernel_bench [--threads N] [--drawn DIR] [ROW...]
//
// Reads the reference data (EVENKEEL_REFERENCE); rows are those of bench/README.md. What it draws
// itself goes to DIR as doubles, for another program to read. Lines: kernel_bench.h.
#include "kernel_bench.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "app/threads.h"

int main(int count, char** arguments) {
    using namespace evenkeel;
    CLI::App command;
    bench::KernelBench bench;
    unsigned threads = 1;
    command.add_option("--threads", threads);
    command.add_option("--drawn", bench.drawn);
    command.add_option("ROW", bench.wanted);
    CLI11_PARSE(command, count, arguments);
    const char* root = std::getenv("EVENKEEL_REFERENCE");
    bench.reference = root != nullptr ? root : "../shared/reference";
    const app::Threads workers(threads);
    bench.workers = &workers;
    bench::measure_rows(bench);
    bench::course_rows(bench);
    bench::series_rows(bench);
    bench::evidence_rows(bench);
    return 0;
}
