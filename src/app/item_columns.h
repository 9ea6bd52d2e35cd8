#pragma once
// Items of a scale as columns of a table, and the faults of their answers by row and column.

#include <string>
#include <string_view>
#include <vector>

#include "app/report.h"
#include "app/table_input.h"
#include "measures/graded.h"
#include "measures/responses.h"

namespace evenkeel::app {

struct ItemColumns {
    exchange::CsvTable table;
    std::vector<std::string> names;
    std::vector<std::vector<double>> values;  // of each item; NaN where missing
};

// Fails as read_table() and number_columns().
Result<ItemColumns> read_items(const TableOptions&, const std::vector<std::string>& names);

// "/items/INDEX" and "/items/INDEX/ROW" of a method become "line:column" with the item's name.
Error placed(const Error&, const ItemColumns&);

template <class T>
Result<T> placed(Result<T> result, const ItemColumns& items) {
    if (result.ok()) return result;
    return placed(result.error(), items);
}

// The parameters of graded items, as `measure fit-grm` writes them.
struct GradedParameters {
    std::vector<std::string> names;
    std::vector<measures::GradedItem> items;
    std::vector<bool> asked_apart;  // the safety item: never part of a short form
    std::string sample;             // whom the parameters come from; empty if unsaid
};

// Reads the text of a document. Only items[].item, .a and .b are needed; without .categories they
// are 0 to the number of locations. `asked_apart` lists items by name. Fails with invalid_input,
// every fault by its JSON pointer.
Result<GradedParameters> parse_parameters(std::string_view text);
// The same of a file, or of standard input ("-"). Also fails with unavailable.
Result<GradedParameters> read_parameters(const std::string& file);

}  // namespace evenkeel::app
