#pragma once
// An entry: one fact, appended to a stream, never changed. A correction supersedes.
//
// Every kind is one struct with its description; adding a kind is adding it to
// `Body`. What a kind means for the state is in record/fold.cpp, what may be written
// and what follows from it in record/decide.cpp.

#include <variant>

#include "care/assessment.h"
#include "care/organisation.h"
#include "care/person.h"
#include "care/plan.h"
#include "care/referral.h"
#include "care/relapse_plan.h"
#include "care/safety_plan.h"
#include "care/signal.h"
#include "care/watch.h"
#include "practice/archive.h"
#include "practice/check_in.h"
#include "practice/finding.h"

namespace evenkeel::record {

using Body = std::variant<
    // person
    care::PersonRegistered, care::RelationStarted, care::RelationEnded, care::EpisodeOpened,
    care::EpisodeTermsChanged, care::MeetingPlanned, care::MeetingOutcome, care::SafetyPlan,
    // assessment and plan
    care::FactsTold, care::PlanChange, care::PlanAnswer, care::Preference, care::GoalRated,
    care::RelapsePlan, care::Discharged, care::WatchChanged, care::CareResumed,
    // practice
    practice::CheckIn, practice::HardDayAnswer, practice::ContactRequest, practice::Withdrawal,
    practice::Answers, practice::ScoreComputed, practice::AnalysisDone, practice::FindingsComputed,
    // signals
    care::SignalRaised, care::SignalSeen, care::SignalAction, care::SignalEscalated,
    care::SignalClosed,
    // referral
    care::ReferralReceived, care::ReferralStep,
    // organisation
    care::OrganisationSet, care::CrisisContactsSet, care::CrisisContactsChecked,
    practice::ArchiveFitted>;

std::string_view kind_of(const Body&);
int version_of(const Body&);

struct Entry {
    Id id;
    Id stream;
    std::uint64_t seq = 0;  // given by the store
    Instant effective_at{};
    Instant recorded_at{};
    std::string zone;  // of the writer, when it happened
    care::Author author;
    std::optional<Id> supersedes;
    Body body;
};

}  // namespace evenkeel::record
