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
    std::error_code failed;
    const fs::path folder = data / "measures";
    if (!fs::is_directory(folder, failed)) return Done{};
    std::vector<fs::path> files;
    for (const auto& each : fs::directory_iterator(folder, failed)) {
        if (each.path().extension() == ".json") files.push_back(each.path());
    }
    if (failed) {
        return Error{Fault::unavailable, folder.string(), "This folder cannot be read.", {}};
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) CHECK_OK(add_one(file, known));
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
