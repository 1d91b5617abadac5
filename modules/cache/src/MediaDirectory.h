#pragma once

#include "IndexWriter.h"

#include <dicom/DataSet.h>

#include <string>
#include <vector>

namespace negatoscope::cache {

/// A DICOMDIR (PS3.3 F): what the medium says is on it.
struct MediaDirectory
{
    struct Reference
    {
        std::vector<std::string> components; ///< of the Referenced File ID, as written
        base::InstanceUid instance;
    };

    std::vector<AnnouncedSeries> series;
    std::vector<Reference> files;

    /// The records of a DICOMDIR in the order they stand; those without usable UIDs are left out of the
    /// lists.
    static MediaDirectory of(const dicom::DataSet &dataSet);
};

/// The file of a Referenced File ID beneath `folder`, as written or in lower case; empty if an element could
/// lead elsewhere or there is no such file.
std::string resolveReference(const std::string &folder, const std::vector<std::string> &components);

} // namespace negatoscope::cache
