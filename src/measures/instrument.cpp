#include "measures/instrument.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace evenkeel::measures {
namespace {

void check_positions(const std::vector<std::size_t>& items, std::size_t n_items,
                     const std::string& where, Faults& faults) {
    std::set<std::size_t> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto place = fmt::format("{}/{}", where, i);
        if (items[i] >= n_items) {
            faults.add(place, fmt::format("There are {} items; this one is beyond them.", n_items));
        } else if (!seen.insert(items[i]).second) {
            faults.add(place, "This item is named twice.");
        }
    }
}

void check_citation(const Citation& citation, const std::string& where, Faults& faults) {
    if (citation.source.empty()) faults.add(where + "/source", "Name the source of this number.");
    if (citation.page.empty()) faults.add(where + "/page", "Name the page or section.");
}

// Bands in ascending order, each beginning where the one before ended.
void check_bands(const std::vector<Band>& bands, Range scores, const std::string& where,
                 Faults& faults) {
    if (bands.empty()) return;
    int expected = scores.min;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const auto& band = bands[i];
        const auto place = fmt::format("{}/{}", where, i);
        if (band.name.empty()) faults.add(place + "/name", "Name the band.");
        check_citation(band.citation, place, faults);
        if (band.scores.min > expected) {
            faults.add(place + "/from", fmt::format("Scores from {} to {} have no band.", expected,
                                                    band.scores.min - 1));
        } else if (band.scores.min < expected) {
            faults.add(place + "/from",
                       fmt::format("This band overlaps the one before; begin at {}.", expected));
        }
        if (band.scores.max < band.scores.min) {
            faults.add(place + "/to", "The band ends before it begins.");
        }
        expected = std::max(expected, band.scores.max + 1);
    }
    if (expected - 1 != scores.max) {
        faults.add(fmt::format("{}/{}/to", where, bands.size() - 1),
                   fmt::format("The bands end at {}, the score at {}.", expected - 1, scores.max));
    }
}

void check_cutoffs(const std::vector<Cutoff>& cutoffs, Range scores, const std::string& where,
                   Faults& faults) {
    const auto is_share = [](const std::optional<double>& share) {
        return !share || (*share >= 0 && *share <= 1);
    };
    for (std::size_t i = 0; i < cutoffs.size(); ++i) {
        const auto& cutoff = cutoffs[i];
        const auto place = fmt::format("{}/{}", where, i);
        check_citation(cutoff.citation, place, faults);
        if (!scores.contains(cutoff.score)) {
            faults.add(place + "/score", "The cut-off lies outside the range of the score.");
        }
        if (!is_share(cutoff.sensitivity)) faults.add(place + "/sensitivity", "Give 0 to 1.");
        if (!is_share(cutoff.specificity)) faults.add(place + "/specificity", "Give 0 to 1.");
    }
}

Range reachable(Range values, std::size_t n_terms, int multiplier) {
    const auto n = static_cast<int>(n_terms);
    return {multiplier * n * values.min, multiplier * n * values.max};
}

void check_range(Range said, Range reached, const std::string& where, Faults& faults) {
    if (said == reached) return;
    faults.add(where, fmt::format("The items reach {} to {}, the definition says {} to {}.",
                                  reached.min, reached.max, said.min, said.max));
}

void check_items(const Instrument& instrument, Faults& faults) {
    if (instrument.items.empty()) faults.add("/items", "The instrument has no items.");
    std::set<std::string> keys;
    for (std::size_t i = 0; i < instrument.items.size(); ++i) {
        const auto& item = instrument.items[i];
        const auto place = fmt::format("/items/{}", i);
        if (!keys.insert(item.key).second) faults.add(place + "/key", "This key stands twice.");
        const bool ships_words = instrument.licence.status != LicenceStatus::scoring_only;
        if (ships_words && item.text.empty())
            faults.add(place + "/text", "The wording is missing.");
        if (ships_words && item.answers.empty())
            faults.add(place + "/answers", "Name the answers.");
        std::set<int> values;
        for (std::size_t j = 0; j < item.answers.size(); ++j) {
            const auto value = item.answers[j].value;
            if (!instrument.values.contains(value) || !values.insert(value).second) {
                faults.add(fmt::format("{}/answers/{}/value", place, j),
                           "The value is outside the range or stands twice.");
            }
        }
    }
}

void check_subscales(const Instrument& instrument, Faults& faults) {
    for (std::size_t i = 0; i < instrument.subscales.size(); ++i) {
        const auto& subscale = instrument.subscales[i];
        const auto place = fmt::format("/subscales/{}", i);
        check_positions(subscale.items, instrument.items.size(), place + "/items", faults);
        check_range(subscale.scores,
                    reachable(instrument.values, subscale.items.size(), subscale.multiplier),
                    place + "/scores", faults);
        check_bands(subscale.bands, subscale.scores, place + "/bands", faults);
        check_cutoffs(subscale.cutoffs, subscale.scores, place + "/cutoffs", faults);
    }
}

