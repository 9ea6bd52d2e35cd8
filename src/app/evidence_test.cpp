// Goal: `evidence meta` and `evidence network` keep their contract: keys, exit codes, faults with
// their places, pictures. Method: calls of run() as main makes them. The numbers themselves are
// tested in evidence/ and in the golden tests.
#include "app/detail/call.h"
#include "exchange/input.h"

namespace evenkeel::app {
namespace {

Said call(const std::string& command, const std::string& csv, std::vector<std::string> more) {
    more.insert(more.begin(), {"evidence", command, file_of(csv)});
    return app::call(more);
}

const std::string studies =
    "trial,g,se,year,kind\n"
    "A,0.5,0.2,2001,cbt\nB,0.1,0.25,2004,ipt\nC,0.9,0.3,2010,cbt\nD,0.4,0.15,2015,ipt\n"
    "E,,0.2,2016,ipt\nF,0.6,0.22,NA,cbt\nG,0.2,0.18,2020,pst\nH,0.3,0.21,2021,pst\n";

Said meta(const std::string& csv, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"--effect", "g", "--se", "se", "--study", "trial", "--json"});
    return call("meta", csv, more);
}

const std::string arms =
    "id,drug,r,n\n1,A,10,50\n1,B,15,50\n2,B,8,40\n2,C,0,40\n3,A,12,60\n3,B,20,60\n3,C,25,60\n"
    "4,A,,30\n4,C,5,30\n4,B,6,30\n";

Said network(const std::string& csv, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"--arms", "--study", "id", "--treatment", "drug", "--events", "r",
                               "--n", "n", "--measure", "OR", "--reference", "A", "--json"});
    return call("network", csv, more);
}

TEST(EvidenceMeta, GivesTheKeysOfTheContract) {
    const auto answer = meta(studies);
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto json = answer.json();
    for (const auto* key : {"method",
                            "source",
                            "n",
                            "warnings",
                            "converged",
                            "iterations",
                            "log_likelihood",
                            "k",
                            "estimate",
                            "se",
                            "lower",
                            "upper",
                            "p",
                            "prediction",
                            "tau2",
                            "tau2_lower",
                            "tau2_upper",
                            "i2",
                            "h2",
                            "q",
                            "q_df",
                            "q_p",
                            "egger",
                            "rows"}) {
        EXPECT_NE(json.find(key), nullptr) << key;
    }
    EXPECT_EQ(answer.number({"n"}), 8);
    EXPECT_EQ(answer.number({"k"}), 7);
    EXPECT_EQ(json.find("rows")->list()->size(), 7U);
    double weights = 0;
    for (const auto& row : *json.find("rows")->list()) weights += *row.find("weight")->number();
    EXPECT_NEAR(weights, 100, 1e-9);
}

TEST(EvidenceMeta, TakesNumbersFactorsAndInteractionsAsModerators) {
    const auto factor = meta(studies, {"--moderators", "kind", "--knapp-hartung"});
    ASSERT_EQ(factor.code, 0) << factor.err;
    const auto json = factor.json();
    const auto& terms = *json.find("coefficients")->list();
    ASSERT_EQ(terms.size(), 3U);
    EXPECT_EQ(*terms[0].find("term")->text(), "(Intercept)");
    EXPECT_EQ(*terms[1].find("term")->text(), "kindipt");
    EXPECT_EQ(factor.number({"qm", "df"}), 2);
    EXPECT_EQ(factor.number({"qm", "df2"}), 4);
    const auto crossed = meta(studies, {"--moderators", "year,kind,year:kind", "--method", "fe"});
    EXPECT_EQ(crossed.code, 3);  // 6 studies, 6 coefficients
    EXPECT_NE(crossed.err.find("at least 7 are needed"), std::string::npos) << crossed.err;
}

