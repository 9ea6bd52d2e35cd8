// State = fold(entries): what each kind of entry means.

#include <algorithm>

#include "guidance/findings.h"
#include "record/plan.h"
#include "record/referral.h"
#include "record/state.h"
#include "record/watch.h"

namespace evenkeel::record {
namespace {

template <class T>
void keep_last(std::vector<T>& list, std::size_t count) {
    if (list.size() > count) {
        list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(count));
    }
}

// Inserts by time; entries from an offline phone arrive late.
template <class T>
void insert_by_time(std::vector<T>& list, T value) {
    const auto place = std::upper_bound(list.begin(), list.end(), value.at,
                                        [](Instant at, const T& each) { return at < each.at; });
    list.insert(place, std::move(value));
}

SignalState* find_signal(PersonState& state, const Id& id) {
    for (auto& each : state.signals) {
        if (each.raised.signal == id) return &each;
    }
    return nullptr;
}

void forget_old_closed_signals(PersonState& state) {
    const auto closed = std::count_if(state.signals.begin(), state.signals.end(),
                                      [](const auto& each) { return !each.open(); });
    auto extra = closed - static_cast<std::ptrdiff_t>(closed_signals_kept);
    std::erase_if(state.signals, [&](const auto& each) { return !each.open() && extra-- > 0; });
}

// The night in which a diary is looked at: after the day is over, and not for everybody in
// the same minute.
constexpr std::chrono::hours into_the_night{2};
constexpr int spread_minutes = 180;

Instant night_after(const PersonState& state, const Entry& entry) {
    const auto& zone = state.person.zone.empty() ? entry.zone : state.person.zone;
    const Day tomorrow = local_day(entry.recorded_at, zone) + std::chrono::days{1};
    const int own = (state.id.bytes[14] * 256 + state.id.bytes[15]) % spread_minutes;
    return instant_of(tomorrow, into_the_night, zone) + std::chrono::minutes{own};
}

// The client said something, whatever it was.
void heard(PersonState& state, const Entry& entry) {
    if (!state.last_heard || *state.last_heard < entry.effective_at) {
        state.last_heard = entry.effective_at;
    }
}

struct Apply {
    PersonState& state;
    const Entry& entry;

    void operator()(const care::PersonRegistered& body) { state.person = body; }

    void operator()(const care::RelationStarted& body) {
        state.relations.push_back({body, entry.effective_at});
    }

    void operator()(const care::RelationEnded& body) {
        for (auto& each : state.relations) {
            const bool meant = each.staff == body.staff && each.role == body.role &&
                               care::giver_of(each.basis) == care::Giver::team &&
                               (!body.basis || *body.basis == each.basis);
            if (meant && (!each.until || entry.effective_at < *each.until)) {
                each.until = entry.effective_at;
            }
        }
    }

    void operator()(const care::EpisodeOpened& body) { begin_episode(body); }

    void operator()(const care::EpisodeTermsChanged& body) {
        if (state.episode) state.episode->terms = body;
    }

    void operator()(const care::MeetingPlanned& body) {
        if (entry.supersedes) {
            std::erase_if(state.meetings,
                          [&](const auto& each) { return each.id == *entry.supersedes; });
        }
        insert_by_time(state.meetings, MeetingState{.id = entry.id,
                                                    .at = body.at,
                                                    .minutes = body.minutes,
                                                    .place = body.place,
                                                    .number = body.number});
        keep_last(state.meetings, meetings_kept);
    }

    void operator()(const care::MeetingOutcome& body) {
        for (auto& each : state.meetings) {
            if (each.id != body.meeting) continue;
            each.outcome = body.outcome;
            each.contact_made = body.contact_made;
        }
    }

    void operator()(const care::SafetyPlan& body) {
        state.safety_plan = PlanState{body.parts, entry.recorded_at, entry.author.account};
    }

    void operator()(const care::RelapsePlan& body) {
        state.relapse_plan =
            RelapsePlanState{entry.id, body.parts, entry.recorded_at, entry.author.account};
    }

