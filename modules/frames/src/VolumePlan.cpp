#include <frames/VolumePlan.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace negatoscope::frames {

using base::ErrorCode;
using base::failure;
using base::Result;
using dicom::ImageFormat;
using volume::Finding;
namespace tags = dicom::tags;

namespace {

using FilePointer = std::shared_ptr<const dicom::ParsedFile>;
using FileResult = Result<FilePointer>;

/// What a slice's place, pixels and values need of its header.
constexpr std::array kWanted{tags::SopClassUid,
                             tags::SopInstanceUid,
                             tags::Modality,
                             tags::PatientOrientation,
                             tags::ImagePositionPatient,
                             tags::ImageOrientationPatient,
                             tags::PixelSpacing,
                             tags::ImagerPixelSpacing,
                             tags::PixelSpacingCalibrationType,
                             tags::PixelAspectRatio,
                             tags::SamplesPerPixel,
                             tags::PhotometricInterpretation,
                             tags::PlanarConfiguration,
                             tags::NumberOfFrames,
                             tags::Rows,
                             tags::Columns,
                             tags::BitsAllocated,
                             tags::BitsStored,
                             tags::HighBit,
                             tags::PixelRepresentation,
                             tags::RescaleIntercept,
                             tags::RescaleSlope,
                             tags::RescaleType,
                             tags::ModalityLutSequence,
                             tags::Units,
                             tags::DoseGridScaling,
                             tags::DoseUnits,
                             tags::PixelPaddingValue,
                             tags::PixelPaddingRangeLimit,
                             tags::LossyImageCompression,
                             tags::LossyImageCompressionRatio,
                             tags::LossyImageCompressionMethod,
                             tags::SharedFunctionalGroupsSequence};

FileResult shared(Result<dicom::ParsedFile> file)
{
    if (!file)
        return failure(file.error());
    return std::make_shared<const dicom::ParsedFile>(*std::move(file));
}

/// The files of all slices, each once: headers of single-frame objects in batches, whole data sets of others.
std::unordered_map<std::string, FileResult> readFiles(codec::DecodeService &decoder,
                                                      const std::vector<VolumeSlice> &slices,
                                                      codec::Purpose purpose, const std::stop_token &stop)
{
    std::unordered_map<std::string, int> uses;
    for (const VolumeSlice &slice : slices)
        uses[slice.path] += slice.frame.frame > 0 ? 2 : 1;
    std::unordered_map<std::string, FileResult> files;
    std::vector<std::string> single;
    for (const VolumeSlice &slice : slices) {
        if (uses.at(slice.path) == 1) {
            single.push_back(slice.path);
        } else if (!files.contains(slice.path)) {
            files.emplace(slice.path, shared(decoder.readDataSet(slice.path, purpose, stop)));
        }
    }
    auto headers = decoder.readHeaders(single, kWanted, purpose, stop);
    for (std::size_t i = 0; i < single.size(); ++i) {
        // What enhanced objects say lies in sequences, which headers do not show.
        if (headers[i] && headers[i]->dataSet.contains(tags::SharedFunctionalGroupsSequence))
            headers[i] = decoder.readDataSet(single[i], purpose, stop);
        files.emplace(single[i], shared(std::move(headers[i])));
    }
    return files;
}

bool isColour(const ImageFormat &format)
{
    return format.samples != 1 || !dicom::isMonochrome(format.photometric);
}

/// The file holds another object than the index says, or fewer frames.
base::Status check(const VolumePlan::Source &source)
{
    if (source.file->dataSet.text(tags::SopInstanceUid) != source.key.instance.value())
        return failure(ErrorCode::Conflict, "the file holds another object than the index says");
    if (source.key.frame >= source.format.frames)
        return failure(ErrorCode::NotFound, "frame " + std::to_string(source.key.frame + 1));
    return {};
}

struct ReadSlice
{
    VolumePlan::Source source;
    volume::SlicePlace place;
};

ReadSlice readSlice(const VolumeSlice &slice, const FileResult &file)
{
    ReadSlice read;
    read.source.key = {slice.frame.instance, slice.frame.frame};
    read.source.path = slice.path;
    read.place.position = slice.frame.position;
    read.place.row = slice.frame.row;
    read.place.column = slice.frame.column;
    read.place.rows = static_cast<int>(slice.frame.rows);
    read.place.columns = static_cast<int>(slice.frame.columns);
    if (!file) {
        read.source.problem = file.error();
        return read;
    }
    const auto format = ImageFormat::of((*file)->dataSet);
    if (!format) {
        read.source.problem = format.error();
        return read;
    }
    read.source.file = *file;
    read.source.format = *format;
    if (const auto checked = check(read.source); !checked) {
        read.source.problem = checked.error();
        read.source.file.reset();
        return read;
    }
    read.place = volume::SlicePlace::of(dicom::FrameGeometry::of((*file)->dataSet, slice.frame.frame),
                                        static_cast<int>(format->rows), static_cast<int>(format->columns));
    // The frames of an object without places for each share that of the object, which is none of theirs.
    if (!slice.frame.position)
        read.place.position.reset();
    return read;
}

/// A slice that cannot be read is as large as the others: its place comes from the index.
void assumeSizes(std::vector<ReadSlice> &slices)
{
    const auto good = std::find_if(slices.begin(), slices.end(),
                                   [](const ReadSlice &slice) { return slice.source.file != nullptr; });
    for (ReadSlice &slice : slices) {
        if (slice.source.file)
            continue;
        slice.place.rowSpacing = good->place.rowSpacing;
        slice.place.columnSpacing = good->place.columnSpacing;
        slice.place.rows = good->place.rows;
        slice.place.columns = good->place.columns;
    }
}

/// Unsigned values that need all 16 bits are kept less this.
constexpr double kUnsignedOffset = 32768;

/// Whole numbers where all slices mean the same by them; findings refuse what has no numbers to interpolate.
void decideValues(VolumePlan &plan, const ScaleReader &scaleOf)
{
    const auto refuse = [&](Finding::Code code, int count) {
        plan.findings.push_back({code, Finding::Effect::Refused, count, 0, 0});
    };
    int coloured = 0, curved = 0, otherUnits = 0;
    const VolumePlan::Source *first = nullptr;
    bool whole = true;
    for (VolumePlan::Source &source : plan.sources) {
        if (!source.file)
            continue;
        if (isColour(source.format)) {
            ++coloured;
            continue;
        }
        const auto scale = scaleOf(source.file->dataSet, source.format, source.key.frame);
        if (!scale || scale->slope == 0) {
            ++curved;
            continue;
        }
        source.scale = *scale;
        if (!first)
            first = &source;
        otherUnits += source.scale.unit != first->scale.unit;
        const auto isUnsigned16 = [](const ImageFormat &f) { return !f.isSigned && f.bitsStored == 16; };
        whole = whole && source.format.kind == dicom::SampleKind::Integer && source.format.bitsStored <= 16 &&
                source.scale == first->scale && isUnsigned16(source.format) == isUnsigned16(first->format);
    }
    if (coloured > 0)
        refuse(Finding::Code::Colour, coloured);
    if (curved > 0)
        refuse(Finding::Code::CurvedValues, curved);
    if (otherUnits > 0)
        refuse(Finding::Code::MixedUnits, otherUnits);
    if (!first)
        return;
    plan.type = whole ? volume::VoxelType::Int16 : volume::VoxelType::Float;
    plan.scale = whole ? first->scale : volume::ValueScale{1, 0, first->scale.unit};
    if (whole && !first->format.isSigned && first->format.bitsStored == 16)
        plan.scale.intercept += kUnsignedOffset * plan.scale.slope;
}

} // namespace

