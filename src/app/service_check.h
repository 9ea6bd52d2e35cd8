#pragma once
// Is this service fit to be relied on? What must be mended before it goes live, and
// what somebody should do soon.

#include "app/report.h"
#include "app/service_data.h"

namespace evenkeel::app {

struct ServiceFindings {
    std::vector<Problem> must;        // exit code 3
    std::vector<std::string> advice;  // warnings
    JsonObject facts;                 // as they stand
};

Result<ServiceFindings> check_service(const DataOptions&);

}  // namespace evenkeel::app
