#include "ViewportPainter.h"

#include "ColourBar.h"
#include "GuidePainter.h"
#include "StudyBand.h"

#include <ui/ErrorSentences.h>
#include <ui/IconSet.h>
#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QCoreApplication>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace negatoscope::ui {

namespace {

using Content = session::ViewportState::Content;

constexpr int kMargin = 8;
constexpr int kScrollBarRoom = 12;
constexpr int kLeastColourBar = 64;

class Viewport
{
    Q_DECLARE_TR_FUNCTIONS(Viewport)
};

QColor colourOf(Tone tone)
{
    switch (tone) {
    case Tone::Warning:
        return colours::kPictureWarning;
    case Tone::Secondary:
    case Tone::Normal:
        break;
    }
    return colours::kPictureText;
}

struct RoundLength
{
    int pixels = 0;
    QString label;
};

/// A round length for the scale bar, or none where lengths are not known.
std::optional<RoundLength> scaleBarOf(const session::ViewportState &state, int width, qreal ratio)
{
    if (state.content != Content::Picture || !state.spacing.inMillimetres() || state.spacing.column <= 0)
        return std::nullopt;
    const double pixelsPerMm = state.transform.scaleColumn() / state.spacing.column / ratio;
    const double mm = scaleBarMm(pixelsPerMm, std::min(width / 5.0, 160.0));
    if (mm <= 0)
        return std::nullopt;
    return RoundLength{static_cast<int>(std::lround(mm * pixelsPerMm)),
                       words::lengthText(mm, state.spacing.source)};
}

/// The room of the band of another person across the top.
int bandHeight(const session::ViewportState &state)
{
    return state.study.otherPerson && state.content != Content::Empty ? kPersonBand : 0;
}

QRect innerOf(const QRect &area, const session::ViewportState &state)
{
    return area.adjusted(kMargin, kMargin + bandHeight(state), -kMargin - kScrollBarRoom, -kMargin);
}

QImage bitmapOf(const imaging::Overlay &overlay)
{
    QImage image(static_cast<int>(overlay.columns), static_cast<int>(overlay.rows),
                 QImage::Format_ARGB32_Premultiplied);
    const auto pixels = static_cast<std::size_t>(overlay.columns) * overlay.rows;
    if (image.isNull() || overlay.bits.size() < pixels)
        return {};
    for (std::uint32_t y = 0; y < overlay.rows; ++y) {
        auto *row = reinterpret_cast<QRgb *>(image.scanLine(static_cast<int>(y)));
        const std::uint8_t *bits = overlay.bits.data() + static_cast<std::size_t>(y) * overlay.columns;
        for (std::uint32_t x = 0; x < overlay.columns; ++x)
            row[x] = bits[x] != 0 ? colours::kPictureText.rgba() : 0;
    }
    return image;
}

QFont pictureFont()
{
    QFont font = QApplication::font();
    font.setPixelSize(measures::kPictureText);
    return font;
}

void drawHatching(QPainter &painter, const QRect &area)
{
    painter.fillRect(area, colours::kPicturePanel);
    painter.setPen(QPen(colours::kPictureLine.color(), 1));
    for (int x = area.left() - area.height(); x < area.right(); x += 12)
        painter.drawLine(x, area.bottom(), x + area.height(), area.top());
}

} // namespace

bool needsOrientation(const QString &modality)
{
    static const QStringList kModalities{QStringLiteral("CT"), QStringLiteral("MR"), QStringLiteral("PT"),
                                         QStringLiteral("CR"), QStringLiteral("DX"), QStringLiteral("MG"),
                                         QStringLiteral("RF"), QStringLiteral("XA")};
    return kModalities.contains(modality);
}

double scaleBarMm(double pixelsPerMm, double maximumPixels)
{
    if (!(pixelsPerMm > 0) || !std::isfinite(pixelsPerMm))
        return 0;
    static constexpr std::array kLengths{500.0, 200.0, 100.0, 50.0, 20.0, 10.0, 5.0,
                                         2.0,   1.0,   0.5,   0.2,  0.1,  0.05};
    for (const double mm : kLengths) {
        if (mm * pixelsPerMm <= maximumPixels)
            return mm * pixelsPerMm >= 8 ? mm : 0;
    }
    return 0;
}

ViewportPainter::ViewportPainter() : m_font(pictureFont()), m_measure(m_font), m_texts(400)
{}

void ViewportPainter::draw(QPainter &painter, const session::ViewportState &state, const QRect &area,
                           const Look &look)
{
    layOut(state, area, look, painter.device()->devicePixelRatioF());
    drawLaidOut(painter, state, area, look);
}

