#pragma once
// What may be written, and what follows from it.
//
// decide(state, command, context) -> entries. Pure: HTTP, import, timers and
// simulation all go through here, so no way in can skip a safety signal. The entries
// of one decision are stored in one transaction. Consequences carry ids derived from
// their cause, so deciding twice cannot write twice.

#include <functional>

#include "care/relation.h"
#include "course/early_warning.h"
#include "guidance/rules.h"
#include "guidance/support_tool.h"
#include "measures/instrument.h"
#include "record/state.h"

namespace evenkeel::record {

// What the core may know of the world, handed in.
struct Context {
    Instant now{};
    std::function<const measures::Instrument*(std::string_view id)> instrument;
    std::function<std::string(std::string_view id)> instrument_hash;
    const OrganisationState& organisation;
    std::vector<Id> managers;  // active accounts
    bool solo = false;         // nobody reads: no signal can be owned
    // Whether somebody can still sign in with this account; absent: everybody can.
    std::function<bool(const Id& account)> is_active = {};
    course::SurrogateSource surrogates = {};    // none: no early warning is computed
    const guidance::RuleBook* rules = nullptr;  // none: no fact and no option is known
    // Absent: the areas that a support tool has are not compared with those looked at.
    std::function<const guidance::SupportTool*(std::string_view id)> support_tool = {};
    // The covers, not over yet, in which this account is away or stands in.
    std::function<Result<std::vector<care::Cover>>(const Id& account)> covers = {};
};

struct Command {
    Id id;
    Id stream;
    Body body;
    Instant effective_at{};
    std::string zone;
    std::optional<Id> supersedes;
    care::Author author;
};

enum class Offer { safety_plan, small_step, tell_therapist };
constexpr auto enum_names(Offer) {
    return std::to_array<std::pair<Offer, std::string_view>>(
        {{Offer::safety_plan, "safety_plan"},
         {Offer::small_step, "small_step"},
         {Offer::tell_therapist, "tell_therapist"}});
}

// What the writer's screen shows next.
struct Show {
    bool help = false;  // the help page before anything else
    std::vector<Offer> offer;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("help", self.help);
        visit("offer", self.offer);
    }
};

struct Decision {
    std::vector<Entry> entries;  // the command's own first, then what follows
    Show show;
};

// Hard days within the last seven from which help is offered.
inline constexpr int hard_days_for_offer = 3;

// The time at which something happened, when the writer's clock is wrong: shifted by
// how far the sender's clock was off when it sent, never into the future. Differences
// under two minutes are travel time and left alone.
Instant corrected(Instant effective_at, Instant sent_at, Instant now);

// Fails with invalid_input (every fault named, pointers into the body), forbidden
// (this role may not write this kind), not_found, conflict (a closed signal).
Result<Decision> decide(const PersonState&, const Command&, const Context&);

// Works off one thing that fell due. An empty list: nothing to do any more.
Result<std::vector<Entry>> decide_due(const PersonState&, const Due&, const Context&);

// What the screen shows after this entry: the same for the first writing and for a
// retry. `state` may already hold the entry.
Show show_after(const PersonState& state, const Entry& entry, const Context&);

// May this role write entries of this kind at all?
bool may_write(care::Role, std::string_view kind);

}  // namespace evenkeel::record
