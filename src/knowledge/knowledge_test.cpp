// Goal: the shipped folder loads and says what the clinical reference says; a folder that does
// not hold together is refused with every fault named by file and pointer. Each guard is shown
// by breaking a copy of the folder.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "exchange/input.h"
#include "exchange/schema.h"
#include "knowledge/detail/questionnaire_file.h"
#include "knowledge/detail/scoring_file.h"
#include "knowledge/load.h"
#include "measures/scoring.h"

namespace evenkeel::knowledge {
namespace {

namespace fs = std::filesystem;

const fs::path shipped = fs::path(EVENKEEL_SOURCE_DIR) / "knowledge";

const Knowledge& loaded() {
    static const auto result = load_knowledge(shipped);
    if (!result.ok()) {
        for (const auto& problem : result.error().problems()) {
            ADD_FAILURE() << problem.where << ": " << problem.message;
        }
    }
    return result.value();
}

const measures::Instrument& instrument(std::string_view id) {
    const auto* found = loaded().instrument(id);
    EXPECT_NE(found, nullptr) << id;
    return *found;
}

int total(std::string_view id, const measures::Answers& answers) {
    return measures::score(instrument(id), answers).value().total.value();
}

TEST(Shipped, AllFourteenInstrumentsLoad) {
    std::vector<std::string> ids;
    for (const auto& [id, unused] : loaded().instruments) ids.push_back(id);
    EXPECT_EQ(ids, (std::vector<std::string>{"ces-d", "dass-21", "gad-2", "gad-7", "gds-15", "k10",
                                             "k6", "phq-2", "phq-4", "phq-8", "phq-9", "qids-sr16",
                                             "who-5", "wsas"}));
}

TEST(Shipped, OnlyTheThreeUnlicensedOnesShipWithoutWording) {
    for (const auto& [id, each] : loaded().instruments) {
        const bool scoring_only = id == "dass-21" || id == "qids-sr16" || id == "wsas";
        EXPECT_EQ(each->licence.status == measures::LicenceStatus::scoring_only, scoring_only)
            << id;
        for (const auto& item : each->items) EXPECT_EQ(item.text.empty(), scoring_only) << id;
    }
    EXPECT_EQ(instrument("who-5").licence.status, measures::LicenceStatus::own_licence);
    EXPECT_TRUE(fs::exists(shipped / "instruments/who-5/LICENCE.md"));
}

TEST(Shipped, Phq9HasItsCodesBandsSafetyItemAndThreshold) {
    const auto& phq9 = instrument("phq-9");
    EXPECT_EQ(phq9.loinc_panel, "44249-1");
    EXPECT_EQ(phq9.loinc_total, "44261-6");
    EXPECT_EQ(phq9.items[8].loinc, "44260-8");
    EXPECT_EQ(phq9.items[8].answers[3].loinc, "LA6571-9");
    EXPECT_TRUE(phq9.is_safety_item(8));
    EXPECT_FALSE(phq9.is_safety_item(0));
    EXPECT_EQ(phq9.rci->points, 6);
    EXPECT_EQ(measures::band_of(phq9.bands, 19), "moderately severe");
    EXPECT_EQ(measures::band_of(phq9.bands, 20), "severe");
    ASSERT_TRUE(phq9.extra.has_value());
    EXPECT_EQ(phq9.extra->answers.size(), 4U);
    EXPECT_EQ(phq9.intro,
              "Over the last 2 weeks, how often have you been bothered by any of the "
              "following problems?");
}

TEST(Shipped, OnlyPhq9HasASafetyItem) {
    for (const auto& [id, each] : loaded().instruments) {
        EXPECT_EQ(!each->safety_items.empty(), id == "phq-9") << id;
    }
}

TEST(Shipped, ThresholdsOfChangeAreThoseOfTheReferenceOrNotAvailable) {
    const std::map<std::string, double> points{
        {"phq-9", 6}, {"gad-7", 4}, {"wsas", 8}, {"who-5", 10}, {"ces-d", 9}};
    for (const auto& [id, each] : loaded().instruments) {
        const auto found = points.find(id);
        EXPECT_EQ(each->rci.has_value(), found != points.end()) << id;
        const double expected = found == points.end() ? 0 : found->second;
        EXPECT_EQ(each->rci ? each->rci->points : 0, expected) << id;
    }
}

TEST(Shipped, ScoresReachBothEndsOfTheirPublishedRange) {
    EXPECT_EQ(total("gad-7", measures::Answers(7, 3)), 21);
    EXPECT_EQ(total("who-5", measures::Answers(5, 5)), 100);
    EXPECT_EQ(total("k10", measures::Answers(10, 1)), 10);
    EXPECT_EQ(total("k6", measures::Answers(6, 4)), 24);
    EXPECT_EQ(total("qids-sr16", measures::Answers(16, 3)), 27);
    EXPECT_EQ(total("wsas", measures::Answers(5, 8)), 40);
}

TEST(Shipped, ReversedItemsAreThePublishedOnes) {
    // All "rarely": the four positive items of the CES-D give 3 each.
    EXPECT_EQ(total("ces-d", measures::Answers(20, 0)), 12);
    // All "yes": the ten items that score on yes. All "no": the five that score on no.
    EXPECT_EQ(total("gds-15", measures::Answers(15, 1)), 10);
    EXPECT_EQ(total("gds-15", measures::Answers(15, 0)), 5);
}

TEST(Shipped, Dass21GivesThreeDoubledSubscalesAndNoTotal) {
    measures::Answers answers(21, 0);
    for (const auto item : {3, 5, 10, 13, 16, 17, 21})
        answers[static_cast<std::size_t>(item - 1)] = 3;
    const auto score = measures::score(instrument("dass-21"), answers).value();
    EXPECT_FALSE(score.total.has_value());
    EXPECT_EQ(score.subscales[0].key, "depression");
    EXPECT_EQ(score.subscales[0].total, 42);
    EXPECT_EQ(score.subscales[0].band, "level 5 of 5");
    EXPECT_EQ(score.subscales[1].total, 0);
}

TEST(Shipped, K10KeepsThePrintedOrderWithNoneLowest) {
    const auto& answers = instrument("k10").items[0].answers;
    EXPECT_EQ(answers.front().text, "All of the time");
    EXPECT_EQ(answers.front().value, 5);
    EXPECT_EQ(answers.back().value, 1);
    EXPECT_EQ(instrument("k6").items[5].text, "worthless?");
}

TEST(Shipped, ACitationReadsAsASentenceWouldNameIt) {
    const auto& knowledge = loaded();
    EXPECT_EQ(knowledge.cite({"kroenke2001", "abstract", false}),
              "Kroenke et al. (2001): The PHQ-9: validity of a brief depression severity measure, "
              "abstract");
    EXPECT_EQ(knowledge.cite({"nice-ng222", "1.5", false}),
              "NICE (2022): Depression in adults: treatment and management, NG222, 1.5");
}

TEST(Shipped, TheSchemasAreThoseOfTheLoader) {
    const auto published = [](const char* name) {
        const auto text = exchange::read_file(shipped / "schemas" / name);
        return exchange::write_json(exchange::parse_json(text.value()).value());
    };
    EXPECT_EQ(published("scoring.schema.json"), exchange::schema_of<detail::ScoringFile>());
    EXPECT_EQ(published("questionnaire.schema.json"),
              exchange::schema_of<detail::QuestionnaireFile>());
}

// A copy of the folder that may be broken.
class Copy {
  public:
    Copy() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder = fs::path(testing::TempDir()) / (std::string("evenkeel_") + test->name());
        fs::remove_all(folder);
        fs::copy(shipped, folder, fs::copy_options::recursive);
    }
    ~Copy() { fs::remove_all(folder); }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    void replace(const std::string& file, const std::string& old, const std::string& with) const {
        auto text = exchange::read_file(folder / file).value();
        const auto at = text.find(old);
        ASSERT_NE(at, std::string::npos) << old;
        text.replace(at, old.size(), with);
        std::ofstream(folder / file, std::ios::binary) << text;
    }

