#pragma once
// Random numbers come from a generator that is handed in: a seed replays a run.

#include <cstdint>
#include <random>
#include <span>

namespace evenkeel {

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t>) = 0;
    [[nodiscard]] std::uint64_t next();
};

// Deterministic; for simulation and tests, never for keys.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
    void fill(std::span<std::uint8_t>) override;
    std::mt19937_64& engine() { return engine_; }

  private:
    std::mt19937_64 engine_;
};

}  // namespace evenkeel
