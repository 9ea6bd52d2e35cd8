#pragma once
// The faults of a table by "line:column", a list that stays readable when a whole file is of
// another kind.

#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "base/result.h"

namespace evenkeel::exchange {

class CsvFaults {
  public:
    static constexpr std::size_t max_named = 1000;

    void add(std::size_t line, std::size_t column, std::string message) {
        if (++n_ <= max_named) faults_.add(fmt::format("{}:{}", line, column), std::move(message));
    }
    [[nodiscard]] bool none() const { return n_ == 0; }
    [[nodiscard]] Error error() {
        if (n_ > max_named) {
            faults_.add("", fmt::format("And {} more of this kind.", n_ - max_named));
        }
        return faults_.error();
    }

  private:
    Faults faults_;
    std::size_t n_ = 0;
};

}  // namespace evenkeel::exchange