    [[nodiscard]] std::vector<Problem> problems() const {
        const auto result = load_knowledge(folder);
        return result.ok() ? std::vector<Problem>{} : result.error().problems();
    }
    [[nodiscard]] std::vector<std::string> places() const {
        std::vector<std::string> out;
        for (const auto& problem : problems()) out.push_back(problem.where);
        return out;
    }

    fs::path folder;
};

const std::string phq9_scoring = "instruments/phq-9/phq-9.scoring.json";
const std::string phq9_items = "instruments/phq-9/phq-9.questionnaire.json";

TEST(Broken, AGapBetweenBandsIsNamedWithFileAndPointer) {
    const Copy copy;
    copy.replace(phq9_scoring, "\"from\": 5", "\"from\": 6");
    const auto found = copy.problems();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, phq9_scoring + "#/bands/1/from");
    EXPECT_EQ(found[0].message, "Scores from 5 to 5 have no band.");
}

TEST(Broken, ASourceThatIsNotListedIsNamed) {
    const Copy copy;
    copy.replace(phq9_scoring, "\"source\": \"nhsdd\"", "\"source\": \"hearsay\"");
    const auto found = copy.problems();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0], (Problem{phq9_scoring + "#/missing/source",
                                 "The source hearsay does not stand in sources.bib."}));
}

