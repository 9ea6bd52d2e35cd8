#include <algorithm>
#include <initializer_list>

#include "record/decide.h"

namespace evenkeel::record {

using care::Role;

bool may_write(Role role, std::string_view kind) {
    using List = std::initializer_list<std::string_view>;
    const auto in = [&](List list) {
        return std::find(list.begin(), list.end(), kind) != list.end();
    };
    const List by_client = {"check_in",        "answers",      "hard_day_answer", "safety_plan",
                            "contact_request", "withdrawal",   "plan_answer",     "preference",
                            "goal_rated",      "relapse_plan", "watch_changed",   "care_resumed"};
    const List by_therapist = {
        "signal_seen",       "signal_action",    "signal_closed",  "meeting_planned",
        "meeting_outcome",   "episode_opened",   "episode_terms",  "safety_plan",
        "person_registered", "relation_started", "relation_ended", "facts_told",
        "plan_change",       "preference",       "goal_rated",     "relapse_plan",
        "discharged",        "watch_changed",    "care_resumed",   "referral_received"};
    const List by_manager = {"person_registered", "relation_started", "relation_ended",
                             "episode_opened",    "signal_closed",    "referral_received",
                             "referral_step"};
    // A relation only for themselves, in an emergency.
    const List by_helper = {"signal_seen", "signal_action", "signal_closed", "relation_started"};
    const List by_intake = {"person_registered", "referral_received", "referral_step"};
    const List by_specialist = {"relation_started"};
    switch (role) {
        case Role::client:
            return in(by_client);
        case Role::therapist:
            return in(by_therapist);
        case Role::duty_clinician:
            return in(by_helper) || in(by_intake);
        case Role::supervisor:
        case Role::group_co_leader:
            return in(by_helper);
        case Role::prescriber:
        case Role::specialist:
            return in(by_specialist);
        case Role::manager:
            return in(by_manager);
        case Role::system:
            return true;
        default:
            return false;
    }
}

}  // namespace evenkeel::record
