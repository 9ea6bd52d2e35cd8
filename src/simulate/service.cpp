#include "simulate/service.h"

#include <algorithm>

#include "simulate/draw.h"

namespace evenkeel::simulate {
namespace {

using care::Role;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr auto zone = "Europe/London";
constexpr int duty_weeks_before_max = 90;  // settings hold at most 500 shifts
constexpr int duty_weeks_ahead = 8;

struct Member {
    Role role;
    std::string_view name, email;
};
constexpr auto roster = std::to_array<Member>({
    {Role::therapist, "Dr Jun Lee", "lee@demo.example"},
    {Role::therapist, "Dr Amara Osei", "osei@demo.example"},
    {Role::supervisor, "Dr Ines Marques", "marques@demo.example"},
    {Role::prescriber, "Dr Olu Adebayo", "adebayo@demo.example"},
    {Role::duty_clinician, "Amira Haddad", "haddad@demo.example"},
    {Role::group_co_leader, "Tom Barrett", "barrett@demo.example"},
    {Role::manager, "Helen Marsh", "manager@demo.example"},
    {Role::administrator, "Sanjay Rao", "admin@demo.example"},
});

struct Outcome {
    care::Action action;
    std::string_view text;
};
constexpr auto safety_outcomes = std::to_array<Outcome>({
    {care::Action::called_spoke,
     "Rang and talked it through. Passing thoughts, no plan. Safety plan read together."},
    {care::Action::safety_plan_changed,
     "Talked on the phone. Added two people to the safety plan; meets again this week."},
    {care::Action::met_earlier, "Met today in place of Thursday. Safety plan gone through."},
});
constexpr auto asked_outcomes = std::to_array<Outcome>({
    {care::Action::called_spoke, "Rang back. Wanted to move the next meeting; done."},
    {care::Action::messaged, "Answered by message; will talk at the next meeting."},
});
constexpr auto worse_outcomes = std::to_array<Outcome>({
    {care::Action::called_spoke, "Talked about the last two weeks. On the agenda next time."},
    {care::Action::met_earlier, "Meeting brought forward. Plan for the week made smaller."},
    {care::Action::nothing_needed, "Known: anniversary week. Looked at together in the meeting."},
});
constexpr auto not_on_track_outcomes = std::to_array<Outcome>({
    {care::Action::talked_in_meeting,
     "Practice was too big. From now on one small step a day, looked at together first."},
    {care::Action::talked_in_meeting,
     "Goals gone through anew; two were not their own. Meets weekly again until the review."},
    {care::Action::nothing_needed,
     "Known late start: two meetings fell out. The plan stays until the next score."},
});
constexpr auto watch_outcomes = std::to_array<Outcome>({
    {care::Action::called_spoke,
     "Rang. The first sign of the plan is there; the agreed step was taken yesterday."},
    {care::Action::messaged,
     "Wrote as agreed in the plan. Short nights with a new job; looks again in two weeks."},
});
// The areas of knowledge/support_tools/not_on_track.json.
constexpr auto support_areas =
    std::to_array<std::string_view>({"alliance", "motivation_goals", "homework",
                                     "life_events_support", "adherence", "diagnosis", "risk"});
constexpr auto silence_outcomes = std::to_array<Outcome>({
    {care::Action::called_spoke, "Rang. Away without the phone; all as agreed."},
    {care::Action::messaged, "Sent a short message; the next meeting stands."},
});

// Time is counted while the service is open, as the escalation counts it.
struct Delay {
    double low, high;  // minutes
};
struct Pace {
    Delay seen, done;
};

Pace pace_of(care::SignalKind kind) {
    switch (care::tier_of(kind)) {
        case care::Tier::safety:
            return {{4, 40}, {15, 110}};
        case care::Tier::asked:
            return {{15, 150}, {20, 200}};
        default:
            return {{30, 400}, {60, 900}};
    }
}

const Outcome& outcome_of(care::SignalKind kind, Random& random) {
    switch (kind) {
        case care::SignalKind::asked_for_contact:
        case care::SignalKind::came_back:
            return one_of(random, asked_outcomes);
        case care::SignalKind::deterioration:
            return one_of(random, worse_outcomes);
        case care::SignalKind::not_on_track:
            return one_of(random, not_on_track_outcomes);
        case care::SignalKind::early_warning:
        case care::SignalKind::relapse_alert:
            return one_of(random, watch_outcomes);
        case care::SignalKind::silence:
            return one_of(random, silence_outcomes);
        default:
            return one_of(random, safety_outcomes);
    }
}

care::Judgement judgement(Random& random) {
    const double draw = uniform(random);
    if (draw < 0.7) return care::Judgement::right;
    return draw < 0.85 ? care::Judgement::wrong : care::Judgement::unknown;
}

std::optional<care::SupportFinding> support(care::SignalKind kind, const Outcome& outcome) {
    if (care::support_tool_of(kind).empty()) return std::nullopt;
    const bool stays = outcome.action == care::Action::nothing_needed;
    care::SupportFinding out{
        .areas = {},
        .outcome = stays ? care::SupportOutcome::plan_stays : care::SupportOutcome::plan_changes};
    for (const auto area : support_areas) {
        const bool part = !stays && (area == "homework" || area == "motivation_goals");
        out.areas.push_back(
            {std::string(area), part ? care::AreaLook::part_of_it : care::AreaLook::not_part});
    }
    return out;
}

Id signal_of(const record::Body& body) {
    if (const auto* seen = std::get_if<care::SignalSeen>(&body)) return seen->signal;
    if (const auto* action = std::get_if<care::SignalAction>(&body)) return action->signal;
    return std::get<care::SignalClosed>(body).signal;
}

// The staff at work on one person's signals.
class AtWork {
  public:
    AtWork(const Staff& staff, const LifeSettings& settings, const care::OrganisationSet& service,
           Random& random)
        : staff_(staff), settings_(settings), service_(service), random_(random) {}

