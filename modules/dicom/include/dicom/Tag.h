#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace negatoscope::dicom {

/// An attribute's (group, element), PS3.6.
struct Tag
{
    std::uint16_t group = 0;
    std::uint16_t element = 0;

    auto operator<=>(const Tag &) const = default;
    constexpr std::uint32_t key() const { return (std::uint32_t(group) << 16) | element; }
    constexpr bool isPrivate() const { return (group & 1U) != 0; }
};

constexpr Tag tagOf(std::uint32_t key)
{
    return {static_cast<std::uint16_t>(key >> 16), static_cast<std::uint16_t>(key & 0xffffU)};
}

/// "(0010,0020)"
std::string toString(Tag tag);

/// The attributes Negatoscope reads, by their PS3.6 keyword.
namespace tags {
inline constexpr Tag TransferSyntaxUid{0x0002, 0x0010};
inline constexpr Tag FileSetId{0x0004, 0x1130};
inline constexpr Tag DirectoryRecordSequence{0x0004, 0x1220};
inline constexpr Tag DirectoryRecordType{0x0004, 0x1430};
inline constexpr Tag ReferencedFileId{0x0004, 0x1500};
inline constexpr Tag SpecificCharacterSet{0x0008, 0x0005};
inline constexpr Tag ImageType{0x0008, 0x0008};
inline constexpr Tag SopClassUid{0x0008, 0x0016};
inline constexpr Tag SopInstanceUid{0x0008, 0x0018};
inline constexpr Tag StudyDate{0x0008, 0x0020};
inline constexpr Tag SeriesDate{0x0008, 0x0021};
inline constexpr Tag AcquisitionDate{0x0008, 0x0022};
inline constexpr Tag ContentDate{0x0008, 0x0023};
inline constexpr Tag StudyTime{0x0008, 0x0030};
inline constexpr Tag SeriesTime{0x0008, 0x0031};
inline constexpr Tag AcquisitionTime{0x0008, 0x0032};
inline constexpr Tag ContentTime{0x0008, 0x0033};
inline constexpr Tag AccessionNumber{0x0008, 0x0050};
inline constexpr Tag Modality{0x0008, 0x0060};
inline constexpr Tag ConversionType{0x0008, 0x0064};
inline constexpr Tag PresentationIntentType{0x0008, 0x0068};
inline constexpr Tag Manufacturer{0x0008, 0x0070};
inline constexpr Tag InstitutionName{0x0008, 0x0080};
inline constexpr Tag ReferringPhysicianName{0x0008, 0x0090};
inline constexpr Tag StationName{0x0008, 0x1010};
inline constexpr Tag StudyDescription{0x0008, 0x1030};
inline constexpr Tag SeriesDescription{0x0008, 0x103e};
inline constexpr Tag ManufacturerModelName{0x0008, 0x1090};
inline constexpr Tag ReferencedSopInstanceUid{0x0008, 0x1155};
inline constexpr Tag DerivationDescription{0x0008, 0x2111};
inline constexpr Tag RecommendedDisplayFrameRate{0x0008, 0x2144};
inline constexpr Tag AnatomicRegionSequence{0x0008, 0x2218};
inline constexpr Tag PatientName{0x0010, 0x0010};
inline constexpr Tag PatientId{0x0010, 0x0020};
inline constexpr Tag IssuerOfPatientId{0x0010, 0x0021};
inline constexpr Tag PatientBirthDate{0x0010, 0x0030};
inline constexpr Tag PatientSex{0x0010, 0x0040};
inline constexpr Tag PatientAge{0x0010, 0x1010};
inline constexpr Tag AnatomicalOrientationType{0x0010, 0x2210};
inline constexpr Tag BodyPartExamined{0x0018, 0x0015};
inline constexpr Tag SliceThickness{0x0018, 0x0050};
inline constexpr Tag Kvp{0x0018, 0x0060};
inline constexpr Tag RepetitionTime{0x0018, 0x0080};
inline constexpr Tag EchoTime{0x0018, 0x0081};
inline constexpr Tag SpacingBetweenSlices{0x0018, 0x0088};
inline constexpr Tag ProtocolName{0x0018, 0x1030};
inline constexpr Tag CineRate{0x0018, 0x0040};
inline constexpr Tag FrameTime{0x0018, 0x1063};
inline constexpr Tag FrameTimeVector{0x0018, 0x1065};
inline constexpr Tag EstimatedRadiographicMagnificationFactor{0x0018, 0x1114};
inline constexpr Tag GantryDetectorTilt{0x0018, 0x1120};
inline constexpr Tag XRayTubeCurrent{0x0018, 0x1151};
inline constexpr Tag ImagerPixelSpacing{0x0018, 0x1164};
inline constexpr Tag ConvolutionKernel{0x0018, 0x1210};
inline constexpr Tag ShutterShape{0x0018, 0x1600};
inline constexpr Tag ShutterLeftVerticalEdge{0x0018, 0x1602};
inline constexpr Tag ShutterRightVerticalEdge{0x0018, 0x1604};
inline constexpr Tag ShutterUpperHorizontalEdge{0x0018, 0x1606};
inline constexpr Tag ShutterLowerHorizontalEdge{0x0018, 0x1608};
inline constexpr Tag CenterOfCircularShutter{0x0018, 0x1610};
inline constexpr Tag RadiusOfCircularShutter{0x0018, 0x1612};
inline constexpr Tag VerticesOfPolygonalShutter{0x0018, 0x1620};
inline constexpr Tag ShutterPresentationValue{0x0018, 0x1622};
inline constexpr Tag ShutterOverlayGroup{0x0018, 0x1623};
inline constexpr Tag ShutterPresentationColorCielabValue{0x0018, 0x1624};
inline constexpr Tag NominalScannedPixelSpacing{0x0018, 0x2010};
inline constexpr Tag ViewPosition{0x0018, 0x5101};
inline constexpr Tag PatientPosition{0x0018, 0x5100};
inline constexpr Tag DiffusionBValue{0x0018, 0x9087};
inline constexpr Tag MrDiffusionSequence{0x0018, 0x9117};
inline constexpr Tag StudyInstanceUid{0x0020, 0x000d};
inline constexpr Tag SeriesInstanceUid{0x0020, 0x000e};
inline constexpr Tag StudyId{0x0020, 0x0010};
inline constexpr Tag SeriesNumber{0x0020, 0x0011};
inline constexpr Tag AcquisitionNumber{0x0020, 0x0012};
inline constexpr Tag InstanceNumber{0x0020, 0x0013};
inline constexpr Tag PatientOrientation{0x0020, 0x0020};
inline constexpr Tag ImagePositionPatient{0x0020, 0x0032};
inline constexpr Tag ImageOrientationPatient{0x0020, 0x0037};
inline constexpr Tag FrameOfReferenceUid{0x0020, 0x0052};
inline constexpr Tag Laterality{0x0020, 0x0060};
inline constexpr Tag ImageLaterality{0x0020, 0x0062};
inline constexpr Tag TemporalPositionIdentifier{0x0020, 0x0100};
inline constexpr Tag ImagesInAcquisition{0x0020, 0x1002};
inline constexpr Tag NumberOfSeriesRelatedInstances{0x0020, 0x1209};
inline constexpr Tag FrameContentSequence{0x0020, 0x9111};
inline constexpr Tag PlanePositionSequence{0x0020, 0x9113};
inline constexpr Tag PlaneOrientationSequence{0x0020, 0x9116};
inline constexpr Tag InStackPositionNumber{0x0020, 0x9057};
inline constexpr Tag DimensionIndexValues{0x0020, 0x9157};
inline constexpr Tag SamplesPerPixel{0x0028, 0x0002};
inline constexpr Tag PhotometricInterpretation{0x0028, 0x0004};
inline constexpr Tag PlanarConfiguration{0x0028, 0x0006};
inline constexpr Tag NumberOfFrames{0x0028, 0x0008};
inline constexpr Tag Rows{0x0028, 0x0010};
inline constexpr Tag Columns{0x0028, 0x0011};
inline constexpr Tag PixelSpacing{0x0028, 0x0030};
inline constexpr Tag PixelAspectRatio{0x0028, 0x0034};
inline constexpr Tag BitsAllocated{0x0028, 0x0100};
inline constexpr Tag BitsStored{0x0028, 0x0101};
inline constexpr Tag HighBit{0x0028, 0x0102};
inline constexpr Tag PixelRepresentation{0x0028, 0x0103};
inline constexpr Tag SmallestImagePixelValue{0x0028, 0x0106};
inline constexpr Tag LargestImagePixelValue{0x0028, 0x0107};
inline constexpr Tag PixelPaddingValue{0x0028, 0x0120};
inline constexpr Tag PixelPaddingRangeLimit{0x0028, 0x0121};
inline constexpr Tag FloatPixelPaddingValue{0x0028, 0x0122};
inline constexpr Tag DoubleFloatPixelPaddingValue{0x0028, 0x0123};
inline constexpr Tag FloatPixelPaddingRangeLimit{0x0028, 0x0124};
inline constexpr Tag DoubleFloatPixelPaddingRangeLimit{0x0028, 0x0125};
inline constexpr Tag QualityControlImage{0x0028, 0x0300};
inline constexpr Tag BurnedInAnnotation{0x0028, 0x0301};
inline constexpr Tag PixelSpacingCalibrationType{0x0028, 0x0a02};
inline constexpr Tag PixelIntensityRelationship{0x0028, 0x1040};
inline constexpr Tag WindowCenter{0x0028, 0x1050};
inline constexpr Tag WindowWidth{0x0028, 0x1051};
inline constexpr Tag RescaleIntercept{0x0028, 0x1052};
inline constexpr Tag RescaleSlope{0x0028, 0x1053};
inline constexpr Tag RescaleType{0x0028, 0x1054};
inline constexpr Tag WindowCenterWidthExplanation{0x0028, 0x1055};
inline constexpr Tag VoiLutFunction{0x0028, 0x1056};
inline constexpr Tag RedPaletteDescriptor{0x0028, 0x1101};
inline constexpr Tag GreenPaletteDescriptor{0x0028, 0x1102};
inline constexpr Tag BluePaletteDescriptor{0x0028, 0x1103};
inline constexpr Tag RedPaletteData{0x0028, 0x1201};
inline constexpr Tag GreenPaletteData{0x0028, 0x1202};
inline constexpr Tag BluePaletteData{0x0028, 0x1203};
inline constexpr Tag SegmentedRedPaletteData{0x0028, 0x1221};
inline constexpr Tag SegmentedGreenPaletteData{0x0028, 0x1222};
inline constexpr Tag SegmentedBluePaletteData{0x0028, 0x1223};
inline constexpr Tag LossyImageCompression{0x0028, 0x2110};
inline constexpr Tag LossyImageCompressionRatio{0x0028, 0x2112};
inline constexpr Tag LossyImageCompressionMethod{0x0028, 0x2114};
inline constexpr Tag ModalityLutSequence{0x0028, 0x3000};
inline constexpr Tag LutDescriptor{0x0028, 0x3002};
inline constexpr Tag LutExplanation{0x0028, 0x3003};
inline constexpr Tag ModalityLutType{0x0028, 0x3004};
inline constexpr Tag LutData{0x0028, 0x3006};
inline constexpr Tag VoiLutSequence{0x0028, 0x3010};
inline constexpr Tag PixelMeasuresSequence{0x0028, 0x9110};
inline constexpr Tag FrameVoiLutSequence{0x0028, 0x9132};
inline constexpr Tag PixelValueTransformationSequence{0x0028, 0x9145};
inline constexpr Tag Units{0x0054, 0x1001};
inline constexpr Tag PresentationLutShape{0x2050, 0x0020};
inline constexpr Tag SharedFunctionalGroupsSequence{0x5200, 0x9229};
inline constexpr Tag PerFrameFunctionalGroupsSequence{0x5200, 0x9230};
inline constexpr Tag DoseUnits{0x3004, 0x0002};
inline constexpr Tag DoseGridScaling{0x3004, 0x000e};
inline constexpr Tag EncapsulatedDocument{0x0042, 0x0011};
inline constexpr Tag FloatPixelData{0x7fe0, 0x0008};
inline constexpr Tag DoubleFloatPixelData{0x7fe0, 0x0009};
inline constexpr Tag PixelData{0x7fe0, 0x0010};
inline constexpr Tag Item{0xfffe, 0xe000};
inline constexpr Tag ItemDelimitation{0xfffe, 0xe00d};
inline constexpr Tag SequenceDelimitation{0xfffe, 0xe0dd};

/// Elements of the repeating overlay groups 6000, 6002 ... 601E: overlay(group, OverlayRows).
inline constexpr Tag overlay(std::uint16_t group, Tag tag)
{
    return {group, tag.element};
}
inline constexpr Tag OverlayRows{0x6000, 0x0010};
inline constexpr Tag OverlayColumns{0x6000, 0x0011};
inline constexpr Tag NumberOfFramesInOverlay{0x6000, 0x0015};
inline constexpr Tag OverlayDescription{0x6000, 0x0022};
inline constexpr Tag OverlayType{0x6000, 0x0040};
inline constexpr Tag OverlayOrigin{0x6000, 0x0050};
inline constexpr Tag ImageFrameOrigin{0x6000, 0x0051};
inline constexpr Tag OverlayLabel{0x6000, 0x1500};
inline constexpr Tag OverlayData{0x6000, 0x3000};
} // namespace tags

} // namespace negatoscope::dicom
