#pragma once
// Who waits, why in this order, and how long it may still take.

#include "service/waits.h"
#include "web/site.h"

namespace evenkeel::web {

struct ForecastView {
    int people = 0;  // who waited at least as long, of this service
    int from_days = 0;
    std::optional<int> to_days;  // none: more than one in ten of them waited longer than is known
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("people", self.people);
        visit("from_days", self.from_days);
        visit("to_days", self.to_days, Domain{.says = "Absent: no upper end is known"});
    }
};

// For the person: where they stand.
struct WaitView {
    record::ReferralStage stage = record::ReferralStage::received;
    Instant since{};
    std::optional<ForecastView> forecast;
    std::optional<std::string> offered;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("stage", self.stage);
        visit("since", self.since);
        visit("forecast", self.forecast);
        visit("offered", self.offered);
    }
};

struct WaitingRow {
    Id person;
    std::string name;
    std::string reference;
    record::ReferralStage stage = record::ReferralStage::received;
    care::ReferralSource source = care::ReferralSource::self;
    Instant received_at{};
    care::Sentence reason;
    std::optional<ForecastView> forecast;
    std::optional<std::string> offered;
    std::optional<std::string> wishes;
    std::optional<std::string> wishes_therapist;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("person", self.person);
        visit("name", self.name);
        visit("reference", self.reference);
        visit("stage", self.stage);
        visit("source", self.source);
        visit("received_at", self.received_at);
        visit("reason", self.reason);
        visit("forecast", self.forecast);
        visit("offered", self.offered);
        visit("wishes", self.wishes);
        visit("wishes_therapist", self.wishes_therapist);
    }
};

struct TherapistChoice {
    Id account;
    std::string name;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("account", self.account);
        visit("name", self.name);
    }
};

// What the forecasts rest on.
struct WaitHistory {
    int people = 0;
    int began = 0;
    int needed = static_cast<int>(service::began_min);
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("people", self.people);
        visit("began", self.began);
        visit("needed", self.needed);
    }
};

struct WaitingList {
    Instant as_of{};
    std::vector<WaitingRow> people;
    std::vector<TherapistChoice> therapists;
    WaitHistory history;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("as_of", self.as_of);
        visit("people", self.people);
        visit("therapists", self.therapists);
        visit("history", self.history);
    }
};

// `clinical`: may the caller know why somebody stands first?
Result<WaitingList> waiting_list(const Site&, bool clinical, Instant now);
// Nothing: this person does not wait.
Result<std::optional<WaitView>> wait_of(const Site&, const record::PersonState&, Instant now);

}  // namespace evenkeel::web
