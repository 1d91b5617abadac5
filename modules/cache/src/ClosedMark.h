#pragma once

#include <base/Result.h>

#include <string>

namespace negatoscope::cache {

/// Says on disk that the index was closed in order and is still the very file that was closed: then nothing
/// can be half done, and the long checks of a start may come after it.
///
/// Anything that writes to the index, replaces it or kills the program makes the mark untrue.
class ClosedMark
{
public:
    /// `folder` is the cache's.
    explicit ClosedMark(const std::string &folder);

    /// Whether the mark is there and true. Takes it away, for good: from now on the index may change.
    /// Error: CannotWrite, where it could not be taken away.
    base::Result<bool> take() const;
    /// After the last connection to the index has been closed.
    void leave() const;

private:
    std::string m_folder, m_index, m_mark;
};

} // namespace negatoscope::cache
