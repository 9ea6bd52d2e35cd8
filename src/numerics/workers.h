#pragma once
// Who does the independent parts of a computation: one after the other, or several at once?
//
// A method that takes Workers cuts its work by its data alone and joins what comes out in the order
// of the parts, so that its answer is the same to the last bit whoever works.

#include <algorithm>
#include <cstddef>
#include <functional>

namespace evenkeel::numerics {

class Workers {
  public:
    Workers() = default;
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    virtual ~Workers() = default;
    // Calls work(part) once for each part < n_parts, in any order and perhaps at the same time;
    // returns when all is done. What a part throws comes out here.
    virtual void each(std::size_t n_parts,
                      const std::function<void(std::size_t part)>& work) const = 0;
};

// One part after the other.
const Workers& one_worker();

// Into how many parts n things are cut: enough for eight workers, none too small to be worth it.
inline std::size_t parts_of(std::size_t n, std::size_t least_in_a_part) {
    return std::clamp<std::size_t>(n / least_in_a_part, 1, 16);
}
// Where a part of n things begins; part n_parts begins at n.
inline std::size_t part_begin(std::size_t n, std::size_t n_parts, std::size_t part) {
    return n * part / n_parts;
}

}  // namespace evenkeel::numerics
