#include "store/codec.h"

namespace evenkeel::store {
namespace {

struct Envelope {
    std::string zone;
    care::Role role = care::Role::system;
    exchange::Json data;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("zone", self.zone);
        visit("role", self.role);
        visit("data", self.data);
    }
};

// An entry never changes, so a kind that is no longer written is still read: as what it is
// now.
struct EmergencyAccess {
    static constexpr std::string_view kind = "emergency_access";
    Id staff;
    std::string reason;
    std::optional<Instant> until;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("staff", self.staff);
        visit("reason", self.reason);
        visit("until", self.until);
    }
};

Result<record::Body> read_stored(std::string_view kind, const exchange::Json& data) {
    if (kind != EmergencyAccess::kind) return body_of_kind(kind, data);
    TRY(const auto body, exchange::read_json<EmergencyAccess>(data));
    return record::Body{care::RelationStarted{
        {body.staff, care::without_team, care::Basis::emergency, body.until, body.reason}}};
}

// Tries each alternative of Body in turn; the kinds are few and the names short.
template <std::size_t i = 0>
Result<record::Body> read_kind(std::string_view kind, const exchange::Json& data) {
    if constexpr (i == std::variant_size_v<record::Body>) {
        return Error{Fault::invalid_input, "/kind", "This kind of entry is not known.", {}};
    } else {
        using Kind = std::variant_alternative_t<i, record::Body>;
        if (Kind::kind != kind) return read_kind<i + 1>(kind, data);
        TRY(Kind body, exchange::read_json<Kind>(data));
        return record::Body{std::move(body)};
    }
}

}  // namespace

Result<record::Body> body_of_kind(std::string_view kind, const exchange::Json& data) {
    return read_kind(kind, data);
}

std::string body_json(const record::Body& body) {
    return std::visit([](const auto& each) { return exchange::to_json(each); }, body);
}

StoredEntry stored(const record::Entry& entry) {
    exchange::JsonWriter out;
    out.begin_object();
    out.key("zone");
    out.text(entry.zone);
    out.key("role");
    out.text(name_of(entry.author.role));
    out.key("data");
    out.raw(body_json(entry.body));
    out.end_object();
    return {.id = entry.id,
            .stream = entry.stream,
            .seq = entry.seq,
            .kind = std::string(record::kind_of(entry.body)),
            .version = record::version_of(entry.body),
            .effective_at = entry.effective_at,
            .recorded_at = entry.recorded_at,
            .author = entry.author.account,
            .supersedes = entry.supersedes,
            .body = out.take()};
}

Result<record::Entry> entry_of(const StoredEntry& entry) {
    TRY(const Envelope envelope, exchange::read_json<Envelope>(entry.body));
    TRY(record::Body body, read_stored(entry.kind, envelope.data));
    return record::Entry{.id = entry.id,
                         .stream = entry.stream,
                         .seq = entry.seq,
                         .effective_at = entry.effective_at,
                         .recorded_at = entry.recorded_at,
                         .zone = envelope.zone,
                         .author = {entry.author, envelope.role},
                         .supersedes = entry.supersedes,
                         .body = std::move(body)};
}

}  // namespace evenkeel::store
