#include "CornerPreview.h"

#include "CornerText.h"

#include <ui/Theme.h>

#include <QtCore/QCoreApplication>
#include <QtGui/QPainter>

namespace negatoscope::ui {

namespace {

constexpr int kMargin = 8;
const imaging::Size kImage{512, 512};

class Sample
{
    Q_DECLARE_TR_FUNCTIONS(Sample)
};

/// Every field has something to say.
session::ViewportState sampleOf(const QString &modality)
{
    session::ViewportState state;
    state.content = session::ViewportState::Content::Picture;
    auto &facts = state.facts;
    facts.modality = modality;
    facts.patientName = QStringLiteral("MARTIN Claire");
    facts.patientId = QStringLiteral("8001234567");
    facts.issuer = QStringLiteral("CHU");
    facts.birthDate = QStringLiteral("19650302");
    facts.sex = QStringLiteral("F");
    facts.studyDate = facts.contentDate = QStringLiteral("20261122");
    facts.studyTime = QStringLiteral("031200");
    facts.contentTime = QStringLiteral("031410");
    facts.studyDescription = Sample::tr("Description of the study");
    facts.accession = QStringLiteral("A2026-4711");
    facts.institution = Sample::tr("Name of the institution");
    facts.seriesNumber = QStringLiteral("4");
    facts.seriesDescription = Sample::tr("Description of the series");
    facts.bodyPart = QStringLiteral("BREAST");
    facts.laterality = QStringLiteral("L");
    facts.viewPosition = QStringLiteral("MLO");
    facts.technique = QStringLiteral("120 kV 230 mA");
    facts.instanceNumber = QStringLiteral("57");
    facts.sliceThicknessMm = 1;
    facts.slicePositionMm = -310.5;
    facts.transferSyntaxName = QStringLiteral("JPEG 2000");
    facts.lossy = true;
    facts.lossyRatio = 12;
    facts.lossyMethod = QStringLiteral("ISO_15444_1");
    state.index = 56;
    state.count = state.instances = 512;
    state.countFinal = true;
    state.expected = 524;
    state.completeness = cache::Completeness::Incomplete;
    state.findings.push_back({dicom::GeometryFinding::Code::MissingSlices, 12, -310, -298});
    state.phase = {1, 3, 800.0, std::nullopt};
    state.guides.link = session::Guides::Link::ByPosition;
    state.render.inverted = true;
    state.window = imaging::Window{-600, 1500};
    state.windowName = QStringLiteral("Lung");
    state.spacing = {0.7, 0.7, dicom::SpacingSource::Patient};
    state.transform = imaging::ViewTransform(kImage, state.spacing, kImage, {});
    return state;
}

} // namespace

CornerPreview::CornerPreview(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("cornerPreview"));
    setAccessibleName(tr("How the corner text looks"));
    setMinimumSize(280, 240);
}

void CornerPreview::show(const QString &modality, session::ReadingPresenter::CornerText mode,
                         const session::CornerLayout &layout)
{
    m_sample = sampleOf(modality);
    m_mode = mode;
    m_layout = layout;
    update();
}

void CornerPreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours::kViewport);
    QFont letters = font();
    letters.setPixelSize(measures::kPictureText);
    painter.setFont(letters);
    const TextMeasure measure(letters);
    const QRect inner = rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
    for (const PlacedLine &line : placeLines(cornerLines(m_sample, m_mode, m_layout), inner, measure, {})) {
        painter.setPen(line.tone == Tone::Warning ? colours::kPictureWarning : colours::kPictureText);
        painter.drawText(line.rect, Qt::TextSingleLine | (line.rightAligned ? Qt::AlignRight : Qt::AlignLeft),
                         line.text);
    }
}

} // namespace negatoscope::ui
