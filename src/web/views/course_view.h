#pragma once
// What is shown of one person, as functions of the state, the instruments and the
// moment of looking. The same functions serve the person and the care team; what the
// person keeps to herself is left out for everyone else.

#include "web/site.h"

namespace evenkeel::web {

// Who looks.
enum class Eyes { own, care_team };

struct BandView {
    int from = 0;
    int to = 0;
    std::string name;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("to", self.to);
        visit("name", self.name);
    }
};

struct ChanceView {
    double points = 0;
    std::string source;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("points", self.points);
        visit("source", self.source);
    }
};

struct ScoreView {
    Id entry;
    Instant at{};
    std::optional<double> total;
    std::optional<std::string> band;
    bool prorated = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("entry", self.entry);
        visit("at", self.at);
        visit("total", self.total);
        visit("band", self.band);
        visit("prorated", self.prorated);
    }
};

struct DayView {
    Day day{};
    bool hard = false;
    std::optional<int> mood;
    std::optional<double> sleep_hours;
    int activities = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("day", self.day);
        visit("hard", self.hard);
        visit("mood", self.mood);
        visit("sleep_hours", self.sleep_hours);
        visit("activities", self.activities);
    }
};

struct MeetingView {
    Id id;
    Instant at{};
    int minutes = 50;
    care::Place place = care::Place::in_person;
    std::optional<int> number;
    care::Outcome outcome = care::Outcome::planned;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("at", self.at);
        visit("minutes", self.minutes);
        visit("place", self.place);
        visit("number", self.number);
        visit("outcome", self.outcome);
    }
};

struct Course {
    std::string instrument;
    std::string title;
    int min = 0;
    int max = 0;
    measures::Direction direction = measures::Direction::lower_is_better;
    std::vector<BandView> bands;
    std::optional<ChanceView> chance;
    std::vector<ScoreView> scores;
    std::vector<DayView> days;
    std::vector<MeetingView> meetings;
    std::vector<care::Sentence> summary;
    Instant data_until{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("instrument", self.instrument);
        visit("title", self.title);
        visit("min", self.min);
        visit("max", self.max);
        visit("direction", self.direction);
        visit("bands", self.bands);
        visit("chance", self.chance);
        visit("scores", self.scores);
        visit("days", self.days);
        visit("meetings", self.meetings);
        visit("summary", self.summary);
        visit("data_until", self.data_until);
    }
};

// `since`: the earliest time shown.
Course course_of(const Site&, const record::PersonState&, Eyes, Instant since, Instant now);

// Scores with a total on the episode's questionnaire since the episode began (PHQ-9
// and PHQ-8 are not mixed).
std::vector<const record::ScorePoint*> episode_scores(const record::PersonState&);

// The questionnaire this person is asked: the agreed one, or its form without the
// safety item where nobody reads with named hours.
std::string questionnaire_of(const Site&, const record::PersonState&, Instant now);
bool has_named_reader(const Site&, const record::PersonState&, Instant now);
// The therapist who reads: in a relation now, and able to sign in.
std::optional<Id> reader_of(const Site&, const record::PersonState&, Instant now);

const record::MeetingState* next_meeting(const record::PersonState&, Instant now);
const record::MeetingState* last_meeting(const record::PersonState&, Instant now);

// Tells everybody who looks at this person that something changed.
void publish_change(Site&, const Id& person);
std::string topic_of_person(const Id& person);
std::string topic_of_account(const Id& account);

}  // namespace evenkeel::web
