#include "app/version.h"

#include <fmt/core.h>
#include <openssl/opensslv.h>
#include <simdjson.h>
#include <sodium/version.h>
#include <sqlite3.h>
#include <zlib.h>
#include <boost/version.hpp>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "app/commands.h"
#include "app/report.h"

namespace evenkeel::app {

const std::string_view version = EVENKEEL_VERSION;
const std::string_view commit = EVENKEEL_COMMIT;

namespace {

struct Dependency {
    std::string_view name, version, licence;
};

// As built; licences as in docs/third-party.md.
std::vector<Dependency> dependencies() {
    static const auto fmt_version =
        fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100);
    static const auto boost_version = fmt::format("{}.{}.{}", BOOST_VERSION / 100000,
                                                  BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100);
    static const auto simdjson_version = fmt::format(
        "{}.{}.{}", int{simdjson::SIMDJSON_VERSION_MAJOR}, int{simdjson::SIMDJSON_VERSION_MINOR},
        int{simdjson::SIMDJSON_VERSION_REVISION});
    return {{"Boost", boost_version, "BSL-1.0"},
            {"CLI11", CLI11_VERSION, "BSD-3-Clause"},
            {"fmt", fmt_version, "MIT"},
            {"libsodium", SODIUM_VERSION_STRING, "ISC"},
            {"OpenSSL", OPENSSL_VERSION_STR, "Apache-2.0"},
            {"simdjson", simdjson_version, "Apache-2.0"},
            {"SQLite", SQLITE_VERSION, "public domain"},
            {"zlib", ZLIB_VERSION, "Zlib"},
            // These name no version in their headers.
            {"date", "of the system", "MIT"},
            {"Svelte", "of ui/package-lock.json", "MIT"}};
}

Result<Exit> run_version(const OutputOptions& options, const Surroundings& at) {
    Report report;
    report.method = "What this program was built from.";
    report.source = "The headers of the libraries at build time.";
    report.more = {{"version", {std::string(version)}},
                   {"commit", {std::string(commit)}},
                   {"compiler", {std::string(EVENKEEL_COMPILER)}}};
    report.columns = {"name", "version", "licence"};
    JsonList list;
    for (const auto& each : dependencies()) {
        const Json name{std::string(each.name)};
        const Json of{std::string(each.version)};
        const Json licence{std::string(each.licence)};
        report.rows.push_back({name, of, licence});
        list.push_back({JsonObject{{"name", name}, {"version", of}, {"licence", licence}}});
    }
    report.n = report.rows.size();
    report.footnotes = false;
    if (options.json) {
        report.more.emplace_back("dependencies", Json{std::move(list)});
        report.has_rows = false;
    }
    return write_report(report, options, at);
}

}  // namespace

Action version_command(CLI::App& command) {
    auto options = std::make_shared<OutputOptions>();
    declare_output(command, *options);
    return [options](const Surroundings& at) { return run_version(*options, at); };
}

}  // namespace evenkeel::app
