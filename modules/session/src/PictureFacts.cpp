#include "PictureFacts.h"

#include <dicom/ProjectionView.h>

#include <QtCore/QStringList>

#include <cmath>

namespace negatoscope::session {

using dicom::DataSet;
using dicom::Tag;
namespace tags = dicom::tags;

namespace {

QString shown(std::string_view text)
{
    return QString::fromStdString(dicom::visibleText(dicom::trimmed(text)));
}

QString shown(const DataSet &dataSet, Tag tag)
{
    return shown(dataSet.bytes(tag));
}

QString number(double value)
{
    return QString::number(value, 'g', 6);
}

/// "120 kV 230 mA B30f" or "TR 500 TE 12": defined symbols and units, the same in every language.
QString techniqueOf(const DataSet &dataSet)
{
    QStringList parts;
    const auto add = [&](Tag tag, const char *format) {
        const auto value = dataSet.decimal(tag);
        if (value && *value > 0)
            parts << QString::fromLatin1(format).arg(number(*value));
    };
    add(tags::Kvp, "%1 kV");
    add(tags::XRayTubeCurrent, "%1 mA");
    add(tags::RepetitionTime, "TR %1");
    add(tags::EchoTime, "TE %1");
    const QString kernel = shown(dataSet, tags::ConvolutionKernel);
    if (!kernel.isEmpty())
        parts << kernel;
    return parts.join(QLatin1Char(' '));
}

void readLossy(const frames::Frame &frame, PictureFacts &facts)
{
    const DataSet &dataSet = frame.dataSet();
    const dicom::TransferSyntax &syntax = frame.file->transferSyntax;
    facts.transferSyntaxName = syntax.known
                                   ? QString::fromUtf8(syntax.name.data(), qsizetype(syntax.name.size()))
                                   : QString::fromStdString(syntax.uid);
    facts.lossy = dataSet.text(tags::LossyImageCompression) == "01" || syntax.lossy || frame.irreversible;
    if (!facts.lossy)
        return;
    const auto ratios = dataSet.decimals(tags::LossyImageCompressionRatio);
    if (!ratios.empty() && ratios.back() > 0)
        facts.lossyRatio = ratios.back();
    const auto methods = dataSet.texts(tags::LossyImageCompressionMethod);
    facts.lossyMethod = methods.empty() ? facts.transferSyntaxName : shown(methods.back());
}

/// Mammograms also say side and view in codes and, of tomosynthesis, in functional groups.
void readBreast(const DataSet &dataSet, PictureFacts &facts)
{
    const auto view = dicom::ProjectionView::of(dataSet);
    if (facts.laterality.isEmpty())
        facts.laterality = shown(view.laterality);
    if (!facts.viewPosition.isEmpty())
        return;
    switch (view.mammo) {
    case dicom::MammoView::Cc:
        facts.viewPosition = QStringLiteral("CC");
        break;
    case dicom::MammoView::Mlo:
        facts.viewPosition = QStringLiteral("MLO");
        break;
    case dicom::MammoView::Ml:
        facts.viewPosition = QStringLiteral("ML");
        break;
    case dicom::MammoView::Lm:
        facts.viewPosition = QStringLiteral("LM");
        break;
    case dicom::MammoView::Other:
    case dicom::MammoView::Unknown:
        break;
    }
}

} // namespace

PictureFacts factsOf(const frames::Frame &frame)
{
    const DataSet &dataSet = frame.dataSet();
    PictureFacts facts;
    facts.patientName = shown(dicom::PersonName::parse(dataSet.bytes(tags::PatientName)).display());
    facts.patientId = shown(dataSet, tags::PatientId);
    facts.issuer = shown(dataSet, tags::IssuerOfPatientId);
    facts.birthDate = shown(dataSet, tags::PatientBirthDate);
    facts.sex = shown(dataSet, tags::PatientSex);
    facts.age = shown(dataSet, tags::PatientAge);
    facts.studyDate = shown(dataSet, tags::StudyDate);
    facts.studyTime = shown(dataSet, tags::StudyTime);
    facts.studyDescription = shown(dataSet, tags::StudyDescription);
    facts.accession = shown(dataSet, tags::AccessionNumber);
    facts.institution = shown(dataSet, tags::InstitutionName);
    facts.modality = shown(dataSet, tags::Modality);
    facts.seriesDescription = shown(dataSet, tags::SeriesDescription);
    facts.seriesNumber = shown(dataSet, tags::SeriesNumber);
    facts.bodyPart = shown(dataSet, tags::BodyPartExamined);
    facts.laterality = shown(dataSet, tags::ImageLaterality);
    if (facts.laterality.isEmpty())
        facts.laterality = shown(dataSet, tags::Laterality);
    facts.viewPosition = shown(dataSet, tags::ViewPosition);
    if (facts.modality == QLatin1String("MG"))
        readBreast(dataSet, facts);
    const bool acquired =
        dataSet.contains(tags::AcquisitionDate) && !dataSet.text(tags::AcquisitionDate).empty();
    facts.contentDate = shown(dataSet, acquired ? tags::AcquisitionDate : tags::ContentDate);
    facts.contentTime = shown(dataSet, acquired ? tags::AcquisitionTime : tags::ContentTime);
    facts.instanceNumber = shown(dataSet, tags::InstanceNumber);
    facts.technique = techniqueOf(dataSet);
    facts.study = base::StudyUid(dataSet.text(tags::StudyInstanceUid));
    facts.series = base::SeriesUid(dataSet.text(tags::SeriesInstanceUid));
    facts.instance = base::InstanceUid(dataSet.text(tags::SopInstanceUid));
    facts.frame = frame.key.frame;
    facts.frames = frame.format.frames;
    const dicom::FrameGeometry geometry = dicom::FrameGeometry::of(dataSet, frame.key.frame);
    facts.sliceThicknessMm = geometry.sliceThicknessMm;
    if (geometry.position && geometry.orientation.row) {
        // Signed along the anatomical axis the slices are stacked along: left, back and head are positive.
        base::PatientVector normal = geometry.normal();
        const double x = std::abs(normal.x), y = std::abs(normal.y), z = std::abs(normal.z);
        const double sign = z >= x && z >= y ? normal.z : y >= x ? normal.y : normal.x;
        facts.slicePositionMm = dot(*geometry.position - base::PatientPoint{}, normal) * (sign < 0 ? -1 : 1);
    }
    facts.truncated = frame.file->truncated;
    facts.nuclear = dicom::NuclearPlace::of(dataSet, frame.key.frame);
    readLossy(frame, facts);
    return facts;
}

PictureFacts factsOf(const cache::StudyRecord &study, const cache::SeriesRecord &series,
                     const frames::FrameKey &key)
{
    PictureFacts facts;
    facts.patientName = shown(study.patient.name.display());
    facts.patientId = shown(study.patient.id);
    facts.issuer = shown(study.patient.issuer);
    facts.birthDate = shown(study.patient.birthDate);
    facts.sex = shown(study.patient.sex);
    facts.studyDate = shown(study.studyDate);
    facts.studyTime = shown(study.studyTime);
    facts.studyDescription = shown(study.description);
    facts.accession = shown(study.accession);
    facts.institution = shown(study.institution);
    facts.modality = shown(series.modality);
    facts.seriesDescription = shown(series.description);
    facts.seriesNumber = series.number ? QString::number(*series.number) : QString();
    facts.bodyPart = shown(series.bodyPart);
    facts.laterality = shown(series.laterality);
    const dicom::TransferSyntax syntax = dicom::TransferSyntax::of(series.transferSyntax);
    facts.transferSyntaxName = QString::fromUtf8(syntax.name.data(), qsizetype(syntax.name.size()));
    facts.study = study.uid;
    facts.series = series.uid;
    facts.instance = key.instance;
    facts.frame = key.frame;
    return facts;
}

} // namespace negatoscope::session
