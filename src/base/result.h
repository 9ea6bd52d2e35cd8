#pragma once
// What a function that can fail in an expected way hands back.
//
// Expected failures (bad input, not found, disk full) are values of Result.
// A broken invariant is EK_ASSERT: it throws, and only the request handler, the
// job runner and main() catch it.

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace evenkeel {

// One table in web/problem.cpp maps these to HTTP status codes, one in
// app/exit_code.h to exit codes.
enum class Fault {
    invalid_input,  // the caller can mend it: names place and remedy
    not_found,
    unauthenticated,
    forbidden,
    conflict,  // the same id with another content, or a stale decision
    too_large,
    too_many,  // slow down
    not_converged,
    unavailable,  // disk, network or lock; nothing was written
};

// One thing that is wrong. `where` is a JSON pointer into the input ("" = all of
// it) or "line:column" for text files; `message` is one plain sentence.
struct Problem {
    std::string where;
    std::string message;
    bool operator==(const Problem&) const = default;
};

struct Error {
    Fault fault = Fault::invalid_input;
    std::string where;
    std::string message;
    std::vector<Problem> also;  // further faults of the same input

    // Every fault of the input, the first one included.
    [[nodiscard]] std::vector<Problem> problems() const;
};

// Collects every fault of one input, so that none hides behind the first.
class Faults {
  public:
    void add(std::string where, std::string message) {
        found_.push_back({std::move(where), std::move(message)});
    }
    // Every fault of an error.
    void add(const Error& error) {
        for (auto& problem : error.problems()) found_.push_back(std::move(problem));
    }
    [[nodiscard]] bool none() const { return found_.empty(); }
    [[nodiscard]] const std::vector<Problem>& all() const { return found_; }
    // Only call with at least one fault.
    [[nodiscard]] Error error(Fault fault = Fault::invalid_input) const;

  private:
    std::vector<Problem> found_;
};

class BrokenInvariant : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

[[noreturn]] void broken_invariant(const char* condition, const char* file, int line);

#define EK_ASSERT(condition)                                              \
    do {                                                                  \
        if (!(condition)) {                                               \
            ::evenkeel::broken_invariant(#condition, __FILE__, __LINE__); \
        }                                                                 \
    } while (false)

template <class T>
class [[nodiscard]] Result {
  public:
    using Value = T;
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const& {
        EK_ASSERT(ok());
        return std::get<0>(held_);
    }
    T& value() & {
        EK_ASSERT(ok());
        return std::get<0>(held_);
    }
    T&& value() && {
        EK_ASSERT(ok());
        return std::get<0>(std::move(held_));
    }
    [[nodiscard]] const Error& error() const {
        EK_ASSERT(!ok());
        return std::get<1>(held_);
    }

  private:
    std::variant<T, Error> held_;
};

struct Done {
    bool operator==(const Done&) const = default;
};
using Status = Result<Done>;

#define EK_JOIN_INNER(a, b) a##b
#define EK_JOIN(a, b) EK_JOIN_INNER(a, b)

// TRY(auto x, f()); declares x from f() or returns its error. One per statement.
#define TRY(declaration, expression)             \
    auto EK_JOIN(try_, __LINE__) = (expression); \
    if (!EK_JOIN(try_, __LINE__).ok()) {         \
        return EK_JOIN(try_, __LINE__).error();  \
    }                                            \
    declaration = std::move(EK_JOIN(try_, __LINE__)).value()

// CHECK_OK(f()); returns f()'s error, if it has one.
#define CHECK_OK(expression)                                                                  \
    do {                                                                                      \
        if (auto EK_JOIN(check_, __LINE__) = (expression); !EK_JOIN(check_, __LINE__).ok()) { \
            return EK_JOIN(check_, __LINE__).error();                                         \
        }                                                                                     \
    } while (false)

}  // namespace evenkeel
