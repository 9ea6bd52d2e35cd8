#include "simulate/demo_waits.h"

#include <algorithm>

#include "simulate/demo.h"
#include "simulate/draw.h"
#include "simulate/graded_model.h"

namespace evenkeel::simulate {
namespace {

using care::ReferralMove;
using care::Role;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr int of_the_wait = 28;  // days between two questionnaires

struct Story {
    std::string_view name;
    std::string_view reference;
    std::string_view trouble;
    int days_ago = 0;
    std::vector<ReferralMove> moves = {};
    std::string_view said = {};      // with the last move
    std::vector<int> totals = {};    // PHQ-9, every four weeks from the first day
    std::string_view known_as = {};  // signs in as
};

const std::vector<Story>& stories() {
    using enum ReferralMove;
    static const std::vector<Story> all{
        {"Rosa Bianchi", "EK-40113", "I sleep badly and nothing gives me pleasure.", 1},
        {"Tomas Novak", "EK-40289", "Since the baby came I cry a lot.", 3},
        {.name = "Grace Okafor",
         .reference = "EK-39817",
         .trouble = "I cannot face work. I lie awake from four.",
         .days_ago = 40,
         .moves = {accepted, preferred},
         .said = "Mornings, and a woman if it can be.",
         .totals = {13, 14},
         .known_as = "grace"},
        {.name = "Harjit Singh",
         .reference = "EK-39654",
         .trouble = "Everything is slow and heavy.",
         .days_ago = 29,  // so that the second answer came an hour ago
         .moves = {accepted},
         .totals = {11, 19}},
        {.name = "Lena Fischer",
         .reference = "EK-39902",
         .trouble = "I worry all day about money.",
         .days_ago = 26,
         .moves = {accepted, offered},
         .said = "A guided online course, from next week.",
         .totals = {10}},
        {.name = "Omar Aziz",
         .reference = "EK-39966",
         .trouble = "I do not want to see anybody.",
         .days_ago = 12,
         .moves = {accepted}},
        {.name = "Ellen Hughes",
         .reference = "EK-39533",
         .trouble = "My drinking gets worse.",
         .days_ago = 30,
         .moves = {declined},
         .said = "The alcohol service can help sooner. We gave you their number."},
        {.name = "Ivo Petrov",
         .reference = "EK-39571",
         .trouble = "I feel empty since I moved.",
         .days_ago = 45,
         .moves = {accepted, opted_out},
         .said = "Found help elsewhere."},
    };
    return all;
}

record::Command command_of(const Id& person, Instant at, record::Body body,
                           const care::Author& author, Random& random) {
    return {.id = new_id(at, random),
            .stream = person,
            .body = std::move(body),
            .effective_at = at,
            .zone = std::string(demo_zone),
            .supersedes = {},
            .author = author};
}

care::ReferralReceived asked_for_care(std::string_view trouble, care::ReferralSource source) {
    care::ReferralReceived out{.source = source,
                               .trouble = std::string(trouble),
                               .thoughts = care::Thoughts::no,
                               .phone = "01632 960 050",
                               .consent = true};
    if (source == care::ReferralSource::professional) out.referrer = "Dr Hill, Lock Lane surgery";
    return out;
}

care::EpisodeTerms terms_of_the_wait() {
    return {.therapy = "",
            .planned_meetings = {},
            .questionnaire = "phq-9",
            .questionnaire_every_days = of_the_wait,
            .check_in_every_days = of_the_wait};
}

WaitingPerson told(const Story& story, const Staff& staff, Instant now, Random& random) {
    const Instant asked = now - days{story.days_ago} - hours{2};
    const care::Author service{};
    const auto duty = staff.author(staff.with_role(Role::duty_clinician).account);
    WaitingPerson out;
    auto& who = out.registered;
    who.person = new_id(asked, random);
    who.account = derived_id(who.person, "account");
    who.who = {.name = std::string(story.name),
               .reference = std::string(story.reference),
               .zone = std::string(demo_zone)};
    who.opened = asked;
    out.known_as = story.known_as;
    const auto add = [&](Instant at, record::Body body, const care::Author& author) {
        out.commands.push_back(command_of(who.person, at, std::move(body), author, random));
    };
    add(asked, who.who, service);
    add(asked + seconds{1}, asked_for_care(story.trouble, care::ReferralSource::self), service);
    Instant at = asked + hours{20};
    for (const auto move : story.moves) {
        care::ReferralStep step{.move = move};
        if (move == ReferralMove::accepted) {
            step.terms = terms_of_the_wait();
            out.signs_in = true;
        }
        if (move == story.moves.back() && !story.said.empty()) step.text = std::string(story.said);
        add(at, step, duty);
        at += hours{30};
    }
    Instant answered = asked + hours{25};
    for (const int total : story.totals) {
        const auto items = answers_with_total(simulated_items("phq-9"), total, 0, random);
        add(answered,
            practice::Answers{.instrument = "phq-9",
                              .answers = {items.begin(), items.end()},
                              .extra = {},
                              .visible_to = {}},
            {who.account, Role::client});
        answered += days{of_the_wait};
    }
    std::ranges::stable_sort(out.commands, {}, &record::Command::effective_at);
    return out;
}

}  // namespace

std::vector<record::Command> after_a_wait(const std::vector<record::Command>& commands,
                                          const Registered& registered, const Staff& staff,
                                          Random& random) {
    const Instant opened = registered.opened;
    const Instant asked = opened - days{static_cast<int>(between(random, 12, 80))};
    const auto duty = staff.author(staff.with_role(Role::duty_clinician).account);
    const auto source =
        chance(random, 0.4) ? care::ReferralSource::professional : care::ReferralSource::self;
    std::vector<record::Command> out;
    const auto add = [&](Instant at, record::Body body, const care::Author& author) {
        out.push_back(command_of(registered.person, at, std::move(body), author, random));
    };
    add(asked, registered.who, {});
    add(asked + seconds{1}, asked_for_care("It has been a hard year.", source), {});
    care::ReferralStep accepted{.move = ReferralMove::accepted};
    accepted.terms = terms_of_the_wait();
    add(asked + hours{22}, accepted, duty);
    care::ReferralStep assigned{.move = ReferralMove::assigned,
                                .text = {},
                                .therapist = registered.therapist,
                                .terms = registered.terms};
    add(opened, assigned, duty);
    // The step makes the therapist's relation and the episode.
    for (const auto& each : commands) {
        const auto* relation = std::get_if<care::RelationStarted>(&each.body);
        const bool made = std::holds_alternative<care::PersonRegistered>(each.body) ||
                          std::holds_alternative<care::EpisodeOpened>(each.body) ||
                          (relation != nullptr && relation->staff == registered.therapist);
        if (!made) out.push_back(each);
    }
    return out;
}

std::vector<WaitingPerson> waiting_people(const Staff& staff, Instant now, Random& random) {
    std::vector<WaitingPerson> out;
    for (const auto& story : stories()) out.push_back(told(story, staff, now, random));
    return out;
}

}  // namespace evenkeel::simulate