void ViewportPainter::drawLaidOut(QPainter &painter, const session::ViewportState &state, const QRect &area,
                                  const Look &look)
{
    const QRect inner = innerOf(area, state);
    const int band = bandHeight(state);
    if (band > 0 && state.content != Content::Failed) // hatching would cover it
        drawPersonBand(painter, QRect(area.left(), area.top(), area.width(), band));
    switch (state.content) {
    case Content::Empty:
        drawSentence(painter, inner, look.empty, colours::kPictureSecondary);
        return;
    case Content::Waiting:
        if (state.facts.series.isEmpty())
            drawSentence(painter, inner, Viewport::tr("Waiting for the first image…"),
                         colours::kPictureSecondary);
        else if (look.slow)
            drawSentence(painter, inner, Viewport::tr("Loading…"), colours::kPictureSecondary);
        return;
    case Content::Failed: {
        drawHatching(painter, area);
        if (band > 0)
            drawPersonBand(painter, QRect(area.left(), area.top(), area.width(), band));
        const QString sentence =
            state.error ? sentenceFor(*state.error) : Viewport::tr("This image cannot be shown.");
        drawSentence(painter, inner, sentence, colours::kPictureWarning);
        break;
    }
    case Content::Picture:
        drawMissing(painter, state, area);
        if (state.showOverlays)
            drawOverlayPlanes(painter, state);
        drawGuides(painter, state, area);
        drawLetters(painter, state, inner);
        if (!look.notice.isEmpty())
            drawSentence(painter, inner, look.notice, colours::kPictureWarning);
        break;
    }
    if (look.cornerText != session::ReadingPresenter::CornerText::None && look.band.isValid())
        painter.fillRect(QRect(area.left(), area.top() + band, 3, std::min(area.height() / 4, 48)),
                         look.band);
    drawCorners(painter);
    if (state.content == Content::Picture && look.cornerText != session::ReadingPresenter::CornerText::None)
        drawColourBar(painter, state, inner);
}

void ViewportPainter::drawColourBar(QPainter &painter, const session::ViewportState &state,
                                    const QRect &inner)
{
    // Beside the letter at the edge, between the corners.
    constexpr int kWidth = 8, kFromEdge = 36;
    const QFontMetrics metrics(m_font);
    const int height = inner.height() * 2 / 5;
    if (height < kLeastColourBar || inner.width() < 4 * kFromEdge)
        return;
    const ColourBar bar = ColourBar::of(state, height);
    if (bar.colours.isNull())
        return;
    const QRect place(inner.right() + 1 - kFromEdge - kWidth, inner.center().y() - height / 2, kWidth,
                      height);
    painter.fillRect(place.adjusted(-1, -1, 1, 1), Qt::black);
    painter.drawImage(place, bar.colours);
    for (std::size_t i = 0; i < bar.labels.size(); ++i) {
        const int y = place.top() + (height - metrics.height()) * static_cast<int>(i) / 2;
        drawText(painter, {place.left() - 6 - metrics.horizontalAdvance(bar.labels[i]), y}, bar.labels[i],
                 colours::kPictureText);
    }
}

void ViewportPainter::drawGuides(QPainter &painter, const session::ViewportState &state, const QRect &area)
{
    const QFontMetrics metrics(m_font);
    const QRect room = area.adjusted(0, 0, -kScrollBarRoom, 0);
    for (const GuideLabel &label : drawReferenceLines(painter, state, area)) {
        const QString text = QString::number(label.number);
        QRect box(QPoint(qRound(label.at.x) + 3, qRound(label.at.y) - metrics.height() - 1),
                  QSize(metrics.horizontalAdvance(text), metrics.height()));
        box.moveRight(std::min(box.right(), room.right()));
        box.moveTop(std::max(box.top(), room.top()));
        drawText(painter, box.topLeft(), text, colours::kPictureAccent);
    }
    drawPlaneLines(painter, state, area);
    drawCursorMark(painter, state);
    if (state.guides.cursor && state.guides.cursor->offPlane) {
        const auto at = state.transform.toView(state.guides.cursor->at);
        const qreal ratio = painter.device()->devicePixelRatioF();
        const QString text = Viewport::tr("%1 mm off this slice", "3D cursor: distance")
                                 .arg(words::numberText(state.guides.cursor->distanceMm, 1));
        QRect box(QPoint(qRound(at.x / ratio) + 12, qRound(at.y / ratio) + 10),
                  QSize(metrics.horizontalAdvance(text), metrics.height()));
        box.moveRight(std::min(box.right(), room.right()));
        box.moveBottom(std::min(box.bottom(), room.bottom()));
        drawText(painter, box.topLeft(), text, colours::kPictureWarning);
    }
}