void check_method(const Instrument& instrument, Faults& faults) {
    const auto n_items = instrument.items.size();
    check_citation(instrument.scoring_citation, "/scoring", faults);
    if (instrument.method == Method::subscales_only) {
        if (instrument.subscales.empty()) faults.add("/subscales", "Name the subscales.");
        return;
    }
    std::size_t n_terms = n_items;
    if (instrument.method == Method::max_groups) {
        n_terms = instrument.groups.size();
        std::vector<std::size_t> grouped;
        for (const auto& group : instrument.groups) {
            if (group.empty()) faults.add("/groups", "A group has no items.");
            grouped.insert(grouped.end(), group.begin(), group.end());
        }
        check_positions(grouped, n_items, "/groups", faults);
        if (grouped.size() != n_items) faults.add("/groups", "Every item belongs to one group.");
    }
    check_range(instrument.scores, reachable(instrument.values, n_terms, instrument.multiplier),
                "/scores", faults);
}

void check_missing(const Instrument& instrument, Faults& faults) {
    const auto& rule = instrument.missing;
    const auto n_items = instrument.items.size();
    check_citation(rule.citation, "/missing", faults);
    check_positions(rule.required, n_items, "/missing/required", faults);
    if (rule.policy != MissingPolicy::prorate_mean) return;
    if (instrument.method != Method::sum) {
        faults.add("/missing/policy", "Only sums can be prorated.");
    }
    if (rule.max_missing == 0 || rule.max_missing >= n_items) {
        faults.add("/missing/max_missing", "Give at least 1 and fewer than all items.");
    }
}

void check_pattern(const Instrument& instrument, Faults& faults) {
    if (!instrument.pattern) return;
    const auto& rule = *instrument.pattern;
    check_citation(rule.citation, "/pattern", faults);
    if (rule.present_at.size() != instrument.items.size()) {
        faults.add("/pattern/present_at", "Give one threshold for each item.");
    }
    check_positions(rule.core, instrument.items.size(), "/pattern/core", faults);
    if (rule.other_at_least == 0 || rule.other_at_least >= rule.major_at_least) {
        faults.add("/pattern/other_at_least", "Give at least 1 and fewer than for major.");
    }
}

void check_safety(const Instrument& instrument, Faults& faults) {
    for (std::size_t i = 0; i < instrument.safety_items.size(); ++i) {
        const auto& safety = instrument.safety_items[i];
        const auto place = fmt::format("/safety_items/{}", i);
        check_citation(safety.citation, place, faults);
        if (safety.item >= instrument.items.size()) {
            faults.add(place + "/item", "This item does not exist.");
        }
        if (!instrument.values.contains(safety.at_least)) {
            faults.add(place + "/at_least", "No answer can reach this threshold.");
        }
    }
}

void check_alternative(const Instrument& instrument, Faults& faults) {
    if (!instrument.alternative) return;
    const auto& [shorter, items] = *instrument.alternative;
    check_positions(items, instrument.items.size(), "/alternative/items", faults);
    if (shorter == nullptr) {
        faults.add("/alternative/instrument", "The shorter scale is not known.");
        return;
    }
    if (shorter->items.size() != items.size() || shorter->values != instrument.values) {
        faults.add("/alternative/items", "The shorter scale has other items or answers.");
    }
}

void check_comparisons(const Instrument& instrument, Faults& faults) {
    check_bands(instrument.bands, instrument.scores, "/bands", faults);
    check_cutoffs(instrument.cutoffs, instrument.scores, "/cutoffs", faults);
    for (std::size_t i = 0; i < instrument.reliability.size(); ++i) {
        const auto& figure = instrument.reliability[i];
        const auto place = fmt::format("/reliability/{}", i);
        check_citation(figure.citation, place, faults);
        if (!(figure.lower >= 0 && figure.lower <= figure.upper && figure.upper < 1)) {
            faults.add(place, "A reliability is from 0 to below 1, the lower figure first.");
        }
    }
    for (std::size_t i = 0; i < instrument.norms.size(); ++i) {
        const auto& norm = instrument.norms[i];
        const auto place = fmt::format("/norms/{}", i);
        check_citation(norm.citation, place, faults);
        if (norm.mean < instrument.scores.min || norm.mean > instrument.scores.max) {
            faults.add(place + "/mean", "The mean lies outside the range of the score.");
        }
        if (norm.sd && !(*norm.sd > 0)) faults.add(place + "/sd", "Give more than 0.");
    }
    if (instrument.rci) {
        check_citation(instrument.rci->citation, "/rci", faults);
        if (!(instrument.rci->points > 0)) faults.add("/rci/points", "Give more than 0.");
    }
}

}  // namespace

bool Instrument::is_safety_item(std::size_t item_index) const {
    return std::any_of(safety_items.begin(), safety_items.end(),
                       [&](const SafetyItem& each) { return each.item == item_index; });
}

Status check_definition(const Instrument& instrument) {
    Faults faults;
    if (instrument.values.max <= instrument.values.min) {
        faults.add("/values", "Answers need a range.");
    }
    if (instrument.multiplier < 1) faults.add("/multiplier", "Give 1 or more.");
    if (instrument.values.min < 0) faults.add("/values/min", "Answers begin at 0 or above.");
    check_items(instrument, faults);
    check_method(instrument, faults);
    check_subscales(instrument, faults);
    check_missing(instrument, faults);
    check_pattern(instrument, faults);
    check_safety(instrument, faults);
    check_alternative(instrument, faults);
    check_comparisons(instrument, faults);
    if (!faults.none()) return faults.error();
    return Done{};
}

std::optional<std::string> band_of(const std::vector<Band>& bands, int total) {
    for (const auto& band : bands) {
        if (band.scores.contains(total)) return band.name;
    }
    return std::nullopt;
}

}  // namespace evenkeel::measures
