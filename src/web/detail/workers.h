#pragma once
// A fixed number of threads and a bounded queue: when more is asked than can be
// done, the answer is "later" at once instead of an ever longer wait.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace evenkeel::web::detail {

class Workers {
  public:
    Workers(unsigned threads, std::size_t queue_length);
    ~Workers();  // stops
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // False when the queue is full or stop() was called; the job is then not run.
    // A job must not throw. Thread-safe.
    bool offer(std::function<void()> job);
    [[nodiscard]] std::size_t waiting() const;
    // Finishes the jobs that run, drops those that wait.
    void stop();

  private:
    void work();

    mutable std::mutex mutex_;
    std::condition_variable something_;
    std::deque<std::function<void()>> jobs_;
    std::size_t queue_length_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace evenkeel::web::detail