    void operator()(const care::Discharged& body) {
        EK_ASSERT(state.episode);  // decide() refuses it otherwise
        const bool watched = body.watch == care::WatchAgreement::agreed;
        state.episode->phase = watched ? care::Phase::watch : care::Phase::ended;
        state.episode->phase_since = entry.effective_at;
        state.episode->discharge = body;
        if (watched) {
            state.episode->watch =
                WatchState{.since = entry.effective_at,
                           .months = body.watch_months.value_or(care::watch_months_proposed)};
        }
    }

    void operator()(const care::WatchChanged& body) {
        EK_ASSERT(state.episode && state.episode->watch);
        auto& watch = *state.episode->watch;
        watch.paused_since.reset();
        watch.paused_until.reset();
        if (body.change == care::WatchChange::paused) {
            watch.paused_since = entry.effective_at;
            watch.paused_until = body.until;
        } else if (body.change == care::WatchChange::resumed) {
            // Silence is counted from here on.
            watch.paused_until = local_day(entry.effective_at, state.person.zone);
        } else {
            state.episode->phase = care::Phase::ended;
            state.episode->phase_since = entry.effective_at;
        }
    }

    void operator()(const care::CareResumed&) {
        EK_ASSERT(state.episode);
        begin_episode(care::EpisodeTerms{state.episode->terms});
    }

    void operator()(const practice::CheckIn& body) {
        const bool shared = body.visible_to == practice::Visibility::care_team;
        // What is private moves no number, and not even the moment of a look may tell of it.
        if (shared || entry.supersedes) look_at_diary();
        if (entry.supersedes) remove_day(*entry.supersedes);
        insert_by_time(state.days, DayPoint{.entry = entry.id,
                                            .at = entry.effective_at,
                                            .day = local_day(entry.effective_at, entry.zone),
                                            .hard = body.hard,
                                            .mood = body.mood,
                                            .sleep_hours = body.sleep_hours,
                                            .activities = static_cast<int>(body.activities.size()),
                                            .text = body.to_talk_about ? body.text : std::nullopt,
                                            .to_talk_about = body.to_talk_about,
                                            .shared = shared});
        keep_last(state.days, days_kept);
    }

    void operator()(const practice::HardDayAnswer&) {}
    void operator()(const practice::ContactRequest&) {}

    void operator()(const practice::Withdrawal&) {
        look_at_diary();
        if (entry.supersedes) remove_day(*entry.supersedes);
    }

    void operator()(const practice::Answers&) {
        state.to_analyse.push_back(entry.id);
        state.to_look_at.push_back(entry.id);
    }

    void operator()(const practice::ScoreComputed& body) {
        insert_by_time(state.scores, ScorePoint{.entry = body.of,
                                                .at = entry.effective_at,
                                                .instrument = body.instrument,
                                                .total = body.total,
                                                .band = body.band,
                                                .prorated = body.prorated,
                                                .safety_value = body.safety_value,
                                                .safety_skipped = body.safety_skipped,
                                                .at_least_moderate = body.at_least_moderate});
        keep_last(state.scores, scores_kept);
    }

    void operator()(const practice::AnalysisDone& body) { std::erase(state.to_analyse, body.of); }

    void operator()(const practice::FindingsComputed& body) {
        std::erase(state.to_look_at, body.of);
        if (state.diary && state.diary->of == body.of) state.diary.reset();
        std::erase_if(state.findings, [&](const auto& each) {
            return std::ranges::find(body.series, each.finding.series) != body.series.end();
        });
        for (const auto& each : body.findings) {
            state.findings.push_back({entry.id, entry.recorded_at, each});
        }
    }

    void operator()(const care::SignalRaised& body) {
        SignalState signal{
            .raised = body, .raised_at = entry.recorded_at, .owner = body.owner, .due = body.due};
        signal.steps.push_back(
            {.step = Step::raised, .at = entry.recorded_at, .who = entry.author.account});
        state.signals.push_back(std::move(signal));
    }

