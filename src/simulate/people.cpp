#include "simulate/people.h"

#include <algorithm>
#include <numeric>

#include "simulate/draw.h"
#include "simulate/graded_model.h"

namespace evenkeel::simulate {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

struct FirstName {
    std::string_view name;
    care::Pronoun pronoun;
};
using enum care::Pronoun;
constexpr auto first_names = std::to_array<FirstName>(
    {{"Ada", she},    {"Bilal", he},   {"Chiara", she}, {"Deniz", they},  {"Emeka", he},
     {"Farah", she},  {"Goran", he},   {"Hana", she},   {"Idris", he},    {"Jana", she},
     {"Kofi", he},    {"Lucía", she},  {"Minh", he},    {"Noor", she},    {"Oskar", he},
     {"Parisa", she}, {"Quinn", they}, {"Ravi", he},    {"Saoirse", she}, {"Tiago", he},
     {"Uma", she},    {"Viktor", he},  {"Wen", they},   {"Ximena", she},  {"Yara", she},
     {"Zoltán", he}});
constexpr auto last_names = std::to_array<std::string_view>(
    {"Abara", "Berg",   "Castillo", "Dunne",   "Eriksen", "Fofanah", "Gupta",  "Horváth",
     "Ito",   "Jansen", "Kaya",     "Larsson", "Mbeki",   "Novak",   "Okafor", "Petrov",
     "Rossi", "Silva",  "Tanaka",   "Usman",   "Vega",    "Walsh",   "Yilmaz", "Zhou"});

// The steps are coprime to the lengths of the lists: 624 people before a name comes twice.
const FirstName& first_name(std::size_t index) {
    return first_names[index * 7 % first_names.size()];
}
std::string_view last_name(std::size_t index) {
    const std::size_t round = index / std::lcm(first_names.size(), last_names.size());
    return last_names[(index * 5 + round) % last_names.size()];
}

constexpr int quiet_days = 14;  // of Ending::settled
constexpr double well = 1.0;    // severity at which therapy has helped
constexpr double ill_again = 1.4;

// What is agreed for one stretch of the episode.
struct Phase {
    int from = 0;  // day
    care::EpisodeTerms terms;
    int meeting_every_days = 7;
    care::Place place = care::Place::in_person;
    bool watch = false;
};

ReportingHabit draw_habit(Random& random) {
    return {.checks_in = between(random, 0.35, 0.95),
            .answers_question = between(random, 0.7, 0.98),
            .writes = between(random, 0.0, 0.25),
            .taps_hard = between(random, 0.2, 0.7),
            .keeps_to_self = between(random, 0.0, 0.1),
            .answers_questionnaire = between(random, 0.7, 1.0)};
}

class Making {
  public:
    Making(const PeopleSettings& settings, const Staff& staff, const Id& therapist, int index,
           Random& random)
        : settings_(settings),
          random_(random),
          truth_(draw_truth()),
          phases_{first_phase()},
          chronicle_(registered(therapist, index), staff, random) {}

    SimulatedPerson made() {
        meetings();  // they decide what is agreed when
        check_ins();
        questionnaires();
        SimulatedPerson out{.registered = chronicle_.registered(), .truth = {}, .commands = {}};
        out.commands = chronicle_.until(at(length(), hours{12}));
        out.truth = std::move(truth_);
        return out;
    }

  private:
    Truth draw_truth() {
        const int shortest = std::min(settings_.weeks_min, settings_.weeks);
        const int weeks =
            shortest + static_cast<int>(below(
                           random_, static_cast<std::size_t>(settings_.weeks - shortest + 1)));
        // Everyone opens on some working day and comes to an end on the same day.
        const int later = static_cast<int>(below(random_, 5));
        Truth out;
        out.course = draw_course(draw_course_kind(random_), 7 * weeks - later, random_);
        out.habit = draw_habit(random_);
        out.first_day = local_day(settings_.start, settings_.zone) +
                        days{7 * (settings_.weeks - weeks) + later};
        if (chance(random_, 0.08)) draw_silence(7 * weeks, out);
        return out;
    }

    void draw_silence(int n_days, Truth& out) {
        const int from = static_cast<int>(between(random_, 0.3, 0.95) * n_days);
        if (settings_.ending == Ending::settled) {
            const int until = from + static_cast<int>(between(random_, 12, 35));
            if (until > n_days - 2 * quiet_days) return;
            out.silent_until = out.first_day + days{until};
        }
        out.silent_from = out.first_day + days{from};
    }

    [[nodiscard]] int length() const { return static_cast<int>(truth_.course.theta.size()); }
    [[nodiscard]] Instant at(int day, minutes time) const {
        return instant_of(truth_.first_day + days{day}, time, settings_.zone);
    }
    [[nodiscard]] double theta(int day) const {
        return truth_.course.theta[static_cast<std::size_t>(std::min(day, length() - 1))];
    }
    [[nodiscard]] bool silent(int day) const {
        const Day here = truth_.first_day + days{day};
        return truth_.silent_from && here >= *truth_.silent_from &&
               (!truth_.silent_until || here < *truth_.silent_until);
    }
    [[nodiscard]] bool quiet(int day) const {
        return settings_.ending == Ending::settled && day >= length() - quiet_days;
    }

