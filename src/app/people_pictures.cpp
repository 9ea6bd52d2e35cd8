#include "app/people_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "app/report.h"
#include "exchange/chart.h"

namespace evenkeel::app {
namespace {

using exchange::label_of;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// One person's records in order of time.
exchange::Panel panel_of(const ExpectedPeople& people, std::vector<std::size_t> records) {
    std::stable_sort(records.begin(), records.end(), [&](std::size_t a, std::size_t b) {
        return people.records[a].time < people.records[b].time;
    });
    exchange::Panel out{.height = 150};
    exchange::Band band{.name = "80 of 100 who began alike"};
    exchange::Line expected{.name = "expected",
                            .stroke = {exchange::Ink::first, 1.8, exchange::Dash::dashed}};
    exchange::Marks scores{.name = "score", .ink = exchange::Ink::text};
    exchange::Marks off_track{.name = "above the expected range",
                              .mark = exchange::Mark::diamond,
                              .ink = exchange::Ink::second};
    std::size_t comparable = 0;
    for (const auto i : records) {
        const auto& record = people.records[i];
        const auto& each = people.expected[i];
        for (auto* x : {&band.x, &expected.x, &scores.x, &off_track.x}) x->push_back(record.time);
        band.lower.push_back(each.lower.value_or(none));
        band.upper.push_back(each.upper.value_or(none));
        expected.y.push_back(each.expected.value_or(none));
        const bool above = each.off_track.value_or(false);
        scores.y.push_back(above ? none : record.score);
        off_track.y.push_back(above ? record.score : none);
        comparable = std::max(comparable, each.n_comparable);
    }
    out.y_label =
        fmt::format("{}: {}, lower is better ({} people began alike)",
                    people.names[people.records[records[0]].person], people.score, comparable);
    exchange::Line joined{.x = scores.x, .stroke = {exchange::Ink::quiet, 0.8}};
    for (const auto i : records) joined.y.push_back(people.records[i].score);
    if (std::none_of(off_track.y.begin(), off_track.y.end(), [](double y) { return y == y; })) {
        off_track.x.clear();
    }
    out.bands = {std::move(band)};
    out.lines = {std::move(expected), std::move(joined)};
    out.marks = {std::move(scores), std::move(off_track)};
    return out;
}

std::string said_of(const ExpectedPeople& people, const std::vector<std::size_t>& records) {
    const auto above = std::count_if(records.begin(), records.end(), [&](std::size_t i) {
        return people.expected[i].off_track.value_or(false);
    });
    return fmt::format("{}: {}, {} above the expected range. ",
                       people.names[people.records[records[0]].person],
                       counted(records.size(), "score", "scores"), above);
}

std::string said_of(const course::SurvivalCurve& curve, const std::string& name) {
    return fmt::format("{}: {} of {} had the event, median {}. ", name, curve.n_events, curve.n,
                       curve.median ? label_of(*curve.median) : "not reached");
}

}  // namespace

std::string expected_picture(const ExpectedPeople& people) {
    std::map<std::size_t, std::vector<std::size_t>> by_person;
    for (std::size_t i = 0; i < people.records.size(); ++i) {
        by_person[people.records[i].person].push_back(i);
    }
    std::erase_if(by_person, [&](const auto& each) {
        return std::none_of(each.second.begin(), each.second.end(),
                            [&](std::size_t i) { return people.expected[i].expected.has_value(); });
    });
    exchange::Chart chart{.title = "Scores in the range that the archive expects",
                          .x_label = people.time};
    chart.says = by_person.empty() ? "The archive says nothing of these people."
                 : by_person.size() > most_people_shown
                     ? fmt::format("The first {} of {} people of whom the archive says something.",
                                   most_people_shown, by_person.size())
                     : "A score above the range opens a conversation, nothing else.";
    for (const auto& [person, records] : by_person) {
        if (chart.panels.size() == most_people_shown) break;
        chart.panels.push_back(panel_of(people, records));
        chart.description += said_of(people, records);
    }
    return exchange::picture_of(chart);
}

std::string survival_picture(const course::Survival& found, const std::vector<std::string>& groups,
                             const std::string& time_label) {
    exchange::Panel panel{
        .y_label = "share without the event", .height = 295, .y_includes = {0, 1}};
    std::string description;
    for (std::size_t j = 0; j < found.curves.size(); ++j) {
        exchange::Line line{.name = groups[j],
                            .x = {0},
                            .y = {1},
                            .stroke = exchange::nth_stroke(j),
                            .path = exchange::Path::steps};
        exchange::Band band{.name = "95 % interval",
                            .x = {0},
                            .lower = {1},
                            .upper = {1},
                            .path = exchange::Path::steps};
        for (const auto& point : found.curves[j].points) {
            line.x.push_back(point.time);
            line.y.push_back(point.survival);
            band.x.push_back(point.time);
            band.lower.push_back(point.lower.value_or(point.survival));
            band.upper.push_back(point.upper.value_or(point.survival));
        }
        if (found.curves.size() == 1) panel.bands.push_back(std::move(band));
        panel.lines.push_back(std::move(line));
        description += said_of(found.curves[j], groups[j]);
    }
    return exchange::picture_of({.title = "Survival by Kaplan and Meier",
                                 .description = description,
                                 .x_label = time_label,
                                 .panels = {std::move(panel)}});
}

}  // namespace evenkeel::app
