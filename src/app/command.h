#pragma once
// What a subcommand is, and how a command line becomes one call.
//
// Adding a subcommand: write `Action my_command(CLI::App&)` in a file of its own, which
// declares its options and gives back what runs when it is chosen, and add one line to the
// table in commands.cpp.
//
// The command line is a contract: the exit codes and, with --json, one JSON document on
// standard output and nothing else there.

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace CLI {
class App;
}

namespace evenkeel::app {

enum class Exit : int {
    done = 0,
    defect = 1,         // a broken invariant: our fault, not the caller's
    wrong_call = 2,     // unknown command or option
    bad_input = 3,      // every fault named
    not_converged = 4,  // the document is printed all the same
    unreachable = 5,    // a file, folder, address or database cannot be opened
};

// One table from faults to exit codes.
Exit exit_for(Fault);

// Where a command writes, and which program it is part of.
struct Surroundings {
    std::filesystem::path program;  // argv[0] or the real path of the binary
    std::ostream& out;
    std::ostream& err;
    // Standard output is a terminal: pictures and progress make sense.
    bool out_is_terminal = false;
};

using Action = std::function<Result<Exit>(const Surroundings&)>;

struct Subcommand {
    std::string_view group;  // "measure"; empty for `evenkeel serve` and the like
    std::string_view name;
    std::string_view says;  // one line of help
    Action (*declare)(CLI::App&);
};

// All subcommands, in the order of the help page.
std::span<const Subcommand> subcommands();

// Parses, runs and reports; gives back the exit code. Faults of the input go to `err`, and
// with --json also to `out` as {"problems":[{"where","message"}]}. Never throws.
int run(const std::vector<std::string>& arguments, const Surroundings&);

}  // namespace evenkeel::app