void ViewportPainter::drawOverlayPlanes(QPainter &painter, const session::ViewportState &state)
{
    if (m_planesOf != state.picture) {
        m_planes.clear();
        for (const auto &overlay : state.overlays)
            m_planes.push_back(bitmapOf(overlay));
        m_planesOf = state.picture;
    }
    if (m_planes.size() != state.overlays.size())
        return;
    const qreal ratio = painter.device()->devicePixelRatioF();
    for (std::size_t i = 0; i < m_planes.size(); ++i) {
        if (m_planes[i].isNull())
            continue;
        // The corner of the plane's first pixel, and one pixel along columns and rows, from the map that drew
        // the picture.
        const double column = state.overlays[i].originColumn - 1.5, row = state.overlays[i].originRow - 1.5;
        const auto origin = state.transform.toView({column, row});
        const auto alongColumns = state.transform.toView({column + 1, row});
        const auto alongRows = state.transform.toView({column, row + 1});
        painter.save();
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.setTransform(QTransform(alongColumns.x - origin.x, alongColumns.y - origin.y,
                                        alongRows.x - origin.x, alongRows.y - origin.y, origin.x, origin.y) *
                                 QTransform::fromScale(1 / ratio, 1 / ratio),
                             true);
        painter.drawImage(0, 0, m_planes[i]);
        painter.restore();
    }
}

QRegion ViewportPainter::layOut(const session::ViewportState &state, const QRect &area, const Look &look,
                                qreal ratio)
{
    if (m_font.pixelSize() != measures::kPictureText) {
        m_font = pictureFont();
        m_measure = TextMeasure(m_font);
        m_texts.clear();
    }
    const QRect inner = innerOf(area, state);
    std::vector<PlacedLine> placed;
    std::optional<ScaleBar> scaleBar;
    if (state.content == Content::Picture || state.content == Content::Failed) {
        std::optional<session::ViewportState> quiet; // what comes soon is not announced
        if (state.pending && !look.slow)
            quiet.emplace(state).pending.reset();
        CornerLines lines = cornerLines(quiet ? *quiet : state, look.cornerText,
                                        look.corners != nullptr ? look.corners->of(state.facts.modality)
                                                                : session::usualCorners());
        if (!look.probe.isEmpty()) {
            auto &bottomLeft = lines[static_cast<std::size_t>(session::Corner::BottomLeft)];
            bottomLeft.insert(bottomLeft.begin(), CornerLine{look.probe, 2, Tone::Normal});
        }
        CentreRoom room;
        const int letter = m_measure.width(QStringLiteral("HLA")) + 8;
        room.topCentre = state.letters.top.empty() ? 0 : letter;
        room.bottomCentre = state.letters.bottom.empty() ? 0 : letter;
        room.bottomRows = 1;
        if (const auto length = scaleBarOf(state, inner.width(), ratio)) {
            const int width = length->pixels + 8 + m_measure.width(length->label);
            room.bottomCentre = std::max(room.bottomCentre, width);
            room.bottomRows = 2;
            const int left = inner.center().x() - width / 2;
            scaleBar =
                ScaleBar{left, inner.bottom() + 1 - m_measure.height() * 3 / 2, length->pixels,
                         QPoint(left + length->pixels + 8, inner.bottom() + 1 - 2 * m_measure.height()),
                         length->label};
        }
        placed = placeLines(lines, inner, m_measure, room);
    }

    QRegion changed;
    constexpr int kOutline = 2;
    const auto differing = [&](const std::vector<PlacedLine> &some, const std::vector<PlacedLine> &others) {
        for (const PlacedLine &line : some)
            if (std::find(others.begin(), others.end(), line) == others.end())
                changed += line.rect.adjusted(-kOutline, -kOutline, kOutline, kOutline);
    };
    differing(placed, m_lines);
    differing(m_lines, placed);
    const bool hasMissing = state.plane && state.plane->states;
    if (scaleBar != m_scaleBar || state.letters != m_letters ||
        state.orientationKnown != m_orientationKnown || state.content != m_content ||
        state.content != Content::Picture || state.guides != m_guides || state.study != m_study ||
        hasMissing || m_hadMissing || !ColourBar::of(state, kLeastColourBar).colours.isNull())
        changed = area;
    m_lines = std::move(placed);
    m_scaleBar = std::move(scaleBar);
    m_letters = state.letters;
    m_orientationKnown = state.orientationKnown;
    m_content = state.content;
    m_guides = state.guides;
    m_hadMissing = hasMissing;
    m_study = state.study;
    return changed;
}

