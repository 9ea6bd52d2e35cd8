#pragma once
// For tests: the value of a Result that has to be one.

#include <gtest/gtest.h>

#include <cstdlib>
#include <utility>

#include "base/result.h"

namespace evenkeel {

// The value, or the test's failure with the message a person would read.
template <class T>
T must(Result<T> result) {
    if (!result.ok()) {
        ADD_FAILURE() << result.error().where << ": " << result.error().message;
        std::abort();  // nothing after it could mean anything
    }
    return std::move(result).value();
}

}  // namespace evenkeel
