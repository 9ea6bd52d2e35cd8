#pragma once
// Is an archive large enough to say how people usually do, and how is what it says kept?
//
// Method, source and limits: course/expected_response.h.

#include <optional>
#include <span>
#include <string>

#include "course/expected_response.h"
#include "practice/archive.h"

namespace evenkeel::guidance {

// The model of each stratum as numbers. Nothing where it would say of nobody that he is off
// track: fewer than course::least_comparable people with two scores, or no stratum with a
// model. Times in days.
std::optional<practice::ArchiveFitted> fitted_archive(std::string instrument, practice::ArchiveOf,
                                                      std::span<const course::ScoreRecord>);

// The same model, to ask it what to expect.
course::ExpectedResponse expected_from(const practice::ArchiveFitted&);

}  // namespace evenkeel::guidance
