// Goal: the command line keeps its contract: exit codes, one JSON document and nothing else on
// standard output, every fault with its row and column. Method: calls of run() as main makes them.
#include "app/detail/call.h"
#include "app/report.h"

namespace evenkeel::app {
namespace {

// Where the knowledge is found.
Said ask(const std::vector<std::string>& arguments) {
    return call(arguments, std::filesystem::path(EVENKEEL_SOURCE_DIR) / "build/dev/evenkeel");
}

Said score(const std::string& csv, std::vector<std::string> more) {
    more.insert(more.begin(), {"measure", "score", file_of(csv)});
    return ask(more);
}

TEST(CommandLine, ScoresAreRowsOfOneJsonDocument) {
    const auto answer = score("who,a,b\nAnn,1,2\nBen,3,NA\n",
                              {"--instrument", "gad-2", "--items", "a,b", "--id", "who", "--json"});
    ASSERT_EQ(answer.code, 0) << answer.err;
    EXPECT_EQ(answer.err, "");
    const auto json = answer.json();
    for (const auto* key : {"method", "source", "n", "warnings", "rows"}) {
        EXPECT_NE(json.find(key), nullptr) << key;
    }
    EXPECT_EQ(exchange::write_json(json.find("rows")->list()->at(0)),
              R"({"id":"Ann","total":3,"band":"at or above the cut-off","prorated":false,)"
              R"("missing_items":[],"scorable":true,"flags":[]})");
    EXPECT_EQ(exchange::write_json(json.find("rows")->list()->at(1)),
              R"({"id":"Ben","total":null,"band":null,"prorated":false,)"
              R"("missing_items":[2],"scorable":false,"flags":[]})");
}

TEST(CommandLine, SubscalesStandBesideTheTotalAndAsColumnsInCsv) {
    const std::string csv = "q1,q2,q3,q4\n1,2,3,0\n";
    const auto json = score(csv, {"--instrument", "phq-4", "--json"}).json();
    EXPECT_EQ(exchange::write_json(*json.find("rows")->list()->at(0).find("subscales")),
              R"({"anxiety":3,"depression":3})");
    EXPECT_EQ(score(csv, {"--instrument", "phq-4", "--csv"}).out,
              "id,total,band,prorated,missing_items,scorable,flags,subscales.anxiety,"
              "subscales.depression,subscale_bands.anxiety,subscale_bands.depression\n"
              "1,6,level 3 of 4,0,,1,,3,3,,\n");
}

TEST(CommandLine, EveryBadCellIsNamedWithRowAndColumn) {
    const auto answer = score("phq1,phq2\n1,4\nx,2\n-1,2.5\n", {"--instrument", "phq-2", "--json"});
    EXPECT_EQ(answer.code, 3);
    const auto json = answer.json();
    const auto& problems = *json.find("problems")->list();
    ASSERT_EQ(problems.size(), 4U);
    EXPECT_EQ(*problems[0].find("where")->text(), "2:2");
    EXPECT_EQ(*problems[1].find("where")->text(), "3:1");
    EXPECT_EQ(*problems[3].find("message")->text(),
              "phq2: \"2.5\" is no answer. Give a whole number from 0 to 3, or leave it empty.");
    EXPECT_NE(answer.err.find("2:2: phq2:"), std::string::npos);
}

TEST(CommandLine, BadInputIsThreeAWrongCallTwoAndNoFileFive) {
    EXPECT_EQ(score("a,b\n1,2,3\n", {"--instrument", "gad-2"}).code, 3);
    EXPECT_EQ(score("a,b\n1,2\n", {"--instrument", "gad-2"}).code, 3);
    EXPECT_EQ(score("q1,q2\n1,2\n", {"--instrument", "bdi-ii"}).code, 3);
    EXPECT_EQ(score("q1,q2\n1,2\n", {"--instrument", "gad-2", "--items", "q1"}).code, 3);
    EXPECT_EQ(score("q1,q2\n1,2\n", {"--instrument", "gad-2", "--where", "q1"}).code, 3);
    EXPECT_EQ(score("q1,q2\n1,2\n", {}).code, 2);
    EXPECT_EQ(ask({"measure", "tell"}).code, 2);
    EXPECT_EQ(ask({}).code, 2);
    EXPECT_EQ(ask({"measure", "score", "no/such.csv", "--instrument", "gad-2"}).code, 5);
    EXPECT_EQ(ask({"check", "--knowledge", "no/such"}).code, 5);
    EXPECT_EQ(ask({"--help"}).code, 0);
}

TEST(CommandLine, RowsAreKeptByWhereAndReadInAnotherLocale) {
    const auto answer =
        score("q1;q2;age\n1;2;17,5\n3;3;40\n", {"--instrument", "gad-2", "--csv", "--delimiter",
                                                ";", "--decimal", ",", "--where", "age>17,6"});
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_NE(answer.out.find("\n1,6,"), std::string::npos) << answer.out;
}

TEST(CommandLine, WorkThatDoesNotApplyIsSaidInWords) {
    const auto answer =
        score("q1,q2,q3,q4,q5\nnot applicable,1,1,1,1\n", {"--instrument", "wsas", "--csv"});
    EXPECT_NE(answer.out.find("1,4,,0,,1,item_not_applicable"), std::string::npos) << answer.out;
}

TEST(CommandLine, OutWritesTheFileAndNothingElse) {
    const auto path = testing::TempDir() + "evenkeel_app_out.json";
    const auto answer = ask({"measure", "list", "--json", "--out", path});
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(answer.out, "");
    EXPECT_TRUE(std::filesystem::file_size(path) > 1000);
    EXPECT_EQ(ask({"measure", "list", "--out", "no/such/folder/x"}).code, 5);
}

TEST(CommandLine, ListShowCheckAndVersionAnswer) {
    EXPECT_EQ(ask({"measure", "list", "--json"}).json().find("rows")->list()->size(), 14U);
    const auto shown = ask({"measure", "show", "phq-9", "--json"}).json();
    EXPECT_EQ(shown.find("items")->list()->size(), 9U);
    EXPECT_EQ(*ask({"measure", "show", "k6", "--json"}).json().find("rci")->text(),
              "not available");
    EXPECT_EQ(ask({"measure", "show", "phq-10"}).code, 3);
    EXPECT_EQ(ask({"check", "--json"}).json().find("hash")->text()->size(), 64U);
    const auto version = ask({"version", "--json"}).json();
    for (const auto* key : {"version", "commit", "compiler", "dependencies"}) {
        EXPECT_NE(version.find(key), nullptr) << key;
    }
}

TEST(Counted, IsInTheNumberOfWhatItCounts) {
    std::vector<std::string> warnings;
    for (const std::size_t n : {0U, 1U, 2U}) warn_of(warnings, n, "row is.", "rows are.");
    EXPECT_EQ(warnings, (std::vector<std::string>{"1 row is.", "2 rows are."}));
}

}  // namespace
}  // namespace evenkeel::app