TEST(EvidenceMeta, NamesEveryCellThatCannotBe) {
    const auto answer = meta("trial,g,se\nA,0.5,-1\nB,much,0.2\nC,0.3,0\nD,0.1,0.2\n");
    EXPECT_EQ(answer.code, 3);
    EXPECT_EQ(answer.json().find("problems")->list()->size(), 3U) << answer.out;
    for (const std::string place : {"2:3", "3:2", "4:3"}) {
        EXPECT_NE(answer.out.find("\"where\":\"" + place + "\""), std::string::npos) << place;
    }
    const auto names = call(
        "meta", studies,
        {"--effect", "g", "--se", "se", "--study", "nobody", "--moderators", "nothing", "--json"});
    EXPECT_EQ(names.json().find("problems")->list()->size(), 2U) << names.out;
    const auto spread = meta("trial,g,se\nA,0.5,-1\nB,0.2,0.2\nC,0.3,0\nD,0.1,0.2\n");
    EXPECT_EQ(spread.code, 3);
    EXPECT_EQ(spread.json().find("problems")->list()->size(), 2U) << spread.out;
    EXPECT_NE(spread.out.find(R"("where":"4:3")"), std::string::npos) << spread.out;
}

TEST(EvidenceMeta, OneStudyOrNoneIsSaid) {
    const auto one = meta("trial,g,se\nA,0.5,0.2\n");
    EXPECT_EQ(one.code, 0);
    EXPECT_TRUE(one.json().find("tau2")->is_null());
    EXPECT_EQ(meta("trial,g,se\nA,,0.2\n").code, 3);
}

TEST(EvidenceMeta, NamesAModeratorThatSaysNothingNew) {
    const auto answer = meta(studies, {"--moderators", "year,year"});
    EXPECT_EQ(answer.code, 3);
    EXPECT_NE(answer.err.find("year is constant or a combination"), std::string::npos);
    EXPECT_EQ(meta(studies, {"--moderators", "nothing"}).code, 3);
}

TEST(EvidenceMeta, WarnsOfARowThatStandsTwice) {
    const auto answer = meta("trial,g,se\nA,0.5,0.2\nA,0.5,0.2\nB,0.1,0.3\n");
    EXPECT_EQ(answer.code, 0);
    EXPECT_NE(answer.out.find("stands twice"), std::string::npos);
}

TEST(EvidenceMeta, NeedsVarianceOrStandardError) {
    EXPECT_EQ(call("meta", studies, {"--effect", "g"}).code, 2);
    EXPECT_EQ(call("meta", studies, {"--effect", "g", "--se", "se", "--variance", "se"}).code, 2);
}

TEST(EvidenceMeta, HugeNumbersNeverGiveNanInJson) {
    const auto answer = meta("trial,g,se\nA,1e300,1\nB,-1e300,1\nC,1,1e-200\n");
    EXPECT_TRUE(answer.code == 0 || answer.code == 3) << answer.out;
    EXPECT_EQ(answer.out.find("nan"), std::string::npos);
}

TEST(EvidenceNetwork, GivesTheKeysOfTheContract) {
    const auto answer = network(arms);
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto json = answer.json();
    for (const auto* key : {"method", "source", "n", "warnings", "treatments", "effects", "tau2",
                            "i2", "q", "p_scores", "direct_indirect", "rank_probabilities"}) {
        EXPECT_NE(json.find(key), nullptr) << key;
    }
    EXPECT_EQ(json.find("effects")->list()->size(), 6U);
    EXPECT_EQ(json.find("rank_probabilities")->find("A")->list()->size(), 3U);
    EXPECT_NE(answer.out.find("Trial 4: the arm A has no data"), std::string::npos);
    const auto ratios = network(arms, {"--exponentiate", "--common"}).json();
    const auto& first = ratios.find("effects")->list()->front();
    EXPECT_NEAR(*first.find("ratio")->number(), std::exp(*first.find("estimate")->number()), 1e-12);
}

TEST(EvidenceNetwork, SameSeedSameBytes) {
    EXPECT_EQ(network(arms, {"--seed", "5"}).out, network(arms, {"--seed", "5"}).out);
    EXPECT_NE(network(arms, {"--seed", "5"}).out, network(arms, {"--seed", "6"}).out);
}

