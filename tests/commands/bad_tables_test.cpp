// Goal: whatever a table holds, a command answers with what is wrong and what to do, or with a
// result that says how far it can be trusted: never a crash, a hang, NaN or a silent wrong number.
// Method: the real program, called as each case of cases.toml says, inside the folder of tables. It
// is called for scripts (--json) and, where there is a result, for people, within a limit of time.

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "exchange/json.h"
#include "exchange/toml.h"

namespace evenkeel {
namespace {

namespace fs = std::filesystem;
using exchange::Json;

struct Case {
    std::string fault;  // what is wrong with the table, in words
    std::string call;   // after the name of the program, as in a shell
    int exit = 0;
    std::optional<std::string> where;  // of exit 3: part of the place of a problem
    std::optional<std::string> says;   // part of a problem's message, or of a warning

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("fault", self.fault, Domain{});
        visit("call", self.call, Domain{});
        visit("exit", self.exit, Domain{.min = 0, .max = 4});
        visit("where", self.where, Domain{});
        visit("says", self.says, Domain{});
    }
};

struct Cases {
    std::vector<Case> cases;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("case", self.cases, Domain{});
    }
};

const std::string folder = EVENKEEL_SOURCE_DIR "/tests/commands";

std::string bytes_of(const fs::path& file) {
    std::ostringstream all;
    all << std::ifstream{file, std::ios::binary}.rdbuf();
    return all.str();
}

std::vector<Case> read_cases() {
    const auto document = exchange::parse_toml(bytes_of(folder + "/cases.toml"));
    if (!document.ok()) {
        ADD_FAILURE() << document.error().where << ": " << document.error().message;
        return {};
    }
    auto cases = exchange::read_json<Cases>(document.value());
    if (cases.ok()) return std::move(cases).value().cases;
    for (const auto& [where, message] : cases.error().problems()) {
        ADD_FAILURE() << where << ": " << message;
    }
    return {};
}

struct Answer {
    int code = 0;
    std::string out, err;
};

class BadTables : public testing::TestWithParam<Case> {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "evenkeel-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        scratch_ = name;
    }
    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(scratch_, ignored);
    }

    [[nodiscard]] Answer call(const std::string& arguments) const {
        const auto out = scratch_ / "out", err = scratch_ / "err";
        const std::string line = "cd '" + folder + "/tables' && timeout 20 '" EVENKEEL_BINARY "' " +
                                 arguments + " >'" + out.string() + "' 2>'" + err.string() + "'";
        const int status = std::system(line.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, bytes_of(out), bytes_of(err)};
    }

  private:
    fs::path scratch_;
};

bool holds(const Json* text, const std::string& part) {
    return text != nullptr && text->text() != nullptr &&
           text->text()->find(part) != std::string::npos;
}

// Bad input: every problem has a place and a message, and one is the problem of the case.
void expect_problem(const Case& wanted, const Json& document) {
    const auto* problems = document.find("problems");
    ASSERT_TRUE(problems != nullptr && problems->list() != nullptr && !problems->list()->empty());
    bool found = false;
    for (const auto& each : *problems->list()) {
        const auto* message = each.find("message");
        EXPECT_TRUE(message != nullptr && message->text() != nullptr && !message->text()->empty());
        found = found || (holds(each.find("where"), wanted.where.value_or("")) &&
                          holds(message, wanted.says.value_or("")));
    }
    EXPECT_TRUE(found) << "no problem at \"" << wanted.where.value_or("") << "\" says \""
                       << wanted.says.value_or("") << "\"";
}

// A result: what the case wants said stands among the warnings.
void expect_warning(const Case& wanted, const Json& document) {
    const auto* warnings = document.find("warnings");
    ASSERT_TRUE(warnings != nullptr && warnings->list() != nullptr);
    if (!wanted.says) return;
    EXPECT_TRUE(std::any_of(warnings->list()->begin(), warnings->list()->end(),
                            [&](const Json& w) { return holds(&w, *wanted.says); }))
        << "no warning says \"" << *wanted.says << "\"";
}

TEST_P(BadTables, IsAnsweredWithPlaceAndRemedyOrAWarning) {
    const auto& wanted = GetParam();
    const auto scripts = call(wanted.call + " --json");
    SCOPED_TRACE(wanted.fault + "\n" + wanted.call + "\n" + scripts.out.substr(0, 3000) +
                 scripts.err.substr(0, 3000));
    ASSERT_EQ(scripts.code, wanted.exit);
    const auto document = exchange::parse_json(scripts.out);  // NaN and Infinity are no JSON
    ASSERT_TRUE(document.ok());
    if (document.value().find("problems") != nullptr) {
        expect_problem(wanted, document.value());
    } else {
        EXPECT_NE(wanted.exit, 3);
        expect_warning(wanted, document.value());
    }
    if (const auto* converged = document.value().find("converged")) {
        EXPECT_EQ(std::get<bool>(converged->value), wanted.exit != 4);
    }
    if (wanted.exit == 3) return;  // nothing but the problems, which stderr has in both
    const auto people = call(wanted.call);
    EXPECT_EQ(people.code, wanted.exit);
    for (const char* no_number : {"nan", "-nan", "inf", "-inf"}) {
        std::istringstream words(people.out);
        for (std::string word; words >> word;) EXPECT_NE(word, no_number);
    }
    EXPECT_EQ(people.err.find("assertion"), std::string::npos) << people.err;
}

INSTANTIATE_TEST_SUITE_P(Cases, BadTables, testing::ValuesIn(read_cases()));

}  // namespace
}  // namespace evenkeel
