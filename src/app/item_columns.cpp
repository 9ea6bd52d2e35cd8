#include "app/item_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "exchange/input.h"

namespace evenkeel::app {
namespace {

// The whole numbers of "/items/3/17".
std::vector<std::size_t> numbers_of(std::string_view where) {
    std::vector<std::size_t> out;
    while (!where.empty()) {
        where.remove_prefix(1);
        const auto part = where.substr(0, where.find('/'));
        std::size_t number = 0;
        const auto [end, fault] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (fault == std::errc() && end == part.data() + part.size()) out.push_back(number);
        where.remove_prefix(part.size());
    }
    return out;
}

// A list of numbers; a fault and an empty list where it is none.
std::vector<double> number_list(const Json* list, const std::string& where, Faults& faults) {
    std::vector<double> out;
    if (list == nullptr || list->list() == nullptr) {
        faults.add(where, "Give a list of numbers.");
        return out;
    }
    for (std::size_t i = 0; i < list->list()->size(); ++i) {
        const auto number = (*list->list())[i].number();
        if (!number) faults.add(fmt::format("{}/{}", where, i), "Give a number.");
        out.push_back(number.value_or(0));
    }
    return out;
}

void read_item(const Json& from, const std::string& where, GradedParameters& to, Faults& faults) {
    const auto* name = from.find("item");
    if (name == nullptr || name->text() == nullptr) {
        faults.add(where + "/item", "Give the item's name.");
        return;
    }
    if (std::find(to.names.begin(), to.names.end(), *name->text()) != to.names.end()) {
        faults.add(where + "/item", fmt::format("The item {} stands twice.", *name->text()));
    }
    measures::GradedItem item;
    const auto* a = from.find("a");
    if (a == nullptr || !a->number()) faults.add(where + "/a", "Give a number.");
    item.a = a == nullptr ? 1 : a->number().value_or(1);
    for (const double b : number_list(from.find("b"), where + "/b", faults)) {
        item.d.push_back(-item.a * b);
    }
    if (const auto* categories = from.find("categories")) {
        item.categories = number_list(categories, where + "/categories", faults);
    } else {
        for (std::size_t c = 0; c <= item.d.size(); ++c) {
            item.categories.push_back(static_cast<double>(c));
        }
    }
    to.names.push_back(*name->text());
    to.items.push_back(std::move(item));
}

// Which items are asked apart, and whom the parameters come from.
void read_apart(const Json& document, GradedParameters& to, Faults& faults) {
    const auto* sample = document.find("sample");
    if (sample != nullptr && sample->text() != nullptr) to.sample = *sample->text();
    to.asked_apart.assign(to.names.size(), false);
    const auto* apart = document.find("asked_apart");
    if (apart == nullptr) return;
    if (apart->list() == nullptr) return faults.add("/asked_apart", "Give a list of item names.");
    for (std::size_t i = 0; i < apart->list()->size(); ++i) {
        const auto* name = (*apart->list())[i].text();
        const auto found =
            name == nullptr ? to.names.end() : std::find(to.names.begin(), to.names.end(), *name);
        if (found == to.names.end()) {
            faults.add(fmt::format("/asked_apart/{}", i), "There is no such item.");
        } else {
            to.asked_apart[static_cast<std::size_t>(found - to.names.begin())] = true;
        }
    }
}

}  // namespace

Result<ItemColumns> read_items(const TableOptions& options, const std::vector<std::string>& names) {
    ItemColumns out;
    TRY(out.table, read_table(options));
    TRY(out.values, number_columns(out.table, names));
    out.names = names;
    return out;
}

Error placed(const Error& error, const ItemColumns& items) {
    Faults faults;
    for (const auto& problem : error.problems()) {
        const auto at = numbers_of(problem.where);
        if (!problem.where.starts_with("/items/") || at.empty() || at[0] >= items.names.size()) {
            faults.add(problem.where == "/items" ? "" : problem.where, problem.message);
            continue;
        }
        const auto& name = items.names[at[0]];
        const auto column = items.table.column(name).value_or(0);
        const bool in_row = at.size() > 1 && at[1] < items.table.n_rows();
        faults.add(in_row ? items.table.place(at[1], column) : fmt::format("1:{}", column + 1),
                   fmt::format("{}: {}", name, problem.message));
    }
    return faults.error(error.fault);
}

Result<GradedParameters> parse_parameters(std::string_view text) {
    TRY(const auto document, exchange::parse_json(text));
    const auto* items = document.find("items");
    if (items == nullptr || items->list() == nullptr) {
        return Error{Fault::invalid_input,
                     "/items",
                     "Give the items in a list, as measure fit-grm writes them.",
                     {}};
    }
    GradedParameters out;
    Faults faults;
    for (std::size_t j = 0; j < items->list()->size(); ++j) {
        read_item((*items->list())[j], fmt::format("/items/{}", j), out, faults);
    }
    read_apart(document, out, faults);
    if (!faults.none()) return faults.error();
    CHECK_OK(measures::check_graded(out.items));
    return out;
}

Result<GradedParameters> read_parameters(const std::string& file) {
    TRY(const auto text, exchange::read_input(file));
    return parse_parameters(text);
}

}  // namespace evenkeel::app