Result<VolumePlan> planVolume(codec::DecodeService &decoder, const std::vector<VolumeSlice> &slices,
                              const volume::StorageBudget &budget, const ScaleReader &scaleOf,
                              codec::Purpose purpose, std::stop_token stop)
{
    const auto files = readFiles(decoder, slices, purpose, stop);
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, "cancelled");
    std::vector<ReadSlice> read;
    read.reserve(slices.size());
    for (const VolumeSlice &slice : slices)
        read.push_back(readSlice(slice, files.at(slice.path)));
    const bool any =
        std::any_of(read.begin(), read.end(), [](const auto &r) { return r.source.file != nullptr; });
    if (!any && !read.empty())
        return failure(*read.front().source.problem);
    assumeSizes(read);

    std::vector<volume::SlicePlace> places;
    places.reserve(read.size());
    for (const ReadSlice &slice : read)
        places.push_back(slice.place);
    auto fitted = volume::fitGeometry(places);
    VolumePlan plan;
    plan.findings = std::move(fitted.findings);
    if (fitted.isRefused())
        for (ReadSlice &slice : read)
            plan.sources.push_back(std::move(slice.source));
    else
        for (const std::size_t at : fitted.order)
            plan.sources.push_back(std::move(read[at].source));
    decideValues(plan, scaleOf);
    const bool refused = std::any_of(plan.findings.begin(), plan.findings.end(), [](const Finding &finding) {
        return finding.effect == Finding::Effect::Refused;
    });
    if (refused)
        return plan;
    TRY(plan.storage, volume::StoragePlan::of(fitted.geometry->columns, fitted.geometry->rows,
                                              fitted.geometry->slices(), bytesOf(plan.type), budget));
    plan.geometry = coarser(*fitted.geometry, plan.storage.reduction);
    return plan;
}

std::vector<VolumeSlice> largestVolumeOf(const dicom::Stack &stack, const std::vector<std::string> &paths)
{
    const auto largest = std::max_element(
        stack.volumes.begin(), stack.volumes.end(),
        [](const dicom::StackVolume &a, const dicom::StackVolume &b) { return a.count < b.count; });
    std::vector<VolumeSlice> slices;
    if (largest == stack.volumes.end())
        return slices;
    slices.reserve(largest->count);
    for (std::size_t i = largest->first; i < largest->first + largest->count; ++i)
        slices.push_back({stack.frames[i], paths[i]});
    return slices;
}

} // namespace negatoscope::frames
