// Goal: network estimates, heterogeneity, league tables, P-scores, splits and designs equal those
// of netmeta 3.3-1. Method: the kernels on the reference inputs; tolerances of the reference's
// README: effects 1e-6, Q 1e-5, tau2 1e-6 (DL) and 1e-4 (REML, ML), splits 1e-5, ranks 0.005.
#include "evidence/network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

#include "agreement.h"
#include "evidence/ranking.h"

namespace evenkeel {
namespace {

using evidence::Network;
using evidence::NetworkAnalysis;
using evidence::NetworkTau2;

std::size_t place(std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    names.push_back(name);
    return names.size() - 1;
}

// Columns: study, effect, standard error, and the two treatments.
Network read_network(const std::string& path, const std::vector<std::string>& columns) {
    const auto table = golden::read_table(path);
    Network out;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        const double effect = golden::number(table, row, columns[1]);
        if (std::isnan(effect)) continue;
        const double se = golden::number(table, row, columns[2]);
        out.contrasts.push_back({place(out.studies, golden::text(table, row, columns[0])),
                                 place(out.treatments, golden::text(table, row, columns[3])),
                                 place(out.treatments, golden::text(table, row, columns[4])),
                                 effect, se * se});
    }
    return out;
}

// Treatments in alphabetical order without regard to case, as the reference has them.
Network sorted(const Network& network) {
    const auto before = [](const std::string& a, const std::string& b) {
        return std::lexicographical_compare(
            a.begin(), a.end(), b.begin(), b.end(),
            [](unsigned char x, unsigned char y) { return std::tolower(x) < std::tolower(y); });
    };
    Network out = network;
    std::sort(out.treatments.begin(), out.treatments.end(), before);
    for (auto& c : out.contrasts) {
        c.treat1 = place(out.treatments, network.treatments[c.treat1]);
        c.treat2 = place(out.treatments, network.treatments[c.treat2]);
    }
    return out;
}

struct Case {
    std::string name;
    Network network;
    NetworkTau2 method;
    std::string reference = "Placebo";

