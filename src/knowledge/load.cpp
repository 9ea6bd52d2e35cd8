#include "knowledge/load.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <set>

#include "care/signal.h"
#include "exchange/csv.h"
#include "exchange/input.h"
#include "exchange/json.h"
#include "knowledge/detail/definition.h"
#include "knowledge/detail/questionnaire_file.h"
#include "knowledge/detail/rule_book.h"
#include "knowledge/detail/short_form_file.h"

namespace evenkeel::knowledge {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_file_bytes = std::size_t{4} << 20;
using Codes = std::set<std::string, std::less<>>;

// Names and hashes of files, in the order of their names, as one text.
std::string hash_of_files(const std::map<std::string, std::string, std::less<>>& files,
                          std::string_view prefix) {
    std::string list;
    for (const auto& [name, hash] : files) {
        if (name.starts_with(prefix)) list += name + '\0' + hash + '\n';
    }
    return hash_of(list);
}

class Loader {
  public:
    explicit Loader(fs::path folder) { out_.folder = std::move(folder); }

    Result<Knowledge> load() {
        read_literature();
        read_codes();
        read_instruments();
        read_guidelines();
        join_alternatives();
        read_short_forms();
        read_support_tools();
        for (const auto& [id, definition] : definitions_) check(id, definition);
        if (!faults_.none())
            return faults_.error(unavailable_ ? Fault::unavailable : Fault::invalid_input);
        for (auto& [id, definition] : definitions_) {
            out_.instrument_hashes[id] =
                hash_of_files(out_.file_hashes, fmt::format("instruments/{}/", id));
        }
        out_.hash = hash_of_files(out_.file_hashes, "");
        return std::move(out_);
    }

  private:
    std::optional<std::string> read(const std::string& name) {
        auto bytes = exchange::read_file(out_.folder / name, max_file_bytes);
        if (!bytes.ok()) {
            faults_.add(name, bytes.error().message);
            unavailable_ = unavailable_ || bytes.error().fault == Fault::unavailable;
            return std::nullopt;
        }
        out_.file_hashes[name] = hash_of(bytes.value());
        return std::move(bytes).value();
    }

    void add(const std::string& name, const Error& error) {
        for (const auto& problem : error.problems()) {
            faults_.add(name + "#" + problem.where, problem.message);
        }
    }

    void read_literature() {
        const auto text = read("sources.bib");
        if (!text) return;
        auto sources = read_sources(*text);
        if (!sources.ok()) return add("sources.bib", sources.error());
        out_.sources = std::move(sources).value();
    }

    void read_codes() {
        const std::string name = "terminology/loinc.csv";
        const auto text = read(name);
        if (!text) return;
        const auto read_table = exchange::parse_csv(*text);
        if (!read_table.ok()) return add(name, read_table.error());
        const auto& table = read_table.value();
        const auto columns = exchange::columns_of(table, {"code", "part", "source"});
        if (!columns.ok()) return add(name, columns.error());
        for (std::size_t row = 0; row < table.n_rows(); ++row) {
            for (const auto column : columns.value()) {
                if (!table.cell(row, column)) {
                    faults_.add(name + "#" + table.place(row, column),
                                "This field must not be empty.");
                }
            }
            const auto source = table.cell(row, columns.value()[2]);
            if (source && !out_.sources.contains(*source)) {
                faults_.add(name + "#" + table.place(row, columns.value()[2]),
                            fmt::format("The source {} does not stand in sources.bib.", *source));
            }
            codes_.emplace(table.cell(row, columns.value()[0]).value_or(""));
        }
    }

    void read_instruments() {
        std::error_code unreadable;
        fs::directory_iterator entry(out_.folder / "instruments", unreadable);
        for (; !unreadable && entry != fs::directory_iterator(); entry.increment(unreadable)) {
            std::error_code gone;
            if (entry->is_directory(gone)) ids_.insert(entry->path().filename().string());
        }
        if (unreadable || ids_.empty()) {
            unavailable_ = true;
            faults_.add("instruments", "There is no instrument in this folder.");
        }
        for (const auto& id : ids_) read_instrument(id);
    }

    static std::string questionnaire_name(const std::string& id) {
        return fmt::format("instruments/{0}/{0}.questionnaire.json", id);
    }
    static std::string scoring_name(const std::string& id) {
        return fmt::format("instruments/{0}/{0}.scoring.json", id);
    }

    void read_instrument(const std::string& id) {
        const auto questionnaire = read(questionnaire_name(id));
        const auto scoring = read(scoring_name(id));
        if (!questionnaire || !scoring) return;
        check_references(questionnaire_name(id), *questionnaire);
        check_references(scoring_name(id), *scoring);
        auto read_one = detail::read_definition({questionnaire_name(id), *questionnaire},
                                                {scoring_name(id), *scoring});
        if (!read_one.ok()) {
            for (const auto& problem : read_one.error().problems()) {
                faults_.add(problem.where, problem.message);
            }
            return;
        }
        if (read_one.value().instrument.id != id) {
            faults_.add(scoring_name(id) + "#/instrument",
                        fmt::format("The folder is named {}.", id));
            return;
        }
        definitions_.emplace(id, std::move(read_one).value());
    }

