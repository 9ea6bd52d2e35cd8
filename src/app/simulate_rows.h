#pragma once
// Simulated people as tables: what they said, and the truth behind it, apart.

#include "app/report.h"
#include "simulate/people.h"

namespace evenkeel::app {

enum class Content { everything, questionnaires };

// One row for each check-in and each questionnaire, in order of person and time. Columns:
// person, time, week, measure, item_1 ... item_9 (as printed in the scale), then the
// questions of a check-in. Missing is empty.
Report said_by(const std::vector<simulate::SimulatedPerson>&, Content);

// One row for each person and week: course, severity on the first day of the week, and
// what else was decided for the person.
Report truth_of(const std::vector<simulate::SimulatedPerson>&);

// One row for each entry of a service's record, those of the service itself included.
// Fails as record::live_through does.
Result<Report> entries_of(const simulate::SimulatedService&, Instant until, const record::Context&);

}  // namespace evenkeel::app
