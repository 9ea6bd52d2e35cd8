// Goal: somebody else's table becomes people with a record, all rows or none; every bad row
// is named; the same rows twice add nothing; and the public data of the reference folder
// arrive as they are, where that folder stands.

#include <algorithm>
#include <cstdlib>
#include <set>

#include "app/detail/call.h"
#include "app/own_measures.h"
#include "app/service_data.h"
#include "base/testing.h"
#include "exchange/input.h"
#include "exchange/test_folder.h"

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;

// An empty service with one therapist, and files to import into it.
class Import : public ::testing::Test {
  protected:
    Import() {
        const auto vault = must(store::Vault::open(data()));
        const auto store = must(store::Store::open(data(), *vault));
        must(store->write([](store::Writing& writing) -> Status {
            return writing.put_account({.id = derived_id(Id{}, "therapist"),
                                        .role = "therapist",
                                        .name = "Dr Jun Lee",
                                        .email = "lee@demo.example"});
        }));
    }

    [[nodiscard]] fs::path data() const { return folder_.path(); }

    Said import_file(const fs::path& table, const fs::path& mapping,
                     const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{
            "import", table.string(),  "--mapping",   mapping.string(),
            "--data", data().string(), "--knowledge", EVENKEEL_SOURCE_DIR "/knowledge",
            "--json"};
        words.insert(words.end(), more.begin(), more.end());
        return call(words);
    }

    Said import_text(const std::string& table, const std::string& mapping,
                     const std::vector<std::string>& more = {}) const {
        std::ofstream{folder_.path() / "table.csv"} << table;
        std::ofstream{folder_.path() / "mapping.toml"} << mapping;
        return import_file(folder_.path() / "table.csv", folder_.path() / "mapping.toml", more);
    }

    static double number(const Said& said, std::string_view key) {
        const auto json = must(exchange::parse_json(said.out));
        const auto* found = json.find(key);
        return found == nullptr ? -1 : found->number().value_or(-1);
    }

    // Every person of the record, by reference.
    [[nodiscard]] std::map<std::string, record::PersonState> people() const {
        const auto service = must(open_service({.folder = data().string()}));
        std::map<std::string, record::PersonState> out;
        must(service->store->read([&](store::Reading& reading) -> Status {
            TRY(const auto rows,
                reading.relations_of_staff(derived_id(Id{}, "therapist"), service->clock.now()));
            for (const auto& row : rows) {
                TRY(auto state, service->keeper->person(row.person));
                out[state.person.reference] = std::move(state);
            }
            return Done{};
        }));
        return out;
    }

    // The public data, where they stand beside the source; else the test is skipped.
    static std::optional<fs::path> reference(const char* file) {
        const char* named = std::getenv("EVENKEEL_REFERENCE");
        const fs::path folder = named != nullptr
                                    ? fs::path(named)
                                    : fs::path(EVENKEEL_SOURCE_DIR) / "../shared/reference";
        std::error_code unknown;
        if (!fs::exists(folder / file, unknown)) return std::nullopt;
        return folder / file;
    }
    static fs::path mapping(const char* file) {
        return fs::path(EVENKEEL_SOURCE_DIR) / "docs/guide/mappings" / file;
    }

  private:
    TestFolder folder_;
};

constexpr auto own_total = R"(
[person]
column = "id"
prefix = "T-"
therapist = "lee@demo.example"
zone = "Europe/London"
[time]
column = "day"
[measure]
total = "score"
[measure.own]
id = "own-total"
title = "Own total"
min = 0
max = 60
better = "lower"
bands = [{ from = 0, to = 19, name = "low" }, { from = 20, to = 60, name = "high" }]
source = "made for this test"
)";

TEST_F(Import, MakesPeopleWithScoresAndAddsNothingTheSecondTime) {
    const std::string table =
        "id,day,score\n7,2026-01-05,31\n7,2026-01-12,18\n9,2026-02-01,\n8,2026-01-06,4\n";
    const auto first = import_text(table, own_total);
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_EQ(number(first, "people_new"), 2);
    EXPECT_EQ(number(first, "entries_new"), 3);
    EXPECT_EQ(number(first, "rows_empty"), 1);
    const auto all = people();
    ASSERT_EQ(all.size(), 2U);
    const auto& scores = all.at("T-7").scores;
    ASSERT_EQ(scores.size(), 2U);
    EXPECT_EQ(scores[0].total, 31);
    EXPECT_EQ(scores[0].band, "high");
    EXPECT_EQ(scores[1].band, "low");
    EXPECT_EQ(all.at("T-7").episode->terms.questionnaire, "own-total");

    const auto seq = all.at("T-7").seq;
    const auto again = import_text(table, own_total);
    ASSERT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(number(again, "people_new"), 0);
    EXPECT_EQ(number(again, "entries_new"), 0);
    EXPECT_EQ(number(again, "entries_known"), 3);
    EXPECT_EQ(people().at("T-7").seq, seq);
}

