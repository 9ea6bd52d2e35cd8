#pragma once
// Assessment and treatment plan: what may be written, what it means for the state, and the facts
// of a person as the guideline rules ask for them.

#include "record/decide.h"

namespace evenkeel::record {

inline constexpr std::size_t plan_items_max = 20;
inline constexpr std::size_t ratings_kept = 100;  // of each goal

// What is wrong with an entry, every fault at once. A plan change that touches a part that
// somebody else changed after the version it is based on is a conflict, with a pointer to each
// such part; parts that nobody touched since are merged.
Status check(const PersonState&, const Entry&, const care::FactsTold&, const Context&);
Status check(const PersonState&, const Entry&, const care::PlanChange&, const Context&);
Status check(const PersonState&, const Entry&, const care::PlanAnswer&, const Context&);
Status check(const PersonState&, const Entry&, const care::Preference&, const Context&);
Status check(const PersonState&, const Entry&, const care::GoalRated&, const Context&);

void fold(PersonState&, const Entry&, const care::FactsTold&);
void fold(PersonState&, const Entry&, const care::PlanChange&);
void fold(PersonState&, const Entry&, const care::PlanAnswer&);
void fold(PersonState&, const Entry&, const care::Preference&);
void fold(PersonState&, const Entry&, const care::GoalRated&);

// The value of a fact that the record itself knows: the age, or the last score of this episode.
// None when it knows none, or one outside the fact's domain.
std::optional<int> filled_in(const PersonState&, const guidance::Fact&, Instant now);

// All that is known of the person, in the order of the book.
guidance::KnownFacts known_facts(const PersonState&, const guidance::RuleBook&, Instant now);

}  // namespace evenkeel::record
