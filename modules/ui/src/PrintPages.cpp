#include "PrintPages.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <cmath>
#include <optional>

namespace negatoscope::ui {

namespace {

using session::ViewportState;

/// Millimetres of paper.
constexpr double kHeadLine = 5, kSmallLine = 3.6, kGap = 2;
/// How many millimetres of paper a device-independent pixel of a view is: letters of 12 px become 8 points.
constexpr double kMmPerPixel = 0.235;

class PrintedPage
{
    Q_DECLARE_TR_FUNCTIONS(PrintedPage)
};

bool isSamePatient(const ViewportState &a, const ViewportState &b)
{
    return a.facts.patientId == b.facts.patientId && a.facts.issuer == b.facts.issuer &&
           (!a.facts.patientId.isEmpty() || a.facts.study == b.facts.study);
}

QFont fontOf(double millimetres, double dotsPerMm, QFont::Weight weight = QFont::Normal)
{
    QFont font = QApplication::font();
    font.setPixelSize(std::max(static_cast<int>(std::lround(millimetres * dotsPerMm)), 1));
    font.setWeight(weight);
    return font;
}

/// The size of the largest picture of a view that fits into a cell with its caption, in whole dots; or none.
std::optional<imaging::Size> fittingSize(const ViewportState &state, const QStringList &caption, QSizeF cell,
                                         double ratio)
{
    const imaging::Size seen = state.transform.view();
    constexpr double kStep = 0.99, kLeast = 0.2;
    for (double part = 1; part > kLeast; part *= kStep) {
        // A narrower picture has a higher caption: the first that fits is the largest.
        const double width = std::floor(cell.width() * part);
        const double height = std::max(std::floor(width * seen.height / std::max(seen.width, 1)), 1.0);
        const double below = std::ceil(captionHeight(caption, static_cast<int>(width / ratio)) * ratio) + 1;
        if (height + below <= cell.height())
            return imaging::Size{static_cast<int>(width), static_cast<int>(height)};
    }
    return std::nullopt;
}

QImage pictureFor(const ViewportState &state, QSizeF cell, double ratio, const Leaving &leaving)
{
    if (const auto size = fittingSize(state, captionOf(state, leaving), cell, ratio))
        return captionedPicture(atSize(state, *size), ratio, leaving);
    // Too many on a page for letters of this size: smaller letters rather than no picture.
    const QImage large = captionedPicture(state, 1, leaving);
    return large.isNull() ? large
                          : large.scaled(cell.toSize(), Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

void drawHead(QPainter &painter, const QRectF &head, double dotsPerMm, const ViewportState &state, int number,
              int count, const Leaving &leaving)
{
    const auto &facts = state.facts;
    painter.setPen(Qt::black);
    painter.setFont(fontOf(kHeadLine * 0.75, dotsPerMm, QFont::Medium));
    const QString name = leaving.deidentified          ? PrintedPage::tr("De-identified")
                         : facts.patientName.isEmpty() ? PrintedPage::tr("no patient name")
                                                       : facts.patientName;
    const QRectF first(head.left(), head.top(), head.width(), kHeadLine * dotsPerMm);
    const QString page = PrintedPage::tr("Page %1 of %2").arg(number).arg(count);
    const double pageWidth = painter.fontMetrics().horizontalAdvance(page);
    painter.drawText(first, Qt::AlignRight | Qt::AlignVCenter, page);
    painter.drawText(first, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(
                         name, Qt::ElideRight, static_cast<int>(first.width() - pageWidth - 4 * dotsPerMm)));
    if (leaving.deidentified)
        return;
    QStringList parts{words::patientIdText(facts.patientId, facts.issuer),
                      words::dateText(facts.birthDate),
                      words::sexText(facts.sex),
                      words::dateTimeText(facts.studyDate, facts.studyTime),
                      facts.studyDescription,
                      facts.institution};
    parts.removeAll(QString());
    painter.setFont(fontOf(kSmallLine * 0.75, dotsPerMm));
    const QRectF second(head.left(), first.bottom(), head.width(), kSmallLine * dotsPerMm);
    painter.drawText(second, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(parts.join(QStringLiteral("   ")), Qt::ElideRight,
                                                      static_cast<int>(second.width())));
}

} // namespace

std::vector<PrintPage> printPages(const std::vector<ViewportState> &views, int perPage)
{
    std::vector<PrintPage> pages;
    const auto most = static_cast<std::size_t>(std::max(perPage, 1));
    for (const ViewportState &view : views) {
        // A patient's views stand together, in the order of the screen.
        auto page = std::find_if(pages.begin(), pages.end(), [&](const PrintPage &one) {
            return one.views.size() < most && isSamePatient(one.views.front(), view);
        });
        if (page == pages.end()) {
            const auto last = std::find_if(pages.rbegin(), pages.rend(), [&](const PrintPage &one) {
                return isSamePatient(one.views.front(), view);
            });
            page = pages.insert(last == pages.rend() ? pages.end() : last.base(), PrintPage{});
        }
        page->views.push_back(view);
    }
    return pages;
}

void drawPage(QPainter &painter, const QRectF &paper, double dotsPerMm, const PrintPage &page, int number,
              int count, const Leaving &leaving)
{
    if (page.views.empty())
        return;
    const double headHeight = (kHeadLine + kSmallLine + kGap) * dotsPerMm;
    const double footHeight = (kSmallLine + kGap / 2) * dotsPerMm;
    drawHead(painter, paper, dotsPerMm, page.views.front(), number, count, leaving);

    const int views = static_cast<int>(page.views.size());
    // As many columns as leave the largest pictures.
    const double width = paper.width(), height = paper.height() - headHeight - footHeight;
    const double gap = kGap * dotsPerMm, ratio = kMmPerPixel * dotsPerMm;
    const auto cellOf = [&](int across) {
        const int down = (views + across - 1) / across;
        return QSizeF((width - gap * (across - 1)) / across, (height - gap * (down - 1)) / down);
    };
    const QStringList caption = captionOf(page.views.front(), leaving);
    int columns = static_cast<int>(std::ceil(std::sqrt(views))), largest = 0;
    for (int across = 1; across <= views; ++across) {
        const auto size = fittingSize(page.views.front(), caption, cellOf(across), ratio);
        if (size && size->width > largest) {
            largest = size->width;
            columns = across;
        }
    }
    const QSizeF cell = cellOf(columns);
    for (int i = 0; i < views; ++i) {
        const QPointF at(paper.left() + i % columns * (cell.width() + gap),
                         paper.top() + headHeight + i / columns * (cell.height() + gap));
        QImage picture = pictureFor(page.views[static_cast<std::size_t>(i)], cell, ratio, leaving);
        picture.setDevicePixelRatio(1);
        const double left = at.x() + (cell.width() - picture.width()) / 2;
        painter.drawImage(QPointF(std::floor(left), std::ceil(at.y())), picture);
    }

    painter.setPen(Qt::black);
    painter.setFont(fontOf(kSmallLine * 0.7, dotsPerMm));
    painter.drawText(QRectF(paper.left(), paper.bottom() - footHeight, width, footHeight),
                     Qt::AlignLeft | Qt::AlignBottom,
                     PrintedPage::tr("Printed by Negatoscope on %1. Not for primary diagnosis; lengths on "
                                     "paper are those of the scale bar.")
                         .arg(QLocale().toString(QDateTime::currentDateTime(), QLocale::ShortFormat)));
}

} // namespace negatoscope::ui
