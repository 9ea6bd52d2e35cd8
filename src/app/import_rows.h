#pragma once
// From the rows of a table and a mapping to people and the commands of their record.
//
// Pure over the table. Ids are derived from person, time and measure, so that importing
// the same rows again adds nothing and a changed row shows as a conflict.

#include <map>
#include <string>
#include <vector>

#include "app/import_mapping.h"
#include "exchange/csv.h"
#include "record/decide.h"

namespace evenkeel::app {

struct ImportedEntry {
    record::Command command;
    std::size_t line = 0;  // of the table
};

struct ImportedPerson {
    Id person;
    Id account;  // stands for the client as author; nobody can sign in with it
    std::string source_id;
    Instant first{};                     // of the first row
    std::vector<ImportedEntry> entries;  // in order of time
};

struct ImportPlan {
    std::vector<ImportedPerson> people;  // in the order of the table
    std::vector<Problem> bad_rows;       // "line:column" and what is wrong
    std::size_t n_rows = 0;
    std::size_t n_bad_rows = 0;    // rows with at least one fault; not in `people`
    std::size_t n_empty_rows = 0;  // nothing to import in them
    std::size_t n_doubled = 0;     // said before, word for word, in the same table
    [[nodiscard]] std::size_t n_entries() const;
};

// `instrument`: that of mapping.measure; nullptr when there is none. `now`: nothing may
// have happened later. Fails with invalid_input when the table lacks columns of the mapping,
// every one named; faults of rows are in the plan.
Result<ImportPlan> plan_import(const exchange::CsvTable&, const Mapping&,
                               const measures::Instrument* instrument, Instant now);

// Registration, relation and episode, for a person who is not there yet.
std::vector<record::Command> registration_of(const ImportedPerson&, const Mapping&,
                                             const std::string& questionnaire, const Id& therapist);

}  // namespace evenkeel::app
