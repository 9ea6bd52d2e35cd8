#pragma once
// The literature list, knowledge/sources.bib: a small part of BibTeX, enough for one entry a
// source with fields in braces.

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace evenkeel::knowledge {

struct Source {
    std::string author, title, year, url, note;
    // Cited without having been read: its numbers are still to be verified.
    [[nodiscard]] bool unread() const { return note.starts_with("Not read"); }
    // "Kroenke et al. (2001): The PHQ-9: validity of a brief depression severity measure"
    [[nodiscard]] std::string in_words() const;
};

using Sources = std::map<std::string, Source, std::less<>>;  // by key

// Fails with invalid_input, every fault named by "line:1": an entry that is not closed, a key
// that stands twice, an entry without a title or an author.
Result<Sources> read_sources(std::string_view bibtex);

}  // namespace evenkeel::knowledge
