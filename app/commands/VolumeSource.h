#pragma once

#include "Source.h"

#include <frames/VolumeBuilder.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

namespace negatoscope::app {

/// The volume of a series, for commands: built, or refused with its findings.
struct LoadedVolume
{
    std::vector<volume::Finding> findings;
    std::shared_ptr<const volume::Volume> volume; ///< null if a finding refuses it
    std::string middlePath;                       ///< the file of its middle slice, and the frame in it
    std::uint32_t middleFrame = 0;
    int failed = 0; ///< frames that could not be read
    double planMs = 0, loadMs = 0;
};

/// The findings of a series' largest volume, from headers alone.
/// Errors: those of frames::planVolume().
base::Result<std::vector<volume::Finding>> volumeFindings(session::Services services,
                                                          const session::LoadedStack &loaded);

/// Builds the largest volume of the series within `budget`. Blocks.
base::Result<LoadedVolume> loadVolume(session::Services services, const base::SeriesUid &series,
                                      const volume::StorageBudget &budget);

bool isRefused(const std::vector<volume::Finding> &findings);
QJsonArray jsonOf(const std::vector<volume::Finding> &findings);

} // namespace negatoscope::app