TEST(EvidenceNetwork, ArmsAndTheirContrastsGiveTheSame) {
    const std::string means = "id,drug,m,s,n\n1,A,10,4,30\n1,B,12,4,30\n1,C,15,4,30\n";
    const auto whole =
        call("network", means,
             {"--arms", "--study", "id", "--treatment", "drug", "--mean", "m", "--sd", "s", "--n",
              "n", "--measure", "MD", "--reference", "A", "--json"});
    ASSERT_EQ(whole.code, 0) << whole.err;
    const auto pairs =
        call("network",
             "id,a,b,d,se\n1,B,A,2,1.0327955589886444\n"
             "1,C,A,5,1.0327955589886444\n1,C,B,3,1.0327955589886444\n",
             {"--contrasts", "--study", "id", "--treat1", "a", "--treat2", "b", "--effect", "d",
              "--se", "se", "--measure", "MD", "--reference", "A", "--json"});
    ASSERT_EQ(pairs.code, 0) << pairs.err;
    const auto ours = whole.json(), theirs = pairs.json();
    for (std::size_t i = 0; i < 6; ++i) {
        for (const auto* key : {"estimate", "se"}) {
            EXPECT_NEAR(*ours.find("effects")->list()->at(i).find(key)->number(),
                        *theirs.find("effects")->list()->at(i).find(key)->number(), 1e-12);
        }
    }
}

TEST(EvidenceNetwork, NamesTheRowOfEveryFault) {
    const auto answer = network("id,drug,r,n\n1,A,10,50\n1,B,60,50\n2,A,4,9\n3,A,1,9\n3,A,2,9\n");
    EXPECT_EQ(answer.code, 3);
    for (const auto* where : {R"("where":"3:3")", R"("where":"4:1")", R"("where":"6:2")"}) {
        EXPECT_NE(answer.out.find(where), std::string::npos) << where << answer.out;
    }
}

TEST(EvidenceNetwork, NamesThePartsOfANetworkThatIsNotJoined) {
    const auto answer = network("id,drug,r,n\n1,A,10,50\n1,B,15,50\n2,C,8,40\n2,D,9,40\n");
    EXPECT_EQ(answer.code, 3);
    EXPECT_NE(answer.err.find("(A, B)"), std::string::npos) << answer.err;
    EXPECT_NE(answer.err.find("(C, D)"), std::string::npos);
}

TEST(EvidenceNetwork, SaysWhyNoTrialIsLeft) {
    const auto answer = network("id,drug,r,n\n1,A,0,50\n1,B,0,50\n");
    EXPECT_EQ(answer.code, 3);
    EXPECT_NE(answer.err.find("Trial 1 is left out: no events in any arm."), std::string::npos)
        << answer.err;
}

TEST(EvidenceNetwork, RefusesWhatDoesNotGoTogether) {
    EXPECT_EQ(network(arms, {"--contrasts"}).code, 2);
    const auto unknown = call("network", arms,
                              {"--arms", "--study", "id", "--treatment", "drug", "--events", "r",
                               "--n", "n", "--measure", "OR", "--reference", "Z"});
    EXPECT_EQ(unknown.code, 3);
    EXPECT_NE(unknown.err.find("A, B, C"), std::string::npos);
    EXPECT_EQ(call("network", arms,
                   {"--arms", "--study", "id", "--treatment", "drug", "--events", "r", "--n", "n",
                    "--measure", "SMD", "--reference", "A"})
                  .code,
              2);
}

TEST(EvidencePictures, SayInWordsWhatTheyShow) {
    for (const std::string kind : {"network", "forest", "league", "rank"}) {
        const auto path = file_named(kind + ".svg");
        ASSERT_EQ(network(arms, {"--plot", path, "--plot-kind", kind}).code, 0) << kind;
        const auto svg = exchange::read_file(path);
        ASSERT_TRUE(svg.ok()) << kind;
        EXPECT_NE(svg.value().find("<desc"), std::string::npos);
        EXPECT_EQ(svg.value().find("nan"), std::string::npos);
    }
    for (const std::string kind : {"forest", "funnel"}) {
        const auto path = file_named(kind + ".svg");
        ASSERT_EQ(meta(studies, {"--plot", path, "--plot-kind", kind}).code, 0) << kind;
        EXPECT_TRUE(exchange::read_file(path).ok()) << kind;
    }
}

}  // namespace
}  // namespace evenkeel::app
