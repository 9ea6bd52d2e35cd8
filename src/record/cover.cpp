#include "record/cover.h"

#include <algorithm>

namespace evenkeel::record {
namespace {

Result<std::vector<care::Cover>> covers_of(const Id& account, const Context& context) {
    if (!context.covers) return std::vector<care::Cover>{};
    return context.covers(account);
}

}  // namespace

Status may_stand_in(const PersonState& state, const care::Relation& cover, Instant since,
                    const Context& context) {
    EK_ASSERT(cover.until);
    const auto meets = [&](Instant from, std::optional<Instant> to) {
        return from < *cover.until && (!to || (since < *to && from < *to));
    };
    bool taken = false, own = false, stands_in = false;
    for (const auto& each : state.relations) {
        if (each.role != cover.role || !meets(each.since, each.until)) continue;
        taken = taken || each.basis == care::Basis::cover;
        if (each.basis != care::Basis::assigned) continue;
        own = own || each.staff == cover.staff;
        TRY(const auto others, covers_of(each.staff, context));
        for (const auto& other : others) {
            stands_in = stands_in || (other.by == each.staff && meets(other.since, other.until));
        }
    }
    TRY(const auto of_colleague, covers_of(cover.staff, context));
    const bool away = std::ranges::any_of(of_colleague, [&](const auto& each) {
        return each.away == cover.staff && meets(each.since, each.until);
    });
    Faults faults;
    if (own) faults.add("/staff", "Choose a colleague who is not in charge here already.");
    if (away) {
        faults.add("/staff",
                   "This colleague is away themselves then. Choose another, or other days.");
    }
    if (taken) {
        faults.add("/until",
                   "Somebody stands in on some of these days already. End that cover first, or "
                   "choose other days.");
    }
    if (stands_in) {
        faults.add("/until",
                   "Whoever is away stands in for a colleague on some of these days. Find somebody "
                   "else for that cover first, or choose other days.");
    }
    if (!faults.none()) return faults.error(Fault::conflict);
    return Done{};
}

}  // namespace evenkeel::record
