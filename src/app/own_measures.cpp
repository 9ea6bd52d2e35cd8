#include "app/own_measures.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "exchange/input.h"
#include "exchange/json.h"
#include "exchange/output.h"

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_definition = 64 * 1024;

Error in_file(const fs::path& file, const Error& error) {
    Faults faults;
    for (const auto& each : error.problems()) {
        faults.add(file.string() + "#" + each.where, each.message);
    }
    return faults.error(error.fault);
}

Result<OwnMeasure> read_definition(const fs::path& file, std::string& bytes) {
    TRY(bytes, exchange::read_file(file, longest_definition));
    auto read = exchange::read_json<OwnMeasure>(bytes);
    if (!read.ok()) return in_file(file, read.error());
    return read;
}

Status add_one(const fs::path& file, knowledge::Knowledge& known) {
    std::string bytes;
    TRY(const auto own, read_definition(file, bytes));
    auto made = instrument_of(own);
    if (!made.ok()) return in_file(file, made.error());
    if (known.instrument(own.id) != nullptr) {
        return Error{Fault::invalid_input,
                     file.string(),
                     "An instrument with this id is known already. Give the measure another id.",
                     {}};
    }
    known.instruments[own.id] =
        std::make_shared<const measures::Instrument>(std::move(made).value());
    known.instrument_hashes[own.id] = knowledge::hash_of(bytes);
    return Done{};
}

struct KeptFile {
    std::string id;
    std::string text;  // the bytes: their hash stands with every score
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, Domain{.max_length = 40, .min_length = 2});
        visit("text", self.text, Domain{.max_length = longest_definition});
    }
};

struct KeptFiles {
    std::vector<KeptFile> files;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("files", self.files, Domain{.max_count = 10'000});
    }
};

// The files of the folder, in the order of their names.
Result<std::vector<fs::path>> definitions_in(const fs::path& data) {
    std::vector<fs::path> files;
    std::error_code failed;
    const fs::path folder = data / "measures";
    if (!fs::is_directory(folder, failed)) return files;
    for (const auto& each : fs::directory_iterator(folder, failed)) {
        if (each.path().extension() == ".json") files.push_back(each.path());
    }
    if (failed) {
        return Error{Fault::unavailable, folder.string(), "This folder cannot be read.", {}};
    }
    std::sort(files.begin(), files.end());
    return files;
}

// Every definition whole, and of the id that it stands under.
Result<KeptFiles> kept_files(std::string_view text) {
    TRY(auto kept, exchange::read_json<KeptFiles>(text));
    for (const auto& each : kept.files) {
        auto own = exchange::read_json<OwnMeasure>(each.text);
        if (!own.ok()) return in_file(each.id, own.error());
        if (own.value().id != each.id) {
            return Error{Fault::invalid_input, each.id, "This definition has another id.", {}};
        }
        const auto made = instrument_of(own.value());
        if (!made.ok()) return in_file(each.id, made.error());
    }
    return kept;
}

}  // namespace

Result<measures::Instrument> instrument_of(const OwnMeasure& own) {
    const measures::Citation citation{own.source, "as the operator gives it", true};
    measures::Instrument out;
    out.id = own.id;
    out.version = "operator 1";
    out.language = "en";
    out.title = own.title;
    out.licence = {measures::LicenceStatus::scoring_only,
                   "Defined by the operator: a total only, no wording.", "", own.source};
    out.items.push_back({.key = own.id + ".total"});
    out.values = {own.min, own.max};
    out.scores = out.values;
    out.direction = own.better == Better::lower ? measures::Direction::lower_is_better
                                                : measures::Direction::higher_is_better;
    out.missing.citation = citation;
    out.scoring_citation = citation;
    for (const auto& band : own.bands) {
        out.bands.push_back({{band.from, band.to}, band.name, citation});
    }
    CHECK_OK(measures::check_definition(out));
    return out;
}

Status add_own_measures(const fs::path& data, knowledge::Knowledge& known) {
    TRY(const auto files, definitions_in(data));
    for (const auto& file : files) CHECK_OK(add_one(file, known));
    return Done{};
}

Result<std::string> own_measures_as_text(const fs::path& data) {
    TRY(const auto files, definitions_in(data));
    KeptFiles kept;
    for (const auto& file : files) {
        std::string bytes;
        TRY(const auto own, read_definition(file, bytes));
        kept.files.push_back({own.id, std::move(bytes)});
    }
    return exchange::to_json(kept);
}

Result<std::size_t> check_own_measures(std::string_view text) {
    TRY(const auto kept, kept_files(text));
    return kept.files.size();
}

Status put_back_own_measures(const fs::path& data, std::string_view text) {
    TRY(const auto kept, kept_files(text));
    if (kept.files.empty()) return Done{};
    std::error_code ignored;
    fs::create_directories(data / "measures", ignored);
    for (const auto& each : kept.files) {
        CHECK_OK(exchange::write_whole_file(data / "measures" / (each.id + ".json"), each.text));
    }
    return Done{};
}

Status keep_own_measure(const fs::path& data, const OwnMeasure& own) {
    const fs::path folder = data / "measures";
    const fs::path file = folder / (own.id + ".json");
    std::error_code failed;
    if (fs::exists(file, failed)) {
        std::string bytes;
        TRY(const auto stands, read_definition(file, bytes));
        if (stands == own) return Done{};
        return Error{Fault::conflict,
                     "/measure/own",
                     fmt::format("Another definition of {} stands in {}. Give this one another id.",
                                 own.id, file.string()),
                     {}};
    }
    fs::create_directories(folder, failed);
    return exchange::write_whole_file(file, exchange::to_json(own) + "\n");
}

}  // namespace evenkeel::app
