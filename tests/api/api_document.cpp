// Prints the API document, from which the types of the screens are made: ui/build/api_types.mjs.

#include <cstdio>

#include "service.h"

int main() {
    const evenkeel::api::Service service;
    std::puts(service.application->api_document().c_str());
    return 0;
}