    [[nodiscard]] evidence::NetworkOptions options() const {
        const auto& names = network.treatments;
        const auto found = std::find(names.begin(), names.end(), reference);
        return {method, static_cast<std::size_t>(found - names.begin())};
    }
};

// The treatments of "A:B:C", in order.
std::vector<std::string> parts(std::string name) {
    std::vector<std::string> out(1);
    for (const char c : name) {
        if (c == ':') {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    return out;
}

std::vector<Case> cases() {
    std::vector<Case> out;
    const auto first = golden::reference_file("evidence/data/linde2016.csv");
    const auto second =
        golden::reference_file("evidence/out/linde2015_response_pairwise_input.csv");
    if (!first || !second) return out;
    const auto linde2016 =
        sorted(read_network(*first, {"id", "lnOR", "selnOR", "treat1", "treat2"}));
    const auto linde2015 =
        sorted(read_network(*second, {"study", "TE", "seTE", "treat1", "treat2"}));
    out.push_back({"linde2016_lnOR_ref_Placebo|DL", linde2016, NetworkTau2::dl});
    out.push_back({"linde2016_lnOR_ref_Placebo|REML", linde2016, NetworkTau2::reml});
    out.push_back({"linde2016_lnOR_ref_UC|DL", linde2016, NetworkTau2::dl, "UC"});
    out.push_back({"linde2015_response_OR|DL", linde2015, NetworkTau2::dl});
    out.push_back({"linde2015_response_OR|ML", linde2015, NetworkTau2::ml});
    return out;
}

// The networks are built from data that may not be passed on.
#define CASES_OR_SKIP(name)    \
    const auto name = cases(); \
    if ((name).empty())        \
    GTEST_SKIP() << "evidence/data is absent: set EVENKEEL_REFERENCE to its root"

std::vector<std::size_t> rows_of(const exchange::CsvTable& table, const std::string& name) {
    std::vector<std::size_t> out;
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        if (golden::text(table, row, "case") == name) out.push_back(row);
    }
    return out;
}

std::size_t at(const Case& one, const std::string& treatment) {
    const auto& names = one.network.treatments;
    const auto found = std::find(names.begin(), names.end(), treatment);
    EXPECT_NE(found, names.end()) << treatment;
    return static_cast<std::size_t>(found - names.begin());
}

double value(const std::optional<double>& number) {
    return number.value_or(std::nan(""));
}

double tolerance_of(const Case& one, double with_dl) {
    return one.method == NetworkTau2::dl ? with_dl : 1e-4;
}

void compare_head(const Case& one, const NetworkAnalysis& ours, const exchange::CsvTable& expected,
                  std::size_t row) {
    const auto theirs = [&](const char* column) { return golden::number(expected, row, column); };
    golden::Deviation tau2, q;
    tau2.add(ours.tau2, theirs("tau2"));
    q.add(static_cast<double>(ours.n_studies), theirs("n_studies"));
    q.add(static_cast<double>(ours.n_designs), theirs("n_designs"));
    q.add(value(ours.i2), 100 * theirs("I2"));
    const auto test = [&](const evidence::QTest& mine, const char* q_name, const char* df,
                          const char* p) {
        q.add(mine.q, theirs(q_name));
        q.add(static_cast<double>(mine.df), theirs(df));
        q.add(value(mine.p), theirs(p));
    };
    test(ours.total, "Q", "df_Q", "p_Q");
    test(ours.within, "Q_het", "df_het", "p_het");
    test(ours.between, "Q_inc", "df_inc", "p_inc");
    golden::agree("network meta-analysis: tau2", one.name, tau2, tolerance_of(one, 1e-6));
    golden::agree("network meta-analysis: Q", one.name, q, 1e-5);
    if (one.method != NetworkTau2::dl) return;
    ASSERT_TRUE(ours.inconsistency.has_value());
    golden::Deviation full;
    full.add(ours.inconsistency->between.q, theirs("Q_inc_random"));
    full.add(value(ours.inconsistency->between.p), theirs("p_inc_random"));
    full.add(std::sqrt(ours.inconsistency->tau2_within), theirs("tau_within_full_dbt"));
    golden::agree("network meta-analysis: design-by-treatment", one.name, full, 1e-5);
}

TEST(NetworkGolden, HeterogeneityAndInconsistencyEqualNetmeta) {
    REFERENCE_OR_SKIP(path, "evidence/out/nma_head.csv");
    const auto expected = golden::read_table(path);
    CASES_OR_SKIP(all);
    for (const auto& one : all) {
        const auto ours = evidence::network_analysis(one.network, one.options());
        ASSERT_TRUE(ours.ok()) << ours.error().message;
        EXPECT_TRUE(ours.value().converged);
        const auto rows = rows_of(expected, one.name);
        ASSERT_EQ(rows.size(), 1U);
        compare_head(one, ours.value(), expected, rows[0]);
    }
}

TEST(NetworkGolden, LeagueTablesEqualNetmeta) {
    REFERENCE_OR_SKIP(path, "evidence/out/nma_league.csv");
    const auto expected = golden::read_table(path);
    CASES_OR_SKIP(all);
    for (const auto& one : all) {
        const auto ours = evidence::network_analysis(one.network, one.options());
        ASSERT_TRUE(ours.ok());
        golden::Deviation random, common;
        for (const std::size_t row : rows_of(expected, one.name)) {
            const bool is_random = golden::text(expected, row, "model") == "random";
            const auto& pooled = is_random ? ours.value().random : ours.value().common;
            auto& deviation = is_random ? random : common;
            const auto i = at(one, golden::text(expected, row, "row"));
            const auto j = at(one, golden::text(expected, row, "col"));
            deviation.add(pooled.estimate(i, j), golden::number(expected, row, "TE"));
            deviation.add(pooled.se(i, j), golden::number(expected, row, "se"));
        }
        golden::agree("network meta-analysis: random effects", one.name, random,
                      tolerance_of(one, 1e-6));
        golden::agree("network meta-analysis: common effects", one.name, common, 1e-6);
    }
}

TEST(NetworkGolden, PScoresAndRanksEqualNetmeta) {
    REFERENCE_OR_SKIP(path, "evidence/out/nma_ps.csv");
    const auto expected = golden::read_table(path);
    CASES_OR_SKIP(all);
    for (const auto& one : all) {
        const auto ours = evidence::network_analysis(one.network, one.options());
        ASSERT_TRUE(ours.ok());
        const auto scores = evidence::p_scores(ours.value().random, evidence::SmallValues::bad);
        const auto in_common = evidence::p_scores(ours.value().common, evidence::SmallValues::bad);
        SeededRandom random(1);
        const auto ranks =
            evidence::rank_probabilities(ours.value().random, evidence::SmallValues::bad, random);
        golden::Deviation p, sucra;
        for (const std::size_t row : rows_of(expected, one.name)) {
            const auto i = at(one, golden::text(expected, row, "treatment"));
            p.add(scores[i], golden::number(expected, row, "pscore_random"));
            p.add(in_common[i], golden::number(expected, row, "pscore_common"));
            double mean_rank = 0;
            for (std::size_t r = 0; r < ranks.size(); ++r) {
                mean_rank += static_cast<double>(r) * ranks[i][r];
            }
            // The mean of the ranks is the P-score. The reference's own draws are not taken as the
            // measure: they treat treatments as independent, which moves them by up to 0.013.
            sucra.add(1 - mean_rank / static_cast<double>(ranks.size() - 1),
                      golden::number(expected, row, "pscore_random"));
        }
        golden::agree("network meta-analysis: P-scores", one.name, p, tolerance_of(one, 1e-6));
        golden::agree("network meta-analysis: ranks by draws", one.name, sucra, 0.005);
    }
}

TEST(NetworkGolden, DirectAndIndirectEvidenceEqualNetmeta) {
    REFERENCE_OR_SKIP(path, "evidence/out/nma_split.csv");
    const auto expected = golden::read_table(path);
    CASES_OR_SKIP(all);
    for (const auto& one : all) {
        const auto rows = rows_of(expected, one.name);
        if (rows.empty()) continue;
        const auto analysis = evidence::network_analysis(one.network, one.options());
        ASSERT_TRUE(analysis.ok());
        std::map<std::vector<std::string>, evidence::DirectIndirect> ours;
        for (const auto& row : evidence::direct_indirect(one.network, analysis.value().random,
                                                         analysis.value().tau2)) {
            const auto& names = one.network.treatments;
            ours[{names[row.treat1], names[row.treat2]}] = row;
        }
        golden::Deviation deviation;
        for (const std::size_t row : rows) {
            auto pair = parts(golden::text(expected, row, "comparison"));
            const bool turned = ours.find(pair) == ours.end();
            if (turned) std::swap(pair[0], pair[1]);
            const auto& mine = ours.at(pair);
            const auto compare = [&](double number, const char* column) {
                deviation.add(number, golden::number(expected, row, column));
            };
            const auto compare_signed = [&](double number, const char* column) {
                compare(turned ? -number : number, column);
            };
            compare(mine.proportion_direct, "prop_direct_random");
            compare(static_cast<double>(mine.n_studies), "k_direct");
            compare_signed(value(mine.direct), "direct");
            compare(value(mine.direct_se), "direct_se");
            compare_signed(value(mine.indirect), "indirect");
            compare(value(mine.indirect_se), "indirect_se");
            compare_signed(value(mine.difference), "diff");
            compare(value(mine.se), "diff_se");
            compare(value(mine.p), "p");
        }
        golden::agree("network meta-analysis: direct and indirect", one.name, deviation, 1e-5);
    }
}

TEST(NetworkGolden, DesignsEqualNetmeta) {
    REFERENCE_OR_SKIP(path, "evidence/out/nma_qdesign.csv");
    const auto expected = golden::read_table(path);
    CASES_OR_SKIP(all);
    for (const auto& one : all) {
        const auto analysis = evidence::network_analysis(one.network, one.options());
        ASSERT_TRUE(analysis.ok());
        std::map<std::set<std::string>, evidence::QTest> ours;
        for (const auto& design : analysis.value().designs) {
            std::set<std::string> names;
            for (const auto t : design.treatments) names.insert(one.network.treatments[t]);
            ours[names] = design.test;
        }
        golden::Deviation deviation;
        for (const std::size_t row : rows_of(expected, one.name)) {
            const auto names = parts(golden::text(expected, row, "design"));
            const auto& mine = ours.at({names.begin(), names.end()});
            deviation.add(mine.q, golden::number(expected, row, "Q"));
            deviation.add(static_cast<double>(mine.df), golden::number(expected, row, "df"));
            deviation.add(value(mine.p), golden::number(expected, row, "p"));
        }
        golden::agree("network meta-analysis: Q by design", one.name, deviation, 1e-5);
    }
}

// One arm for each treatment of a row of the wide table.
void add_arms(const exchange::CsvTable& table, std::size_t row, Network& names,
              std::vector<evidence::BinaryArm>& arms) {
    for (const std::string k : {"1", "2", "3"}) {
        const auto treatment = golden::text(table, row, "treatment" + k);
        if (treatment.empty()) continue;
        arms.push_back({place(names.studies, golden::text(table, row, "id")),
                        place(names.treatments, treatment), golden::number(table, row, "resp" + k),
                        golden::number(table, row, "n" + k)});
    }
}

TEST(NetworkGolden, ArmsGiveTheContrastsOfTheReference) {
    REFERENCE_OR_SKIP(data, "evidence/data/linde2015.csv");
    REFERENCE_OR_SKIP(path, "evidence/out/linde2015_response_pairwise_input.csv");
    const auto table = golden::read_table(data);
    Network names;
    std::vector<evidence::BinaryArm> arms;
    for (std::size_t row = 0; row < table.n_rows(); ++row) add_arms(table, row, names, arms);
    const auto ours =
        evidence::contrasts_of(std::span<const evidence::BinaryArm>(arms),
                               evidence::Measure::odds_ratio, names.studies, names.treatments);
    ASSERT_TRUE(ours.ok());
    std::map<std::vector<std::string>, evidence::Contrast> found;
    for (const auto& c : ours.value().contrasts) {
        found[{names.studies[c.study], names.treatments[c.treat1], names.treatments[c.treat2]}] = c;
    }
    const auto expected = golden::read_table(path);
    golden::Deviation deviation;
    for (std::size_t row = 0; row < expected.n_rows(); ++row) {
        if (std::isnan(golden::number(expected, row, "TE"))) continue;
        const auto& mine =
            found.at({golden::text(expected, row, "study"), golden::text(expected, row, "treat1"),
                      golden::text(expected, row, "treat2")});
        deviation.add(mine.effect, golden::number(expected, row, "TE"));
        deviation.add(std::sqrt(mine.variance), golden::number(expected, row, "seTE"));
    }
    golden::agree("log odds ratios from arms", "linde2015_response", deviation, 1e-9);
}

}  // namespace
}  // namespace evenkeel
