#pragma once
// Cover: may this colleague stand in for this person's clinician at that time?
//
// A cover is a relation to the person in care (care/relation.h). Who is away follows from it:
// whoever is assigned where somebody stands in. So there is no list of leave beside it that
// could say something else.

#include "record/decide.h"

namespace evenkeel::record {

// Fails with conflict, every fault named: at /until where somebody stands in already, or where
// the one who is away stands in for others at that time; at /staff where the colleague is
// assigned to this person, or away at that time themselves. Two who stand in for each other at
// one time are refused by the last. `cover` has an end.
Status may_stand_in(const PersonState&, const care::Relation& cover, Instant since, const Context&);

}  // namespace evenkeel::record
