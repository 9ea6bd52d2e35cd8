#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "app/command.h"

int main(int argc, char** argv) {
    // argv[0] may be a bare name found on the PATH; Linux knows the file.
    std::error_code unknown;
    auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
    if (unknown) program = argc > 0 ? argv[0] : "evenkeel";
    const evenkeel::app::Surroundings at{program, std::cout, std::cerr, isatty(STDOUT_FILENO) == 1};
    return evenkeel::app::run({argv + (argc > 0 ? 1 : 0), argv + argc}, at);
}
