// What everyone may see, signed out too: help, the service, health; and live updates.

#include "web/openapi.h"
#include "web/views/course_view.h"
#include "web/views/help_page.h"
#include "web/views/method_page.h"

namespace evenkeel::web {
namespace {

enum class HoursSentence { custom, none };
constexpr auto enum_names(HoursSentence) {
    return std::to_array<std::pair<HoursSentence, std::string_view>>(
        {{HoursSentence::custom, "custom"}, {HoursSentence::none, "none"}});
}

struct Hours {
    bool open_now = false;
    HoursSentence sentence_code = HoursSentence::none;
    std::vector<care::ServiceDay> days;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("open_now", self.open_now);
        visit("sentence_code", self.sentence_code);
        visit("days", self.days);
    }
};

struct Service {
    std::string name;
    bool demo = false;
    bool solo = false;
    std::string zone;
    std::string region;
    Instant server_time{};
    std::vector<care::CrisisContact> crisis_contacts;
    Hours hours;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("demo", self.demo);
        visit("solo", self.solo);
        visit("zone", self.zone);
        visit("region", self.region);
        visit("server_time", self.server_time);
        visit("crisis_contacts", self.crisis_contacts);
        visit("hours", self.hours);
    }
};

Result<Response> service(Call& call) {
    TRY(const auto organisation, call.site.keeper.organisation());
    Service out{.name = "Evenkeel",
                .demo = call.site.settings.demo,
                .solo = call.site.settings.solo,
                .zone = "Etc/UTC",
                .region = {},
                .server_time = call.now,
                .crisis_contacts = {},
                .hours = {}};
    if (organisation.contacts) out.crisis_contacts = organisation.contacts->contacts;
    if (const auto& settings = organisation.settings) {
        out.name = settings->name;
        out.zone = settings->zone;
        out.region = settings->region;
        out.hours.days = settings->hours;
        out.hours.open_now = care::is_open(*settings, call.now);
        if (!settings->hours.empty()) out.hours.sentence_code = HoursSentence::custom;
    }
    return reply(out);
}

Result<Response> help(Call& call) {
    TRY(const auto organisation, call.site.keeper.organisation());
    Response response;
    response.body = help_page(organisation, call.now);
    response.content_type = "text/html; charset=utf-8";
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

Result<Response> method(Call& call) {
    auto page = method_page(call.parameter("method"));
    if (!page) return Error{Fault::not_found, "", "There is no page of this method.", {}};
    Response response;
    response.body = std::move(*page);
    response.content_type = "text/html; charset=utf-8";
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

Result<Response> help_style(Call&) {
    Response response;
    response.body = std::string(help_style_text());
    response.content_type = "text/css; charset=utf-8";
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

Response plain(std::string_view text) {
    Response response;
    response.body = std::string(text);
    response.content_type = "text/plain; charset=utf-8";
    return response;
}

Result<Response> alive(Call&) {
    return plain("alive\n");
}

// Ready means: the record can be read and written.
Result<Response> ready(Call& call) {
    CHECK_OK(call.site.store.write(
        [&](store::Writing& writing) { return writing.put_note("ready", to_string(call.now)); }));
    return plain("ready\n");
}

Result<Response> events(Call& call) {
    Response response;
    Subscription subscription;
    if (const auto person = call.who().account.person) {
        subscription.topics.push_back(topic_of_person(*person));
    } else {
        subscription.topics.push_back(topic_of_account(call.who().account.id));
    }
    response.subscription = std::move(subscription);
    return response;
}

RouteText text_of(std::string_view summary, std::string_view content_type) {
    return {.summary = summary, .success = {.content_type = content_type}};
}

}  // namespace

std::vector<Route> public_routes(Site& site) {
    const auto anyone = Access::anyone("anyone");
    return {
        guarded_route(
            site, Method::get, "/api/service", anyone,
            {"The service, its hours and crisis contacts", nullptr, exchange::schema_of<Service>},
            service),
        guarded_route(site, Method::get, "/help", anyone,
                      text_of("Help now, without script", "text/html; charset=utf-8"), help),
        guarded_route(site, Method::get, "/help.css", anyone,
                      text_of("Style of the help page", "text/css; charset=utf-8"), help_style),
        guarded_route(site, Method::get, "/methods/{method}", anyone,
                      text_of("How a number is made", "text/html; charset=utf-8"), method),
        guarded_route(site, Method::get, "/livez", anyone,
                      text_of("The process is alive", "text/plain; charset=utf-8"), alive),
        guarded_route(site, Method::get, "/readyz", anyone,
                      text_of("The record can be written", "text/plain; charset=utf-8"), ready),
        guarded_route(site, Method::get, "/api/events", Access::signed_in("anyone signed in"),
                      text_of("Live updates (server-sent events)", "text/event-stream"), events),
    };
}

}  // namespace evenkeel::web
