// Goal: laws that every shipped questionnaire obeys, whatever is answered. Method: 1,000 random
// sets of answers for each instrument, a fixed seed, printed when a law does not hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "knowledge/load.h"
#include "measures/scoring.h"

namespace evenkeel::measures {
namespace {

constexpr std::uint64_t seed = 20261124;
constexpr int n_cases = 1000;

const knowledge::Knowledge& shipped() {
    static const auto loaded =
        knowledge::load_knowledge(std::string(EVENKEEL_SOURCE_DIR) + "/knowledge");
    return loaded.value();
}

std::string in_words(const Answers& answers) {
    std::string out;
    for (const auto& each : answers) out += each ? std::to_string(*each) + " " : "- ";
    return out;
}

// Any item missing with the probability given.
Answers draw(const Instrument& instrument, double p_missing, std::mt19937_64& random) {
    std::uniform_int_distribution<int> value(instrument.values.min, instrument.values.max);
    std::bernoulli_distribution missing(p_missing);
    Answers out;
    for (std::size_t i = 0; i < instrument.items.size(); ++i) {
        out.push_back(missing(random) ? std::nullopt : std::optional(value(random)));
    }
    return out;
}

template <class Law>
void for_all(double p_missing, Law law) {
    for (const auto& [id, instrument] : shipped().instruments) {
        std::mt19937_64 random{seed};
        for (int i = 0; i < n_cases; ++i) {
            const auto answers = draw(*instrument, p_missing, random);
            SCOPED_TRACE("seed " + std::to_string(seed) + ", " + id + ": " + in_words(answers));
            law(*instrument, answers, score(*instrument, answers).value(), random);
            if (testing::Test::HasFailure()) return;
        }
    }
}

TEST(Scoring, TotalsAndSubscalesStayInTheirRangeAndHaveTheirBand) {
    for_all(0.1, [](const Instrument& instrument, const Answers&, const Score& s, auto&) {
        if (s.total) {
            EXPECT_TRUE(instrument.scores.contains(*s.total));
            EXPECT_EQ(s.band, band_of(instrument.bands, *s.total));
            EXPECT_TRUE(s.scorable);
        }
        for (std::size_t i = 0; i < s.subscales.size(); ++i) {
            if (!s.subscales[i].total) continue;
            EXPECT_TRUE(instrument.subscales[i].scores.contains(*s.subscales[i].total));
        }
    });
}

TEST(Scoring, ATotalFromMissingAnswersIsAlwaysFlagged) {
    for_all(0.15, [](const Instrument& instrument, const Answers& answers, const Score& s, auto&) {
        const auto n_missing = std::count(answers.begin(), answers.end(), std::nullopt);
        EXPECT_EQ(s.missing_items.size(), static_cast<std::size_t>(n_missing));
        EXPECT_EQ(s.prorated, s.total.has_value() && n_missing > 0);
        if (instrument.missing.policy == MissingPolicy::none && n_missing > 0) {
            EXPECT_FALSE(s.total.has_value());
        }
    });
}

// Instruments that are plain sums without a named item: only how many are missing matters.
TEST(Scoring, WhichOfTheEqualItemsIsMissingDoesNotMatter) {
    for_all(0.15, [](const Instrument& instrument, Answers answers, const Score& s, auto& random) {
        const bool all_alike = instrument.method == Method::sum &&
                               instrument.missing.required.empty() &&
                               std::none_of(instrument.items.begin(), instrument.items.end(),
                                            [](const Item& item) { return item.reverse; });
        if (!all_alike) return;
        std::shuffle(answers.begin(), answers.end(), random);
        EXPECT_EQ(score(instrument, answers).value().total, s.total) << in_words(answers);
    });
}

TEST(Scoring, ReversingEveryItemMirrorsTheTotal) {
    for_all(0, [](Instrument instrument, const Answers& answers, const Score& s, auto&) {
        if (instrument.method != Method::sum) return;
        for (auto& item : instrument.items) item.reverse = !item.reverse;
        const auto mirrored = score(instrument, answers).value();
        EXPECT_EQ(*mirrored.total + *s.total, instrument.scores.min + instrument.scores.max);
    });
}

TEST(Scoring, AnsweringOneItemHigherNeverLowersASumOfUnreversedItems) {
    for_all(0, [](const Instrument& instrument, Answers answers, const Score& s, auto& random) {
        if (!s.total) return;
        const auto item = random() % answers.size();
        if (*answers[item] == instrument.values.max) return;
        ++*answers[item];
        const auto higher = score(instrument, answers).value();
        if (instrument.items[item].reverse) {
            EXPECT_LT(*higher.total, *s.total);
        } else {
            EXPECT_GE(*higher.total, *s.total);
        }
    });
}

TEST(Scoring, NoSafetyAnswerIsEverSilent) {
    for_all(0.3, [](const Instrument& instrument, const Answers& answers, const Score& s, auto&) {
        const bool any = std::any_of(answers.begin(), answers.end(),
                                     [](const auto& each) { return each.has_value(); });
        for (const auto& safety : instrument.safety_items) {
            const auto& answer = answers[safety.item];
            EXPECT_EQ(s.has(Flag::safety_item), answer && *answer >= safety.at_least);
            EXPECT_EQ(s.has(Flag::safety_item_left_out), !answer && any);
        }
    });
}

TEST(Scoring, OneAnswerOutOfRangeIsRefusedWithItsPlace) {
    for_all(0.1, [](const Instrument& instrument, Answers answers, const Score&, auto& random) {
        const auto item = random() % answers.size();
        answers[item] = random() % 2 == 0 ? instrument.values.max + 1 : instrument.values.min - 7;
        const auto refused = score(instrument, answers);
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().where, "/" + std::to_string(item));
        EXPECT_EQ(refused.error().problems().size(), 1U);
    });
}

}  // namespace
}  // namespace evenkeel::measures
