#include <cache/Cache.h>
#include <codec/DecodeService.h>
#include <session/StackLoader.h>

#include <unordered_map>

namespace negatoscope::session {

using dicom::FrameAttributes;
using dicom::StackFrame;
using dicom::Tag;
namespace tags = dicom::tags;

namespace {

constexpr Tag kTemporalPositionIndex{0x0020, 0x9128};
constexpr Tag kFrameAcquisitionNumber{0x0020, 0x9156};
constexpr Tag kMrEchoSequence{0x0018, 0x9114};
constexpr Tag kEffectiveEchoTime{0x0018, 0x9082};
constexpr Tag kDimensionIndexSequence{0x0020, 0x9222};
constexpr Tag kDimensionIndexPointer{0x0020, 0x9165};

/// Which of an object's dimensions are not the place of a slice, by their position in Dimension Index Values.
std::vector<std::size_t> dimensionsBesidePlace(const dicom::DataSet &dataSet)
{
    std::vector<std::size_t> kept;
    std::size_t at = 0;
    for (const dicom::DataSet &item : dataSet.items(kDimensionIndexSequence)) {
        // AT: group and element, each in two bytes.
        const std::string_view pointer = item.bytes(kDimensionIndexPointer);
        Tag tag;
        if (pointer.size() >= 4) {
            const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(pointer[i]); };
            tag = {static_cast<std::uint16_t>(byte(0) | byte(1) << 8),
                   static_cast<std::uint16_t>(byte(2) | byte(3) << 8)};
        }
        if (tag != tags::ImagePositionPatient && tag != tags::InStackPositionNumber)
            kept.push_back(at);
        ++at;
    }
    return kept;
}

void readDimensions(const FrameAttributes &attributes, const std::vector<std::size_t> &dimensions,
                    StackFrame &frame)
{
    if (const auto *content = attributes.group(tags::FrameContentSequence)) {
        for (const std::size_t dimension : dimensions)
            frame.dimensions.push_back(content->integer(tags::DimensionIndexValues, dimension).value_or(0));
        frame.temporalPosition = content->integer(kTemporalPositionIndex);
        frame.acquisitionNumber = content->integer(kFrameAcquisitionNumber);
    }
    if (const auto *diffusion = attributes.group(tags::MrDiffusionSequence))
        frame.bValue = diffusion->decimal(tags::DiffusionBValue);
    if (const auto *echo = attributes.group(kMrEchoSequence))
        frame.echoTime = echo->decimal(kEffectiveEchoTime);
}

} // namespace

std::vector<StackFrame> stackFramesOf(const cache::InstanceRecord &instance, const dicom::DataSet &dataSet)
{
    const bool functionalGroups = dataSet.contains(tags::PerFrameFunctionalGroupsSequence) ||
                                  dataSet.contains(tags::SharedFunctionalGroupsSequence);
    std::vector<StackFrame> result;
    result.reserve(static_cast<std::size_t>(instance.frames));
    const auto dimensions = dimensionsBesidePlace(dataSet);
    for (int i = 0; i < instance.frames; ++i) {
        StackFrame frame = instance.stack;
        frame.frame = static_cast<std::uint32_t>(i);
        // Without functional groups all frames share the object's one place: their order is their number.
        frame.position.reset();
        frame.row.reset();
        frame.column.reset();
        if (functionalGroups) {
            const auto geometry = dicom::FrameGeometry::of(dataSet, frame.frame);
            frame.position = geometry.position;
            frame.row = geometry.orientation.row;
            frame.column = geometry.orientation.column;
            readDimensions(FrameAttributes(dataSet, frame.frame), dimensions, frame);
        }
        result.push_back(std::move(frame));
    }
    return result;
}

LoadedStack loadStack(Services services, const base::SeriesUid &series)
{
    LoadedStack loaded;
    std::vector<StackFrame> frames;
    std::unordered_map<base::InstanceUid, std::string> paths;
    const auto instances = services.cache.instances(series);
    frames.reserve(instances.size());
    for (const auto &instance : instances) {
        if (instance.frames == 0) {
            ++loaded.notDisplayable;
            continue;
        }
        paths.emplace(instance.uid, instance.path);
        if (instance.frames == 1) {
            frames.push_back(instance.stack);
            continue;
        }
        const auto file = services.decoder.readDataSet(instance.path, codec::Purpose::Visible);
        // An object that cannot be read still takes its place: its tiles say why (P21).
        const auto several = stackFramesOf(instance, file ? file->dataSet : dicom::DataSet());
        frames.insert(frames.end(), several.begin(), several.end());
    }
    loaded.stack = dicom::Stack::of(std::move(frames));
    loaded.places = dicom::StackPlaces(loaded.stack);
    loaded.paths.reserve(loaded.stack.frames.size());
    for (const StackFrame &frame : loaded.stack.frames)
        loaded.paths.push_back(paths.at(frame.instance));
    return loaded;
}

} // namespace negatoscope::session
