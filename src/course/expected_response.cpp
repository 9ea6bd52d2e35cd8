#include "course/expected_response.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace evenkeel::course {
namespace {

struct Course {
    double baseline = 0;
    std::vector<std::size_t> records;  // by time; the first is the baseline
};

Result<std::vector<Course>> courses_of(std::span<const ScoreRecord> records) {
    Faults faults;
    std::size_t n_people = 0;
    for (const auto& each : records) n_people = std::max(n_people, each.person + 1);
    std::vector<Course> out(n_people);
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto& each = records[i];
        if (std::isnan(each.time) || std::isnan(each.score)) continue;
        if (std::abs(each.time) > 1e100 || std::abs(each.score) > 1e100) {
            faults.add(fmt::format("/rows/{}", i), "A time or score is too large.");
            continue;
        }
        out[each.person].records.push_back(i);
    }
    for (auto& course : out) {
        auto& own = course.records;
        std::stable_sort(own.begin(), own.end(), [&](std::size_t a, std::size_t b) {
            return records[a].time < records[b].time;
        });
        for (std::size_t k = 1; k < own.size() && faults.all().size() < 1000; ++k) {
            if (records[own[k]].time > records[own[k - 1]].time) continue;
            faults.add(fmt::format("/rows/{}", own[k]),
                       fmt::format("A second score at time {}: keep one.", records[own[k]].time));
        }
        if (!own.empty()) course.baseline = records[own[0]].score;
    }
    if (!faults.none()) return faults.error();
    return out;
}

// Of a new person's score, normal or not.
struct Distribution {
    double mean = 0, sd = 0;
};

Distribution distribution_of(const ResponseStratum& stratum, double baseline, double time) {
    const auto& model = *stratum.model;
    const double x[] = {1, std::log1p(time), baseline - stratum.center};
    const std::size_t p = 3, q = model.random.size();
    double mean = 0, variance = model.residual_sd * model.residual_sd;
    for (std::size_t i = 0; i < p; ++i) {
        mean += x[i] * model.fixed[i].estimate.value_or(0);
        for (std::size_t j = 0; j < p; ++j) {
            variance += x[i] * x[j] * model.fixed_covariance[i * p + j];
        }
    }
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j < q; ++j) {
            variance += x[i] * x[j] * model.random_covariance[i * q + j];
        }
    }
    return {mean, std::sqrt(variance)};
}

