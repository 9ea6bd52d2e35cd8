#pragma once
// The way in: somebody asks for care, and what becomes of it until the first meeting.
//
// received -> accepted (waits) -> assigned, or declined with a reason, or opted out. The wait
// is the first phase of care: an accepted person has an episode with a measure, and every
// signal of it an owner. What may follow what stands in record/referral.h.

#include "care/person.h"
#include "care/thoughts.h"

namespace evenkeel::care {

enum class ReferralSource { self, professional };
constexpr auto enum_names(ReferralSource) {
    return std::to_array<std::pair<ReferralSource, std::string_view>>(
        {{ReferralSource::self, "self"}, {ReferralSource::professional, "professional"}});
}

struct ReferralReceived {
    static constexpr std::string_view kind = "referral_received";
    static constexpr int version = 1;
    ReferralSource source = ReferralSource::self;
    std::string trouble;  // own words; a referrer's in a referral by a professional
    Thoughts thoughts = Thoughts::rather_not_say;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::optional<std::string> reach;     // "after four; please leave no message"
    std::optional<std::string> referrer;  // name and place of a professional
    bool consent = false;                 // to keeping this and being called about it
    bool operator==(const ReferralReceived&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("source", self.source);
        visit("trouble", self.trouble, Domain{.max_length = 4000, .min_length = 1});
        visit("thoughts", self.thoughts);
        visit("phone", self.phone, Domain{.max_length = 40, .min_length = 5});
        visit("email", self.email, Domain{.max_length = 200, .min_length = 3});
        visit("reach", self.reach, Domain{.max_length = 300});
        visit("referrer", self.referrer, Domain{.max_length = 200, .min_length = 2});
        visit("consent", self.consent);
    }
};

enum class ReferralMove {
    accepted,   // may wait here; with the terms of the wait
    offered,    // a faster format, in words
    preferred,  // what the person wishes: a therapist, or an answer to the offer
    declined,   // with the reason that the person is told
    opted_out,  // the person no longer wishes it
    assigned,   // to a therapist, with the terms of the treatment
};
constexpr auto enum_names(ReferralMove) {
    return std::to_array<std::pair<ReferralMove, std::string_view>>(
        {{ReferralMove::accepted, "accepted"},
         {ReferralMove::offered, "offered"},
         {ReferralMove::preferred, "preferred"},
         {ReferralMove::declined, "declined"},
         {ReferralMove::opted_out, "opted_out"},
         {ReferralMove::assigned, "assigned"}});
}

struct ReferralStep {
    static constexpr std::string_view kind = "referral_step";
    static constexpr int version = 1;
    ReferralMove move = ReferralMove::accepted;
    std::optional<std::string> text;
    std::optional<Id> therapist;
    std::optional<EpisodeTerms> terms;
    bool operator==(const ReferralStep&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("move", self.move);
        visit("text", self.text, Domain{.max_length = 1000, .min_length = 3});
        visit("therapist", self.therapist);
        visit("terms", self.terms);
    }
};

}  // namespace evenkeel::care
