#pragma once
// A person in the service, the terms of an episode of care, and its meetings.

#include "care/relation.h"

namespace evenkeel::care {

enum class Pronoun { she, he, they };
constexpr auto enum_names(Pronoun) {
    return std::to_array<std::pair<Pronoun, std::string_view>>(
        {{Pronoun::she, "she"}, {Pronoun::he, "he"}, {Pronoun::they, "they"}});
}

struct PersonRegistered {
    static constexpr std::string_view kind = "person_registered";
    static constexpr int version = 1;
    std::string name;
    std::string reference;  // second identifier on paper, "EK-20417"
    std::optional<Day> born;
    Pronoun pronoun = Pronoun::they;
    std::string zone;
    bool operator==(const PersonRegistered&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name, Domain{.max_length = 200, .min_length = 1});
        visit("reference", self.reference, Domain{.max_length = 40});
        visit("born", self.born);
        visit("pronoun", self.pronoun, Domain{.optional = true});
        visit("zone", self.zone, Domain{.max_length = 64});
    }
};

// What client and therapist agreed: which questionnaire, how often, how often a
// check-in. The agreed intervals, not a norm, decide what counts as silence.
struct EpisodeTerms {
    std::string therapy;
    std::optional<int> planned_meetings;
    std::string questionnaire;
    int questionnaire_every_days = 7;
    int check_in_every_days = 2;
    bool operator==(const EpisodeTerms&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("therapy", self.therapy, Domain{.max_length = 80});
        visit("planned_meetings", self.planned_meetings, Domain{.min = 1, .max = 400});
        visit("questionnaire", self.questionnaire, Domain{.max_length = 40, .min_length = 1});
        visit("questionnaire_every_days", self.questionnaire_every_days,
              Domain{.min = 1, .max = 92});
        visit("check_in_every_days", self.check_in_every_days, Domain{.min = 1, .max = 92});
    }
};

struct EpisodeOpened : EpisodeTerms {
    static constexpr std::string_view kind = "episode_opened";
    static constexpr int version = 1;
    bool operator==(const EpisodeOpened&) const = default;
};

struct EpisodeTermsChanged : EpisodeTerms {
    static constexpr std::string_view kind = "episode_terms";
    static constexpr int version = 1;
    bool operator==(const EpisodeTermsChanged&) const = default;
};

enum class Place { in_person, video, phone };
constexpr auto enum_names(Place) {
    return std::to_array<std::pair<Place, std::string_view>>(
        {{Place::in_person, "in_person"}, {Place::video, "video"}, {Place::phone, "phone"}});
}

struct MeetingPlanned {
    static constexpr std::string_view kind = "meeting_planned";
    static constexpr int version = 1;
    Instant at{};
    int minutes = 50;
    Place place = Place::in_person;
    std::optional<int> number;
    bool operator==(const MeetingPlanned&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("minutes", self.minutes, Domain{.min = 5, .max = 480});
        visit("place", self.place);
        visit("number", self.number, Domain{.min = 1, .max = 1000});
    }
};

enum class Outcome { planned, attended, missed, cancelled };
constexpr auto enum_names(Outcome) {
    return std::to_array<std::pair<Outcome, std::string_view>>({{Outcome::planned, "planned"},
                                                                {Outcome::attended, "attended"},
                                                                {Outcome::missed, "missed"},
                                                                {Outcome::cancelled, "cancelled"}});
}

struct MeetingOutcome {
    static constexpr std::string_view kind = "meeting_outcome";
    static constexpr int version = 1;
    Id meeting;
    Outcome outcome = Outcome::attended;
    bool contact_made = false;  // spoken with since, when missed
    bool operator==(const MeetingOutcome&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("meeting", self.meeting);
        visit("outcome", self.outcome);
        visit("contact_made", self.contact_made, Domain{.optional = true});
    }
};

}  // namespace evenkeel::care
