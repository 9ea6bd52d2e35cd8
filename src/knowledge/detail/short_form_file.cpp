#include "knowledge/detail/short_form_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "measures/graded.h"

namespace evenkeel::knowledge::detail {
namespace {

std::vector<double> values_of(const measures::Item& item) {
    std::vector<double> out;
    for (const auto& answer : item.answers) out.push_back(answer.value);
    std::sort(out.begin(), out.end());
    return out;
}

void check_items(const ShortForm& form, const measures::Instrument& instrument, Faults& faults) {
    if (form.items.size() != instrument.items.size()) {
        faults.add("/items", fmt::format("{} has {} items, this list {}.", instrument.title,
                                         instrument.items.size(), form.items.size()));
        return;
    }
    for (std::size_t i = 0; i < form.items.size(); ++i) {
        const auto& item = form.items[i];
        const bool apart = std::find(form.asked_apart.begin(), form.asked_apart.end(), item.item) !=
                           form.asked_apart.end();
        if (item.categories != values_of(instrument.items[i])) {
            faults.add(fmt::format("/items/{}/categories", i),
                       "These are not the values of the item's answers.");
        }
        if (instrument.is_safety_item(i) && !apart) {
            faults.add("/asked_apart",
                       fmt::format("{} is a safety item: it must stand here, since it is asked of "
                                   "everyone.",
                                   item.item));
        }
    }
}

void check_apart(const ShortForm& form, Faults& faults) {
    for (std::size_t i = 0; i < form.asked_apart.size(); ++i) {
        const auto found = std::find_if(
            form.items.begin(), form.items.end(),
            [&](const ShortFormItem& item) { return item.item == form.asked_apart[i]; });
        if (found == form.items.end()) {
            faults.add(fmt::format("/asked_apart/{}", i), "There is no such item.");
        }
    }
}

void check_model(const ShortForm& form, Faults& faults) {
    std::vector<measures::GradedItem> items;
    for (const auto& item : form.items) {
        auto& graded = items.emplace_back(measures::GradedItem{item.categories, item.a, {}});
        for (const double b : item.b) graded.d.push_back(-item.a * b);
    }
    const auto checked = measures::check_graded(items);
    if (checked.ok()) return;
    for (const auto& problem : checked.error().problems()) {
        faults.add(problem.where, problem.message);
    }
}

}  // namespace

void check_short_form(const ShortForm& form, const measures::Instrument& instrument,
                      Faults& faults) {
    check_items(form, instrument, faults);
    check_apart(form, faults);
    check_model(form, faults);
}

}  // namespace evenkeel::knowledge::detail