void ViewportPainter::drawCorners(QPainter &painter)
{
    if (m_scaleBar) {
        QPainterPath path;
        const double left = m_scaleBar->left + 0.5, right = left + m_scaleBar->pixels;
        path.moveTo(left, m_scaleBar->middle - 4);
        path.lineTo(left, m_scaleBar->middle + 0.5);
        path.lineTo(right, m_scaleBar->middle + 0.5);
        path.lineTo(right, m_scaleBar->middle - 4);
        painter.strokePath(path, QPen(Qt::black, 3));
        painter.strokePath(path, QPen(colours::kPictureText.color(), 1));
        drawText(painter, m_scaleBar->labelAt, m_scaleBar->label, colours::kPictureText);
    }
    for (const PlacedLine &line : m_lines)
        drawText(painter, line.rect.topLeft(), line.text, colourOf(line.tone), line.rect.width(),
                 line.rightAligned);
}

void ViewportPainter::drawLetters(QPainter &painter, const session::ViewportState &state, const QRect &inner)
{
    const QPoint centre = inner.center();
    const int middle = centre.y() - m_measure.height() / 2;
    const auto put = [&](const std::string &letters, const QColor &colour, auto position) {
        const QString text = QString::fromStdString(letters);
        if (!text.isEmpty())
            drawText(painter, position(m_measure.width(text)), text, colour);
    };
    const QColor &colour = colours::kPictureText;
    put(state.letters.left, colour, [&](int) { return QPoint(inner.left(), middle); });
    put(state.letters.right, colour, [&](int width) { return QPoint(inner.right() + 1 - width, middle); });
    put(state.letters.top, colour, [&](int width) { return QPoint(centre.x() - width / 2, inner.top()); });
    put(state.letters.bottom, colour,
        [&](int width) { return QPoint(centre.x() - width / 2, inner.bottom() + 1 - m_measure.height()); });
    if (!state.orientationKnown && needsOrientation(state.facts.modality))
        put("?", colours::kPictureWarning, [&](int) { return QPoint(inner.left(), middle); });
}

void ViewportPainter::drawSentence(QPainter &painter, const QRect &area, const QString &sentence,
                                   const QColor &colour)
{
    QFont font = m_font;
    font.setPixelSize(measures::kInterfaceText);
    const QFontMetrics metrics(font);
    const int width = std::min(area.width(), 420);
    QRect box = metrics.boundingRect(QRect(0, 0, width - 24, area.height()),
                                     Qt::AlignCenter | Qt::TextWordWrap, sentence);
    box.moveCenter(area.center());
    box = box.adjusted(-12, -8, 12, 8);
    painter.fillRect(box, colours::kPictureWindow);
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap, sentence);
}

void ViewportPainter::drawText(QPainter &painter, QPoint topLeft, const QString &text, const QColor &colour,
                               int width, bool rightAligned)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QPixmap &pixmap = outlined(text, colour, ratio);
    const int own = qRound(pixmap.width() / ratio) - 2;
    const int shift = rightAligned ? std::max(width - own, 0) : 0;
    painter.drawPixmap(topLeft + QPoint(shift - 1, -1), pixmap);
}

const QPixmap &ViewportPainter::outlined(const QString &text, const QColor &colour, qreal ratio)
{
    const TextKey key{text, colour.rgb(), ratio};
    if (const QPixmap *known = m_texts.object(key))
        return *known;
    const QFontMetrics metrics(m_font);
    const QSize size(metrics.horizontalAdvance(text) + 2, metrics.height() + 2);
    auto pixmap = std::make_unique<QPixmap>(size * ratio);
    pixmap->setDevicePixelRatio(ratio);
    pixmap->fill(Qt::transparent);
    QPainter painter(pixmap.get());
    painter.setFont(m_font);
    const int baseline = metrics.ascent() + 1;
    painter.setPen(Qt::black);
    for (const QPoint offset : {QPoint(-1, -1), QPoint(0, -1), QPoint(1, -1), QPoint(-1, 0), QPoint(1, 0),
                                QPoint(-1, 1), QPoint(0, 1), QPoint(1, 1)})
        painter.drawText(QPoint(1, baseline) + offset, text);
    painter.setPen(colour);
    painter.drawText(1, baseline, text);
    painter.end();
    const QPixmap *kept = pixmap.get();
    m_texts.insert(key, pixmap.release());
    return *kept;
}

} // namespace negatoscope::ui
