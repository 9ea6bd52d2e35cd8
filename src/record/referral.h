#pragma once
// What may become of a referral, and what follows from each step.
//
// A referral never lies unread: it raises a signal in the transaction that stores it, and a
// "yes, or I am not sure" raises one of the tier "safety". Both go to whoever is on duty, else
// to whoever is on duty next, who gets a relation to the person for the time of the wait.
//
// Source: own rules; clinical-reference section 9 (ask, show help, tell a person; no scale
// decides who is offered care, NICE NG225).

#include "record/signals.h"

namespace evenkeel::record {

// Fails with invalid_input (no consent, no way to reach the person, no words of a referrer)
// and conflict (in care here, or waiting already). `follow` gets what follows from it.
Status decide_referral(const PersonState&, const Entry& received, const Context&,
                       std::vector<Entry>& follow);

// Fails with conflict where the step cannot follow what stands, and with invalid_input where
// it lacks what it needs.
Status decide_referral_step(const PersonState&, const Entry& step, const Context&,
                            std::vector<Entry>& follow);

// Who takes a new referral in: on duty now, else next; nil when no shift is to come.
Id intake_of(const Context&);

void apply_referral(PersonState&, const care::ReferralReceived&, const Entry&);
void apply_referral_step(PersonState&, const care::ReferralStep&, const Entry&);

}  // namespace evenkeel::record
