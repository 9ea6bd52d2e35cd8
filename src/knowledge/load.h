#pragma once
// What does this program know about questionnaires and guidelines, and from which files?
//
// Reads the folder knowledge/ (its README says what stands where), checks everything that
// can be checked without a clinician, and hands out definitions that the core can use.
// Computed results carry the hash of the files they were computed from.

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "guidance/rules.h"
#include "guidance/support_tool.h"
#include "knowledge/sources.h"
#include "measures/instrument.h"

namespace evenkeel::knowledge {

struct Knowledge {
    std::filesystem::path folder;
    std::map<std::string, std::shared_ptr<const measures::Instrument>, std::less<>> instruments;
    std::map<std::string, std::string, std::less<>> instrument_hashes;  // id -> hex
    std::map<std::string, std::string, std::less<>> file_hashes;        // path in the folder -> hex
    std::string hash;                                                   // of all files together
    guidance::RuleBook rules;
    std::map<std::string, guidance::SupportTool, std::less<>> support_tools;
    Sources sources;
    std::size_t n_to_be_verified = 0;  // statements that a clinician has still to confirm

    // nullptr when unknown.
    [[nodiscard]] const measures::Instrument* instrument(std::string_view id) const;
    [[nodiscard]] const guidance::SupportTool* support_tool(std::string_view id) const;
    // Of the files the instrument came from; empty when unknown.
    [[nodiscard]] std::string instrument_hash(std::string_view id) const;
    // "Kroenke et al. (2001): The PHQ-9: ..., abstract"
    [[nodiscard]] std::string cite(const measures::Citation&) const;
};

// Loads and checks. Fails with unavailable (the folder cannot be read) or invalid_input,
// every fault of every file named: where = "instruments/phq-9/phq-9.scoring.json#/bands/1/from".
// Checked are: the fields of each file and their domains; what check_definition() asks;
// that both files of an instrument agree; that every `source` stands in sources.bib, and is
// marked to_be_verified when the source was not read; that every LOINC code stands in
// terminology/loinc.csv; what guidance::faults_of() asks of the guideline rules; that each short
// form is one of its questionnaire and never chooses a safety item; that every support tool that a
// signal opens is there, names each area once and asks something of it.
//
// Hashes are BLAKE2b-256 of the bytes of the files.
Result<Knowledge> load_knowledge(const std::filesystem::path& folder);

// BLAKE2b-256 of the bytes, in hexadecimal.
std::string hash_of(std::string_view bytes);

// Where the folder is: the environment's EVENKEEL_KNOWLEDGE, else beside the program:
// ../knowledge, ../../knowledge, ../share/evenkeel/knowledge. Fails with unavailable.
Result<std::filesystem::path> find_knowledge_folder(const std::filesystem::path& program);

}  // namespace evenkeel::knowledge
