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

void readDimensions(const FrameAttributes &attributes, StackFrame &frame)
{
    if (const auto *content = attributes.group(tags::FrameContentSequence)) {
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
            readDimensions(FrameAttributes(dataSet, frame.frame), frame);
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