    void operator()(const care::SignalSeen& body) {
        step(body.signal, {.step = Step::seen}, [&](SignalState& signal) {
            if (signal.life == SignalLife::raised) signal.life = SignalLife::seen;
            signal.due = body.due;
        });
    }

    void operator()(const care::SignalAction& body) {
        step(body.signal, {.step = Step::action, .action = body.action, .text = body.text},
             [&](SignalState& signal) {
                 signal.life = SignalLife::acted;
                 signal.due = body.due;
             });
    }

    void operator()(const care::SignalEscalated& body) {
        step(body.signal, {.step = Step::escalated}, [&](SignalState& signal) {
            signal.owner = body.owner;
            signal.escalation = body.level;
            signal.due = body.due;
        });
    }

    void operator()(const care::SignalClosed& body) {
        step(body.signal,
             {.step = Step::closed,
              .action = body.action,
              .text = body.text,
              .judgement = body.judgement,
              .support = body.support},
             [&](SignalState& signal) {
                 signal.life = SignalLife::closed;
                 signal.due.reset();
                 signal.look_again_on = body.look_again_on;
             });
        forget_old_closed_signals(state);
    }

    void operator()(const care::ReferralReceived& body) { apply_referral(state, body, entry); }
    void operator()(const care::ReferralStep& body) { apply_referral_step(state, body, entry); }

    // Kinds that are folded in a file of their own: record/plan.cpp.
    template <class Other>
    void operator()(const Other& body) {
        fold(state, entry, body);
    }

    // Entries of the organisation never stand in a person's stream.
    void operator()(const care::OrganisationSet&) { EK_ASSERT(false); }
    void operator()(const care::CrisisContactsSet&) { EK_ASSERT(false); }
    void operator()(const care::CrisisContactsChecked&) { EK_ASSERT(false); }
    void operator()(const practice::ArchiveFitted&) { EK_ASSERT(false); }

  private:
    // What stood before stays as history; findings compare within an episode.
    void begin_episode(const care::EpisodeTerms& terms) {
        if (state.episode) state.past.push_back(std::move(*state.episode));
        keep_last(state.past, past_episodes_kept);
        state.episode = EpisodeState{.id = entry.id,
                                     .opened_at = entry.effective_at,
                                     .terms = terms,
                                     .phase_since = entry.effective_at,
                                     .watch = {},
                                     .discharge = {}};
        state.findings.clear();
    }

    void look_at_diary() {
        const Instant at = state.diary ? state.diary->at : night_after(state, entry);
        state.diary = DiaryDue{entry.id, at};
    }

    void remove_day(const Id& id) {
        std::erase_if(state.days, [&](const auto& each) { return each.entry == id; });
    }

    template <class Change>
    void step(const Id& id, SignalStep what, Change&& change) {
        SignalState* signal = find_signal(state, id);
        EK_ASSERT(signal != nullptr);  // decide() refuses steps of unknown signals
        what.at = entry.recorded_at;
        what.who = entry.author.account;
        signal->steps.push_back(std::move(what));
        change(*signal);
    }
};

}  // namespace

void apply(PersonState& state, const Entry& entry) {
    state.id = entry.stream;
    state.seq = entry.seq;
    std::visit(Apply{state, entry}, entry.body);
    if (entry.author.role == care::Role::client) heard(state, entry);
}

const SignalState* PersonState::signal(const Id& wanted) const {
    for (const auto& each : signals) {
        if (each.raised.signal == wanted) return &each;
    }
    return nullptr;
}

const MeetingState* PersonState::meeting(const Id& wanted) const {
    for (const auto& each : meetings) {
        if (each.id == wanted) return &each;
    }
    return nullptr;
}

std::vector<Id> PersonState::all_in_relation(care::Role role, Instant at) const {
    std::vector<Id> out;
    for (const auto basis : {care::Basis::cover, care::Basis::assigned}) {
        for (const auto& each : relations) {
            if (each.role == role && each.basis == basis && each.current(at)) {
                out.push_back(each.staff);
            }
        }
    }
    return out;
}

std::optional<Id> PersonState::in_relation(care::Role role, Instant at) const {
    const auto all = all_in_relation(role, at);
    return all.empty() ? std::nullopt : std::optional{all.front()};
}