TEST(Broken, AnUnreadSourceMustBeMarked) {
    const Copy copy;
    copy.replace("instruments/who-5/who-5.scoring.json",
                 "\"page\": \"not yet located\",\n      \"to_be_verified\": true",
                 "\"page\": \"not yet located\"");
    const auto found = copy.problems();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "instruments/who-5/who-5.scoring.json#/reliability/0/to_be_verified");
}

TEST(Broken, ALoincCodeThatWasNotVerifiedIsNamed) {
    const Copy copy;
    copy.replace(phq9_items, "44255-8", "44255-9");
    const auto found = copy.problems();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, phq9_items + "#/item/2/code/0/code");
}

TEST(Broken, FaultsOfSeveralFilesAreNamedTogether) {
    const Copy copy;
    copy.replace(phq9_items, "\"phq-9.2\"", "\"phq-9.3\"");
    copy.replace("instruments/gad-7/gad-7.scoring.json", "\"minutes\": 2", "\"minutes\": \"two\"");
    copy.replace("instruments/k6/k6.scoring.json", "\"max\": 24", "\"max\": 25");
    const auto found = copy.problems();
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].where, "instruments/gad-7/gad-7.scoring.json#/minutes");
    EXPECT_EQ(found[1].where, phq9_items + "#/item/2/linkId");
    EXPECT_EQ(found[2].where, "instruments/k6/k6.scoring.json#/scores");
    EXPECT_EQ(found[3].where, "instruments/k6/k6.scoring.json#/bands/1/to");
}

TEST(Broken, UnknownFieldsAndDoubledKeysAreNamed) {
    const Copy copy;
    copy.replace(phq9_scoring, "\"minutes\": 3", "\"minuts\": 3");
    const auto found = copy.problems();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].where, phq9_scoring + "#/minutes");
    EXPECT_EQ(found[1].where, phq9_scoring + "#/minuts");
}

TEST(Broken, AScoringOnlyInstrumentMayNotShipWording) {
    const Copy copy;
    copy.replace("instruments/wsas/wsas.questionnaire.json", "\"linkId\": \"wsas.1\"",
                 "\"linkId\": \"wsas.1\", \"text\": \"anything\"");
    ASSERT_EQ(copy.problems().size(), 1U);
    EXPECT_EQ(copy.problems()[0].where, "instruments/wsas/wsas.scoring.json#/licence/status");
}

TEST(Broken, AThresholdIsPointsWithASourceOrNotAvailable) {
    const Copy copy;
    copy.replace("instruments/k6/k6.scoring.json", "\"not available\"", "5");
    ASSERT_EQ(copy.problems().size(), 1U);
    EXPECT_EQ(copy.problems()[0].where, "instruments/k6/k6.scoring.json#/rci");
}

TEST(Broken, AShortFormThatMightChooseTheSafetyItemIsRefused) {
    const Copy copy;
    copy.replace("short_forms/phq-9.json", R"("asked_apart": ["phq9"])", R"("asked_apart": [])");
    EXPECT_EQ(copy.places(), std::vector<std::string>{"short_forms/phq-9.json#/asked_apart"});
}