    // Looks for new signals and plans what will be done about them.
    void notice(const record::PersonState& state) {
        for (const auto& signal : state.signals) {
            if (!signal.open() || known(signal.raised.signal)) continue;
            known_.push_back(signal.raised.signal);
            const bool nobodys = settings_.handling == Handling::untouched ||
                                 (settings_.untouched_from != Instant{} &&
                                  signal.raised_at >= settings_.untouched_from);
            if (!nobodys) plan(state, signal);
        }
    }

    // The next step before `until`, if the signal is still open then.
    [[nodiscard]] std::optional<Instant> next() const {
        if (steps_.empty()) return std::nullopt;
        return steps_.front().effective_at;
    }
    // Who owns the signal now does the work, it may have gone up meanwhile. Nothing when
    // it was closed before, or its owner writes no such entries.
    std::optional<record::Command> take(const record::PersonState& state) {
        auto step = std::move(steps_.front());
        steps_.erase(steps_.begin());
        const auto* signal = state.signal(signal_of(step.body));
        if (signal == nullptr || !signal->open()) return std::nullopt;
        step.author = staff_.author(signal->owner);
        if (!record::may_write(step.author.role, record::kind_of(step.body))) return std::nullopt;
        return step;
    }

  private:
    [[nodiscard]] bool known(const Id& signal) const {
        return std::find(known_.begin(), known_.end(), signal) != known_.end();
    }