std::vector<SeriesValue> numbers_of(const Entry& entry) {
    std::vector<SeriesValue> out;
    if (const auto* check_in = std::get_if<practice::CheckIn>(&entry.body)) {
        const auto add = [&](std::string_view name, const auto& value) {
            if (value) out.push_back({std::string(name), static_cast<double>(*value)});
        };
        add("mood", check_in->mood);
        add("energy", check_in->energy);
        add("sleep", check_in->sleep);
        add("interest", check_in->interest);
        add("anxiety", check_in->anxiety);
        add("rumination", check_in->rumination);
        add("sleep_hours", check_in->sleep_hours);
    } else if (const auto* score = std::get_if<practice::ScoreComputed>(&entry.body)) {
        if (score->total) out.push_back({"score." + score->instrument, *score->total});
    }
    return out;
}

std::vector<RelationState> relations_of(const PersonState& state) {
    std::vector<RelationState> out = state.relations;
    for (const auto& signal : state.signals) {
        if (!signal.open() || signal.owner.is_nil()) continue;
        const bool known = std::any_of(out.begin(), out.end(), [&](const auto& each) {
            return each.staff == signal.owner && each.basis == care::Basis::signal;
        });
        if (known) continue;
        out.push_back({{signal.owner, care::without_team, care::Basis::signal}, signal.raised_at});
    }
    return out;
}

std::vector<Due> dues(const PersonState& state) {
    std::vector<Due> out;
    for (const Id& answers : state.to_analyse) out.push_back({DueKind::analysis, answers, {}});
    for (const Id& answers : state.to_look_at) out.push_back({DueKind::findings, answers, {}});
    // Too little to say anything, unless something was said that may have to be taken back.
    const bool enough = state.days.size() >= guidance::least_diary_days;
    const bool told = std::ranges::any_of(state.findings, [](const auto& each) {
        return guidance::method_of(each.finding.finding).of == guidance::Of::diary;
    });
    if (state.diary && (enough || told)) {
        out.push_back({DueKind::diary, state.diary->of, state.diary->at});
    }
    bool silence_open = false;
    std::optional<Instant> silence_closed;
    for (const auto& each : state.signals) {
        if (each.open() && each.due) {
            out.push_back({DueKind::escalation, each.raised.signal, *each.due});
        }
        if (each.kind() != care::SignalKind::silence) continue;
        silence_open = silence_open || each.open();
        if (!each.open()) silence_closed = each.steps.back().at;
    }
    if (auto since = silence_counts_from(state); since && !silence_open) {
        if (silence_closed) since = std::max(*since, *silence_closed);
        out.push_back({DueKind::silence, state.id, *since + 2 * heard_every(state, *since)});
    }
    if (state.episode && state.episode->phase == care::Phase::watch) {
        out.push_back({DueKind::watch_end, state.episode->id, watch_ends(*state.episode)});
    }
    return out;
}

const ArchiveState* OrganisationState::archive(std::string_view instrument) const {
    for (const auto& each : archives) {
        if (each.fitted.instrument == instrument) return &each;
    }
    return nullptr;
}

void apply(OrganisationState& state, const Entry& entry) {
    state.seq = entry.seq;
    if (const auto* settings = std::get_if<care::OrganisationSet>(&entry.body)) {
        state.settings = *settings;
    } else if (const auto* contacts = std::get_if<care::CrisisContactsSet>(&entry.body)) {
        state.contacts = *contacts;
    } else if (const auto* checked = std::get_if<care::CrisisContactsChecked>(&entry.body)) {
        if (state.contacts) state.contacts->checked_on = checked->checked_on;
    } else if (const auto* fitted = std::get_if<practice::ArchiveFitted>(&entry.body)) {
        std::erase_if(state.archives, [&](const auto& each) {
            return each.fitted.instrument == fitted->instrument;
        });
        state.archives.push_back({entry.recorded_at, *fitted});
    } else {
        EK_ASSERT(false);
    }
}

}  // namespace evenkeel::record