TEST_F(Import, NamesEveryBadRowAndWritesNothing) {
    const std::string table =
        "id,day,score\n7,2026-01-05,31\n,2026-01-06,3\n8,6 Jan,3\n8,2999-01-01,4\n"
        "8,2026-01-08,61\n8,2026-01-09,4.5\n7,2026-01-05,30\n";
    const auto said = import_text(table, own_total);
    EXPECT_EQ(said.code, 3);
    for (const auto* place :
         {"3:1: Column \"id\"", "4:2: Column \"day\"", "5:2: Column \"day\"",
          "6:3: Column \"score\"", "7:3: Column \"score\"", "8:2: Column \"day\": line 2"}) {
        EXPECT_NE(said.err.find(place), std::string::npos) << place << "\n" << said.err;
    }
    EXPECT_TRUE(people().empty());
    EXPECT_FALSE(fs::exists(data() / "measures" / "own-total.json"));

    const auto skipped = import_text(table, own_total, {"--skip-bad-rows"});
    EXPECT_EQ(skipped.code, 0) << skipped.err;
    EXPECT_EQ(number(skipped, "rows_left_out"), 6);
    EXPECT_EQ(people().size(), 1U);
}

TEST_F(Import, NeverOverwritesWhatAnEarlierImportSaid) {
    ASSERT_EQ(import_text("id,day,score\n7,2026-01-05,31\n", own_total).code, 0);
    const auto said = import_text("id,day,score\n7,2026-01-05,12\n7,2026-01-12,9\n", own_total);
    EXPECT_EQ(said.code, 3);
    EXPECT_NE(said.err.find("2:1: An earlier import"), std::string::npos) << said.err;
    EXPECT_EQ(people().at("T-7").scores.size(), 1U);
}

TEST_F(Import, NamesEveryFaultOfAMapping) {
    const auto said = import_text("id\n1\n", R"(
colour = "blue"
[person]
column = "id"
one = "x"
prefix = "T-"
therapist = "lee@demo.example"
zone = "Europe/Londn"
[time]
at = "25:00"
)");
    EXPECT_EQ(said.code, 3);
    EXPECT_NE(said.err.find("/colour"), std::string::npos) << said.err;
    const auto later = import_text("id\n1\n", R"(
[person]
column = "id"
one = "x"
prefix = "T-"
therapist = "lee@demo.example"
zone = "Europe/Londn"
[time]
at = "25:00"
)");
    EXPECT_EQ(later.code, 3);
    for (const auto* place : {"/person:", "/person/zone", "/time:", "/time/at"}) {
        EXPECT_NE(later.err.find(place), std::string::npos) << place << "\n" << later.err;
    }
    EXPECT_EQ(import_text("id\n1\n", "person = [").code, 3);
}

TEST_F(Import, NamesEveryColumnThatTheTableLacks) {
    const auto said = import_text("id,when\n1,2026-01-05\n", own_total);
    EXPECT_EQ(said.code, 3);
    EXPECT_NE(said.err.find("/time/column"), std::string::npos) << said.err;
    EXPECT_NE(said.err.find("/measure/total"), std::string::npos) << said.err;
}

TEST_F(Import, RefusesATherapistWhoIsNotThere) {
    std::string mapping = own_total;
    mapping.replace(mapping.find("lee@"), 4, "noone@");
    const auto said = import_text("id,day,score\n7,2026-01-05,31\n", mapping);
    EXPECT_EQ(said.code, 3);
    EXPECT_NE(said.err.find("/person/therapist"), std::string::npos) << said.err;
}

TEST_F(Import, KeepsAnOwnMeasureApartFromTheShippedOnesAndFromAnother) {
    std::string mapping = own_total;
    mapping.replace(mapping.find("\"own-total\""), 11, "\"phq-9\"");
    EXPECT_EQ(import_text("id,day,score\n7,2026-01-05,3\n", mapping).code, 3);
    ASSERT_EQ(import_text("id,day,score\n7,2026-01-05,31\n", own_total).code, 0);
    std::string other = own_total;
    other.replace(other.find("max = 60"), 8, "max = 90");
    other.replace(other.find("to = 60"), 7, "to = 90");
    const auto said = import_text("id,day,score\n7,2026-01-19,31\n", other);
    EXPECT_EQ(said.code, 3);
    EXPECT_NE(said.err.find("/measure/own"), std::string::npos) << said.err;

    auto known = must(knowledge::load_knowledge(EVENKEEL_SOURCE_DIR "/knowledge"));
    must(add_own_measures(data(), known));
    ASSERT_NE(known.instrument("own-total"), nullptr);
    EXPECT_EQ(known.instrument("own-total")->scores.max, 60);
    EXPECT_FALSE(known.instrument_hash("own-total").empty());
}

