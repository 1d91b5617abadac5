#pragma once

#include <codec/DecodeService.h>
#include <frames/VolumeBuilder.h>
#include <frames/VolumePlan.h>
#include <imaging/DisplayAttributes.h>
#include <session/ViewportState.h>

#include <memory>
#include <optional>
#include <vector>

namespace negatoscope::session {

struct LoadedStack;

/// What stored values of a frame mean, by the code that reads it for pictures.
std::optional<volume::ValueScale> valueScaleOf(const dicom::DataSet &dataSet,
                                               const dicom::ImageFormat &format, std::uint32_t frame);

/// The slices of the volume that a place of the stack belongs to: one orientation, time, echo, b-value.
std::vector<frames::VolumeSlice> volumeSlicesAround(const LoadedStack &stack, int index);

std::vector<frames::FrameKey> keysOf(const std::vector<frames::VolumeSlice> &slices);

/// A volume of a series, as planes are made of it, and what is to be said of them.
///
/// Fills by itself; given up with the last holder, who need not wait for what is being decoded.
struct SeriesVolume
{
    std::vector<frames::FrameKey> slices; ///< it was asked for, in the order of the stack
    std::vector<frames::FrameKey> placed; ///< in the order of the volume; several to a slice of a coarse copy
    std::shared_ptr<volume::Volume> volume;
    std::vector<volume::Finding> findings;
    /// Of the slice in the middle: who, when, how; no place and no instance. Any lossy slice makes it lossy.
    PictureFacts facts;
    base::FrameOfReferenceUid frameOfReference;
    imaging::DisplayAttributes attributes; ///< of voxels: they may differ from stored values by an offset
    dicom::ImageFormat format;             ///< of a plane, but for its size
    std::shared_ptr<frames::VolumeBuilder> builder;

    bool isSettled() const { return volume->isSettled(); }
};
using SeriesVolumePointer = std::shared_ptr<const SeriesVolume>;

/// What stands in a plane where there are no voxels: a stored value that is drawn as padding.
inline constexpr std::int16_t kNoVoxel = -32768;

/// Starts to fill the volume of a plan that is not refused. `known` has slices that need not be decoded
/// again. Errors: those of frames::VolumeBuilder::start().
base::Result<SeriesVolumePointer> startVolume(codec::DecodeService &decoder, frames::VolumePlan plan,
                                              std::vector<frames::FrameKey> slices,
                                              frames::VolumeBuilder::Options options,
                                              const SeriesVolumePointer &known);

} // namespace negatoscope::session
