#pragma once

#include <dicom/PersonName.h>

#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::cache {

/// Text as search compares it: without case and accents, in any script, cut into words; Han, kana and hangul,
/// which are written without spaces, into characters. Each word has one space before it: " martin claire 山
/// 田".
std::string searchWords(std::string_view utf8);
/// All component groups of a name.
std::string searchWords(const dicom::PersonName &name);

/// The words of a query, each as the sequence of words it stands for ("jean-paul": "jean paul").
std::vector<std::string> searchPhrases(std::string_view query);

/// FTS5 expression that finds all phrases, each in any column, its last word as a beginning; phrases hold
/// neither quotes nor operators. `columns` is a column filter of ours ("{name id} : ") or empty.
std::string matchExpression(const std::vector<std::string> &phrases, std::string_view columns);

} // namespace negatoscope::cache
