#include "app/knowledge_option.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace evenkeel::app {

void declare_knowledge(CLI::App& command, std::string& folder) {
    command.add_option("--knowledge", folder, "The knowledge folder, else beside the program")
        ->type_name("DIR");
}

Result<knowledge::Knowledge> load_named_knowledge(const std::string& folder,
                                                  const Surroundings& at) {
    if (!folder.empty()) return knowledge::load_knowledge(folder);
    TRY(const auto found, knowledge::find_knowledge_folder(at.program));
    return knowledge::load_knowledge(found);
}

Result<const measures::Instrument*> instrument_named(const knowledge::Knowledge& knowledge,
                                                     const std::string& id) {
    if (const auto* found = knowledge.instrument(id)) return found;
    std::string known;
    for (const auto& [each, unused] : knowledge.instruments) {
        known += (known.empty() ? "" : ", ") + each;
    }
    return Error{Fault::not_found,
                 id,
                 fmt::format("There is no questionnaire {}. Known here: {}.", id, known),
                 {}};
}

}  // namespace evenkeel::app
