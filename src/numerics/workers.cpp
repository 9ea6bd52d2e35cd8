#include "numerics/workers.h"

namespace evenkeel::numerics {
namespace {

class OneWorker : public Workers {
  public:
    void each(std::size_t n_parts,
              const std::function<void(std::size_t part)>& work) const override {
        for (std::size_t part = 0; part < n_parts; ++part) work(part);
    }
};

}  // namespace

const Workers& one_worker() {
    static const OneWorker one;
    return one;
}

}  // namespace evenkeel::numerics