    void read_guidelines() {
        std::error_code unreadable;
        std::set<std::string> names;  // in an order that does not depend on the disk
        fs::directory_iterator entry(out_.folder / "guidelines", unreadable);
        for (; !unreadable && entry != fs::directory_iterator(); entry.increment(unreadable)) {
            if (entry->path().extension() != ".json") continue;
            names.insert("guidelines/" + entry->path().filename().string());
        }
        if (unreadable) {
            unavailable_ = true;
            return faults_.add("guidelines", "There is no folder of guidelines here.");
        }
        std::map<std::string, std::string> texts;
        for (const auto& name : names) {
            if (auto text = read(name)) {
                check_references(name, *text);
                texts.emplace(name, std::move(*text));
            }
        }
        const auto take = [&](std::string name) {
            const auto found = texts.extract(name);
            if (found.empty()) faults_.add(name, "This file is missing.");
            return found.empty() ? std::string("{}") : found.mapped();
        };
        const std::string facts_name = "guidelines/facts.json";
        const std::string options_name = "guidelines/options.json";
        const auto facts = take(facts_name), options = take(options_name);
        std::vector<detail::NamedText> guidelines;
        for (const auto& [name, text] : texts) guidelines.push_back({name, text});
        auto book =
            detail::read_rule_book({facts_name, facts}, {options_name, options}, guidelines);
        if (book.ok()) {
            out_.rules = std::move(book).value();
            return;
        }
        for (const auto& problem : book.error().problems()) {
            faults_.add(problem.where, problem.message);
        }
    }

    // Every object with a `source` and every LOINC code of a file, wherever they stand.
    void check_references(const std::string& name, std::string_view text) {
        const auto json = exchange::parse_json(text);
        if (json.ok()) check_references(name + "#", json.value());
    }

    void check_references(const std::string& place, const exchange::Json& json) {
        if (const auto* list = json.list()) {
            for (std::size_t i = 0; i < list->size(); ++i) {
                check_references(fmt::format("{}/{}", place, i), (*list)[i]);
            }
        }
        const auto* object = json.object();
        if (object == nullptr) return;
        if (const auto* source = json.find("source")) check_source(place, json, *source);
        const auto* system = json.find("system");
        const auto* system_name = system == nullptr ? nullptr : system->text();
        if (system_name != nullptr && *system_name == detail::loinc_system) {
            check_code(place + "/code", json.find("code"));
        }
        if (place.ends_with("#/loinc")) {
            check_code(place + "/panel", json.find("panel"));
            check_code(place + "/total", json.find("total"));
        }
        for (const auto& [key, each] : *object) check_references(place + "/" + key, each);
    }

    void check_source(const std::string& place, const exchange::Json& object,
                      const exchange::Json& source) {
        const auto* key = source.text();
        if (key == nullptr) return;
        const auto found = out_.sources.find(*key);
        if (found == out_.sources.end()) {
            faults_.add(place + "/source",
                        fmt::format("The source {} does not stand in sources.bib.", *key));
            return;
        }
        const auto* marked = object.find("to_be_verified");
        const bool is_marked = marked != nullptr && std::get_if<bool>(&marked->value) != nullptr &&
                               std::get<bool>(marked->value);
        if (is_marked) ++out_.n_to_be_verified;
        if (found->second.unread() && !is_marked) {
            faults_.add(place + "/to_be_verified",
                        fmt::format("{} was not read: this must be true.", *key));
        }
    }

    void check_code(const std::string& place, const exchange::Json* code) {
        const auto* text = code == nullptr ? nullptr : code->text();
        if (text != nullptr && !codes_.contains(*text)) {
            faults_.add(place,
                        fmt::format("The LOINC code {} is not in terminology/loinc.csv.", *text));
        }
    }

    // The shorter scale first, since the longer one holds it.
    void join_alternatives() {
        for (auto& [id, definition] : definitions_) {
            if (definition.alternative_id.empty()) publish(id, definition);
        }
        for (auto& [id, definition] : definitions_) {
            if (definition.alternative_id.empty()) continue;
            const auto shorter = out_.instruments.find(definition.alternative_id);
            if (shorter == out_.instruments.end()) {
                faults_.add(scoring_name(id) + "#/alternative/instrument",
                            fmt::format("There is no instrument {} that needs no other.",
                                        definition.alternative_id));
            } else {
                definition.instrument.alternative->instrument = shorter->second;
            }
            publish(id, definition);
        }
    }

    // A folder without them is a folder without short forms.
    void read_short_forms() {
        std::error_code none;
        std::set<std::string> files;
        for (fs::directory_iterator entry(out_.folder / "short_forms", none);
             !none && entry != fs::directory_iterator(); entry.increment(none)) {
            files.insert(entry->path().filename().string());
        }
        for (const auto& file : files) read_short_form(file);
    }

