#include "measures/scoring.h"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::measures {
namespace {

// One item as it counts towards the score; absent = skipped or not applicable.
std::optional<int> counted(const Instrument& instrument, const Answers& answers, std::size_t item) {
    const auto& answer = answers[item];
    if (!answer || *answer == not_applicable) return std::nullopt;
    if (instrument.items[item].reverse) {
        return instrument.values.min + instrument.values.max - *answer;
    }
    return *answer;
}

std::string legal_answers(const Instrument& instrument, const Item& item) {
    auto legal = fmt::format("Give a whole number from {} to {}", instrument.values.min,
                             instrument.values.max);
    if (item.may_not_apply) legal += ", or say that it does not apply";
    return legal + ", or leave it empty.";
}

bool is_legal(const Instrument& instrument, const Item& item, int answer) {
    if (answer == not_applicable) return item.may_not_apply;
    if (item.answers.empty()) return instrument.values.contains(answer);
    return std::any_of(item.answers.begin(), item.answers.end(),
                       [&](const Choice& choice) { return choice.value == answer; });
}

struct Sum {
    int sum = 0;
    std::size_t n_answered = 0;
};

Sum sum_items(const Instrument& instrument, const Answers& answers) {
    Sum all;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (const auto value = counted(instrument, answers, i)) {
            all.sum += *value;
            ++all.n_answered;
        }
    }
    return all;
}

// Mean of the answered items times the number of items; halves up. In whole numbers,
// since a half must not depend on how a fraction is stored.
int prorate(int sum, std::size_t n_items, std::size_t n_answered) {
    const auto n = static_cast<int>(n_items);
    const auto answered = static_cast<int>(n_answered);
    return (2 * sum * n + answered) / (2 * answered);
}

std::optional<int> total_by_groups(const Instrument& instrument, const Answers& answers) {
    int total = 0;
    for (const auto& group : instrument.groups) {
        int largest = 0;
        for (const auto item : group) {
            const auto value = counted(instrument, answers, item);
            if (!value) return std::nullopt;
            largest = std::max(largest, *value);
        }
        total += largest;
    }
    return total;
}

bool required_item_missing(const Instrument& instrument, const Answers& answers) {
    const auto& required = instrument.missing.required;
    return std::any_of(required.begin(), required.end(),
                       [&](std::size_t item) { return !answers[item]; });
}

bool may_be_scored(const Instrument& instrument, const Answers& answers, std::size_t n_missing) {
    if (required_item_missing(instrument, answers)) return false;
    if (instrument.missing.policy == MissingPolicy::none) return n_missing == 0;
    return n_missing <= instrument.missing.max_missing;
}

void add_total(const Instrument& instrument, const Answers& answers, Score& out) {
    if (instrument.method == Method::subscales_only) {
        out.scorable = std::all_of(out.subscales.begin(), out.subscales.end(),
                                   [](const SubscaleScore& each) { return each.total; });
        return;
    }
    if (!may_be_scored(instrument, answers, out.missing_items.size())) return;
    if (instrument.method == Method::max_groups) {
        out.total = total_by_groups(instrument, answers);
    } else {
        const auto all = sum_items(instrument, answers);
        if (all.n_answered == 0) return;
        const bool prorates = !out.missing_items.empty();
        out.total =
            instrument.multiplier *
            (prorates ? prorate(all.sum, instrument.items.size(), all.n_answered) : all.sum);
        out.prorated = prorates;
    }
    out.scorable = out.total.has_value();
    if (out.total && !out.has(Flag::item_not_applicable)) {
        out.band = band_of(instrument.bands, *out.total);
    }
}

SubscaleScore score_subscale(const Instrument& instrument, const Subscale& subscale,
                             const Answers& answers) {
    int sum = 0;
    for (const auto item : subscale.items) {
        const auto value = counted(instrument, answers, item);
        if (!value) return {subscale.key, std::nullopt, std::nullopt};
        sum += *value;
    }
    const int total = subscale.multiplier * sum;
    return {subscale.key, total, band_of(subscale.bands, total)};
}

void add_safety_flags(const Instrument& instrument, const Answers& answers, Score& out) {
    const bool any_answered =
        std::any_of(answers.begin(), answers.end(), [](const auto& each) { return each; });
    bool reached = false;
    bool left_out = false;
    for (const auto& safety : instrument.safety_items) {
        const auto& answer = answers[safety.item];
        if (answer) {
            reached = reached || *answer >= safety.at_least;
        } else {
            left_out = left_out || (safety.left_out_counts && any_answered);
        }
    }
    if (reached) out.flags.push_back(Flag::safety_item);
    if (left_out) out.flags.push_back(Flag::safety_item_left_out);
}

std::optional<Pattern> find_pattern(const Instrument& instrument, const Answers& answers) {
    if (!instrument.pattern) return std::nullopt;
    const auto& rule = *instrument.pattern;
    std::size_t n_present = 0;
    bool core_present = false;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (!answers[i]) return std::nullopt;  // no published rule for a gap
        if (*answers[i] < rule.present_at[i]) continue;
        ++n_present;
        core_present =
            core_present || std::find(rule.core.begin(), rule.core.end(), i) != rule.core.end();
    }
    if (!core_present || n_present < rule.other_at_least) return Pattern::none;
    return n_present >= rule.major_at_least ? Pattern::major : Pattern::other;
}

AlternativeScore score_alternative(const Alternative& alternative, const Answers& answers) {
    Answers shorter;
    for (const auto item : alternative.items) shorter.push_back(answers[item]);
    const auto scored = score(*alternative.instrument, shorter);
    EK_ASSERT(scored.ok());  // check_definition: the same range of answers
    const auto& of = scored.value();
    return {alternative.instrument->id, of.total, of.band, of.prorated};
}

}  // namespace

bool Score::has(Flag flag) const {
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

Status check_answers(const Instrument& instrument, const Answers& answers) {
    const auto n_items = instrument.items.size();
    if (answers.size() != n_items) {
        return Error{
            Fault::invalid_input,
            "",
            fmt::format("{} has {} items; {} answers were given. Leave skipped items empty.",
                        instrument.title, n_items, answers.size()),
            {}};
    }
    Faults faults;
    for (std::size_t i = 0; i < n_items; ++i) {
        if (answers[i] && !is_legal(instrument, instrument.items[i], *answers[i])) {
            faults.add(fmt::format("/{}", i), legal_answers(instrument, instrument.items[i]));
        }
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

Result<Score> score(const Instrument& instrument, const Answers& answers) {
    CHECK_OK(check_answers(instrument, answers));
    Score out;
    bool some_do_not_apply = false;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (!answers[i]) out.missing_items.push_back(i);
        some_do_not_apply = some_do_not_apply || answers[i] == not_applicable;
    }
    add_safety_flags(instrument, answers, out);
    if (some_do_not_apply) out.flags.push_back(Flag::item_not_applicable);
    for (const auto& subscale : instrument.subscales) {
        out.subscales.push_back(score_subscale(instrument, subscale, answers));
    }
    add_total(instrument, answers, out);
    out.pattern = find_pattern(instrument, answers);
    if (instrument.alternative && required_item_missing(instrument, answers)) {
        out.alternative = score_alternative(*instrument.alternative, answers);
    }
    return out;
}

Result<std::optional<AlternativeScore>> alternative_score(const Instrument& instrument,
                                                          const Answers& answers) {
    CHECK_OK(check_answers(instrument, answers));
    std::optional<AlternativeScore> none;
    if (!instrument.alternative) return none;
    return std::optional(score_alternative(*instrument.alternative, answers));
}

}  // namespace evenkeel::measures
