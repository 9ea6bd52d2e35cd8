// Goal: --plot of each command draws its answer and says it in words. Method: calls of run() as
// main makes them, on series and people made for it; the words must hold the command's own numbers.
#include <fmt/format.h>

#include <chrono>
#include <random>

#include "app/detail/call.h"
#include "base/clock.h"
#include "exchange/input.h"

namespace evenkeel::app {
namespace {

std::string drawn(std::vector<std::string> arguments) {
    const auto path = file_named("picture.svg");
    std::filesystem::remove(path);
    arguments.insert(arguments.end(), {"--plot", path});
    const auto said = call(arguments);
    EXPECT_EQ(said.code, 0) << said.err;
    const auto svg = exchange::read_file(path);
    EXPECT_TRUE(svg.ok()) << "no picture was written";
    if (!svg.ok()) return "";
    EXPECT_EQ(svg.value().find("nan"), std::string::npos);
    return svg.value();
}

#define EXPECT_SAYS(svg, words) EXPECT_NE((svg).find(words), std::string::npos) << (svg)

// 60 days around 3 and then 20 around 6; day 33 is missing, the days 41 and 42 have no row.
std::string diary() {
    std::mt19937_64 random{5};
    std::normal_distribution<double> noise(0, 0.5);
    std::string out = "day,date,mood,sleep\n";
    for (int day = 1; day <= 80; ++day) {
        const double mood = (day <= 60 ? 3 : 6) + noise(random), sleep = 7 + noise(random);
        if (day == 41 || day == 42) continue;
        const auto date =
            std::chrono::sys_days{std::chrono::year{2024} / 3 / 1} + std::chrono::days{day};
        out += std::to_string(day) + "," + to_string(date) + "," +
               (day == 33 ? "" : std::to_string(mood)) + "," + std::to_string(sleep) + "\n";
    }
    return file_of(out, "diary.csv");
}

TEST(SeriesPictures, AControlChartSaysBaselineAndFirstAlarm) {
    for (const std::string chart : {"ewma", "shewhart", "cusum"}) {
        const auto svg = drawn({"course", "control", diary(), "--value", "mood", "--index", "day",
                                "--chart", chart, "--baseline", "1:40"});
        EXPECT_SAYS(svg, "Baseline of 39 values: center ");
        EXPECT_SAYS(svg, ">first alarm: 6");
        EXPECT_SAYS(svg, ">alarm</text>");
        EXPECT_SAYS(svg, "upwards.");
    }
}

TEST(SeriesPictures, MissingDaysAndMissingRowsAreGaps) {
    const auto svg = drawn({"course", "control", diary(), "--value", "mood", "--index", "day",
                            "--chart", "shewhart", "--baseline", "1:40"});
    // The values in three runs (1-32, 34-40, 43-80), center, and both limits in three runs each.
    std::size_t lines = 0;
    for (auto at = svg.find("<polyline"); at != std::string::npos;
         at = svg.find("<polyline", at + 1)) {
        ++lines;
    }
    EXPECT_EQ(lines, 3U + 1U + 2U * 3U);
}

TEST(SeriesPictures, DatesStandOnATrueTimeAxis) {
    const auto svg = drawn({"course", "control", diary(), "--value", "mood", "--index", "date",
                            "--chart", "ewma", "--baseline", "2024-03-02:2024-04-10"});
    EXPECT_SAYS(svg, ">2024-0");
    EXPECT_SAYS(svg, ">first alarm: 2024-05-0");
}

TEST(SeriesPictures, ChangePointsEarlyWarningAndForecastSayTheirNumbers) {
    const auto changes = drawn({"course", "changepoints", diary(), "--value", "mood", "--index",
                                "day", "--change", "meanvar", "--min-length", "10"});
    EXPECT_SAYS(changes, "One change, after 60.");
    EXPECT_SAYS(changes, ">after 60</text>");
    EXPECT_SAYS(changes, "Stretches: 1 to 60: mean ");
    const auto warning = drawn({"course", "early-warning", diary(), "--value", "mood", "--index",
                                "day", "--window", "30", "--surrogates", "50"});
    EXPECT_SAYS(warning, "Lag-1 autocorrelation: Kendall's tau ");
    EXPECT_SAYS(warning, "by surrogates");
    const auto forecast =
        drawn({"course", "forecast", diary(), "--value", "mood", "--index", "day", "--days", "7"});
    EXPECT_SAYS(forecast, "At 81: ");
    EXPECT_SAYS(forecast, "At 87: ");
    EXPECT_SAYS(forecast, ">95 of 100 lie here</text>");
}

TEST(SeriesPictures, ANetworkHasBothViewsSideBySide) {
    for (const std::string method : {"var", "ridge", "graphical-var"}) {
        const auto svg = drawn({"course", "network", diary(), "--variables", "mood,sleep", "--day",
                                "day", "--method", method, "--resamples", "0"});
        EXPECT_SAYS(svg, ">From one moment to the next</text>");
        EXPECT_SAYS(svg, ">At the same moment</text>");
    }
    EXPECT_SAYS(
        drawn({"course", "network", diary(), "--variables", "mood,sleep", "--cross-sectional"}),
        "Partial correlations");
}

// 240 people, five visits, two groups; the second declines faster.
std::string people(const std::string& name, int n) {
    std::mt19937_64 random{7};
    std::normal_distribution<double> normal;
    std::string out = "id,t,score,arm,age\n";
    for (int id = 1; id <= n; ++id) {
        const double start = 18 + 4 * normal(random), age = 40 + 10 * normal(random);
        const double slope = -1 + 0.4 * normal(random) - (id % 2 == 0 ? 1 : 0);
        for (int t = 0; t < 5; ++t) {
            out += fmt::format("{},{},{},{},{}\n", id, t, start + slope * t + normal(random),
                               id % 2 == 0 ? "new" : "usual", age);
        }
    }
    return file_of(out, name);
}

TEST(PeoplePictures, GrowthHasALineForEachGroupAndSaysWhatIsHeldConstant) {
    const auto svg = drawn({"course", "growth", people("people.csv", 60), "--formula",
                            "score ~ t * arm + age + (1 + t | id)"});
    EXPECT_SAYS(svg, ">new</text>");
    EXPECT_SAYS(svg, ">usual</text>");
    EXPECT_SAYS(svg, "Drawn with age at ");
    EXPECT_EQ(svg.find("80 of 100"), std::string::npos);
    EXPECT_SAYS(drawn({"course", "growth", people("people.csv", 60), "--formula",
                       "score ~ log1p(t) + (1 | id)"}),
                ">80 of 100 single scores</text>");
}

TEST(PeoplePictures, GrowthOverNoNumberHasAWarningInsteadOfAPicture) {
    const auto path = file_named("none.svg");
    std::filesystem::remove(path);
    const auto said = call({"course", "growth", people("people.csv", 60), "--formula",
                            "score ~ arm + (1 | id)", "--plot", path, "--json"});
    EXPECT_EQ(said.code, 0);
    EXPECT_SAYS(said.out, "there is no picture");
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(PeoplePictures, ExpectedShowsTheFirstPeopleInTheirRange) {
    const auto svg = drawn({"course", "expected", people("archive.csv", 240), "--id", "id",
                            "--time", "t", "--score", "score", "--new", people("new.csv", 8)});
    EXPECT_SAYS(svg, "The first 6 of 8 people");
    EXPECT_SAYS(svg, ">80 of 100 who began alike</text>");
}

}  // namespace
}  // namespace evenkeel::app
