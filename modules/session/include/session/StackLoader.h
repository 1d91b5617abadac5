#pragma once

#include <cache/Records.h>
#include <dicom/ImagePlane.h>
#include <frames/Frame.h>
#include <session/Services.h>

#include <string>
#include <vector>

namespace negatoscope::session {

/// A series as the viewport scrolls through it.
struct LoadedStack
{
    dicom::Stack stack;
    dicom::StackPlaces places;      ///< of stack.frames
    std::vector<std::string> paths; ///< the file of each entry of stack.frames
    int notDisplayable = 0;         ///< instances without pixels
};

/// Lists a series and puts its frames in reading order. Reads the data sets of multi-frame objects for the
/// places of their frames. Blocks: for background threads.
LoadedStack loadStack(Services services, const base::SeriesUid &series);

/// The frames of one instance with what ordering needs, read from its data set.
std::vector<dicom::StackFrame> stackFramesOf(const cache::InstanceRecord &instance,
                                             const dicom::DataSet &dataSet);

} // namespace negatoscope::session
