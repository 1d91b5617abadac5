#pragma once

#include <cache/Records.h>

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace negatoscope::cache {

/// A file to be read.
struct SourceFile
{
    std::string path;
    std::string shown;     ///< how messages name it; the path unless it is in an archive
    std::string temporary; ///< set if the path is our own copy of an archive's member
    bool named = false;    ///< the user or a DICOMDIR means this very file
};

struct ListedFiles
{
    std::function<void(SourceFile)> found;
    std::function<void(RefusedFile)> refused;
    std::function<void(const std::string &)> mediaDirectory; ///< a file named DICOMDIR that the user gave
};

/// Walks files and folders, by name within a folder. A link that the user gave is followed, a link inside a
/// folder is not (no loops, nothing outside); pipes, devices and sockets are refused with a reason.
void listFiles(const std::vector<std::string> &paths, const ListedFiles &sink, std::stop_token stop);

} // namespace negatoscope::cache
