#include "record/referral.h"

#include <algorithm>

namespace evenkeel::record {
namespace {

using care::ReferralMove;
using care::SignalKind;

Cause cause_of(const Entry& entry) {
    return {entry.id, entry.effective_at, entry.zone};
}

care::Why why_of_referral(std::string_view what, std::string_view source) {
    const auto code = [&](std::string_view part) {
        return care::Sentence{std::string(part) + "." + std::string(what), {}};
    };
    return {.method = std::string(what) + " 1",
            .source = std::string(source),
            .inputs = {},
            .rule = code("rule"),
            .uncertainty = code("uncertainty"),
            .cannot_tell = code("cannot_tell")};
}

NewSignal thoughts_signal(const Entry& entry) {
    // Nobody here knows this person yet, so the shorter time counts.
    return {.kind = SignalKind::referral_thoughts,
            .evidence = {entry.id},
            .reason = {"reason.referral_thoughts", {{"at", to_string(entry.effective_at)}}},
            .why = why_of_referral("referral_thoughts",
                                   "Evenkeel's own rule; NICE NG225: ask, and let a person decide"),
            .urgency = 1};
}

NewSignal asked_signal(const Entry& entry, care::ReferralSource source) {
    return {.kind = SignalKind::asked_for_contact,
            .evidence = {entry.id},
            .reason = {source == care::ReferralSource::self ? "reason.referral"
                                                            : "reason.referral_by_professional",
                       {{"at", to_string(entry.effective_at)}}},
            .why = why_of_referral("referral", "the referral")};
}

Error impossible(std::string message) {
    return {Fault::conflict, "/move", std::move(message), {}};
}

// What stands, and what may follow it.
Status may_follow(const PersonState& state, ReferralMove move) {
    if (!state.referral) {
        return Error{Fault::conflict, "", "There is no referral. Write the referral first.", {}};
    }
    const bool ends = move == ReferralMove::declined || move == ReferralMove::opted_out;
    switch (state.referral->stage) {
        case ReferralStage::received:
            if (ends || move == ReferralMove::accepted) return Done{};
            return impossible("Put this person on the waiting list first.");
        case ReferralStage::waiting:
            if (move != ReferralMove::accepted) return Done{};
            return impossible("This person is on the waiting list already.");
        case ReferralStage::assigned:
            return impossible("This person has a therapist already. Talk with the therapist.");
        case ReferralStage::declined:
        case ReferralStage::opted_out:
            break;
    }
    return impossible("This referral has ended. Take in a new one.");
}

Status has_what_it_needs(const care::ReferralStep& step, const Context& context) {
    Faults faults;
    const auto move = step.move;
    const bool begins = move == ReferralMove::accepted || move == ReferralMove::assigned;
    if (begins && !step.terms) {
        faults.add("/terms", "Say what is measured and how often.");
    } else if (begins && context.instrument(step.terms->questionnaire) == nullptr) {
        faults.add("/terms/questionnaire", "This questionnaire is not known here.");
    }
    if (move == ReferralMove::assigned && !step.therapist) {
        faults.add("/therapist", "Choose the therapist.");
    }
    if (step.therapist && context.is_active && !context.is_active(*step.therapist)) {
        faults.add("/therapist", "This account is switched off. Choose another therapist.");
    }
    if (move == ReferralMove::declined && !step.text) {
        faults.add("/text", "Say why in a sentence, and where else help can be found.");
    }
    if (move == ReferralMove::offered && !step.text) {
        faults.add("/text", "Say what is offered, and how soon it can begin.");
    }
    if (move == ReferralMove::preferred && !step.text && !step.therapist) {
        faults.add("/text", "Say what the person wishes.");
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

}  // namespace

Id intake_of(const Context& context) {
    const auto& settings = context.organisation.settings;
    if (!settings) return {};
    const care::DutyShift* next = nullptr;
    for (const auto& each : settings->duty) {
        const bool over = each.to <= context.now;
        if (over || (context.is_active && !context.is_active(each.account))) continue;
        if (next == nullptr || each.from < next->from) next = &each;
    }
    return next == nullptr ? Id{} : next->account;
}

Status decide_referral(const PersonState& state, const Entry& entry, const Context& context,
                       std::vector<Entry>& follow) {
    const auto& body = std::get<care::ReferralReceived>(entry.body);
    if (context.solo) {
        return Error{Fault::conflict, "", "Nobody reads referrals here.", {}};
    }
    if (state.seq == 0) {
        return Error{Fault::conflict, "", "Register the person first.", {}};
    }
    if (state.episode || (state.referral && state.referral->open())) {
        return Error{Fault::conflict, "", "This person is in care here or waiting already.", {}};
    }
    const bool self = body.source == care::ReferralSource::self;
    Faults faults;
    if (!body.phone && !body.email) {
        faults.add("/phone", "Give a phone number or an email address.");
    }
    if (!body.consent) {
        faults.add("/consent", self ? "Say yes here, or we may not keep what you wrote."
                                    : "Ask the person first; without their yes it cannot be kept.");
    }
    if (!self && !body.referrer) faults.add("/referrer", "Say who refers, and from where.");
    if (!faults.none()) return faults.error();

    PersonState with = state;
    if (const Id intake = intake_of(context); !intake.is_nil()) {
        const care::Relation relation{intake, care::Role::duty_clinician};
        with.relations.push_back({relation, entry.effective_at});
        follow.push_back(consequence(entry.stream, cause_of(entry), "intake",
                                     care::RelationStarted{relation}, context.now));
    }
    if (body.thoughts == care::Thoughts::yes_or_unsure) {
        follow.push_back(raise(with, cause_of(entry), thoughts_signal(entry), context));
    }
    follow.push_back(raise(with, cause_of(entry), asked_signal(entry, body.source), context));
    return Done{};
}

Status decide_referral_step(const PersonState& state, const Entry& entry, const Context& context,
                            std::vector<Entry>& follow) {
    const auto& step = std::get<care::ReferralStep>(entry.body);
    CHECK_OK(may_follow(state, step.move));
    CHECK_OK(has_what_it_needs(step, context));
    const auto add = [&](std::string_view purpose, Body body) {
        follow.push_back(
            consequence(entry.stream, cause_of(entry), purpose, std::move(body), context.now));
    };
    if (step.move == ReferralMove::assigned) {
        add("therapist", care::RelationStarted{{*step.therapist, care::Role::therapist}});
    }
    if (step.terms) {
        care::EpisodeOpened episode;
        static_cast<care::EpisodeTerms&>(episode) = *step.terms;
        add("episode", std::move(episode));
    }
    // Whoever took the person in keeps what is open, and nothing else of the record.
    const bool over = step.move == ReferralMove::declined || step.move == ReferralMove::opted_out ||
                      step.move == ReferralMove::assigned;
    if (!over) return Done{};
    for (const Id& each : state.all_in_relation(care::Role::duty_clinician, context.now)) {
        add("intake_ended." + to_string(each),
            care::RelationEnded{each, care::Role::duty_clinician});
    }
    return Done{};
}

void apply_referral(PersonState& state, const care::ReferralReceived& body, const Entry& entry) {
    state.referral =
        ReferralState{.id = entry.id, .received_at = entry.effective_at, .received = body};
}

void apply_referral_step(PersonState& state, const care::ReferralStep& step, const Entry& entry) {
    EK_ASSERT(state.referral);  // decide() refuses steps without one
    auto& referral = *state.referral;
    const auto move_to = [&](ReferralStage stage) {
        referral.stage = stage;
        (stage == ReferralStage::waiting ? referral.accepted_at : referral.ended_at) =
            entry.effective_at;
    };
    switch (step.move) {
        case ReferralMove::accepted:
            return move_to(ReferralStage::waiting);
        case ReferralMove::offered:
            referral.offered = step.text;
            return;
        case ReferralMove::preferred:
            if (step.therapist) referral.wishes_therapist = step.therapist;
            if (step.text) referral.wishes = step.text;
            return;
        case ReferralMove::assigned:
            return move_to(ReferralStage::assigned);
        case ReferralMove::declined:
        case ReferralMove::opted_out:
            referral.ended_because = step.text;
            state.episode.reset();  // nothing is asked of the person any more
            return move_to(step.move == ReferralMove::declined ? ReferralStage::declined
                                                               : ReferralStage::opted_out);
    }
}

}  // namespace evenkeel::record
