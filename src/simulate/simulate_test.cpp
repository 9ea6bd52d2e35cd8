// Goal: simulated data meet the distributions they are said to come from (chi-square, fixed
// seed), the truth stays out of the record, and a seed replays a run.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "simulate/draw.h"
#include "simulate/graded_model.h"
#include "simulate/people.h"

namespace evenkeel::simulate {
namespace {

using std::chrono::days;
using std::chrono::hours;

// Upper 0.1 % points of chi-square by degrees of freedom (from its distribution function).
const std::map<std::size_t, double> chi_square_limit = {{3, 16.27}, {5, 20.52}, {19, 43.82}};

double chi_square(const std::vector<double>& counts, const std::vector<double>& expected) {
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
    }
    return sum;
}

TEST(Draw, UniformNumbersFillTheirRangeEvenly) {
    SeededRandom random{1};
    std::vector<double> counts(20, 0);
    for (int i = 0; i < 20'000; ++i) ++counts[static_cast<std::size_t>(uniform(random) * 20)];
    EXPECT_LT(chi_square(counts, std::vector<double>(20, 1000)), chi_square_limit.at(19));
}

TEST(Draw, NormalNumbersFallIntoTheQuartersOfTheirDistribution) {
    SeededRandom random{2};
    constexpr double quartile = 0.6744897501960817;
    std::vector<double> counts(4, 0);
    for (int i = 0; i < 20'000; ++i) {
        const double z = normal(random);
        ++counts[z < -quartile ? 0U : z < 0 ? 1U : z < quartile ? 2U : 3U];
    }
    EXPECT_LT(chi_square(counts, std::vector<double>(4, 5000)), chi_square_limit.at(3));
}

TEST(GradedModel, AnswersMeetTheirCategoryProbabilities) {
    SeededRandom random{3};
    for (const auto* instrument : {"phq-9", "gad-7"}) {
        for (const auto& item : simulated_items(instrument)) {
            for (const double theta : {0.0, 1.2, 2.4}) {
                const auto p = category_probabilities(item, theta);
                EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-12);
                constexpr int n = 20'000;
                std::vector<double> counts(p.size(), 0);
                std::vector<double> expected;
                for (const double each : p) expected.push_back(n * each);
                // Below five expected, chi-square does not hold.
                if (*std::min_element(expected.begin(), expected.end()) < 5) continue;
                for (int i = 0; i < n; ++i) {
                    ++counts[static_cast<std::size_t>(draw_answer(item, theta, random))];
                }
                EXPECT_LT(chi_square(counts, expected), chi_square_limit.at(3))
                    << instrument << " theta " << theta;
            }
        }
    }
}

TEST(GradedModel, AnswersAddUpToTheTotalAskedForAndKeepTheSafetyItem) {
    SeededRandom random{4};
    const auto& items = simulated_items("phq-9");
    for (int total = 0; total <= 24; ++total) {
        for (const int safety : {0, 1}) {
            if (safety > total) continue;
            const auto answers = answers_with_total(items, total, safety, random);
            EXPECT_EQ(std::accumulate(answers.begin(), answers.end(), 0), total);
            EXPECT_EQ(answers.back(), safety);
            for (const int each : answers) EXPECT_TRUE(each >= 0 && each <= 3);
        }
    }
}

TEST(GradedModel, ExpectedTotalAndItsInverseAgree) {
    const auto& items = simulated_items("phq-9");
    for (double total = 1; total < 26; total += 0.5) {
        EXPECT_NEAR(expected_total(items, theta_of_total(items, total)), total, 1e-9);
    }
}

TEST(Course, KindsAreDrawnInTheirShares) {
    SeededRandom random{5};
    constexpr int n = 20'000;
    std::vector<double> counts(course_shares.size(), 0);
    for (int i = 0; i < n; ++i) ++counts[static_cast<std::size_t>(draw_course_kind(random))];
    std::vector<double> expected;
    for (const double share : course_shares) expected.push_back(n * share);
    EXPECT_LT(chi_square(counts, expected), chi_square_limit.at(5));
}

double mean_change(CourseKind kind, int from, int to, Random& random) {
    double sum = 0;
    for (int i = 0; i < 400; ++i) {
        const auto course = draw_course(kind, 180, random);
        sum += course.theta[static_cast<std::size_t>(to)] -
               course.theta[static_cast<std::size_t>(from)];
    }
    return sum / 400;
}

TEST(Course, EachKindMovesAsItsNameSays) {
    SeededRandom random{6};
    EXPECT_LT(mean_change(CourseKind::response, 0, 179, random), -1.1);
    const double partial = mean_change(CourseKind::partial_response, 0, 179, random);
    EXPECT_LT(partial, -0.4);
    EXPECT_GT(partial, -0.9);
    EXPECT_NEAR(mean_change(CourseKind::no_response, 0, 179, random), 0, 0.1);
    EXPECT_LT(mean_change(CourseKind::relapse, 0, 85, random), -1.0);
    EXPECT_GT(mean_change(CourseKind::relapse, 85, 179, random), 0.7);
    EXPECT_GT(mean_change(CourseKind::worsening, 0, 179, random), 0.5);
    const auto gain = draw_course(CourseKind::sudden_gain, 180, random);
    const auto day = static_cast<std::size_t>(*gain.gain_day);
    EXPECT_LT(gain.theta[day + 1] - gain.theta[day - 1], -0.4);
}

PeopleSettings settings(int n) {
    return {.n = n, .weeks = 20, .start = *parse_instant("2026-01-05T00:00:00Z")};
}

TEST(People, TheSameSeedGivesTheSamePeople) {
    SeededRandom a{7};
    SeededRandom b{7};
    const auto staff_a = simulated_staff({}, a);
    const auto staff_b = simulated_staff({}, b);
    const auto ten = simulate_people(settings(10), staff_a, a);
    const auto thirty = simulate_people(settings(30), staff_b, b);
    for (std::size_t i = 0; i < ten.size(); ++i) {
        ASSERT_EQ(ten[i].commands.size(), thirty[i].commands.size());
        for (std::size_t k = 0; k < ten[i].commands.size(); ++k) {
            EXPECT_EQ(ten[i].commands[k].id, thirty[i].commands[k].id);
            EXPECT_EQ(ten[i].commands[k].body, thirty[i].commands[k].body);
        }
    }
}

TEST(People, WriteInOrderOfTimeAndEachIdOnce) {
    SeededRandom random{8};
    const auto staff = simulated_staff({}, random);
    std::set<Id> ids;
    for (const auto& person : simulate_people(settings(40), staff, random)) {
        for (std::size_t i = 0; i < person.commands.size(); ++i) {
            EXPECT_TRUE(ids.insert(person.commands[i].id).second);
            if (i > 0) {
                EXPECT_LE(person.commands[i - 1].effective_at, person.commands[i].effective_at);
            }
        }
    }
}

TEST(People, TheTruthNamesEveryDayWithoutACheckIn) {
    SeededRandom random{9};
    const auto staff = simulated_staff({}, random);
    for (const auto& person : simulate_people(settings(20), staff, random)) {
        std::set<Day> said;
        for (const auto& each : person.commands) {
            if (std::holds_alternative<practice::CheckIn>(each.body)) {
                said.insert(local_day(each.effective_at, each.zone));
            }
        }
        for (const Day day : person.truth.days_without_check_in) EXPECT_FALSE(said.count(day));
        EXPECT_EQ(said.size() + person.truth.days_without_check_in.size(),
                  person.truth.course.theta.size());
    }
}

int meetings_after(const SimulatedPerson& person, Instant from) {
    return static_cast<int>(
        std::count_if(person.commands.begin(), person.commands.end(), [&](const auto& each) {
            const auto* outcome = std::get_if<care::MeetingOutcome>(&each.body);
            return outcome != nullptr && each.effective_at > from;
        }));
}

TEST(People, WhomTherapyHelpedGoOverIntoRelapseWatch) {
    SeededRandom random{12};
    const auto staff = simulated_staff({}, random);
    auto long_ones = settings(60);
    long_ones.weeks = 70;
    long_ones.weeks_min = 70;
    int watched = 0;
    int back = 0;
    for (const auto& person : simulate_people(long_ones, staff, random)) {
        std::optional<Instant> since;
        for (const auto& each : person.commands) {
            const auto* terms = std::get_if<care::EpisodeTermsChanged>(&each.body);
            if (terms == nullptr) continue;
            const bool watch = terms->therapy == "Relapse watch";
            if (watch && !since) since = each.effective_at;
            if (since && !watch) ++back;
        }
        ASSERT_EQ(since.has_value(), person.truth.watched_from.has_value());
        if (!since) continue;
        ++watched;
        const auto day =
            static_cast<std::size_t>((*person.truth.watched_from - person.truth.first_day).count());
        EXPECT_LT(person.truth.course.theta[day - 1], 1.0) << "well enough";
    }
    EXPECT_GT(watched, 20);
    EXPECT_LT(watched, 60);
    EXPECT_GT(back, 0);
}

TEST(People, ASettledEndingIsQuiet) {
    SeededRandom random{13};
    const auto staff = simulated_staff({}, random);
    auto calm = settings(60);
    calm.ending = Ending::settled;
    const Instant last = calm.start + days{7 * calm.weeks};
    for (const auto& person : simulate_people(calm, staff, random)) {
        Instant heard{};
        for (const auto& each : person.commands) {
            if (each.author.role == care::Role::client) heard = each.effective_at;
            if (each.effective_at < last - days{13}) continue;
            EXPECT_FALSE(std::holds_alternative<practice::ContactRequest>(each.body));
            const auto* said = std::get_if<practice::Answers>(&each.body);
            const bool asks_item_9 = said != nullptr && said->instrument == "phq-9";
            if (asks_item_9) {
                EXPECT_EQ(said->answers.back(), 0);
            }
        }
        EXPECT_GT(heard, last - days{9}) << "within what is agreed";
        EXPECT_EQ(meetings_after(person, last), 0) << "what lies ahead is only planned";
    }
}

// An instrument that asks what the simulated one answers; no wording, no norms.
measures::Instrument plain(std::string id, std::size_t n_items, bool safety) {
    measures::Instrument out;
    out.id = std::move(id);
    out.version = "test";
    out.values = {0, 3};
    out.items.resize(n_items);
    for (auto& item : out.items) {
        for (int value = 0; value <= 3; ++value) item.answers.push_back({value, "", ""});
    }
    out.scores = {0, static_cast<int>(3 * n_items)};
    out.bands = {{{0, 9}, "mild", {}}, {{10, out.scores.max}, "moderate", {}}};
    out.rci = measures::ReliablePoints{6, {}};
    if (safety) out.safety_items = {{n_items - 1, 1, true, {}}};
    return out;
}

TEST(Service, StaffSeeAndCloseWhatIsRaisedWithinTheServicesTimes) {
    const auto phq9 = plain("phq-9", 9, true);
    const auto gad7 = plain("gad-7", 7, false);
    const record::OrganisationState nothing;
    const record::Context context{
        .now = {},
        .instrument = [&](std::string_view id) -> const measures::Instrument* {
            if (id == "phq-9") return &phq9;
            return id == "gad-7" ? &gad7 : nullptr;
        },
        .instrument_hash = [](std::string_view) { return std::string{}; },
        .organisation = nothing,
        .managers = {},
        .solo = false};
    SeededRandom random{10};
    const auto service = simulate_service(settings(30), context, random);
    ASSERT_TRUE(service.ok()) << service.error().message;
    std::map<care::SignalKind, int> closed;
    int open = 0;
    for (const auto& state : service.value().states) {
        for (const auto& signal : state.signals) {
            if (signal.open()) {
                ++open;
                continue;
            }
            ++closed[signal.kind()];
            EXPECT_EQ(signal.escalation, 0) << "seen in time";
        }
    }
    EXPECT_GT(closed[care::SignalKind::safety_item], 0);
    EXPECT_GT(closed[care::SignalKind::deterioration], 0);
    EXPECT_GT(closed[care::SignalKind::silence], 0);
    EXPECT_LT(open, 6);  // of the last hours only
}

}  // namespace
}  // namespace evenkeel::simulate