    Instant later(Instant from, Delay delay) {
        const minutes time{static_cast<int>(between(random_, delay.low, delay.high))};
        const Milliseconds within{static_cast<int>(between(random_, 0, 60'000))};
        return care::after_service_time(service_, from, time) + within;
    }

    void plan(const record::PersonState& state, const record::SignalState& signal) {
        const auto kind = signal.kind();
        const Pace pace = pace_of(kind);
        const Id id = signal.raised.signal;
        const Instant seen = later(signal.raised_at, pace.seen);
        add(state, signal, seen, care::SignalSeen{id, {}}, "seen");
        Instant at = later(seen, pace.done);
        const Outcome& outcome = outcome_of(kind, random_);
        // What stays open is what the story is about.
        const bool aside = !care::support_tool_of(kind).empty();
        if (settings_.handling == Handling::close || aside) {
            add(state, signal, at,
                care::SignalClosed{.signal = id,
                                   .action = outcome.action,
                                   .text = std::string(outcome.text),
                                   .judgement = judgement(random_),
                                   .look_again_on = {},
                                   .support = support(kind, outcome)},
                "closed");
            return;
        }
        // Tried again every other working day, so that it never runs over.
        for (int turn = 0; turn < 30; ++turn) {
            add(state, signal, at,
                care::SignalAction{.signal = id,
                                   .action = care::Action::called_no_answer,
                                   .text = "Rang, no answer; left a word to ring back.",
                                   .due = {}},
                "action." + std::to_string(turn));
            at = later(at, {900, 1100});
        }
    }

    void add(const record::PersonState& state, const record::SignalState& signal, Instant at,
             record::Body body, const std::string& purpose) {
        if (at > settings_.until) return;
        record::Command command{.id = derived_id(signal.raised.signal, purpose),
                                .stream = state.id,
                                .body = std::move(body),
                                .effective_at = at,
                                .zone = service_.zone,
                                .supersedes = {},
                                .author = staff_.author(signal.owner)};
        const auto place = std::upper_bound(
            steps_.begin(), steps_.end(), at,
            [](Instant when, const record::Command& each) { return when < each.effective_at; });
        steps_.insert(place, std::move(command));
    }

    const Staff& staff_;
    const LifeSettings& settings_;
    const care::OrganisationSet& service_;
    Random& random_;
    std::vector<record::Command> steps_;
    std::vector<Id> known_;
};

}  // namespace

const StaffMember& Staff::with_role(Role role) const {
    const auto found = std::find_if(members.begin(), members.end(),
                                    [&](const auto& each) { return each.role == role; });
    EK_ASSERT(found != members.end());
    return *found;
}

const StaffMember& Staff::with_email(std::string_view email) const {
    const auto found = std::find_if(members.begin(), members.end(),
                                    [&](const auto& each) { return each.email == email; });
    EK_ASSERT(found != members.end());
    return *found;
}

std::vector<Id> Staff::all_with_role(Role role) const {
    std::vector<Id> out;
    for (const auto& each : members) {
        if (each.role == role) out.push_back(each.account);
    }
    return out;
}

care::Author Staff::author(const Id& account) const {
    const auto found = std::find_if(members.begin(), members.end(),
                                    [&](const auto& each) { return each.account == account; });
    EK_ASSERT(found != members.end());
    return {account, found->role};
}

Staff simulated_staff(Instant joined, Random& random) {
    Staff out;
    for (const auto& each : roster) {
        out.members.push_back({.account = new_id(joined, random),
                               .role = each.role,
                               .name = std::string(each.name),
                               .email = std::string(each.email)});
    }
    return out;
}

care::OrganisationSet simulated_organisation(const Staff& staff, Day today, int weeks_before) {
    care::OrganisationSet out{.name = "Canal Street Talking Therapies (demo)",
                              .zone = zone,
                              .region = "demo",
                              .hours = {},
                              .holidays = {},
                              .duty = {},
                              .escalation = {}};
    using care::Weekday;
    for (const auto day : {Weekday::mon, Weekday::tue, Weekday::wed, Weekday::thu, Weekday::fri}) {
        out.hours.push_back({.weekday = day});
    }
    const Id duty = staff.with_role(Role::duty_clinician).account;
    const int before = std::min(weeks_before, duty_weeks_before_max);
    const Day from = today - days{7 * before};
    for (int i = 0; i < 7 * (before + duty_weeks_ahead); ++i) {
        const Day day = from + days{i};
        if (weekday_index(day) > 4) continue;
        out.duty.push_back({.account = duty,
                            .from = instant_of(day, hours{9}, zone),
                            .to = instant_of(day, hours{17}, zone),
                            .phone = "01632 960 010"});
    }
    return out;
}

care::CrisisContactsSet simulated_contacts(Day checked_on) {
    using care::ContactKind;
    return {
        .region = "demo",
        .owner = "Helen Marsh, service manager",
        .checked_on = checked_on,
        .contacts = {
            {"Emergency", "999", ContactKind::emergency, "Always", "United Kingdom"},
            {"Emergency", "112", ContactKind::emergency, "Always", "Europe"},
            {"Demo crisis line", "01632 960 000", ContactKind::line, "Day and night",
             "A number of fiction, for the demo only. Nobody answers."},
            {"Canal Street clinic (demo)", "01632 960 100", ContactKind::service,
             "Monday to Friday, 9 to 5", "A number of fiction, for the demo only. Nobody answers."},
        }};
}

Result<Life> lived(std::span<const record::Command> planned, const Staff& staff,
                   const LifeSettings& settings, record::Context context, Random& random) {
    EK_ASSERT(!planned.empty() && context.organisation.settings);
    Life life;
    AtWork work{staff, settings, *context.organisation.settings, random};
    context.now = planned.front().effective_at;
    // One step at a time: what falls due may call for staff before the next thing does.
    const auto pass_to = [&](Instant at) -> Status {
        while (true) {
            Instant stop = std::min(at, work.next().value_or(at));
            if (const auto due = record::next_due(life.state)) {
                stop = std::min(stop, std::max(*due, context.now));
            }
            context.now = std::max(context.now, stop);
            TRY(const auto due, record::fall_due(life.state, context.now, context));
            work.notice(life.state);
            if (work.next() && *work.next() <= context.now) {
                auto done = work.take(life.state);
                if (!done) continue;
                TRY(const auto entries, record::happen(life.state, *done, context));
                life.commands.push_back(std::move(*done));
            } else if (due.empty()) {
                if (context.now >= at) return Done{};
                const auto left = record::next_due(life.state);
                EK_ASSERT(!left || *left > context.now);  // else it would turn for ever
            }
        }
    };
    for (const auto& command : planned) {
        CHECK_OK(pass_to(command.effective_at));
        TRY(const auto entries, record::happen(life.state, command, context));
        life.commands.push_back(command);
        work.notice(life.state);
    }
    CHECK_OK(pass_to(settings.until));
    return life;
}

}  // namespace evenkeel::simulate
