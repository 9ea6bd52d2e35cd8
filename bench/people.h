#pragma once
// People for the benches, written through the keeper as their lives would have been:
// some fifty entries each (registration, relations, episode, check-ins, PHQ-9), with an
// account and a session, so that no bench measures the hashing of passwords.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "knowledge/load.h"
#include "store/keeper.h"

namespace evenkeel::bench {

class SystemClock final : public Clock {
  public:
    explicit SystemClock(std::chrono::hours behind = {}) : behind_(behind) {}
    [[nodiscard]] Instant now() const override;

  private:
    std::chrono::hours behind_;
};

// The record of a folder, opened in this process.
class OpenRecord {
  public:
    // `behind`: the record's clock is late by this, to write a past.
    OpenRecord(const std::filesystem::path& data, const std::filesystem::path& program,
               std::chrono::hours behind = {});
    OpenRecord(const OpenRecord&) = delete;
    OpenRecord& operator=(const OpenRecord&) = delete;

    [[nodiscard]] store::Vault& vault() { return *vault_; }
    [[nodiscard]] store::Store& store() { return *store_; }
    [[nodiscard]] store::Keeper& keeper() { return *keeper_; }
    [[nodiscard]] Instant now() const { return clock_.now(); }

  private:
    SystemClock clock_;
    knowledge::Knowledge knowledge_;
    std::unique_ptr<store::Vault> vault_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<store::Keeper> keeper_;
};

struct SeedSettings {
    std::size_t people = 1024;
    std::size_t check_ins = 41;  // with these, some fifty entries a person
    std::size_t days_between_scores = 14;
    // The therapist under test has this many people; the others have therapists of
    // their own, as many each.
    std::size_t caseload = 60;
    std::size_t sessions = 1024;  // people who are signed in
};

struct Writer {
    Id person;
    std::string cookie;
};

struct Seeded {
    std::vector<Writer> people;  // those who are signed in
    std::vector<Id> caseload;    // of the therapist under test
    std::string therapist_cookie;
    std::uint64_t entries = 0;  // of one person, about
};

// Ends the program with a message when the record refuses anything.
Seeded seed_people(OpenRecord&, const SeedSettings&);

}  // namespace evenkeel::bench