    void read_short_form(const std::string& file) {
        const auto name = "short_forms/" + file;
        const auto text = read(name);
        if (!text) return;
        check_references(name, *text);
        const auto form = exchange::read_json<detail::ShortForm>(*text);
        if (!form.ok()) return add(name, form.error());
        const auto& id = form.value().instrument;
        if (!ids_.contains(id) || file != id + ".json") {
            faults_.add(name + "#/instrument",
                        "Name the questionnaire that the file is called after, and that exists.");
            return;
        }
        const auto* instrument = out_.instrument(id);
        if (instrument == nullptr) return;  // its own faults are told already
        Faults found;
        detail::check_short_form(form.value(), *instrument, found);
        if (!found.none()) add(name, found.error());
    }

    void read_support_tools() {
        for (const auto& [kind, name] : enum_names(care::SignalKind{})) {
            const std::string id{care::support_tool_of(kind)};
            if (!id.empty() && !out_.support_tools.contains(id)) read_support_tool(id);
        }
    }

    void read_support_tool(const std::string& id) {
        const auto name = "support_tools/" + id + ".json";
        const auto text = read(name);
        if (!text) return;
        check_references(name, *text);
        auto tool = exchange::read_json<guidance::SupportTool>(*text);
        if (!tool.ok()) return add(name, tool.error());
        if (tool.value().id != id) faults_.add(name + "#/id", "The file is named " + id + ".");
        std::set<std::string> seen;
        const auto& areas = tool.value().areas;
        if (areas.empty()) faults_.add(name + "#/areas", "Name at least one area.");
        for (std::size_t i = 0; i < areas.size(); ++i) {
            const auto place = fmt::format("{}#/areas/{}", name, i);
            if (!seen.insert(areas[i].area).second) {
                faults_.add(place + "/area", "This area is named twice.");
            }
            if (areas[i].ask.empty()) faults_.add(place + "/ask", "Ask at least one question.");
        }
        out_.support_tools.emplace(id, std::move(tool).value());
    }

    void publish(const std::string& id, const detail::Definition& definition) {
        out_.instruments[id] = std::make_shared<const measures::Instrument>(definition.instrument);
    }

    void check(const std::string& id, const detail::Definition& definition) {
        const auto checked = measures::check_definition(definition.instrument);
        if (checked.ok()) return;
        for (const auto& problem : checked.error().problems()) {
            faults_.add(detail::place_in_file(problem.where, definition, questionnaire_name(id),
                                              scoring_name(id)),
                        problem.message);
        }
    }

    Knowledge out_;
    Codes codes_;
    std::set<std::string> ids_;  // of the folders of instruments
    std::map<std::string, detail::Definition> definitions_;
    Faults faults_;
    bool unavailable_ = false;
};

}  // namespace

std::string hash_of(std::string_view bytes) {
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                       0);
    std::string hex;
    for (const auto byte : digest) hex += fmt::format("{:02x}", byte);
    return hex;
}

const measures::Instrument* Knowledge::instrument(std::string_view id) const {
    const auto found = instruments.find(id);
    return found == instruments.end() ? nullptr : found->second.get();
}

const guidance::SupportTool* Knowledge::support_tool(std::string_view id) const {
    const auto found = support_tools.find(id);
    return found == support_tools.end() ? nullptr : &found->second;
}

std::string Knowledge::instrument_hash(std::string_view id) const {
    const auto found = instrument_hashes.find(id);
    return found == instrument_hashes.end() ? "" : found->second;
}

std::string Knowledge::cite(const measures::Citation& citation) const {
    const auto found = sources.find(citation.source);
    const auto source = found == sources.end() ? citation.source : found->second.in_words();
    return fmt::format("{}, {}", source, citation.page);
}

Result<Knowledge> load_knowledge(const fs::path& folder) {
    std::error_code unreadable;
    if (!fs::is_directory(folder, unreadable)) {
        return Error{Fault::unavailable, folder.string(), "There is no knowledge folder here.", {}};
    }
    return Loader(folder).load();
}

Result<fs::path> find_knowledge_folder(const fs::path& program) {
    if (const char* named = std::getenv("EVENKEEL_KNOWLEDGE"); named != nullptr && *named != 0) {
        return fs::path(named);
    }
    std::error_code unreadable;
    const auto real = fs::canonical(program, unreadable);
    const auto beside = (unreadable ? program : real).parent_path();
    for (const auto* candidate :
         {"../knowledge", "../../knowledge", "../share/evenkeel/knowledge"}) {
        const auto folder = (beside / candidate).lexically_normal();
        if (fs::is_regular_file(folder / "sources.bib", unreadable)) return folder;
    }
    return Error{Fault::unavailable,
                 "EVENKEEL_KNOWLEDGE",
                 "The knowledge folder was not found. Set EVENKEEL_KNOWLEDGE to it.",
                 {}};
}

}  // namespace evenkeel::knowledge