TEST(Broken, AShortFormOfOtherAnswersSourcesOrParametersIsNamedInEachPlace) {
    const Copy copy;
    copy.replace("short_forms/phq-9.json", "[0, 1, 2, 3]", "[1, 2, 3, 4]");
    copy.replace("short_forms/phq-9.json", "0.813474", "1.9");
    copy.replace("short_forms/phq-9.json", "nhanes2016", "nowhere2016");
    copy.replace("short_forms/phq-9.json", R"("asked_apart": ["phq9"])",
                 R"("asked_apart": ["phq9", "phq10"])");
    const std::string file = "short_forms/phq-9.json#";
    EXPECT_EQ(copy.places(),
              (std::vector<std::string>{file + "/source", file + "/items/0/categories",
                                        file + "/asked_apart/1", file + "/items/1/b/1"}));
}

TEST(Broken, AShortFormOfNoQuestionnaireIsNamed) {
    const Copy copy;
    fs::rename(copy.folder / "short_forms/phq-9.json", copy.folder / "short_forms/gad-7.json");
    EXPECT_EQ(copy.places(), std::vector<std::string>{"short_forms/gad-7.json#/instrument"});
}

TEST(Broken, NoFolderIsUnavailable) {
    EXPECT_EQ(load_knowledge(shipped / "nowhere").error().fault, Fault::unavailable);
    const Copy copy;
    fs::remove(copy.folder / "sources.bib");
    EXPECT_EQ(load_knowledge(copy.folder).error().fault, Fault::unavailable);
}

TEST(Removable, Who5GoesWithItsFolder) {
    const Copy copy;
    fs::remove_all(copy.folder / "instruments/who-5");
    const auto result = load_knowledge(copy.folder);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result.value().instrument("who-5"), nullptr);
    EXPECT_EQ(result.value().instruments.size(), 13U);
}

TEST(Hashes, ChangeWithTheFilesAndOnlyWithThem) {
    const Copy copy;
    const auto before = load_knowledge(copy.folder).value();
    EXPECT_EQ(before.hash, loaded().hash);
    EXPECT_EQ(before.hash.size(), 64U);
    copy.replace("instruments/k6/k6.scoring.json", "\"minutes\": 1", "\"minutes\": 2");
    const auto after = load_knowledge(copy.folder).value();
    EXPECT_NE(after.hash, before.hash);
    EXPECT_NE(after.instrument_hash("k6"), before.instrument_hash("k6"));
    EXPECT_EQ(after.instrument_hash("k10"), before.instrument_hash("k10"));
}

TEST(Sources, FaultsOfTheListAreNamedByLine) {
    const auto result = read_sources(
        "% comment @misc{no,}\n@misc{a, title = {A {B}\n c}}\n@misc{a, title = {x}}\n@misc{b,}\n"
        "@misc{c, title = {open");
    ASSERT_FALSE(result.ok());
    const auto found = result.error().problems();
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0], (Problem{"4:1", "The key a stands twice."}));
    EXPECT_EQ(found[1].where, "5:1");
    EXPECT_EQ(found[2].where, "6:1");
    EXPECT_EQ(read_sources("@misc{a, title = {A {B}\n c}}").value().at("a").title, "A B c");
}

TEST(Folder, IsFoundBesideTheProgram) {
    unsetenv("EVENKEEL_KNOWLEDGE");
    const fs::path root(EVENKEEL_SOURCE_DIR);
    EXPECT_EQ(find_knowledge_folder(root / "build/dev/evenkeel").value(), root / "knowledge");
    EXPECT_EQ(find_knowledge_folder("/nowhere/bin/evenkeel").error().fault, Fault::unavailable);
    setenv("EVENKEEL_KNOWLEDGE", "/elsewhere", 1);
    EXPECT_EQ(find_knowledge_folder("/nowhere/bin/evenkeel").value(), "/elsewhere");
    unsetenv("EVENKEEL_KNOWLEDGE");
}

}  // namespace
}  // namespace evenkeel::knowledge
