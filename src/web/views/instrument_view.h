#pragma once
// A questionnaire as the screens need it.

#include "exchange/json.h"
#include "measures/instrument.h"
#include "web/views/course_view.h"

namespace evenkeel::web {

struct ChoiceView {
    int value = 0;
    std::string text;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("value", self.value);
        visit("text", self.text);
    }
};

struct ItemView {
    std::string key;
    std::string text;
    bool safety = false;
    std::vector<ChoiceView> answers;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("key", self.key);
        visit("text", self.text);
        visit("safety", self.safety);
        visit("answers", self.answers);
    }
};

struct InstrumentView {
    std::string id;
    std::string title;
    std::string intro;
    std::vector<ItemView> items;
    std::optional<ItemView> extra;
    int min = 0;
    int max = 0;
    measures::Direction direction = measures::Direction::lower_is_better;
    std::vector<BandView> bands;
    std::string credit;
    int minutes = 1;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("title", self.title);
        visit("intro", self.intro);
        visit("items", self.items);
        visit("extra", self.extra);
        visit("min", self.min);
        visit("max", self.max);
        visit("direction", self.direction);
        visit("bands", self.bands);
        visit("credit", self.credit);
        visit("minutes", self.minutes);
    }
};

inline InstrumentView instrument_view(const measures::Instrument& from) {
    const auto item_view = [](const measures::Item& item, bool safety) {
        ItemView out{.key = item.key, .text = item.text, .safety = safety};
        for (const auto& each : item.answers) out.answers.push_back({each.value, each.text});
        return out;
    };
    InstrumentView out{.id = from.id,
                       .title = from.title,
                       .intro = from.intro,
                       .min = from.scores.min,
                       .max = from.scores.max,
                       .direction = from.direction,
                       .credit = from.licence.credit,
                       .minutes = from.minutes};
    for (std::size_t i = 0; i < from.items.size(); ++i) {
        out.items.push_back(item_view(from.items[i], from.is_safety_item(i)));
    }
    if (from.extra) out.extra = item_view(*from.extra, false);
    for (const auto& band : from.bands) {
        out.bands.push_back({band.scores.min, band.scores.max, band.name});
    }
    return out;
}

}  // namespace evenkeel::web
