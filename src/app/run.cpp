#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <ostream>

#include "app/command.h"
#include "app/version.h"
#include "exchange/json.h"

namespace evenkeel::app {
namespace {

struct Declared {
    CLI::App* options = nullptr;
    Action action;
};

std::vector<Declared> declare_all(CLI::App& program) {
    std::vector<Declared> out;
    std::map<std::string_view, CLI::App*> groups;
    for (const auto& each : subcommands()) {
        CLI::App* parent = &program;
        if (!each.group.empty()) {
            auto& group = groups[each.group];
            if (group == nullptr) {
                group = program.add_subcommand(std::string(each.group));
                group->require_subcommand(1);
            }
            parent = group;
        }
        auto* options = parent->add_subcommand(std::string(each.name), std::string(each.says));
        out.push_back({options, each.declare(*options)});
    }
    return out;
}

bool wants_json(const CLI::App& options) {
    const auto* json = options.get_option_no_throw("--json");
    return json != nullptr && json->count() > 0;
}

void report(const Error& error, bool as_json, const Surroundings& at) {
    const auto problems = error.problems();
    for (const auto& problem : problems) {
        at.err << (problem.where.empty() ? "" : problem.where + ": ") << problem.message << '\n';
    }
    if (!as_json) return;
    exchange::JsonWriter out;
    out.begin_object();
    out.key("problems");
    out.begin_list();
    for (const auto& problem : problems) {
        out.begin_object();
        out.key("where");
        out.text(problem.where);
        out.key("message");
        out.text(problem.message);
        out.end_object();
    }
    out.end_list();
    out.end_object();
    at.out << out.take() << '\n';
}

int run_chosen(const std::vector<Declared>& declared, const Surroundings& at) {
    for (const auto& [options, action] : declared) {
        if (!options->parsed()) continue;
        const auto result = action(at);
        at.out.flush();
        if (result.ok()) return static_cast<int>(result.value());
        report(result.error(), wants_json(*options), at);
        at.out.flush();
        return static_cast<int>(exit_for(result.error().fault));
    }
    return static_cast<int>(Exit::wrong_call);
}

}  // namespace

Exit exit_for(Fault fault) {
    switch (fault) {
        case Fault::not_converged:
            return Exit::not_converged;
        case Fault::unavailable:
            return Exit::unreachable;
        case Fault::invalid_input:
        case Fault::not_found:
        case Fault::unauthenticated:
        case Fault::forbidden:
        case Fault::conflict:
        case Fault::too_large:
        case Fault::too_many:
            return Exit::bad_input;
    }
    return Exit::defect;
}

int run(const std::vector<std::string>& arguments, const Surroundings& at) {
    try {
        CLI::App program("Evenkeel: depression care, from a check-in to a therapist who knows.",
                         "evenkeel");
        program.set_version_flag("--version", std::string(version));
        program.require_subcommand(1);
        const auto declared = declare_all(program);
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        try {
            program.parse(reversed);
        } catch (const CLI::ParseError& wrong) {
            // Help and version arrive here too, with code 0.
            const int code = program.exit(wrong, at.out, at.err);
            return code == 0 ? 0 : static_cast<int>(Exit::wrong_call);
        }
        return run_chosen(declared, at);
    } catch (const std::exception& defect) {
        at.err << "This is a defect in Evenkeel, not in your input. Please report: "
               << defect.what() << '\n';
        return static_cast<int>(Exit::defect);
    }
}

}  // namespace evenkeel::app
