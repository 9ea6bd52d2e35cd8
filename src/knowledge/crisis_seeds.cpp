#include "knowledge/crisis_seeds.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "exchange/json.h"

namespace evenkeel::knowledge {
namespace {

struct Region {
    std::vector<std::string> countries;
    std::vector<care::CrisisContact> contacts;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("countries", self.countries, Domain{.max_length = 2, .min_length = 2});
        visit("contacts", self.contacts);
    }
};

struct Seeds {
    bool to_be_verified = true;
    std::string page;
    std::vector<Region> regions;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("to_be_verified", self.to_be_verified);
        visit("page", self.page);
        visit("regions", self.regions);
    }
};

}  // namespace

Result<std::vector<care::CrisisContact>> crisis_seeds(const std::filesystem::path& folder,
                                                      std::string_view country) {
    std::ifstream file(folder / "crisis_contacts.json", std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
        return Error{Fault::unavailable, "crisis_contacts.json", "This file cannot be read.", {}};
    }
    TRY(const Seeds seeds, exchange::read_json<Seeds>(text.str()));
    for (const auto& region : seeds.regions) {
        if (std::find(region.countries.begin(), region.countries.end(), country) !=
            region.countries.end()) {
            return region.contacts;
        }
    }
    return std::vector<care::CrisisContact>{};
}

}  // namespace evenkeel::knowledge
