#include <session/SeriesVolume.h>

#include "PictureFacts.h"

#include <session/StackLoader.h>

#include <QtCore/QThreadPool>

#include <algorithm>

namespace negatoscope::session {

namespace {

/// Unsigned voxels of 16 bits are kept less this (volume::VoxelType).
constexpr double kUnsignedOffset = 32768;

/// Waits elsewhere for the threads of a builder.
void giveUp(frames::VolumeBuilder *builder)
{
    builder->cancel();
    QThreadPool::globalInstance()->start([builder] { delete builder; });
}

frames::Frame headerOf(const frames::VolumePlan::Source &source)
{
    frames::Frame frame;
    frame.key = source.key;
    frame.file = source.file;
    frame.format = source.format;
    frame.photometric = source.format.photometric;
    return frame;
}

PictureFacts commonFacts(const std::vector<frames::VolumePlan::Source> &sources, std::size_t middle)
{
    PictureFacts facts = factsOf(headerOf(sources[middle]));
    for (const auto &source : sources) {
        if (facts.lossy || !source.file || source.file == sources[middle].file)
            continue;
        const PictureFacts other = factsOf(headerOf(source));
        if (other.lossy) {
            facts.lossy = true;
            facts.lossyRatio = other.lossyRatio;
            facts.lossyMethod = other.lossyMethod;
        }
    }
    facts.instance = {};
    facts.instanceNumber.clear();
    facts.frame = 0;
    facts.frames = 1;
    facts.slicePositionMm.reset();
    facts.sliceThicknessMm.reset();
    return facts;
}

/// Voxels are stored values, or those less an offset, or modality values.
void describeVoxels(SeriesVolume &made, const frames::VolumePlan::Source &middle)
{
    auto &attributes = made.attributes;
    attributes = imaging::DisplayAttributes::of(middle.file->dataSet, middle.format, middle.key.frame);
    attributes.shutter = {};
    attributes.rescaleSlope = made.volume->scale().slope;
    attributes.rescaleIntercept = made.volume->scale().intercept;
    made.format.samples = 1;
    made.format.photometric = middle.format.photometric;
    if (made.volume->voxelType() == volume::VoxelType::Float) {
        // What is not a number is drawn as padding.
        attributes.paddingLow.reset();
        attributes.paddingHigh.reset();
        made.format.kind = dicom::SampleKind::Float;
        made.format.bitsAllocated = made.format.bitsStored = 32;
        made.format.highBit = 31;
        return;
    }
    made.format.bitsAllocated = made.format.bitsStored = 16;
    made.format.highBit = 15;
    made.format.isSigned = true;
    const bool isOffset = !middle.format.isSigned && middle.format.bitsStored == 16;
    const double offset = isOffset ? kUnsignedOffset : 0;
    // From what the object calls padding down to what stands where no voxels are: padding of a CT is below
    // all that it measures. Padding above is not told apart from values once it has been interpolated.
    const bool isBelow =
        attributes.paddingLow && attributes.paddingHigh && *attributes.paddingHigh - offset < 0;
    attributes.paddingHigh = isBelow ? *attributes.paddingHigh - offset : kNoVoxel;
    attributes.paddingLow = kNoVoxel;
}

} // namespace

std::optional<volume::ValueScale> valueScaleOf(const dicom::DataSet &dataSet,
                                               const dicom::ImageFormat &format, std::uint32_t frame)
{
    const auto attributes = imaging::DisplayAttributes::of(dataSet, format, frame);
    // A Modality LUT is a sequence, whose items a header does not have.
    if (attributes.modalityLut || dataSet.contains(dicom::tags::ModalityLutSequence))
        return std::nullopt;
    return volume::ValueScale{attributes.rescaleSlope, attributes.rescaleIntercept, attributes.unit};
}

std::vector<frames::VolumeSlice> volumeSlicesAround(const LoadedStack &loaded, int index)
{
    std::vector<frames::VolumeSlice> slices;
    const auto at = static_cast<std::size_t>(std::max(index, 0));
    for (const dicom::StackVolume &run : loaded.stack.volumes) {
        if (at < run.first || at >= run.first + run.count)
            continue;
        slices.reserve(run.count);
        for (std::size_t i = run.first; i < run.first + run.count; ++i)
            slices.push_back({loaded.stack.frames[i], loaded.paths[i]});
    }
    return slices;
}

std::vector<frames::FrameKey> keysOf(const std::vector<frames::VolumeSlice> &slices)
{
    std::vector<frames::FrameKey> keys;
    keys.reserve(slices.size());
    for (const frames::VolumeSlice &slice : slices)
        keys.push_back({slice.frame.instance, slice.frame.frame});
    return keys;
}

base::Result<SeriesVolumePointer> startVolume(codec::DecodeService &decoder, frames::VolumePlan plan,
                                              std::vector<frames::FrameKey> slices,
                                              frames::VolumeBuilder::Options options,
                                              const SeriesVolumePointer &known)
{
    auto made = std::make_shared<SeriesVolume>();
    made->slices = std::move(slices);
    made->findings = plan.findings;
    for (const auto &source : plan.sources)
        made->placed.push_back(source.key);
    if (known) {
        options.known = known->volume;
        options.knownFrames = known->placed;
    }
    std::vector<frames::VolumePlan::Source> sources = plan.sources;
    // The one in the middle, else the first that could be read.
    std::size_t middle = sources.size() / 2;
    for (std::size_t i = 0; i < sources.size() && !sources[middle].file; ++i)
        middle = i;
    // Headers hold what a volume needs: whose it is stands in a whole data set.
    TRY(auto whole, decoder.readDataSet(sources[middle].path, options.purpose));
    sources[middle].file = std::make_shared<const dicom::ParsedFile>(std::move(whole));
    TRY(auto builder, frames::VolumeBuilder::start(decoder, std::move(plan), std::move(options)));
    made->volume = builder->volume();
    made->builder = std::shared_ptr<frames::VolumeBuilder>(builder.release(), giveUp);
    made->facts = commonFacts(sources, middle);
    made->frameOfReference =
        base::FrameOfReferenceUid(sources[middle].file->dataSet.text(dicom::tags::FrameOfReferenceUid));
    describeVoxels(*made, sources[middle]);
    return made;
}

} // namespace negatoscope::session
