// Goal: the statistics commands keep the contract: keys, exit codes, faults with row and column,
// null with a warning instead of NaN. Method: calls of run() as main makes them.
#include <random>

#include "app/detail/call.h"

namespace evenkeel::app {
namespace {

// Answers of 300 people to three items, 0 to 2.
std::string answers() {
    std::mt19937_64 random{9};
    std::normal_distribution<double> normal;
    std::string out = "who,a,b,c\n";
    for (int i = 0; i < 300; ++i) {
        const double severity = normal(random);
        out += "p" + std::to_string(i);
        for (int j = 0; j < 3; ++j) {
            const double x = severity + normal(random);
            out += x < -0.3 ? ",0" : x < 0.8 ? ",1" : ",2";
        }
        out += "\n";
    }
    return out;
}

TEST(MeasureReliability, GivesItsKeysAndWarnsOfLeftOutRows) {
    const auto said = call({"measure", "reliability", file_of("a,b,c\n1,2,1\n2,1,2\n3,3,3\n,1,1\n"),
                            "--items", "a,b,c", "--ordinal", "--json"});
    ASSERT_EQ(said.code, 0) << said.err;
    const auto json = said.json();
    for (const auto* key :
         {"method", "source", "n", "warnings", "n_complete", "alpha", "alpha_standardized",
          "omega_total", "sem", "items", "polychoric", "alpha_ordinal"}) {
        EXPECT_NE(json.find(key), nullptr) << key;
    }
    EXPECT_EQ(said.number({"n"}), 4);
    EXPECT_EQ(said.number({"n_complete"}), 3);
    EXPECT_FALSE(json.find("warnings")->list()->empty());
}

TEST(MeasureReliability, AConstantItemIsNullWithAWarningAndNoNaN) {
    const auto said = call({"measure", "reliability", file_of("a,b,c\n1,2,1\n1,1,2\n1,3,3\n"),
                            "--items", "a,b,c", "--json"});
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_TRUE(said.json().find("omega_total")->is_null());
    EXPECT_EQ(said.out.find("nan"), std::string::npos);
    EXPECT_NE(said.out.find("a has the same answer"), std::string::npos);
}

TEST(MeasureReliability, BadTablesAreNamedByRowAndColumn) {
    const auto cells =
        call({"measure", "reliability", file_of("a,b\n1,two\nx,2\n"), "--items", "a,b", "--json"});
    EXPECT_EQ(cells.code, 3);
    EXPECT_NE(cells.err.find("2:2"), std::string::npos) << cells.err;
    EXPECT_NE(cells.err.find("3:1"), std::string::npos) << cells.err;
    EXPECT_EQ(cells.json().find("problems")->list()->size(), 2U);
    for (const auto* text : {"a,b\n1,2\n", "a,b\n,\n,\n", "a,a\n1,2\n2,3\n",
                             "a,b\n1e300,2\n-1e300,3\n", "", "a,b\n"}) {
        const auto said = call({"measure", "reliability", file_of(text), "--items", "a,b"});
        EXPECT_EQ(said.code, 3) << text;
        EXPECT_FALSE(said.err.empty());
    }
    EXPECT_EQ(call({"measure", "reliability", "/no/such.csv", "--items", "a,b"}).code, 5);
    EXPECT_EQ(call({"measure", "reliability", file_of("a,b\n1,2\n")}).code, 2);
}

TEST(MeasureGrm, WhatFitWritesScoreAndInformationRead) {
    const auto table = file_of(answers());
    const auto parameters = file_of("", "p.json");
    const auto fit =
        call({"measure", "fit-grm", table, "--items", "a,b,c", "--json", "--out", parameters});
    ASSERT_EQ(fit.code, 0) << fit.err;
    const auto score = call({"measure", "score-grm", table, "--items", "a,b,c", "--parameters",
                             parameters, "--id", "who", "--json"});
    ASSERT_EQ(score.code, 0) << score.err;
    const auto rows = *score.json().find("rows")->list();
    ASSERT_EQ(rows.size(), 300U);
    EXPECT_EQ(*rows[0].find("id")->text(), "p0");
    EXPECT_TRUE(rows[0].find("theta")->number().has_value());
    for (const auto* method : {"map", "wle"}) {
        EXPECT_EQ(call({"measure", "score-grm", table, "--items", "c,a", "--parameters", parameters,
                        "--method", method})
                      .code,
                  0);
    }
    const auto picture = file_of("", "p.svg");
    const auto information =
        call({"measure", "information", "--parameters", parameters, "--from", "-2", "--to", "2",
              "--step", "0.1", "--json", "--plot", picture});
    ASSERT_EQ(information.code, 0) << information.err;
    EXPECT_EQ(information.json().find("rows")->list()->size(), 41U);
    EXPECT_GT(std::filesystem::file_size(picture), 1000U);
}

TEST(MeasureGrm, ASearchThatDidNotArriveHasExitCode4AndADocument) {
    auto text = answers();
    std::string doubled = "a,b,c\n";
    std::istringstream lines(text);
    std::getline(lines, text);
    while (std::getline(lines, text)) {
        const auto answer = text.substr(text.find(',') + 1, 1);
        doubled += answer + "," + answer + "," + answer + "\n";
    }
    const auto said = call({"measure", "fit-grm", file_of(doubled), "--items", "a,b,c", "--json"});
    EXPECT_EQ(said.code, 4);
    const auto json = said.json();
    EXPECT_FALSE(std::get<bool>(json.find("converged")->value));
    EXPECT_FALSE(json.find("warnings")->list()->empty());
}

TEST(MeasureGrm, BadParametersAndAnswersAreNamed) {
    const auto table = file_of("a,b\n0,1\n1,7\n");
    const auto good = file_of(
        R"({"items":[{"item":"a","a":1,"b":[0]},{"item":"b","a":1,"b":[1]}]})", "good.json");
    const auto said = call({"measure", "score-grm", table, "--items", "a,b", "--parameters", good});
    EXPECT_EQ(said.code, 3);
    EXPECT_NE(said.err.find("3:2: b: 7"), std::string::npos) << said.err;
    EXPECT_EQ(call({"measure", "score-grm", table, "--items", "a", "--parameters", good}).code, 0);
    EXPECT_EQ(call({"measure", "score-grm", table, "--items", "z", "--parameters", good}).code, 3);
    for (const auto* text : {"{", "{}", R"({"items":[]})", R"({"items":[{"item":"a"}]})",
                             R"({"items":[{"item":"a","a":0,"b":[1]}]})",
                             R"({"items":[{"item":"a","a":1,"b":[1,0]}]})",
                             R"({"items":[{"item":"a","a":1,"b":[0],"categories":[1]}]})"}) {
        EXPECT_EQ(call({"measure", "information", "--parameters", file_of(text, "bad.json")}).code,
                  3)
            << text;
    }
    EXPECT_EQ(
        call({"measure", "fit-grm", file_of("a,b,c\n1,1,1\n1,2,2\n1,1,2\n"), "--items", "a,b,c"})
            .err.substr(0, 6),
        "1:1: a");
}

TEST(MeasureShortForm, AsksWhatTellsMostAndNeverTheSafetyItem) {
    const auto parameters = file_of(
        R"({"sample":"community sample","asked_apart":["c"],"items":[
            {"item":"a","a":1,"b":[0]},{"item":"b","a":2,"b":[0]},{"item":"c","a":5,"b":[0]}]})",
        "p.json");
    const auto ask = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"measure", "short-form", "--parameters", parameters, "--json"});
        return call(more);
    };
    const auto first = ask({"--se", "0.3"});
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_EQ(*first.json().find("next")->text(), "b");
    EXPECT_NE(first.out.find("community sample"), std::string::npos);
    EXPECT_EQ(*ask({"--answers", "b=1", "--se", "0.3"}).json().find("next")->text(), "a");
    EXPECT_TRUE(ask({"--answers", "b=1,a=0", "--se", "0.3"}).json().find("next")->is_null());
    EXPECT_TRUE(ask({"--se", "2"}).json().find("next")->is_null());
    EXPECT_EQ(ask({"--answers", "b=7"}).code, 3);
    EXPECT_EQ(ask({"--apart", "z"}).code, 3);
    EXPECT_EQ(ask({"--se", "0"}).code, 3);
}

