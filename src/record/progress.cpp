#include "record/progress.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "guidance/findings.h"

namespace evenkeel::record {
namespace {

using care::SignalKind;
using practice::FindingKind;

const practice::Finding* above_expected(const practice::FindingsComputed& computed) {
    const auto found = std::ranges::find_if(computed.findings, [](const auto& each) {
        return each.finding == FindingKind::expected_response &&
               each.standing == practice::Standing::worse;
    });
    return found == computed.findings.end() ? nullptr : &*found;
}

NewSignal above_range(const practice::Finding& finding) {
    const auto& values = finding.values;
    NewSignal out{.kind = SignalKind::not_on_track,
                  .evidence = {},
                  .reason = {"reason.not_on_track", {}},
                  .why = why_of("not_on_track", finding.method,
                                std::string(guidance::method_of(finding.finding).source))};
    out.reason.values["to"] = values.at("value");
    for (const auto* name : {"lower", "upper", "n_comparable", "simulated"}) {
        out.reason.values[name] = values.at(name);
    }
    out.why.rule.values["n_comparable"] = values.at("n_comparable");
    out.why.inputs = {{"score_now", values.at("value"), finding.to},
                      {"expected", values.at("expected"), std::nullopt},
                      {"upper", values.at("upper"), std::nullopt},
                      {"n_comparable", values.at("n_comparable"), std::nullopt},
                      {"simulated", values.at("simulated"), std::nullopt}};
    return out;
}

// Days of the person's own calendar: an answer in the morning of the last one counts.
std::optional<NewSignal> no_response(const ScorePoint& first, const ScorePoint& last,
                                     const std::string& zone) {
    if (local_day(last.at, zone) - local_day(first.at, zone) < review_after) return std::nullopt;
    const double lower = (*first.total - *last.total) / *first.total;
    if (lower >= response_least) return std::nullopt;
    NewSignal out{
        .kind = SignalKind::not_on_track,
        .evidence = {},
        .reason = {"reason.no_response",
                   {{"from", *first.total}, {"to", *last.total}, {"since", to_string(first.at)}}},
        .why = why_of("no_response", "early response 1",
                      "NICE NG222 1.9.1; least change: CANMAT 2023, to be verified")};
    out.why.rule.values = {{"days", static_cast<double>(review_after.count())},
                           {"percent", std::round(100 * response_least)}};
    out.why.inputs = {{"score_before", *first.total, first.at},
                      {"score_now", *last.total, last.at}};
    return out;
}

// The review point is one: who hardly changes is not told of again and again, and who is worse
// by more than chance has a signal of that.
bool said_of_this_episode(const PersonState& state) {
    return std::ranges::any_of(state.signals, [&](const SignalState& each) {
        const bool here = each.raised_at >= state.episode->opened_at;
        return here && (each.kind() == SignalKind::not_on_track ||
                        (each.open() && each.kind() == SignalKind::deterioration));
    });
}

}  // namespace

std::optional<NewSignal> not_on_track_signal(const PersonState& state,
                                             const practice::FindingsComputed& computed,
                                             const measures::Instrument& instrument) {
    const auto scores = scores_up_to(state, computed.of);
    const bool lower_is_better = instrument.direction == measures::Direction::lower_is_better;
    if (scores.size() < 2 || !lower_is_better) return std::nullopt;
    const ScorePoint& first = *scores.front();
    const ScorePoint& last = *scores.back();
    const auto& episode = state.episode;
    const bool asked_for_it = episode && episode->phase == care::Phase::care &&
                              episode->terms.questionnaire == instrument.id;
    if (!asked_for_it) return std::nullopt;
    const bool began_moderate = first.at_least_moderate && *first.total > 0;
    if (!began_moderate ||
        already_said(state, SignalKind::not_on_track, *last.total, last.at, instrument)) {
        return std::nullopt;
    }
    const auto* above = above_expected(computed);
    std::optional<NewSignal> out;
    if (above != nullptr) {
        out = above_range(*above);
    } else if (!said_of_this_episode(state)) {
        out = no_response(first, last, state.person.zone);
    }
    if (out) out->evidence = {first.entry, last.entry};
    return out;
}

Status check_support(const SignalState& signal, const care::SignalClosed& body,
                     const Context& context) {
    const auto id = care::support_tool_of(signal.kind());
    Faults faults;
    if (id.empty()) {
        if (body.support) faults.add("/support", "This signal has no support tool. Leave it out.");
        if (!faults.none()) return faults.error();
        return Done{};
    }
    if (!body.support || body.support->areas.empty()) {
        faults.add(
            "/support",
            "Look at the areas of the support tool first, and say whether the plan changes.");
        return faults.error();
    }
    std::set<std::string_view> looked;
    const auto& areas = body.support->areas;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (looked.insert(areas[i].area).second) continue;
        faults.add("/support/areas/" + std::to_string(i) + "/area", "Name each area once.");
    }
    const auto* tool = context.support_tool ? context.support_tool(id) : nullptr;
    if (tool != nullptr) {
        for (const auto& each : tool->areas) {
            if (looked.erase(each.area) > 0) continue;
            faults.add("/support/areas",
                       "Say of this area too what you found: " + each.title + ".");
        }
        for (const auto unknown : looked) {
            faults.add("/support/areas",
                       "The support tool has no area " + std::string(unknown) + ". Leave it out.");
        }
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

}  // namespace evenkeel::record
