#pragma once

#include <base/Result.h>
#include <cache/Records.h>
#include <dicom/ParsedFile.h>

#include <cstdint>
#include <span>
#include <string>

namespace negatoscope::cache {

/// What the index keeps of one file: the records of its study, series and instance as this file tells them.
struct IndexedFile
{
    StudyRecord study;
    SeriesRecord series;
    InstanceRecord instance;
    std::string location; ///< hash of the content (cached) or path (opened in place)
    std::uint64_t bytes = 0;
    std::int64_t admitted = 0; ///< grows with every admission; the file's modification time in ns
};

/// The top-level attributes that indexedFileOf() reads, in tag order.
std::span<const dicom::Tag> indexedTags();

/// Whether the file is a DICOMDIR.
bool isMediaDirectory(const dicom::ParsedFile &file);

/// Errors: MissingIdentity (no Study, Series or SOP Instance UID), InvalidIdentifier (one that is no UID, or
/// an identifier longer than any text may be); their texts name the attribute.
base::Result<IndexedFile> indexedFileOf(const dicom::ParsedFile &file);

} // namespace negatoscope::cache
