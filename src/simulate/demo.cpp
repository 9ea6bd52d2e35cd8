#include "simulate/demo.h"

#include <algorithm>

#include "simulate/chronicle.h"
#include "simulate/demo_stories.h"
#include "simulate/demo_waits.h"
#include "simulate/diary.h"
#include "simulate/draw.h"
#include "simulate/graded_model.h"
#include "simulate/people.h"

namespace evenkeel::simulate {
namespace {

using care::Role;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::string_view questionnaire = "phq-9";

Instant local(Day day, minutes time) {
    return instant_of(day, time, demo_zone);
}

Day near_weekday(Day day) {
    const unsigned weekday = weekday_index(day);
    if (weekday == 5) return day - days{1};
    if (weekday == 6) return day + days{1};
    return day;
}

// When the service last closed; its hours are Monday to Friday, 9 to 5.
Instant last_closing(Instant now) {
    for (Day day = local_day(now, demo_zone);; day -= days{1}) {
        const Instant closing = local(day, hours{17});
        if (weekday_index(day) < 5 && closing <= now) return closing;
    }
}

// "This morning", yet never so long ago that an answer would be overdue: it falls after
// the service last closed, so the end of the working day is still to come.
Instant this_morning(Instant now, minutes local_time, minutes else_ago) {
    const Instant morning = local(local_day(now, demo_zone), local_time);
    const Instant closed = last_closing(now) + Milliseconds{1000};
    if (morning < now - minutes{5} && morning > closed) return morning;
    return std::min(std::max(now - else_ago, closed), now - Milliseconds{20'000});
}

struct Weeks {
    Day first, last;  // of the questionnaire
    std::size_t count = 0;
    [[nodiscard]] Day day(std::size_t week) const {
        return first + days{7 * static_cast<int>(week)};
    }
};

class StoryTeller {
  public:
    StoryTeller(const Story& story, const Id& therapist, const Staff& staff, Instant now,
                Random& random)
        : story_(story),
          now_(now),
          today_(local_day(now, demo_zone)),
          random_(random),
          weeks_(weeks_of(story, today_)),
          chronicle_(registered(therapist), staff, random) {}

    Chronicle& tell() {
        weekly_answers();
        check_ins();
        meetings();
        if (story_.today == Today::demo_client) of_the_demo_client();
        if (story_.discharged_week) discharge(static_cast<std::size_t>(*story_.discharged_week));
        today();
        return chronicle_;
    }

  private:
    static Weeks weeks_of(const Story& story, Day today) {
        const Day last = today - days{story.last_answer_days};
        const auto count = story.totals.size();
        return {last - days{7 * (static_cast<int>(count) - 1)}, last, count};
    }

    Registered registered(const Id& therapist) {
        const Instant opened = local(near_weekday(weeks_.first - days{3}), hours{11});
        const std::string zone{demo_zone};
        return {.person = new_id(opened, random_),
                .account = new_id(opened, random_),
                .therapist = therapist,
                .who = {.name = std::string(story_.name),
                        .reference = std::string(story_.reference),
                        .born = parse_day(story_.born),
                        .pronoun = story_.pronoun,
                        .zone = zone},
                .terms = {.therapy = std::string(story_.therapy),
                          .planned_meetings = story_.planned_meetings,
                          .questionnaire = std::string(questionnaire),
                          .questionnaire_every_days = 7,
                          .check_in_every_days = 2},
                .opened = opened};
    }

    // The latest known total up to that day, between two weeks in proportion.
    [[nodiscard]] double total_on(Day day) const {
        double before = story_.totals.front();
        Day since = weeks_.first;
        for (std::size_t week = 0; week < weeks_.count; ++week) {
            const double here = story_.totals[week];
            if (here < 0) continue;
            if (weeks_.day(week) >= day) {
                const double whole = static_cast<double>((weeks_.day(week) - since).count());
                const double part = static_cast<double>((day - since).count());
                return whole > 0 ? before + (here - before) * part / whole : here;
            }
            before = here;
            since = weeks_.day(week);
        }
        return before;
    }

    void weekly_answers() {
        const auto& items = simulated_items(questionnaire);
        for (std::size_t week = 0; week < weeks_.count; ++week) {
            if (story_.totals[week] == not_answered) continue;
            const bool last = week + 1 == weeks_.count;
            Instant at = local(weeks_.day(week),
                               minutes{static_cast<int>(between(random_, 17.5 * 60, 21.5 * 60))});
            int safety = 0;
            if (last && story_.today == Today::risk_answer) {
                safety = 1;
                at = this_morning(now_, hours{7} + minutes{14}, minutes{98});
            } else if (at > now_) {
                at = now_ - minutes{static_cast<int>(between(random_, 40, 300))};
            }
            chronicle_.answers(at, questionnaire,
                               answers_with_total(items, story_.totals[week], safety, random_));
        }
        if (story_.today == Today::demo_client) return;
        for (std::size_t week = 0; week < weeks_.count; week += 4) {
            const Day day = weeks_.day(week);
            const double theta = theta_of_total(items, std::max(1.0, total_on(day)));
            const auto& worry = simulated_items("gad-7");
            const int total = static_cast<int>(expected_total(worry, theta - 0.2));
            chronicle_.answers(local(day, hours{16} + minutes{5}), "gad-7",
                               answers_with_total(worry, total, {}, random_));
        }
    }

    void check_ins() {
        const auto& items = simulated_items(questionnaire);
        const ReportingHabit habit{.checks_in = story_.checks_in};
        const Day last = today_ - days{story_.last_check_in_days};
        int silent_days = 0;
        for (Day day = weeks_.first; day <= last; day += days{1}) {
            // Within the agreed interval most of the time; longer gaps stay rare.
            const bool speaks = chance(random_, habit.checks_in) || day == last || silent_days > 2;
            silent_days = speaks ? 0 : silent_days + 1;
            if (!speaks) continue;
            const double theta = theta_of_total(items, std::clamp(total_on(day), 1.0, 26.0));
            const DayState state{theta, 7.4 - 0.8 * theta};
            auto check_in = draw_check_in(state, habit, random_);
            Instant at = local(day, draw_writing_time(random_));
            if (day == today_) {
                at = this_morning(now_, minutes{static_cast<int>(between(random_, 390, 500))},
                                  minutes{static_cast<int>(between(random_, 6, 80))});
                check_in.hard = false;
                check_in.to_talk_about = false;
            }
            write(at, std::move(check_in));
        }
    }

    void write(Instant at, practice::CheckIn check_in) {
        const bool hard = check_in.hard;
        const Id id = chronicle_.by_client(at, std::move(check_in));
        if (hard && chance(random_, 0.7)) {
            const bool says = chance(random_, 0.8);
            chronicle_.by_client(
                at + Milliseconds{9000},
                practice::HardDayAnswer{
                    id, says ? practice::Thoughts::no : practice::Thoughts::rather_not_say});
        }
    }

    void meetings() {
        const auto time = parse_time_of_day(story_.meets_at).value_or(hours{10});
        int number = 0;
        const int weeks = static_cast<int>(weeks_.count);
        const bool watch = story_.therapy == "Relapse watch";
        // The first person to come for a first meeting has had none.
        if (!(weeks == 1 && story_.meets_in_days == 0)) {
            for (int week = 0; week < weeks; week += watch ? 5 : 1) {
                const Day day = near_weekday(weeks_.first + days{7 * week + 2});
                const Instant at = local(day, time);
                if (at + hours{2} > now_ || day >= today_) break;
                const bool silent = story_.today == Today::silent && week + 1 == weeks;
                const bool missed = !silent && week > 1 && chance(random_, 0.06);
                if (!silent && !missed) ++number;
                chronicle_.meeting(
                    at, missed || silent ? number + 1 : number, story_.place,
                    missed || silent ? care::Outcome::missed : care::Outcome::attended, missed);
            }
        }
        if (!story_.meets_in_days) return;
        Day day = today_ + days{*story_.meets_in_days};
        if (*story_.meets_in_days > 0) day = near_weekday(day);
        if (day == today_ && *story_.meets_in_days > 0) day += days{3};  // Friday after Saturday
        const Instant agreed =
            std::max(chronicle_.registered().opened + minutes{30}, now_ - days{6});
        chronicle_.by_therapist(agreed, care::MeetingPlanned{.at = local(day, time),
                                                             .minutes = 50,
                                                             .place = story_.place,
                                                             .number = number + 1});
    }

    void today() {
        if (story_.today == Today::hard_day_thoughts) {
            const Instant at = this_morning(now_, hours{6} + minutes{50}, minutes{122});
            const Id id = chronicle_.by_client(at, practice::CheckIn{.hard = true});
            chronicle_.by_client(at + Milliseconds{14'000},
                                 practice::HardDayAnswer{id, practice::Thoughts::yes_or_unsure});
        } else if (story_.today == Today::asked_for_contact) {
            const Instant at = this_morning(now_, hours{7} + minutes{40}, minutes{61});
            chronicle_.by_client(
                at, practice::ContactRequest{"Could we talk before the next meeting?"});
        } else if (story_.today == Today::watch_paused) {
            chronicle_.by_client(local(today_ - days{12}, hours{19}),
                                 care::WatchChanged{.change = care::WatchChange::paused,
                                                    .until = today_ + days{16}});
        } else if (story_.today == Today::came_back) {
            const Instant at = this_morning(now_, hours{7} + minutes{25}, minutes{64});
            chronicle_.by_client(at, care::CareResumed{"The mornings are heavy again."});
        } else if (story_.today == Today::early_warning) {
            for (int ago = 8; ago > 0; --ago) {
                chronicle_.by_client(local(today_ - days{ago}, hours{20} + minutes{10 + ago}),
                                     practice::CheckIn{.mood = 0, .energy = 1, .sleep_hours = 5});
            }
        } else if (story_.today == Today::risk_answer) {
            care::SafetyPlan plan;
            plan.parts = {
                .signs = {"I lie awake from three.", "I stop opening letters."},
                .own_steps = {"Feet on the cold floor, then tea.", "Radio on, anything."},
                .people_places = {"The reading room at the library"},
                .ask = {{"Dele", "01632 960 021", "Any time"}},
                .professionals = {{"Dr Jun Lee, clinic", "01632 960 100", "Weekdays 9 to 5"}},
                .safer = {"Dele keeps the spare tablets."}};
            chronicle_.by_therapist(local(weeks_.day(3), hours{15}), plan);
            practice::CheckIn said{.mood = 1, .sleep_hours = 5, .text = "Dread before Mondays."};
            said.to_talk_about = true;
            chronicle_.by_client(local(today_ - days{2}, hours{20}), std::move(said));
        }
    }

    void of_the_demo_client() {
        const care::SafetyPlan plan{
            {.signs = {"I stop answering Sam.", "I think everyone would be better off."},
             .own_steps = {"Cold water on my face. Then the window.",
                           "The long playlist, all of it."},
             .people_places = {"Café by the lock", "Mum’s kitchen"},
             .ask = {{"Sam", "01632 960 031", "Said: any time, even at night"},
                     {"Mum", "01632 960 032", "Until about 11 pm"}},
             .professionals = {{"Dr Jun Lee, clinic", "01632 960 100", "Weekdays 9 to 5"}},
             .safer = {"Sam keeps the tablets. I ask for two days at a time."}}};
        const Instant made = local(near_weekday(weeks_.first + days{9}), hours{11});
        chronicle_.by_therapist(made, plan);
        practice::CheckIn talk{.mood = 2, .energy = 2, .sleep_hours = 6.5};
        talk.activities = {"walk", "call"};
        talk.text = "Rang my brother first. My hands shook. He was glad.";
        talk.to_talk_about = true;
        chronicle_.by_client(local(today_ - days{3}, hours{19} + minutes{40}), std::move(talk));
        plan_of_the_demo_client(made + minutes{20});
    }

    // She has rated it, and not said yet whether she agrees.
    void plan_of_the_demo_client(Instant at) {
        chronicle_.by_therapist(at, care::FactsTold{care::ToldBy::client,
                                                    {{"wants_treatment", "yes"},
                                                     {"episodes", "2"},
                                                     {"bipolar_history", "no"},
                                                     {"psychotic_symptoms", "no"},
                                                     {"current_medicines", "no"}}});
        chronicle_.by_client(at + minutes{2},
                             care::Preference{"ba", care::Wish::wants, "I want to get out again."});
        care::PlanChange plan;
        plan.item = new_id(at, random_);
        plan.problem = "I stay in. Days run into each other, and evenings are the worst.";
        plan.goal = care::PlanGoal{"Be outside once a day, and see Sam every week",
                                   {"Write to Sam on Sunday", "Walk to the lock before breakfast"}};
        plan.method =
            care::PlanMethod{"ba", {}, "Maya wants to get out again, and mornings are possible."};
        plan.measure = questionnaire;
        plan.review_on = today_ + days{14};
        plan.responsible = chronicle_.registered().therapist;
        chronicle_.by_therapist(at + minutes{5}, plan);
        for (const auto& [days_ago, rating] : {std::pair{19, 2}, {12, 4}, {5, 5}}) {
            const Instant then = local(today_ - days{days_ago}, hours{20} + minutes{10});
            if (then > at) chronicle_.by_client(then, care::GoalRated{plan.item, rating, {}});
        }
    }

    // The plan in a meeting two days before, then the discharge, both on working days.
    void discharge(std::size_t week) {
        care::RelapsePlan plan;
        plan.parts.signs = {{.domain = care::SignDomain::sleep,
                             .sign = "I wake at four and lie there.",
                             .lead_days = 14,
                             .others_see = "They say I sigh at breakfast.",
                             .i_do = "Up at seven, out into the light.",
                             .i_tell = "My sister"},
                            {.domain = care::SignDomain::withdrawal,
                             .sign = "I let the phone ring.",
                             .lead_days = {},
                             .others_see = {},
                             .i_do = "Answer one message.",
                             .i_tell = {}}};
        plan.parts.triggers = {"Dark weeks without a walk."};
        plan.parts.events = {{"Moving house", today_ + days{70}}};
        plan.parts.coping = {"A walk before noon.", "The Friday look at my week."};
        plan.parts.supporters = {{"My sister", "01632 960 045", "Evenings"}};
        plan.parts.early = {"Two signs for three days", "Walk each day. Tell my sister."};
        plan.parts.worse = {"Two weeks, or I stay in bed", "Ask to come back."};
        plan.parts.urgent = {"I think of dying", "Use my safety plan. Call."};
        const Day day = near_weekday(weeks_.day(week) + days{2});
        chronicle_.by_therapist(local(day, hours{15}), plan);
        chronicle_.by_therapist(
            local(day, hours{15} + minutes{40}),
            care::Discharged{.watch = care::WatchAgreement::agreed,
                             .watch_months = care::watch_months_proposed,
                             .done = "Activities first, then thoughts; the Friday look at the week "
                                     "helped most.",
                             .next = "Booster meetings by phone after one, three and six months."});
    }

    const Story& story_;
    Instant now_;
    Day today_;
    Random& random_;
    Weeks weeks_;
    Chronicle chronicle_;
};

LifeSettings settings_of(Today today, Instant now) {
    LifeSettings out{.handling = Handling::close, .untouched_from = {}, .until = now};
    switch (today) {
        case Today::risk_answer:
        case Today::hard_day_thoughts:
        case Today::asked_for_contact:
        case Today::came_back:
        case Today::not_on_track:
            out.untouched_from = now - days{2};
            break;
        case Today::worse:
        case Today::silent:
            out.handling = Handling::keep_open;
            break;
        default:
            break;
    }
    return out;
}

constexpr int weeks_of_the_service = 78;  // eighteen months
constexpr int tries_max = 50;

class Telling {
  public:
    Telling(Staff staff, record::Context context, Instant now, Random& random)
        : context_(std::move(context)), now_(now), random_(random) {
        demo_.staff = std::move(staff);
        demo_.supporter = {.account = new_id(demo_joined(now), random),
                           .role = Role::supporter,
                           .name = "Sam Lindqvist",
                           .email = "sam@demo.example"};
    }

    Result<Demo> told(std::size_t caseload) {
        const Id lee = demo_.staff.with_email("lee@demo.example").account;
        const Id osei = demo_.staff.with_email("osei@demo.example").account;
        for (const auto& story : stories_of_lee()) CHECK_OK(tell(story, lee));
        for (const auto& story : stories_of_osei()) CHECK_OK(tell(story, osei));
        CHECK_OK(fill_up(lee, stories_of_lee().size(), caseload));
        CHECK_OK(fill_up(osei, stories_of_osei().size(), caseload));
        CHECK_OK(who_waits());
        return std::move(demo_);
    }

  private:
    Status tell(const Story& story, const Id& therapist) {
        StoryTeller teller{story, therapist, demo_.staff, now_, random_};
        auto& chronicle = teller.tell();
        const auto& registered = chronicle.registered();
        const bool demo_client = story.today == Today::demo_client;
        if (demo_client) {
            chronicle.relate(registered.opened + minutes{40}, demo_.supporter.account,
                             Role::supporter);
        }
        TRY(auto life, lived(chronicle.until(now_), demo_.staff, settings_of(story.today, now_),
                             context_, random_));
        add(registered, std::move(life.commands), demo_client ? "maya" : "");
        return Done{};
    }

    // The others, of whom nothing is told: simulated, with a present in which nothing is
    // left to do. Who still had an open signal now is drawn anew.
    Status fill_up(const Id& therapist, std::size_t have, std::size_t caseload) {
        const PeopleSettings settings{
            .n = 1,
            .weeks = weeks_of_the_service,
            .weeks_min = 4,
            .start = local(local_day(now_, demo_zone) - days{7 * weeks_of_the_service}, hours{0}),
            .zone = std::string(demo_zone),
            .reference = "EK-3",
            .ending = Ending::settled};
        for (; have < caseload; ++have) {
            for (int tries = 0;; ++tries) {
                EK_ASSERT(tries < tries_max);
                SeededRandom own{random_.next()};
                const auto person = simulate_person(settings, demo_.staff, therapist, others_, own);
                const auto commands =
                    after_a_wait(person.commands, person.registered, demo_.staff, own);
                TRY(auto life, lived(commands, demo_.staff, settings_of(Today::as_any_day, now_),
                                     context_, own));
                const auto& signals = life.state.signals;
                if (std::any_of(signals.begin(), signals.end(),
                                [](const auto& each) { return each.open(); })) {
                    continue;
                }
                add(person.registered, std::move(life.commands), "");
                break;
            }
            ++others_;
        }
        return Done{};
    }

    // Signals of the last two days are still to be dealt with.
    Status who_waits() {
        for (const auto& each : waiting_people(demo_.staff, now_, random_)) {
            auto settings = settings_of(Today::as_any_day, now_);
            settings.untouched_from = now_ - days{2};
            TRY(auto life, lived(each.commands, demo_.staff, settings, context_, random_));
            add(each.registered, std::move(life.commands), each.known_as);
            if (!each.signs_in) demo_.clients.back().account = {};
        }
        return Done{};
    }

    void add(const Registered& registered, std::vector<record::Command> commands,
             std::string_view known_as) {
        const auto& who = registered.who;
        const std::string box = known_as.empty() ? who.reference.substr(3) : std::string(known_as);
        demo_.clients.push_back({.person = registered.person,
                                 .account = registered.account,
                                 .name = who.name,
                                 .email = box + "@demo.example",
                                 .therapist = registered.therapist,
                                 .commands = std::move(commands)});
    }

    record::Context context_;
    Instant now_;
    Random& random_;
    Demo demo_;
    int others_ = 0;
};

}  // namespace

Instant demo_joined(Instant now) {
    return now - days{7 * (weeks_of_the_service + 1)};
}

Result<Demo> demo_people(Staff staff, record::Context context, Instant now, Random& random,
                         std::size_t caseload) {
    return Telling{std::move(staff), std::move(context), now, random}.told(caseload);
}

}  // namespace evenkeel::simulate
