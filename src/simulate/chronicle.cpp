#include "simulate/chronicle.h"

#include <algorithm>

#include "simulate/draw.h"

namespace evenkeel::simulate {

using care::Role;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

Chronicle::Chronicle(const Registered& registered, const Staff& staff, Random& random)
    : registered_(registered), random_(random) {
    const Instant at = registered.opened;
    by_therapist(at, registered.who);
    relate(at + seconds{1}, registered.therapist, Role::therapist);
    relate(at + seconds{2}, staff.with_role(Role::supervisor).account, Role::supervisor);
    by_therapist(at + seconds{3}, care::EpisodeOpened{registered.terms});
}

Id Chronicle::add(Instant at, record::Body body, const care::Author& author) {
    const Id id = new_id(at, random_);
    commands_.push_back({.id = id,
                         .stream = registered_.person,
                         .body = std::move(body),
                         .effective_at = at,
                         .zone = registered_.who.zone,
                         .supersedes = {},
                         .author = author});
    return id;
}

Id Chronicle::by_client(Instant at, record::Body body) {
    return add(at, std::move(body), {registered_.account, Role::client});
}

Id Chronicle::by_therapist(Instant at, record::Body body) {
    return add(at, std::move(body), {registered_.therapist, Role::therapist});
}

void Chronicle::relate(Instant at, const Id& staff, Role role) {
    by_therapist(at, care::RelationStarted{{staff, role}});
}

void Chronicle::answers(Instant at, std::string_view instrument, const std::vector<int>& answers) {
    by_client(at, practice::Answers{.instrument = std::string(instrument),
                                    .answers = {answers.begin(), answers.end()},
                                    .extra = {},
                                    .visible_to = {}});
}

void Chronicle::meeting(Instant at, int number, care::Place place, care::Outcome outcome,
                        bool contact_made) {
    const Instant written = std::max(registered_.opened + minutes{5}, at - days{7} + minutes{50});
    const Id id = by_therapist(
        written, care::MeetingPlanned{.at = at, .minutes = 50, .place = place, .number = number});
    if (outcome == care::Outcome::planned) return;
    const minutes after{50 + static_cast<int>(below(random_, 25))};
    by_therapist(at + after, care::MeetingOutcome{id, outcome, contact_made});
}

std::vector<record::Command> Chronicle::until(Instant until) const {
    auto out = commands_;
    std::erase_if(out, [&](const auto& each) { return each.effective_at > until; });
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.effective_at < b.effective_at; });
    return out;
}

}  // namespace evenkeel::simulate
