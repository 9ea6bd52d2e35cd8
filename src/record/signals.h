#pragma once
// Which entries raise which signals, and when the next step of each is due.
//
// Sources: clinical-reference section 9 (safety item), section 1.6 and 2 (change by
// more than chance), design section 4 (life of a signal). Thresholds are the service's
// settings with these defaults.

#include "record/decide.h"

namespace evenkeel::record {

// Who owns a new signal of this person: the therapist, else who is on duty or a backup,
// else a manager; nil when the service has nobody. Whoever cannot sign in any more is
// passed over, and so is `not_this`.
Id owner_of(const PersonState&, const Context&, const Id& not_this = {});

// Where an overdue signal goes: 1 = backup or duty, 2 = manager.
Id owner_at_level(const PersonState&, int level, const Context&, const Id& not_this = {});

// Whose access in an emergency the signal tells of: never its owner. Else nil.
Id looked_in(const SignalState&);

struct NewSignal {
    care::SignalKind kind = care::SignalKind::safety_item;
    std::vector<Id> evidence;
    care::Sentence reason;
    care::Why why;
    int urgency = 0;  // safety item >= 2: the shorter time
    Id not_to = {};   // who must not own it
};

// Of a kind: the codes of its rule, of how sure it is, and of what it cannot tell.
care::Why why_of(std::string_view kind, std::string method, std::string source);

// Scores of the episode on that instrument, up to and with the given answers.
std::vector<const ScorePoint*> scores_up_to(const PersonState&, const Id& answers);

// Was this said of the score already? An open signal of the kind, or one closed lately at no
// better score.
bool already_said(const PersonState&, care::SignalKind, double score, Instant at,
                  const measures::Instrument&);

// What a consequence follows from.
struct Cause {
    Id id;
    Instant at{};
    std::string zone;
};

// What the service itself writes because of it; the purpose tells apart what follows from one
// cause, so that deciding twice gives the same ids.
Entry consequence(const Id& stream, const Cause&, std::string_view purpose, Body, Instant now);

// The entry that raises it.
Entry raise(const PersonState&, const Cause&, NewSignal, const Context&);

// When a signal of this kind must have been acted on, once it was seen.
Instant act_by(care::SignalKind, const Context&);

// What moves the open signals of somebody who cannot see them any more (context.is_active
// knows) to the next who can, at once and with the time that is left. A signal for which there
// is nobody stays.
std::vector<Entry> hand_over(const PersonState&, const Id& from, const Context&);

// What the answers mean for safety, from their computed score.
std::optional<NewSignal> safety_signal(const PersonState&, const practice::ScoreComputed&,
                                       Instant at);

// Worse by more than chance than the episode's first score, or than the best since;
// severity at least moderate. None when the instrument has no published threshold.
std::optional<NewSignal> deterioration_signal(const PersonState&, const Id& answers,
                                              const measures::Instrument&);

NewSignal silence_signal(const PersonState&, Instant now);
NewSignal missed_meeting_signal(const MeetingState&);
NewSignal contact_signal(const Entry& request);
NewSignal emergency_signal(const Entry& access);
NewSignal hard_day_signal(const Entry& answer);

}  // namespace evenkeel::record
