#pragma once
// One simulated person's record in the making: who writes what, when.

#include <string>
#include <vector>

#include "record/decide.h"
#include "simulate/service.h"

namespace evenkeel::simulate {

struct Registered {
    Id person;
    Id account;    // of the client
    Id therapist;  // account
    care::PersonRegistered who;
    care::EpisodeTerms terms;
    Instant opened{};
};

class Chronicle {
  public:
    // Registers the person, starts the relations (therapist, and supervisor) and opens
    // the episode.
    Chronicle(const Registered&, const Staff&, Random&);

    // Returns the id of the entry.
    Id by_client(Instant, record::Body);
    Id by_therapist(Instant, record::Body);
    void relate(Instant, const Id& staff, care::Role);

    void answers(Instant, std::string_view instrument, const std::vector<int>& answers);
    // A meeting, written down a week before (or at the opening, if that is later) and with
    // its outcome after it.
    void meeting(Instant at, int number, care::Place, care::Outcome, bool contact_made = false);

    [[nodiscard]] const Registered& registered() const { return registered_; }
    // What happened before `until`, in order of time.
    [[nodiscard]] std::vector<record::Command> until(Instant until) const;

  private:
    Id add(Instant, record::Body, const care::Author&);

    Registered registered_;
    Random& random_;
    std::vector<record::Command> commands_;
};

}  // namespace evenkeel::simulate