double quantile(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(at);
    const auto high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

void calibrate(ResponseStratum& stratum, std::span<const ScoreRecord> records,
               const std::vector<const Course*>& members) {
    std::vector<double> distances;
    for (const auto* course : members) {
        const auto& own = course->records;
        for (std::size_t k = 1; k < own.size(); ++k) {
            const auto& record = records[own[k]];
            const auto usual =
                distribution_of(stratum, course->baseline, record.time - records[own[0]].time);
            distances.push_back((record.score - usual.mean) / usual.sd);
        }
    }
    std::sort(distances.begin(), distances.end());
    stratum.reach_below = quantile(distances, (1 - expected_coverage) / 2);
    stratum.reach_above = quantile(distances, (1 + expected_coverage) / 2);
}

// Growth after the first score: 1, log time, first score; a slope of their own for people.
void fit_stratum(ResponseStratum& stratum, std::span<const ScoreRecord> records,
                 const std::vector<const Course*>& members) {
    Column score{"score", {}, {}, {}}, time{"time", {}, {}, {}}, first{"first", {}, {}, {}},
        id{"id", {}, {}, {}};
    for (const auto* course : members) stratum.center += course->baseline;
    stratum.center /= static_cast<double>(members.size());
    for (std::size_t person = 0; person < members.size(); ++person) {
        const auto& own = members[person]->records;
        for (std::size_t k = 1; k < own.size(); ++k) {
            score.numbers.push_back(records[own[k]].score);
            time.numbers.push_back(records[own[k]].time - records[own[0]].time);
            first.numbers.push_back(members[person]->baseline - stratum.center);
            id.numbers.push_back(static_cast<double>(person));
        }
    }
    const std::vector<Column> columns{score, time, first, id};
    stratum.why_absent = "The archive has too few scores for a growth model.";
    for (const auto* random : {"(log1p(time) | id)", "(1 | id)"}) {
        const auto formula = parse_formula(fmt::format("score ~ log1p(time) + first + {}", random));
        const auto design = design_matrix(formula.value(), columns);
        if (!design.ok()) continue;
        auto model = fit_mixed_model(design.value(), {.inference = false});
        if (!model.ok() || !model.value().converged) continue;
        const auto& fixed = model.value().fixed;
        // A first score that is the same for all of a stratum needs no coefficient.
        if (!fixed[0].estimate || !fixed[1].estimate) continue;
        stratum.model = std::move(model).value();
        stratum.why_absent.clear();
        calibrate(stratum, records, members);
        return;
    }
}

Expectation predict(const ResponseStratum& stratum, double baseline, double time) {
    Expectation out;
    out.n_comparable = stratum.n_people;
    if (!stratum.model || time <= 0) return out;
    const auto usual = distribution_of(stratum, baseline, time);
    out.expected = usual.mean;
    out.lower = usual.mean + stratum.reach_below * usual.sd;
    out.upper = usual.mean + stratum.reach_above * usual.sd;
    return out;
}

const ResponseStratum* stratum_of(const ExpectedResponse& from, double baseline) {
    for (const auto& stratum : from.strata) {
        if (baseline >= stratum.from && baseline < stratum.to) return &stratum;
    }
    if (!from.strata.empty() && baseline == from.strata.back().to) return &from.strata.back();
    return nullptr;
}

ExpectedResponse fit_strata(std::span<const ScoreRecord> records,
                            std::vector<const Course*> members) {
    ExpectedResponse out;
    out.n_people = members.size();
    std::stable_sort(members.begin(), members.end(),
                     [](const Course* a, const Course* b) { return a->baseline < b->baseline; });
    const auto wanted = std::clamp<std::size_t>(members.size() / least_comparable, 1, max_strata);
    std::size_t begin = 0;
    for (std::size_t k = 1; k <= wanted && begin < members.size(); ++k) {
        auto end = k == wanted ? members.size() : members.size() * k / wanted;
        end = std::max(end, std::min(begin + least_comparable, members.size()));
        // People with the same first score stay together; a rest that is too small joins.
        while (end < members.size() && members[end]->baseline == members[end - 1]->baseline) ++end;
        if (members.size() - end < least_comparable) end = members.size();
        auto& stratum = out.strata.emplace_back();
        stratum.from = members[begin]->baseline;
        stratum.to = end < members.size() ? members[end]->baseline : members[end - 1]->baseline;
        stratum.n_people = end - begin;
        fit_stratum(stratum, records,
                    {members.begin() + static_cast<std::ptrdiff_t>(begin),
                     members.begin() + static_cast<std::ptrdiff_t>(end)});
        if (!stratum.why_absent.empty()) {
            out.warnings.push_back(fmt::format("First scores {} to {}: {}", stratum.from,
                                               stratum.to, stratum.why_absent));
        }
        begin = end;
    }
    if (out.n_people < least_comparable) {
        out.warnings.push_back(
            fmt::format("People in the archive with two scores or more: {}. From {} on it says who "
                        "is off track.",
                        out.n_people, least_comparable));
    }
    return out;
}

std::vector<const Course*> with_two_scores(const std::vector<Course>& courses) {
    std::vector<const Course*> out;
    for (const auto& course : courses) {
        if (course.records.size() > 1) out.push_back(&course);
    }
    return out;
}

// A score of somebody who was predicted from others.
struct Scored {
    std::size_t person;
    double first, time;
    int place;  // below, inside or above the band: -1, 0, 1
};

void add_scored(std::size_t person, const Course& course, std::span<const ScoreRecord> archive,
                const ExpectedResponse& model, std::vector<Scored>& scored) {
    const auto* stratum = stratum_of(model, course.baseline);
    const auto& own = course.records;
    for (std::size_t k = 1; k < own.size() && stratum != nullptr; ++k) {
        const double time = archive[own[k]].time - archive[own[0]].time;
        const double score = archive[own[k]].score;
        const auto band = predict(*stratum, course.baseline, time);
        if (!band.expected) continue;
        const int place = score < *band.lower ? -1 : score > *band.upper ? 1 : 0;
        scored.push_back({person, course.baseline, time, place});
    }
}

// In n_groups of about as many scores by the key; equal keys stay together.
template <class Key>
std::vector<BandShares> shares_by(std::vector<Scored> scored, const Key& key,
                                  std::size_t n_groups) {
    std::sort(scored.begin(), scored.end(),
              [&](const Scored& a, const Scored& b) { return key(a) < key(b); });
    std::vector<BandShares> out;
    std::size_t begin = 0;
    for (std::size_t g = 1; g <= n_groups; ++g) {
        std::size_t end = scored.size() * g / n_groups;
        while (end > begin && end < scored.size() && key(scored[end]) == key(scored[end - 1])) {
            ++end;
        }
        if (end <= begin) continue;
        auto& shares = out.emplace_back();
        shares.from = key(scored[begin]);
        shares.to = key(scored[end - 1]);
        shares.n_scores = end - begin;
        const double each = 1 / static_cast<double>(end - begin);
        for (; begin < end; ++begin) {
            const int place = scored[begin].place;
            (place < 0 ? shares.below : place > 0 ? shares.above : shares.inside) += each;
        }
    }
    return out;
}

// Of a ratio of sums over people.
void write_error(const std::vector<Scored>& scored, std::size_t n_members, Calibration& out) {
    std::vector<double> left(n_members), n(n_members);
    for (const auto& each : scored) {
        left[each.person] += (each.place == 0 ? 1 : 0) - out.all.inside;
        n[each.person] += 1;
    }
    double squares = 0;
    for (std::size_t person = 0; person < n_members; ++person) {
        squares += left[person] * left[person];
        out.n_people += n[person] > 0 ? 1 : 0;
    }
    out.inside_error = std::sqrt(squares) / static_cast<double>(scored.size());
}

}  // namespace

