#include "CornerFields.h"

#include "ModalityText.h"
#include "PlaneWords.h"
#include "RenderedWords.h"

#include <ui/Words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QStringList>

namespace negatoscope::ui {

namespace {

using Mode = session::ReadingPresenter::CornerText;
using session::CornerField;
using session::ViewportState;
using Lines = std::vector<CornerLine>;

class Corners
{
    Q_DECLARE_TR_FUNCTIONS(Corners)
};

QString joined(const QStringList &parts, const QString &separator = QStringLiteral("  "))
{
    QStringList filled = parts;
    filled.removeAll(QString());
    return filled.join(separator);
}

void add(Lines &lines, const QString &text, int rank, Tone tone = Tone::Normal)
{
    if (!text.isEmpty())
        lines.push_back({text, rank, tone});
}

/// A field that is one line and stands in the full text only.
Lines inFull(Mode mode, const QString &text, int rank)
{
    Lines lines;
    if (mode == Mode::Full)
        add(lines, text, rank);
    return lines;
}

// --- Who and what ---

Lines nameLines(const ViewportState &state, Mode mode)
{
    Lines lines;
    if (state.identityConflict)
        add(lines, Corners::tr("The objects of this study disagree on the patient."), 0, Tone::Warning);
    if (mode != Mode::None)
        add(lines,
            state.facts.patientName.isEmpty() ? Corners::tr("no patient name") : state.facts.patientName, 0);
    return lines;
}

QString traitsText(const session::PictureFacts &facts)
{
    // As the banner reckons it; what the object says stands in where a date is missing.
    QString age = words::ageText(words::date(facts.birthDate), words::date(facts.studyDate));
    if (age.isEmpty())
        age = words::ageText(facts.age);
    return joined({words::sexText(facts.sex), age, words::dateText(facts.birthDate)});
}

Lines dateLines(const ViewportState &state, Mode mode)
{
    Lines lines;
    if (mode != Mode::None)
        add(lines, words::dateTimeText(state.facts.studyDate, state.facts.studyTime), 1);
    return lines;
}

Lines seriesLines(const ViewportState &state, Mode mode)
{
    const auto &facts = state.facts;
    Lines lines;
    if (mode != Mode::None)
        add(lines,
            joined(
                {joined({facts.modality, facts.seriesNumber}, QStringLiteral(" ")), facts.seriesDescription}),
            3);
    return lines;
}

/// Laterality and view of a projection are always said: nothing else tells right from left there.
Lines sideLines(const ViewportState &state, Mode mode)
{
    Lines lines;
    add(lines, joined({words::lateralityText(state.facts.laterality), state.facts.viewPosition}), 0);
    if (mode != Mode::None)
        add(lines, missingSideText(state.facts), 1, Tone::Warning);
    return lines;
}

QString timeText(const session::PictureFacts &facts)
{
    return facts.contentTime.isEmpty() ? QString()
                                       : words::dateTimeText(facts.contentDate, facts.contentTime);
}

// --- Which image of them ---

Lines warningLines(const ViewportState &state, Mode mode)
{
    Lines lines;
    if (mode != Mode::None) {
        if (state.plane)
            for (const QString &sentence : words::planeSentences(*state.plane))
                add(lines, sentence, 1, Tone::Warning);
        if (state.rendered)
            for (const QString &sentence : words::renderedSentences(*state.rendered))
                add(lines, sentence, 1, Tone::Warning);
        for (const auto &finding : state.findings) {
            const bool order = finding.code == dicom::GeometryFinding::Code::SeveralVolumes;
            add(lines, words::findingSentence(finding), order ? 5 : 1,
                order ? Tone::Secondary : Tone::Warning);
        }
        if (state.notDisplayable > 0)
            add(lines,
                Corners::tr("%n object(s) of this series without an image.", nullptr, state.notDisplayable),
                4, Tone::Secondary);
    }
    // What the speed is not is said whatever the mode: the eye takes a slow film for a slow heart.
    if (state.cine && state.cine->buffering)
        add(lines, Corners::tr("Cine is loading: %1/%2").arg(state.cine->ready).arg(state.cine->needed), 1,
            Tone::Warning);
    else if (state.cine && state.cine->isBelowTarget())
        add(lines,
            Corners::tr("Cine at %1 of %2 images/s")
                .arg(words::numberText(state.cine->achieved, 1), words::numberText(state.cine->rate, 1)),
            1, Tone::Warning);
    return lines;
}

Lines phaseLines(const ViewportState &state, Mode mode)
{
    Lines lines;
    if (mode != Mode::None)
        for (const QString &text : {phaseText(state), nuclearText(state.facts.nuclear)})
            add(lines, text, 1);
    return lines;
}

QString sliceText(const ViewportState &state)
{
    const QLocale locale;
    const QString total = locale.toString(state.count);
    QString text = Corners::tr("Image %1/%2")
                       .arg(locale.toString(state.index + 1), state.countFinal ? total : total + u'+');
    if (state.pending && *state.pending != state.index)
        text += QStringLiteral(" → %1").arg(locale.toString(*state.pending + 1));
    return text;
}

Lines imageLines(const ViewportState &state, Mode mode)
{
    Lines lines;
    if (state.plane) {
        // What is no image of the series says so whatever the mode.
        add(lines, words::planeText(*state.plane), 0);
        add(lines, words::slabText(state.plane->slab), 0);
        if (mode == Mode::Full)
            add(lines, words::resampledText(*state.plane), 6, Tone::Secondary);
    } else if (state.rendered) {
        add(lines, words::renderedText(*state.rendered), 0);
    } else if (mode != Mode::None) {
        add(lines, sliceText(state), 0);
    }
    return lines;
}

/// The number that the object gives itself, which may differ from its place in the stack.
QString instanceText(const session::PictureFacts &facts)
{
    if (facts.instanceNumber.isEmpty())
        return {};
    const QLocale locale;
    return facts.frames > 1 ? Corners::tr("Object %1, frame %2")
                                  .arg(facts.instanceNumber, locale.toString(facts.frame + 1))
                            : Corners::tr("Object %1").arg(facts.instanceNumber);
}

QString positionText(const session::PictureFacts &facts)
{
    QString position, thickness;
    if (facts.slicePositionMm)
        position = Corners::tr("Pos. %1 mm").arg(words::numberText(*facts.slicePositionMm, 1));
    if (facts.sliceThicknessMm)
        thickness = Corners::tr("Th. %1 mm").arg(words::numberText(*facts.sliceThicknessMm, 2));
    return joined({position, thickness});
}

QString matrixText(const ViewportState &state)
{
    if (state.content != ViewportState::Content::Picture)
        return {};
    const imaging::Size size = state.transform.image();
    QString text = QStringLiteral("%1 × %2").arg(size.width).arg(size.height);
    const dicom::PixelSpacing &spacing = state.spacing;
    if (spacing.inMillimetres())
        text += u' ' + Corners::tr("(pixel %1)", "size of one pixel, a length")
                           .arg(words::lengthText(spacing.column, spacing.source));
    return text;
}

QString zoomText(const ViewportState &state)
{
    if (state.content != ViewportState::Content::Picture || state.rendered) // there are no pixels to enlarge
        return {};
    const QString zoom = words::numberText(state.zoom() * 100, 0);
    return state.trueSize ? Corners::tr("Zoom %1 %, true size").arg(zoom)
                          : Corners::tr("Zoom %1 %").arg(zoom);
}

// --- How far it can be relied on ---

/// Whether this viewport moves with others: said in every state, for it explains what the picture does.
QString linkText(const session::Guides &guides)
{
    using Link = session::Guides::Link;
    if (guides.link == Link::None)
        return {};
    QString text = guides.link == Link::ByOffset ? Corners::tr("linked by offset", "viewport")
                                                 : Corners::tr("linked", "viewport");
    if (guides.group > 0)
        text += QStringLiteral(" %1").arg(guides.group);
    return text;
}

Lines linkLines(const ViewportState &state)
{
    Lines lines;
    if (state.guides.outside)
        add(lines, Corners::tr("The position of the active viewport is outside this series."), 1,
            Tone::Warning);
    add(lines, linkText(state.guides), 2, Tone::Secondary);
    return lines;
}

Lines qualityLines(const ViewportState &state)
{
    Lines lines;
    if (state.facts.truncated)
        add(lines, Corners::tr("The file of this image is cut short."), 0, Tone::Warning);
    add(lines, words::lossyText(state.facts), 0, Tone::Warning);
    return lines;
}

Lines completenessLines(const ViewportState &state, Mode mode)
{
    Lines lines;
    const bool whole = state.completeness != cache::Completeness::Incomplete;
    if (!whole || mode == Mode::Full)
        add(lines, words::completenessText(state.completeness, state.instances, state.expected),
            whole ? 5 : 0, whole ? Tone::Secondary : Tone::Warning);
    return lines;
}

Lines greyLines(const ViewportState &state, Mode mode)
{
    Lines lines;
    if (mode == Mode::None || state.content != ViewportState::Content::Picture)
        return lines;
    const bool missed = state.subtraction.wanted && !state.subtraction.shown;
    add(lines, subtractionText(state), 1, missed ? Tone::Warning : Tone::Normal);
    if (state.render.colourTable != imaging::ColourTable::Grey)
        add(lines, colourTableName(state.render.colourTable), 2);
    if (state.render.inverted)
        add(lines, Corners::tr("inverted"), 2);
    return lines;
}

Lines windowLines(const ViewportState &state, Mode mode)
{
    Lines lines;
    if (mode == Mode::None || state.content != ViewportState::Content::Picture)
        return lines;
    if (state.window) {
        const QString name = mode == Mode::Full ? words::presetName(state.windowName) : QString();
        add(lines, joined({name, words::windowText(*state.window)}), 1);
    } else if (state.render.lut) {
        add(lines, state.windowName.isEmpty() ? Corners::tr("grey curve of the image") : state.windowName, 1);
    }
    return lines;
}

} // namespace

std::vector<CornerLine> linesOf(CornerField field, const ViewportState &state, Mode mode)
{
    const auto &facts = state.facts;
    switch (field) {
    case CornerField::PatientName:
        return nameLines(state, mode);
    case CornerField::PatientTraits:
        return inFull(mode, traitsText(facts), 4);
    case CornerField::PatientId:
        return inFull(mode, words::patientIdText(facts.patientId, facts.issuer), 2);
    case CornerField::StudyDescription:
        return inFull(mode, facts.studyDescription, 6);
    case CornerField::StudyDate:
        return dateLines(state, mode);
    case CornerField::Accession:
        return inFull(mode,
                      facts.accession.isEmpty() ? QString() : Corners::tr("Acc. %1").arg(facts.accession), 6);
    case CornerField::Institution:
        return inFull(mode, facts.institution, 7);
    case CornerField::Series:
        return seriesLines(state, mode);
    case CornerField::Side:
        return sideLines(state, mode);
    case CornerField::BodyPart:
        return inFull(mode, facts.bodyPart, 8);
    case CornerField::Technique:
        return inFull(mode, facts.technique, 8);
    case CornerField::AcquisitionTime:
        return inFull(mode, timeText(facts), 9);
    case CornerField::Warnings:
        return warningLines(state, mode);
    case CornerField::Phase:
        return phaseLines(state, mode);
    case CornerField::Image:
        return imageLines(state, mode);
    case CornerField::Instance:
        return inFull(mode, instanceText(facts), 8);
    case CornerField::Position:
        return inFull(mode, positionText(facts), 3);
    case CornerField::Matrix:
        return inFull(mode, matrixText(state), 9);
    case CornerField::Zoom:
        return inFull(mode, zoomText(state), 7);
    case CornerField::Link:
        return linkLines(state);
    case CornerField::Compression:
        return inFull(mode, facts.transferSyntaxName, 9);
    case CornerField::Quality:
        return qualityLines(state);
    case CornerField::Completeness:
        return completenessLines(state, mode);
    case CornerField::Greys:
        return greyLines(state, mode);
    case CornerField::Window:
        return windowLines(state, mode);
    }
    return {};
}

QString cornerFieldText(CornerField field)
{
    switch (field) {
    case CornerField::PatientName:
        return Corners::tr("Patient's name");
    case CornerField::PatientTraits:
        return Corners::tr("Sex, age, date of birth");
    case CornerField::PatientId:
        return Corners::tr("Patient ID");
    case CornerField::StudyDescription:
        return Corners::tr("Study description");
    case CornerField::StudyDate:
        return Corners::tr("Study date");
    case CornerField::Accession:
        return Corners::tr("Accession number");
    case CornerField::Institution:
        return Corners::tr("Institution");
    case CornerField::Series:
        return Corners::tr("Series");
    case CornerField::Side:
        return Corners::tr("Side and view");
    case CornerField::BodyPart:
        return Corners::tr("Body part");
    case CornerField::Technique:
        return Corners::tr("Technique");
    case CornerField::AcquisitionTime:
        return Corners::tr("Time of acquisition");
    case CornerField::Warnings:
        return Corners::tr("Warnings: geometry, cine");
    case CornerField::Phase:
        return Corners::tr("Phase, echo, b-value");
    case CornerField::Image:
        return Corners::tr("Image n of m");
    case CornerField::Instance:
        return Corners::tr("Number of the object");
    case CornerField::Position:
        return Corners::tr("Position and thickness");
    case CornerField::Matrix:
        return Corners::tr("Matrix and size of a pixel");
    case CornerField::Zoom:
        return Corners::tr("Zoom");
    case CornerField::Link:
        return Corners::tr("Link with other viewports");
    case CornerField::Compression:
        return Corners::tr("Compression");
    case CornerField::Quality:
        return Corners::tr("Lossy, cut short");
    case CornerField::Completeness:
        return Corners::tr("Completeness");
    case CornerField::Greys:
        return Corners::tr("Subtraction, colours, inversion");
    case CornerField::Window:
        return Corners::tr("Window");
    }
    return {};
}

} // namespace negatoscope::ui
