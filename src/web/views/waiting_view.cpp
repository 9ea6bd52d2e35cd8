#include "web/views/waiting_view.h"

#include <algorithm>
#include <cmath>

namespace evenkeel::web {
namespace {

using care::SignalKind;
using record::ReferralStage;

// A service changes; waits that began longer ago say little of the next.
constexpr std::chrono::days history_days{548};

double days_between(Instant from, Instant to) {
    return std::max(0.0, std::chrono::duration<double, std::ratio<86400>>(to - from).count());
}

// Of those who were accepted: who was declined at once never waited.
std::vector<service::Wait> waits_of(const std::vector<store::ReferralRow>& rows, Instant now) {
    std::vector<service::Wait> out;
    for (const auto& row : rows) {
        if (!row.accepted_at || row.received_at < now - history_days) continue;
        out.push_back({days_between(row.received_at, row.ended_at.value_or(now)),
                       known_code<ReferralStage>(row.stage) == ReferralStage::assigned});
    }
    return out;
}

Result<std::vector<store::ReferralRow>> referrals(const Site& site, Instant now) {
    std::vector<store::ReferralRow> rows;
    CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
        TRY(rows, reading.referrals(now - history_days));
        return Done{};
    }));
    return rows;
}

// Days are given whole: the interval only widens.
std::optional<ForecastView> forecast_of(std::span<const service::Wait> waits, Instant received,
                                        Instant now) {
    const auto found = service::wait_forecast(waits, days_between(received, now));
    if (!found) return std::nullopt;
    ForecastView out{.people = static_cast<int>(found->alike),
                     .from_days = static_cast<int>(std::floor(found->from_days))};
    if (found->to_days) out.to_days = static_cast<int>(std::ceil(*found->to_days));
    return out;
}

enum class Turn { safety, undecided, worse, by_time };

Turn turn_of(const record::PersonState& state) {
    const auto open = [&](care::Tier tier) {
        return std::ranges::any_of(state.signals, [&](const auto& each) {
            return each.open() && care::tier_of(each.kind()) == tier;
        });
    };
    if (open(care::Tier::safety)) return Turn::safety;
    if (state.referral->stage == ReferralStage::received) return Turn::undecided;
    return open(care::Tier::worse) ? Turn::worse : Turn::by_time;
}

care::Sentence reason_of(Turn turn, bool clinical) {
    switch (turn) {
        case Turn::safety:
            return {clinical ? "reason.wait_safety" : "reason.wait_clinical", {}};
        case Turn::undecided:
            return {"reason.wait_undecided", {}};
        case Turn::worse:
            return {clinical ? "reason.wait_worse" : "reason.wait_clinical", {}};
        case Turn::by_time:
            break;
    }
    return {"reason.wait_by_time", {}};
}

struct Placed {
    Turn turn = Turn::by_time;
    WaitingRow row;
};

Placed placed(const record::PersonState& state, std::span<const service::Wait> waits, bool clinical,
              Names& names, Instant now) {
    const auto& referral = *state.referral;
    const Turn turn = turn_of(state);
    Placed out{turn,
               {.person = state.id,
                .name = state.person.name,
                .reference = state.person.reference,
                .stage = referral.stage,
                .source = referral.received.source,
                .received_at = referral.received_at,
                .reason = reason_of(turn, clinical),
                .forecast = {},
                .offered = referral.offered,
                .wishes = referral.wishes,
                .wishes_therapist = {}}};
    if (state.waits()) out.row.forecast = forecast_of(waits, referral.received_at, now);
    if (referral.wishes_therapist) out.row.wishes_therapist = names.of(*referral.wishes_therapist);
    return out;
}

Result<std::vector<TherapistChoice>> therapists(const Site& site) {
    std::vector<TherapistChoice> out;
    CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto accounts, reading.accounts_of_role("therapist"));
        for (const Id& each : accounts) {
            TRY(const auto account, reading.account(each));
            if (account) out.push_back({each, account->name});
        }
        return Done{};
    }));
    std::ranges::sort(out, {}, &TherapistChoice::name);
    return out;
}

}  // namespace

Result<WaitingList> waiting_list(const Site& site, bool clinical, Instant now) {
    TRY(const auto rows, referrals(site, now));
    const auto waits = waits_of(rows, now);
    WaitingList out{.as_of = now};
    out.history.people = static_cast<int>(waits.size());
    out.history.began =
        static_cast<int>(std::ranges::count_if(waits, [](const auto& each) { return each.began; }));
    Names names(site);
    std::vector<Placed> all;
    for (const auto& row : rows) {
        if (row.ended_at) continue;
        const auto state = site.keeper.person(row.person);
        if (!state.ok()) continue;  // erased
        all.push_back(placed(state.value(), waits, clinical, names, now));
    }
    // The rows come by time, which decides within a turn.
    std::ranges::stable_sort(all, {}, &Placed::turn);
    for (auto& each : all) out.people.push_back(std::move(each.row));
    TRY(out.therapists, therapists(site));
    return out;
}

Result<std::optional<WaitView>> wait_of(const Site& site, const record::PersonState& state,
                                        Instant now) {
    std::optional<WaitView> out;
    if (!state.waits()) return out;
    TRY(const auto rows, referrals(site, now));
    const auto waits = waits_of(rows, now);
    const auto& referral = *state.referral;
    out = WaitView{referral.stage, referral.received_at,
                   forecast_of(waits, referral.received_at, now), referral.offered};
    return out;
}

}  // namespace evenkeel::web