Result<ExpectedResponse> expected_response(std::span<const ScoreRecord> archive) {
    TRY(const auto courses, courses_of(archive));
    auto members = with_two_scores(courses);
    if (members.empty()) {
        return Error{Fault::invalid_input, "", "Nobody in the archive has two scores.", {}};
    }
    return fit_strata(archive, std::move(members));
}

Result<std::vector<Expectation>> expect(const ExpectedResponse& from,
                                        std::span<const ScoreRecord> people) {
    TRY(const auto courses, courses_of(people));
    std::vector<Expectation> out(people.size());
    for (const auto& course : courses) {
        if (course.records.empty()) continue;
        const auto* stratum = stratum_of(from, course.baseline);
        if (stratum == nullptr) continue;  // nobody began like this: nothing to compare with
        const double start = people[course.records[0]].time;
        for (std::size_t k = 0; k < course.records.size(); ++k) {
            const auto& record = people[course.records[k]];
            auto& expectation = out[course.records[k]];
            expectation = predict(*stratum, course.baseline, record.time - start);
            const bool may_say = expectation.upper && stratum->n_people >= least_comparable &&
                                 k + 1 >= first_signal_score;
            if (may_say) expectation.off_track = record.score > *expectation.upper;
        }
    }
    return out;
}

std::optional<Calibration> held_out_calibration(std::span<const ScoreRecord> archive) {
    constexpr std::size_t n_parts = 5;
    const auto courses = courses_of(archive);
    if (!courses.ok()) return std::nullopt;
    const auto members = with_two_scores(courses.value());
    if (members.size() < least_comparable) return std::nullopt;
    std::vector<Scored> scored;
    for (std::size_t part = 0; part < n_parts; ++part) {
        std::vector<const Course*> others;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i % n_parts != part) others.push_back(members[i]);
        }
        const auto model = fit_strata(archive, std::move(others));
        for (auto i = part; i < members.size(); i += n_parts) {
            add_scored(i, *members[i], archive, model, scored);
        }
    }
    if (scored.empty()) return std::nullopt;
    Calibration out;
    const auto first_score = [](const Scored& each) { return each.first; };
    const auto time = [](const Scored& each) { return each.time; };
    out.by_first_score = shares_by(scored, first_score, 4);
    out.by_time = shares_by(scored, time, 4);
    out.all = shares_by(scored, time, 1).front();
    write_error(scored, members.size(), out);
    return out;
}

}  // namespace evenkeel::course
