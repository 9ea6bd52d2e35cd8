#pragma once
// For tests: a call of the command line as main makes it, and what it said.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/command.h"
#include "exchange/json.h"

namespace evenkeel::app {

struct Said {
    int code = 0;
    std::string out, err;
    // Of standard output.
    [[nodiscard]] exchange::Json json() const {
        const auto read = exchange::parse_json(out);
        EXPECT_TRUE(read.ok()) << out << err;
        return read.ok() ? read.value() : exchange::Json{};
    }
    // NaN, which no expectation meets, when there is no number.
    [[nodiscard]] double number(std::initializer_list<std::string_view> path) const {
        const auto document = json();
        const auto* found = document.at(path);
        return found == nullptr ? std::nan("") : found->number().value_or(std::nan(""));
    }
};

inline Said call(const std::vector<std::string>& arguments,
                 const std::filesystem::path& program = "evenkeel") {
    std::ostringstream out, err;
    const int code = run(arguments, {program, out, err, false});
    return {code, out.str(), err.str()};
}

// A file of the running test's own.
inline std::string file_named(const std::string& what) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    return testing::TempDir() + "evenkeel_" + test->test_suite_name() + "_" + test->name() + "_" +
           what;
}
inline std::string file_of(const std::string& text, const std::string& name = "table.csv") {
    const auto path = file_named(name);
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

}  // namespace evenkeel::app