TEST_F(Import, RaisesTheSignalOfASafetyItem) {
    const auto said =
        import_text("id,a,b,c,d,e,f,g,h,i\n1,1,1,1,1,1,1,1,1,2\n2,0,0,0,0,0,0,0,0,0\n",
                    R"(
[person]
column = "id"
prefix = "P-"
therapist = "lee@demo.example"
zone = "Europe/London"
[time]
from = "2026-01-05"
[measure]
instrument = "phq-9"
items = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
)");
    ASSERT_EQ(said.code, 0) << said.err;
    const auto all = people();
    ASSERT_EQ(all.at("P-1").signals.size(), 1U);
    EXPECT_EQ(all.at("P-1").signals[0].kind(), care::SignalKind::safety_item);
    EXPECT_TRUE(all.at("P-2").signals.empty());
}

TEST_F(Import, TakesOnePersonsPromptsAndWeeklyScoreAsTheyAre) {
    const auto scores = reference("timeseries/data/kossakowski_scl90.csv");
    const auto beeps = reference("timeseries/data/kossakowski_beeps.csv");
    if (!scores || !beeps) GTEST_SKIP() << "no reference folder";
    const auto weekly = import_file(*scores, mapping("kossakowski_scl90.toml"));
    ASSERT_EQ(weekly.code, 0) << weekly.err;
    EXPECT_EQ(number(weekly, "entries_new"), 28);
    const auto prompts = import_file(*beeps, mapping("kossakowski_beeps.toml"));
    ASSERT_EQ(prompts.code, 0) << prompts.err;
    EXPECT_EQ(number(prompts, "people_known"), 1);
    EXPECT_GT(number(prompts, "entries_new"), 1400);
    const auto all = people();
    ASSERT_EQ(all.size(), 1U);
    const auto& person = all.at("KOSS-1");
    ASSERT_EQ(person.scores.size(), 28U);
    EXPECT_EQ(person.scores.front().total, 13);  // a mean of 1
    EXPECT_EQ(person.scores.back().total, 28);   // a mean of 2.154
    EXPECT_EQ(local_day(person.scores.back().at, "Europe/Amsterdam"),
              *parse_day("2012-08-13") + std::chrono::days{238});
    EXPECT_EQ(person.episode->terms.questionnaire, "scl-90-r-depression");
}

TEST_F(Import, TakesTheTotalsOfEnrichdVisitByVisit) {
    const auto table = reference("psychometrics/data/enrichd_bdi_long.csv");
    if (!table) GTEST_SKIP() << "no reference folder";
    // The first 40 people: the whole table takes minutes under the sanitizers.
    std::istringstream lines{must(exchange::read_file(*table))};
    std::string some;
    std::set<std::string> different;  // id, day and score; a doubled row adds nothing
    for (std::string line; std::getline(lines, line) && !line.starts_with("41,");) {
        some += line + "\n";
        const auto third = line.find(',', line.find(',', line.find(',') + 1) + 1);
        different.insert(line.substr(0, third));
    }
    const auto said = import_text(some, must(exchange::read_file(mapping("enrichd_bdi.toml"))));
    ASSERT_EQ(said.code, 0) << said.err;
    EXPECT_EQ(number(said, "people_new"), 40);
    EXPECT_EQ(number(said, "entries_new"), static_cast<double>(different.size() - 1));
    const auto n_rows = std::count(some.begin(), some.end(), '\n') - 1;
    EXPECT_EQ(number(said, "entries_new") + number(said, "entries_doubled"),
              static_cast<double>(n_rows));
    const auto all = people();
    EXPECT_EQ(all.at("ENRICHD-1").scores.front().total, 25);
    EXPECT_EQ(all.at("ENRICHD-1").scores[1].total, 34);
}

TEST_F(Import, ScoresTheItemsOfNhanesAndRefusesNone) {
    const auto table = reference("psychometrics/data/nhanes_2015_2016_phq9_items.csv");
    if (!table) GTEST_SKIP() << "no reference folder";
    std::istringstream lines{must(exchange::read_file(*table))};
    std::string some;
    std::string line;
    for (int i = 0; i <= 60 && std::getline(lines, line); ++i) some += line + "\n";
    std::string mapped = must(exchange::read_file(mapping("nhanes_phq9.toml")));
    mapped.replace(mapped.find("osei@"), 5, "lee@");
    const auto said = import_text(some, mapped);
    ASSERT_EQ(said.code, 0) << said.err;
    EXPECT_EQ(number(said, "people_new") + number(said, "rows_empty"), 60);
    EXPECT_EQ(people().at("NHANES-83732").scores.at(0).total, 1);
}

}  // namespace
}  // namespace evenkeel::app
