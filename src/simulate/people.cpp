#include "simulate/people.h"

#include <algorithm>

#include "simulate/draw.h"
#include "simulate/graded_model.h"

namespace evenkeel::simulate {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr auto first_names = std::to_array<std::string_view>(
    {"Ada",     "Bilal", "Chiara", "Deniz",  "Emeka", "Farah",  "Goran",  "Hana",  "Idris",
     "Jana",    "Kofi",  "Lucía",  "Minh",   "Noor",  "Oskar",  "Parisa", "Quinn", "Ravi",
     "Saoirse", "Tiago", "Uma",    "Viktor", "Wen",   "Ximena", "Yara",   "Zoltán"});
constexpr auto last_names = std::to_array<std::string_view>(
    {"Abara", "Berg",   "Castillo", "Dunne",   "Eriksen", "Fofanah", "Gupta",  "Horváth",
     "Ito",   "Jansen", "Kaya",     "Larsson", "Mbeki",   "Novak",   "Okafor", "Petrov",
     "Rossi", "Silva",  "Tanaka",   "Usman",   "Vega",    "Walsh",   "Yilmaz", "Zhou"});

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
    Making(const PeopleSettings& settings, const Staff& staff, int index, Random& random)
        : settings_(settings),
          random_(random),
          truth_(draw_truth()),
          chronicle_(registered(staff, index), staff, random) {}

    SimulatedPerson made() {
        check_ins();
        questionnaires();
        meetings();
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
        Truth out;
        out.course = draw_course(draw_course_kind(random_), 7 * weeks, random_);
        out.habit = draw_habit(random_);
        // Everyone has come to an end by the same week.
        out.first_day = local_day(settings_.start, settings_.zone) +
                        days{7 * (settings_.weeks - weeks) + static_cast<int>(below(random_, 5))};
        if (chance(random_, 0.08)) {
            out.silent_from =
                out.first_day + days{static_cast<int>(between(random_, 0.3, 0.95) * 7 * weeks)};
        }
        return out;
    }

    [[nodiscard]] int length() const { return static_cast<int>(truth_.course.theta.size()); }
    [[nodiscard]] Instant at(int day, minutes time) const {
        return instant_of(truth_.first_day + days{day}, time, settings_.zone);
    }
    [[nodiscard]] double theta(int day) const {
        return truth_.course.theta[static_cast<std::size_t>(day)];
    }
    [[nodiscard]] bool silent(int day) const {
        return truth_.silent_from && truth_.first_day + days{day} >= *truth_.silent_from;
    }

    Registered registered(const Staff& staff, int index) {
        const Instant opened = at(0, hours{6});
        std::vector<Id> therapists;
        for (const auto& each : staff.members) {
            if (each.role == care::Role::therapist) therapists.push_back(each.account);
        }
        EK_ASSERT(!therapists.empty());
        const auto pronouns = enum_names(care::Pronoun{});
        const int age_days = 365 * 18 + static_cast<int>(below(random_, 365 * 55));
        return {.person = new_id(opened, random_),
                .account = new_id(opened, random_),
                .therapist = therapists[static_cast<std::size_t>(index) % therapists.size()],
                .who = {.name = std::string(one_of(random_, first_names)) + " " +
                                std::string(one_of(random_, last_names)),
                        .reference = "SIM-" + std::to_string(10'001 + index),
                        .born = truth_.first_day - days{age_days},
                        .pronoun = pronouns[below(random_, pronouns.size())].first,
                        .zone = settings_.zone},
                .terms = {.therapy = chance(random_, 0.7) ? "CBT" : "Behavioural activation",
                          .planned_meetings = 16,
                          .questionnaire = "phq-9",
                          .questionnaire_every_days = 7,
                          .check_in_every_days = 2},
                .opened = opened};
    }

    void check_ins() {
        for (int day = 0; day < length(); ++day) {
            if (silent(day) || !chance(random_, truth_.habit.checks_in)) {
                truth_.days_without_check_in.push_back(truth_.first_day + days{day});
                continue;
            }
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
        chronicle_.by_client(when, practice::HardDayAnswer{check_in, thoughts});
        if (chance(random_, 0.04)) {
            chronicle_.by_client(when + minutes{1}, practice::ContactRequest{});
        }
    }

    void questionnaires() {
        for (int day = 0; day < length(); day += 7) {
            const Instant when =
                at(day, hours{18} + minutes{static_cast<int>(between(random_, 0, 180))});
            if (silent(day) || !chance(random_, truth_.habit.answers_questionnaire)) {
                truth_.questionnaires_missed.push_back(when);
                continue;
            }
            const auto answers = draw_answers(simulated_items("phq-9"), theta(day), random_);
            if (answers.back() > 0) ++truth_.safety_answers;
            chronicle_.answers(when, "phq-9", answers);
            if (day % 28 != 0) continue;
            const double worry = theta(day) + normal(random_, -0.2, 0.3);
            chronicle_.answers(when + minutes{2}, "gad-7",
                               draw_answers(simulated_items("gad-7"), worry, random_));
        }
    }

    void meetings() {
        int number = 0;
        const int first = 1 + static_cast<int>(below(random_, 3));
        const hours time{9 + static_cast<int>(below(random_, 7))};
        for (int day = first; day + 1 < length(); day += 7) {
            const bool missed = silent(day) || chance(random_, 0.08);
            if (!missed) ++number;
            if (!missed && number > 16) break;
            chronicle_.meeting(at(day, time), missed ? number + 1 : number, care::Place::in_person,
                               missed ? care::Outcome::missed : care::Outcome::attended,
                               missed && !silent(day) && chance(random_, 0.6));
            if (number == 2 && !planned_) write_safety_plan(day, time);
        }
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
    Chronicle chronicle_;
    bool planned_ = false;
};

}  // namespace

std::vector<SimulatedPerson> simulate_people(const PeopleSettings& settings, const Staff& staff,
                                             Random& random) {
    EK_ASSERT(settings.n > 0 && settings.weeks > 0 && is_zone(settings.zone));
    std::vector<SimulatedPerson> out;
    for (int i = 0; i < settings.n; ++i) {
        SeededRandom own{random.next()};
        out.push_back(Making{settings, staff, i, own}.made());
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
