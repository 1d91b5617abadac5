#pragma once

#include <codec/DecodeService.h>
#include <dicom/Stack.h>
#include <frames/Frame.h>
#include <volume/Volume.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace negatoscope::frames {

/// One frame of a series that may become a slice, and the file it is in.
struct VolumeSlice
{
    dicom::StackFrame frame;
    std::string path;
};

/// What the stored values of a frame mean; empty where they go through a table. From the one place that knows
/// (imaging::DisplayAttributes).
using ScaleReader = std::function<std::optional<volume::ValueScale>(
    const dicom::DataSet &, const dicom::ImageFormat &, std::uint32_t frame)>;

/// What building a volume would take and give. Nothing large is allocated yet.
struct VolumePlan
{
    struct Source
    {
        FrameKey key;
        std::string path;
        std::shared_ptr<const dicom::ParsedFile> file; ///< null if it cannot be read, for `problem`
        dicom::ImageFormat format;
        volume::ValueScale scale;
        std::optional<base::Error> problem;
    };

    /// Of the block: coarser than the slices where the storage is. Empty where a finding refuses it.
    std::optional<volume::VolumeGeometry> geometry;
    std::vector<volume::Finding> findings;
    volume::VoxelType type = volume::VoxelType::Int16;
    volume::ValueScale scale;
    volume::StoragePlan storage;
    std::vector<Source> sources; ///< in the order of slices: storage.reduction of them make one of the block

    bool isRefused() const { return !geometry.has_value(); }
};

/// Reads the headers of the slices, fits their geometry and decides how and where voxels would be kept.
///
/// The slices are those of one volume of a dicom::Stack. One that cannot be read keeps its place and fails
/// when the volume is built. Blocks: for background threads. Errors: Cancelled; LimitExceeded (no room, not
/// even for a coarse copy); that of the first slice if none can
///         be read.
base::Result<VolumePlan> planVolume(codec::DecodeService &decoder, const std::vector<VolumeSlice> &slices,
                                    const volume::StorageBudget &budget, const ScaleReader &scaleOf,
                                    codec::Purpose purpose, std::stop_token stop = {});

/// The slices of the largest volume in a stack: of several alike, the first.
std::vector<VolumeSlice> largestVolumeOf(const dicom::Stack &stack, const std::vector<std::string> &paths);

} // namespace negatoscope::frames
