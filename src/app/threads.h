#pragma once
// Several threads for the parts of a computation.

#include "numerics/workers.h"

namespace evenkeel::app {

class Threads : public numerics::Workers {
  public:
    explicit Threads(unsigned n) : n_(n) {}
    void each(std::size_t n_parts,
              const std::function<void(std::size_t part)>& work) const override;

  private:
    unsigned n_;
};

}  // namespace evenkeel::app
