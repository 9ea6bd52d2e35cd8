#pragma once
// A person's export as one page that needs nothing but a browser: no script, no
// request to anywhere.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "exchange/json.h"
#include "measures/instrument.h"
#include "store/store.h"

namespace evenkeel::app {

struct ExportedEntry {
    store::StoredEntry stored;
    exchange::Json body;  // {"zone", "role", "data"}
};

struct PersonExport {
    Id person;
    std::vector<ExportedEntry> entries = {};
    std::vector<store::Account> accounts = {};
    std::map<Id, std::string> names = {};  // of all accounts
    std::map<std::string, std::vector<store::NumberPoint>> numbers = {};
    std::vector<store::AuditRow> audit = {};

    // Whether this account wrote here, read here, or is the person's own.
    [[nodiscard]] bool is_named(const Id& account) const;
};

// The definition of a questionnaire; nullptr where it is not known any more.
using FindInstrument = std::function<const measures::Instrument*(std::string_view id)>;

// Answers stand with the words of their items, as far as those may be printed.
std::string readable_page(const PersonExport&, const FindInstrument&, Instant now);

}  // namespace evenkeel::app