TEST(MeasureChange, CountsCategoriesAndLeavesOutRowsWithoutBothScores) {
    const auto table = file_of("id,pre,post\n1,30,5\n2,30,28\n3,10,30\n4,,3\n5,20,\n");
    const auto said = call({"measure", "change",
                            table,     "--before",
                            "pre",     "--after",
                            "post",    "--sd",
                            "8",       "--reliability",
                            "0.86",    "--functional-mean",
                            "6",       "--functional-sd",
                            "5",       "--cutoff",
                            "b",       "--id",
                            "id",      "--json"});
    ASSERT_EQ(said.code, 0) << said.err;
    EXPECT_EQ(said.number({"cutoff"}), 16);
    EXPECT_EQ(said.number({"counts", "recovered"}), 1);
    EXPECT_EQ(said.number({"counts", "harmed"}), 1);
    EXPECT_EQ(said.number({"counts", "unchanged"}), 1);
    const auto rows = *said.json().find("rows")->list();
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_TRUE(rows[3].find("rci")->is_null());
    EXPECT_TRUE(rows[4].find("category")->is_null());
}

TEST(MeasureChange, RefusesAReliabilityOfOneAndACriterionWithoutItsSample) {
    const auto table = file_of("pre,post\n30,5\n20,4\n");
    const std::vector<std::string> start{"measure", "change", table,  "--before", "pre",
                                         "--after", "post",   "--sd", "8",        "--reliability"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), start.begin(), start.end());
        return call(more);
    };
    EXPECT_EQ(with({"1"}).code, 3);
    EXPECT_EQ(with({"0.8", "--cutoff", "c"}).code, 3);
    EXPECT_EQ(with({"0.8", "--cutoff", "d"}).code, 2);
    EXPECT_EQ(with({"0.8"}).code, 0);
}

}  // namespace
}  // namespace evenkeel::app
