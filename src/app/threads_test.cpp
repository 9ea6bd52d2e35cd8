// Goal: with any number of threads the same bytes come out, every part is done once, and a defect
// in a part is not lost.
#include "app/threads.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <random>
#include <vector>

#include "app/detail/call.h"
#include "base/result.h"

namespace evenkeel::app {
namespace {

TEST(Threads, DoEachPartOnce) {
    for (const unsigned threads : {1U, 2U, 7U}) {
        std::vector<std::atomic<int>> done(1000);
        Threads(threads).each(done.size(), [&](std::size_t part) { ++done[part]; });
        for (const auto& each : done) ASSERT_EQ(each, 1);
        Threads(threads).each(0, [](std::size_t) { FAIL(); });
    }
}

TEST(Threads, BringBackADefectOfAPart) {
    EXPECT_THROW(Threads(3).each(30, [](std::size_t part) { EK_ASSERT(part != 17); }),
                 BrokenInvariant);
}

void expect_same_bytes(std::vector<std::string> call) {
    std::string first;
    call.insert(call.end(), {"--json", "--threads", "1"});
    for (const auto* threads : {"1", "2", "5"}) {
        call.back() = threads;
        const auto said = app::call(call);
        ASSERT_EQ(said.code, 0) << said.err;
        if (first.empty()) first = said.out;
        ASSERT_EQ(said.out, first) << threads;
    }
}

// People with four answers of 0 to 3: more patterns than one part holds.
TEST(Threads, ChangeNoByteOfAGradedModel) {
    std::mt19937_64 random{5};
    std::normal_distribution<double> normal;
    std::string text = "a,b,c,d,e,f\n";
    for (int i = 0; i < 1500; ++i) {
        const double severity = normal(random);
        for (int j = 0; j < 6; ++j) {
            const double answer = std::round(1.5 + severity + normal(random));
            text += fmt::format("{}{}", std::min(std::max(answer, 0.0), 3.0), j < 5 ? "," : "\n");
        }
    }
    expect_same_bytes({"measure", "fit-grm", file_of(text), "--items", "a,b,c,d,e,f"});
}

// 1,200 people: more than two parts, and enough to begin with a part of them.
TEST(Threads, ChangeNoByteOfAGrowthModel) {
    std::mt19937_64 random{6};
    std::normal_distribution<double> normal;
    std::string text = "id,week,y\n";
    for (int i = 0; i < 1200; ++i) {
        const double level = 3 * normal(random), slope = 0.4 * normal(random);
        for (int week = 0; week < 4; ++week) {
            text += fmt::format("{},{},{:.6f}\n", i, week,
                                20 + level + (slope - 1) * week + normal(random));
        }
    }
    expect_same_bytes({"course", "growth", file_of(text), "--formula", "y ~ week + (week | id)"});
}

TEST(Threads, ChangeNoByteOfAPersonalNetwork) {
    std::mt19937_64 random{7};
    std::normal_distribution<double> normal;
    std::string text = "x,y,z\n";
    for (int day = 0; day < 80; ++day) {
        text +=
            fmt::format("{:.4f},{:.4f},{:.4f}\n", normal(random), normal(random), normal(random));
    }
    expect_same_bytes({"course", "network", file_of(text), "--variables", "x,y,z", "--method",
                       "graphical-var", "--resamples", "0"});
}

TEST(Threads, ChangeNoByteOfRanks) {
    const std::string text =
        "id,a,b,d,se\n1,A,B,0.5,0.2\n2,B,C,0.3,0.2\n3,A,C,0.6,0.3\n4,A,B,0.2,0.2\n";
    expect_same_bytes({"evidence", "network", file_of(text), "--contrasts", "--study", "id",
                       "--treat1", "a", "--treat2", "b", "--effect", "d", "--se", "se", "--measure",
                       "MD", "--reference", "A"});
}

}  // namespace
}  // namespace evenkeel::app
