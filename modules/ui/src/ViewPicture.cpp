#include <ui/ViewPicture.h>

#include "PictureSurface.h"
#include "PlaneWords.h"
#include "StudyBand.h"
#include "ViewportPainter.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtGui/QImageWriter>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <cmath>

namespace negatoscope::ui {

namespace {

using session::ViewportState;
using CornerText = session::ReadingPresenter::CornerText;

constexpr int kCaptionMargin = 6;
constexpr int kTileGap = 2;
constexpr int kJpegQuality = 95;       // shows no blocks
constexpr double kReadableSide = 1024; // up to this size letters stay as on the screen

class ViewPicture
{
    Q_DECLARE_TR_FUNCTIONS(ViewPicture)
};

QFont captionFont()
{
    QFont font = QApplication::font();
    font.setPixelSize(measures::kPictureText);
    return font;
}

/// The texts one after the other, cut into lines between them; one that is too long alone is cut at words.
QStringList captionLines(const QStringList &caption, int width, const QFontMetrics &metrics)
{
    const QString gap = QStringLiteral("   ");
    QStringList lines;
    QString line;
    const auto fits = [&](const QString &text) { return metrics.horizontalAdvance(text) <= width; };
    const auto put = [&](const QString &text, const QString &between) {
        if (!line.isEmpty() && fits(line + between + text)) {
            line += between + text;
            return;
        }
        if (!line.isEmpty())
            lines << line;
        line = text;
    };
    for (const QString &text : caption) {
        if (fits(text)) {
            put(text, gap);
            continue;
        }
        bool first = true;
        for (const QString &word : text.split(u' '))
            put(word, std::exchange(first, false) ? gap : QStringLiteral(" "));
    }
    if (!line.isEmpty())
        lines << line;
    return lines;
}

ViewportState withoutPerson(ViewportState state)
{
    session::PictureFacts &facts = state.facts;
    facts.patientName = ViewPicture::tr("De-identified");
    for (QString *text :
         {&facts.patientId, &facts.issuer, &facts.birthDate, &facts.sex, &facts.age, &facts.studyDate,
          &facts.studyTime, &facts.studyDescription, &facts.accession, &facts.institution,
          &facts.seriesDescription, &facts.contentDate, &facts.contentTime})
        text->clear();
    state.identityConflict = false;
    state.showOverlays = false;
    return state;
}

} // namespace

bool canLeave(const ViewportState &state)
{
    return state.content == ViewportState::Content::Picture ||
           state.content == ViewportState::Content::Failed;
}

ViewportState atSize(ViewportState state, imaging::Size size)
{
    const imaging::Size from = state.transform.view();
    if (!state.picture || from == size || from.width <= 0 || from.height <= 0)
        return state;
    const double factor = std::min(static_cast<double>(size.width) / from.width,
                                   static_cast<double>(size.height) / from.height);
    state.view.zoom = state.transform.zoom() * factor;
    state.view.panX *= factor;
    state.view.panY *= factor;
    state.transform = imaging::ViewTransform(state.picture->size(), state.spacing, size, state.view);
    state.trueSize = false; // on this screen, not on another
    return state;
}

QStringList captionOf(const ViewportState &state, const Leaving &leaving)
{
    const auto &facts = state.facts;
    QStringList caption;
    if (leaving.deidentified) {
        caption << ViewPicture::tr("De-identified");
    } else {
        if (state.identityConflict)
            caption << ViewPicture::tr("The objects of this study disagree on the patient.");
        caption << (facts.patientName.isEmpty() ? ViewPicture::tr("no patient name") : facts.patientName)
                << words::patientIdText(facts.patientId, facts.issuer);
        const QString birth = words::dateText(facts.birthDate);
        caption << (birth.isEmpty() ? ViewPicture::tr("no date of birth")
                                    : ViewPicture::tr("born %1", "caption: date of birth").arg(birth));
        const QString when = words::dateTimeText(facts.studyDate, facts.studyTime);
        caption << (when.isEmpty() ? ViewPicture::tr("no study date")
                                   : ViewPicture::tr("study of %1", "caption: date").arg(when));
    }
    QString series = facts.modality;
    if (!facts.seriesNumber.isEmpty())
        series += ViewPicture::tr(" series %1", "caption, after the modality").arg(facts.seriesNumber);
    if (!leaving.deidentified && !facts.seriesDescription.isEmpty())
        series += QStringLiteral(" ") + facts.seriesDescription;
    const QLocale locale;
    caption << series.trimmed();
    if (state.plane)
        caption << words::planeText(*state.plane) << words::slabText(state.plane->slab);
    else
        caption << ViewPicture::tr("image %1/%2")
                       .arg(locale.toString(state.index + 1), locale.toString(state.count));
    caption << words::lossyText(facts) << ViewPicture::tr("Not for primary diagnosis");
    caption.removeAll(QString());
    return caption;
}

int captionHeight(const QStringList &caption, int width)
{
    const QFontMetrics metrics(captionFont());
    const auto lines = captionLines(caption, width - 2 * kCaptionMargin, metrics).size();
    return static_cast<int>(lines) * metrics.height() + 2 * kCaptionMargin;
}

QImage viewPicture(const ViewportState &given, qreal ratio, const Leaving &leaving)
{
    ViewportState state = leaving.deidentified ? withoutPerson(given) : given;
    const imaging::Size view = state.transform.view();
    QImage image(view.width, view.height, QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(ratio);
    image.fill(colours::kViewport.color());
    const QRect area({}, image.deviceIndependentSize().toSize());
    QPainter painter(&image);
    if (state.content == ViewportState::Content::Picture)
        PictureSurface().paint(painter, state, area.size(), area);
    // Without a name minimal says what full says of the picture's place, and leaves out the rest.
    const CornerText mode = leaving.deidentified && leaving.cornerText == CornerText::Full
                                ? CornerText::Minimal
                                : leaving.cornerText;
    ViewportPainter().draw(painter, state, area,
                           {mode, &leaving.corners, false, {}, {}, bandColour(state.study.band), {}});
    return image;
}

QImage captionedPicture(const ViewportState &state, qreal ratio, const Leaving &leaving)
{
    const QImage view = viewPicture(state, ratio, leaving);
    if (view.isNull() || !canLeave(state))
        return view;
    const QStringList caption = captionOf(state, leaving);
    const int width = static_cast<int>(view.deviceIndependentSize().width());
    const int height = captionHeight(caption, width);
    QImage image(view.width(), view.height() + static_cast<int>(std::lround(height * ratio)),
                 QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(ratio);
    image.fill(colours::kViewport.color());
    for (int y = 0; y < view.height(); ++y) // byte for byte, whatever the ratio
        std::copy_n(view.constScanLine(y), view.width() * 4, image.scanLine(y));
    QPainter painter(&image);
    painter.setFont(captionFont());
    const QFontMetrics metrics(painter.font());
    const double top = view.height() / ratio;
    painter.fillRect(QRectF(0, top, width, 1), colours::kPictureLine);
    painter.setPen(colours::kPictureText);
    double baseline = top + kCaptionMargin + metrics.ascent();
    for (const QString &line : captionLines(caption, width - 2 * kCaptionMargin, metrics)) {
        painter.drawText(QPointF(kCaptionMargin, baseline), line);
        baseline += metrics.height();
    }
    return image;
}

QImage layoutPicture(const std::vector<ViewportState> &states, int columns, qreal ratio,
                     const Leaving &leaving)
{
    std::vector<QImage> tiles;
    for (const ViewportState &state : states)
        tiles.push_back(captionedPicture(state, ratio, leaving));
    const int across = std::max(columns, 1), down = (static_cast<int>(tiles.size()) + across - 1) / across;
    const int gap = static_cast<int>(std::lround(kTileGap * ratio));
    std::vector<int> widths(static_cast<std::size_t>(across)), heights(static_cast<std::size_t>(down));
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        auto &width = widths[i % static_cast<std::size_t>(across)];
        auto &height = heights[i / static_cast<std::size_t>(across)];
        width = std::max(width, tiles[i].width());
        height = std::max(height, tiles[i].height());
    }
    const auto total = [gap](const std::vector<int> &sizes) {
        int sum = gap * (static_cast<int>(sizes.size()) - 1);
        for (const int size : sizes)
            sum += size;
        return std::max(sum, 0);
    };
    QImage image(total(widths), total(heights), QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.fill(colours::kPictureLine.color());
    QPainter painter(&image);
    int y = 0;
    for (std::size_t row = 0, i = 0; row < heights.size(); ++row) {
        int x = 0;
        for (std::size_t column = 0; column < widths.size() && i < tiles.size(); ++column, ++i) {
            tiles[i].setDevicePixelRatio(1);
            painter.fillRect(x, y, widths[column], heights[row], colours::kViewport.color());
            painter.drawImage(x, y, tiles[i]);
            x += widths[column] + gap;
        }
        y += heights[row] + gap;
    }
    painter.end();
    image.setDevicePixelRatio(ratio);
    return image;
}

base::Result<QByteArray> encodedPicture(const ViewportState &state, qreal ratio, const Leaving &leaving,
                                        const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, format);
    writer.setQuality(qstrcmp(format, "JPEG") == 0 ? kJpegQuality : -1);
    if (!writer.write(captionedPicture(state, ratio, leaving)))
        return base::failure(base::ErrorCode::LimitExceeded, "picture encoder");
    return bytes;
}

session::ExportRequest::Encode pictureEncoder(session::ExportRequest::Format format, const Leaving &leaving)
{
    const bool png = format == session::ExportRequest::Format::Png;
    return [leaving, png](const ViewportState &state) {
        const imaging::Size view = state.transform.view();
        const double ratio = std::max(std::max(view.width, view.height) / kReadableSide, 1.0);
        return encodedPicture(state, ratio, leaving, png ? "PNG" : "JPEG");
    };
}

} // namespace negatoscope::ui