    Phase first_phase() {
        const bool cbt = chance(random_, 0.7);
        // What is agreed fits what the person does: three times the usual gap is silence.
        const int usual = static_cast<int>(std::lround(1.5 / truth_.habit.checks_in));
        return {.from = 0,
                .terms = {.therapy = cbt ? "CBT" : "Behavioural activation",
                          .planned_meetings = cbt ? 16 : 12,
                          .questionnaire = "phq-9",
                          .questionnaire_every_days = 7,
                          .check_in_every_days = std::max(2, usual)},
                .meeting_every_days = 7,
                .place = chance(random_, 0.25) ? care::Place::video : care::Place::in_person};
    }

    Registered registered(const Id& therapist, int index) {
        const Instant opened = at(0, hours{6});
        const auto& name = first_name(static_cast<std::size_t>(index));
        const int age_days = 365 * 18 + static_cast<int>(below(random_, 365 * 55));
        const auto number = std::to_string(10'001 + index);
        return {.person = new_id(opened, random_),
                .account = new_id(opened, random_),
                .therapist = therapist,
                .who = {.name = std::string(name.name) + " " +
                                std::string(last_name(static_cast<std::size_t>(index))),
                        .reference = settings_.reference + number.substr(1),
                        .born = truth_.first_day - days{age_days},
                        .pronoun = name.pronoun,
                        .zone = settings_.zone},
                .terms = phases_.front().terms,
                .opened = opened};
    }

    [[nodiscard]] const Phase& phase(int day) const {
        auto here = phases_.rbegin();
        while (here->from > day) ++here;  // the first begins at 0
        return *here;
    }

    void check_ins() {
        int gap = 0;
        for (int day = 0; day < length(); ++day) {
            const auto& agreed = phase(day);
            const double share = agreed.watch ? 0.45 : 1;
            const bool due = quiet(day) && gap >= agreed.terms.check_in_every_days;
            const bool speaks = due || chance(random_, share * truth_.habit.checks_in);
            if (silent(day) || !speaks) {
                truth_.days_without_check_in.push_back(truth_.first_day + days{day});
                ++gap;
                continue;
            }
            gap = 0;
            const DayState state{theta(day), 7.4 - 0.8 * theta(day)};
            auto check_in = draw_check_in(state, truth_.habit, random_);
            const bool hard = check_in.hard;
            const Instant when = at(day, draw_writing_time(random_));
            const Id id = chronicle_.by_client(when, std::move(check_in));
            if (hard) after_hard_day(when + Milliseconds{12'000}, id, day);
        }
    }

    void after_hard_day(Instant when, const Id& check_in, int day) {
        const double draw = uniform(random_);
        auto thoughts = practice::Thoughts::no;
        if (draw < 0.02 + 0.03 * std::max(0.0, theta(day) - 1.5)) {
            thoughts = practice::Thoughts::yes_or_unsure;
        } else if (draw > 0.9) {
            thoughts = practice::Thoughts::rather_not_say;
        }
        const bool asks = chance(random_, 0.04);
        if (quiet(day)) thoughts = practice::Thoughts::no;
        chronicle_.by_client(when, practice::HardDayAnswer{check_in, thoughts});
        if (asks && !quiet(day))
            chronicle_.by_client(when + minutes{1}, practice::ContactRequest{});
    }

    void questionnaires() {
        int worry_asked = -28;
        for (int day = 0; day < length(); day += phase(day).terms.questionnaire_every_days) {
            const Instant when =
                at(day, hours{18} + minutes{static_cast<int>(between(random_, 0, 180))});
            const bool answers_it = chance(random_, truth_.habit.answers_questionnaire);
            if (silent(day) || !answers_it) {
                truth_.questionnaires_missed.push_back(when);
                continue;
            }
            auto answers = draw_answers(simulated_items("phq-9"), theta(day), random_);
            if (quiet(day)) answers.back() = 0;
            if (answers.back() > 0) ++truth_.safety_answers;
            chronicle_.answers(when, "phq-9", answers);
            if (day < worry_asked + 28) continue;
            worry_asked = day;
            const double worry = theta(day) + normal(random_, -0.2, 0.3);
            chronicle_.answers(when + minutes{2}, "gad-7",
                               draw_answers(simulated_items("gad-7"), worry, random_));
        }
    }

    void meetings() {
        int number = 0;
        const hours time{9 + static_cast<int>(below(random_, 7))};
        const int first = working(1 + static_cast<int>(below(random_, 3)));
        int day = first;
        Instant last = at(0, hours{6} + minutes{10});
        for (; day < length(); day = working(day + phases_.back().meeting_every_days)) {
            const auto place = phases_.back().place;
            const bool missed = silent(day) || chance(random_, 0.08);
            if (!missed) ++number;
            chronicle_.meeting(at(day, time), missed ? number + 1 : number, place,
                               missed ? care::Outcome::missed : care::Outcome::attended,
                               missed && !silent(day) && (quiet(day) || chance(random_, 0.6)));
            last = at(day, time) + minutes{80};
            if (number == 2 && !planned_) write_safety_plan(day, time);
            if (!missed) agree_anew(day, number, last - minutes{5});
        }
        chronicle_.by_therapist(last, care::MeetingPlanned{.at = at(day, time),
                                                           .minutes = 50,
                                                           .place = phases_.back().place,
                                                           .number = number + 1});
    }

    // The nearest working day.
    [[nodiscard]] int working(int day) const {
        const unsigned weekday = weekday_index(truth_.first_day + days{day});
        if (weekday == 5) return day > 1 ? day - 1 : day + 2;
        return weekday == 6 ? day + 1 : day;
    }

    // Whether to go on as before, at a meeting that was held.
    void agree_anew(int day, int held, Instant when) {
        Phase next = phases_.back();
        const bool over = held >= next.terms.planned_meetings.value_or(held);
        if (next.watch ? theta(day) < ill_again && !over : !over) return;
        next.from = day + 1;
        if (theta(day) < (next.watch ? ill_again : well)) {
            next.terms.therapy = "Relapse watch";
            next.terms.planned_meetings = held + 6;
            next.terms.questionnaire_every_days = 14;
            next.terms.check_in_every_days = 7;
            next.meeting_every_days = 42;
            next.place = care::Place::phone;
            next.watch = true;
            if (!truth_.watched_from) truth_.watched_from = truth_.first_day + days{next.from};
        } else {
            // Not well, or ill again: back to therapy, with the same therapist.
            const bool other = !next.watch;
            next.terms = phases_.front().terms;
            if (other) next.terms.therapy = "Interpersonal therapy";
            next.terms.planned_meetings = held + (other ? 12 : 8);
            next.meeting_every_days = other && phases_.size() > 1 ? 14 : 7;
            next.place = phases_.front().place;
            next.watch = false;
        }
        care::EpisodeTermsChanged changed;
        static_cast<care::EpisodeTerms&>(changed) = next.terms;
        chronicle_.by_therapist(when, changed);
        phases_.push_back(std::move(next));
    }

    void write_safety_plan(int day, minutes time) {
        planned_ = true;
        chronicle_.by_therapist(at(day, time) + minutes{30},
                                care::SafetyPlan{{.signs = {"I stop answering messages."},
                                                  .own_steps = {"A shower, then outside."},
                                                  .people_places = {"The library"},
                                                  .ask = {{"A friend", "01632 960 041", {}}},
                                                  .professionals = {},
                                                  .safer = {}}});
    }

    const PeopleSettings& settings_;
    Random& random_;
    Truth truth_;
    std::vector<Phase> phases_;
    Chronicle chronicle_;
    bool planned_ = false;
};

}  // namespace

SimulatedPerson simulate_person(const PeopleSettings& settings, const Staff& staff,
                                const Id& therapist, int index, Random& random) {
    EK_ASSERT(settings.weeks > 0 && is_zone(settings.zone));
    return Making{settings, staff, therapist, index, random}.made();
}

std::vector<SimulatedPerson> simulate_people(const PeopleSettings& settings, const Staff& staff,
                                             Random& random) {
    EK_ASSERT(settings.n > 0);
    const auto therapists = staff.all_with_role(care::Role::therapist);
    EK_ASSERT(!therapists.empty());
    std::vector<SimulatedPerson> out;
    for (int i = 0; i < settings.n; ++i) {
        SeededRandom own{random.next()};
        const auto& therapist = therapists[static_cast<std::size_t>(i) % therapists.size()];
        out.push_back(simulate_person(settings, staff, therapist, i, own));
    }
    return out;
}

Result<SimulatedService> simulate_service(const PeopleSettings& settings,
                                          const record::Context& context, Random& random) {
    const Day last = local_day(settings.start, settings.zone) + days{7 * settings.weeks};
    SimulatedService out;
    out.staff = simulated_staff(settings.start, random);
    out.organisation = simulated_organisation(out.staff, last, settings.weeks);
    out.contacts = simulated_contacts(last);
    record::OrganisationState organisation{
        .seq = 1, .settings = out.organisation, .contacts = out.contacts};
    const record::Context service{.now = settings.start,
                                  .instrument = context.instrument,
                                  .instrument_hash = context.instrument_hash,
                                  .organisation = organisation,
                                  .managers = {out.staff.with_role(care::Role::manager).account},
                                  .solo = false};
    const Instant until = instant_of(last, hours{12}, settings.zone);
    out.people = simulate_people(settings, out.staff, random);
    for (auto& person : out.people) {
        SeededRandom own{random.next()};
        TRY(auto life, lived(person.commands, out.staff,
                             {.handling = Handling::close, .untouched_from = {}, .until = until},
                             service, own));
        person.commands = std::move(life.commands);
        out.states.push_back(std::move(life.state));
    }
    return out;
}

}  // namespace evenkeel::simulate
