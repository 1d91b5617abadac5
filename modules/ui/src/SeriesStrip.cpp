#include "SeriesStrip.h"

#include "StudyBand.h"
#include <dicom/TransferSyntax.h>

#include <ui/ErrorSentences.h>
#include <ui/IconSet.h>
#include <ui/Theme.h>
#include <ui/ViewportWidget.h>
#include <ui/Words.h>

#include <QtCore/QMimeData>
#include <QtGui/QDrag>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

namespace negatoscope::ui {

namespace {

constexpr int kPadding = 6;

QString headline(const cache::SeriesRecord &series)
{
    QString text = words::text(series.modality);
    if (series.number)
        text += QStringLiteral(" %1").arg(*series.number);
    return text;
}

int headerHeight(const QFont &from)
{
    QFont font = from;
    font.setPixelSize(measures::kPictureText);
    return 2 * QFontMetrics(font).height() + 10;
}

QString countText(const cache::SeriesRecord &series)
{
    if (series.displayable == 0)
        return SeriesStrip::tr("no image to show");
    const auto syntax = dicom::TransferSyntax::of(series.transferSyntax);
    if (syntax.coding == dicom::PixelCoding::Mpeg && syntax.known)
        return SeriesStrip::tr("video, not yet playable: %1")
            .arg(QString::fromUtf8(syntax.name.data(), static_cast<qsizetype>(syntax.name.size())));
    return words::imagesText(series.frames);
}

} // namespace

// --- Words ---

QVariant SeriesStripWords::data(const QModelIndex &index, int role) const
{
    const auto *strip = qobject_cast<const session::SeriesStripModel *>(sourceModel());
    if (strip == nullptr || !index.isValid())
        return {};
    const auto &series = strip->seriesAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return headline(series);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        QStringList lines;
        if (strip->studyCount() > 1) {
            const auto &study = strip->studyAt(index.row());
            if (strip->markAt(index.row()).otherPerson)
                lines << tr("Another patient: %1").arg(words::text(study.patient.name.display()));
            lines << words::dateTimeText(words::text(study.studyDate), words::text(study.studyTime)) + u' ' +
                         words::text(study.description);
        }
        lines += QStringList{headline(series), words::text(series.description), countText(series)};
        if (series.completeness == cache::Completeness::Incomplete)
            lines << words::completenessText(series.completeness, series.instances, series.expected);
        if (index.data(session::SeriesStripModel::ShownRole).toBool())
            lines << tr("shown in a viewport");
        if (const auto *error = strip->errorAt(index.row()))
            lines << sentenceFor(*error);
        lines.removeAll(QString());
        return lines.join(QStringLiteral("\n"));
    }
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

// --- Drawing ---

SeriesDelegate::SeriesDelegate(const session::SeriesStripModel &strip, QObject *parent)
    : QStyledItemDelegate(parent),
      m_strip(strip)
{}

QSize SeriesDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool starts = index.data(session::SeriesStripModel::StudyStartRole).toBool();
    return {160, kThumbnail + 2 * kPadding + (starts ? headerHeight(option.font) : 0)};
}

/// Whose series follow: the study in its band's colour; another person by name, under the hatched band.
int SeriesDelegate::drawHeader(QPainter *painter, const QRect &rect, int row) const
{
    const auto &study = m_strip.studyAt(row);
    const auto mark = m_strip.markAt(row);
    QFont font = painter->font();
    font.setPixelSize(measures::kPictureText);
    const int height = headerHeight(font);
    const QRect header(rect.left(), rect.top(), rect.width(), height);
    painter->fillRect(header, colours::kRaised);
    if (mark.otherPerson)
        drawPersonBand(*painter, QRect(header.left(), header.top(), header.width(), 4));
    else
        painter->fillRect(QRect(header.left(), header.top(), header.width(), 4), bandColour(mark.band));
    painter->setFont(font);
    const QFontMetrics metrics(font);
    const int width = header.width() - 2 * kPadding;
    const auto line = [&](int y, const QString &text, const QColor &colour) {
        painter->setPen(colour);
        painter->drawText(QRect(header.left() + kPadding, y, width, metrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, width));
    };
    const QString date = words::dateText(words::text(study.studyDate));
    const bool named = m_strip.hasOtherPerson();
    const QString exam = words::text(study.description);
    const QString first = named ? words::text(study.patient.name.display()) : date;
    const QString second = named ? date + QStringLiteral("  ") + exam : exam;
    line(header.top() + 6, first, mark.otherPerson ? colours::kWarning : colours::kText);
    line(header.top() + 6 + metrics.height(), second, colours::kSecondaryText);
    return height;
}

void SeriesDelegate::drawThumbnail(QPainter *painter, const QRect &where, int row) const
{
    painter->fillRect(where, colours::kViewport);
    if (const auto *thumbnail = m_strip.thumbnailAt(row)) {
        const QImage image(reinterpret_cast<const uchar *>(thumbnail->pixels.data()), thumbnail->size.width,
                           thumbnail->size.height, thumbnail->size.width * 4, QImage::Format_RGB32);
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawImage(where, image);
        return;
    }
    const bool failed = m_strip.errorAt(row) != nullptr;
    if (!failed && m_strip.seriesAt(row).displayable > 0)
        return; // on its way
    const int side = 24;
    const QRect centre(where.center() - QPoint(side / 2 - 1, side / 2 - 1), QSize(side, side));
    const QString name = failed ? QStringLiteral("warning") : QStringLiteral("not-displayable");
    painter->drawPixmap(centre,
                        icons::pixmap(name, failed ? colours::kPictureWarning : colours::kPictureDisabled,
                                      side, painter->device()->devicePixelRatioF()));
}

void SeriesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    painter->save();
    const auto &series = m_strip.seriesAt(index.row());
    QRect rect = option.rect;
    if (index.data(session::SeriesStripModel::StudyStartRole).toBool())
        rect.setTop(rect.top() + drawHeader(painter, rect, index.row()));
    const bool shown = index.data(session::SeriesStripModel::ShownRole).toBool();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(rect, colours::kSelection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(rect, colours::kRaised);
    if (shown)
        painter->fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colours::kAccent);
    if (m_strip.studyCount() > 1 && !m_strip.markAt(index.row()).otherPerson)
        painter->fillRect(QRect(rect.right() - 2, rect.top(), 3, rect.height()),
                          bandColour(m_strip.markAt(index.row()).band));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(colours::kFocus);
        painter->drawRect(rect.adjusted(0, 0, -1, -1));
    }

    const QRect thumbnail(rect.left() + kPadding + 2, rect.top() + kPadding, kThumbnail, kThumbnail);
    drawThumbnail(painter, thumbnail, index.row());

    QFont font = option.font;
    font.setPixelSize(measures::kPictureText);
    painter->setFont(font);
    const QFontMetrics metrics(font);
    const QRect textArea(thumbnail.right() + 8, thumbnail.top(), rect.right() - thumbnail.right() - 12,
                         kThumbnail);
    int y = textArea.top();
    const auto line = [&](const QString &text, const QColor &colour) {
        if (text.isEmpty())
            return;
        painter->setPen(colour);
        painter->drawText(QRect(textArea.left(), y, textArea.width(), metrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, textArea.width()));
        y += metrics.height();
    };
    const colours::Role strong = series.displayable > 0 ? colours::kText : colours::kSecondaryText;
    line(headline(series), strong);
    line(words::text(series.description), strong);
    line(countText(series), colours::kSecondaryText);
    if (series.completeness == cache::Completeness::Incomplete)
        line(words::completenessText(series.completeness, series.instances, series.expected),
             colours::kWarning);
    painter->restore();
}

// --- The list ---

SeriesStrip::SeriesStrip(session::SeriesStripModel &strip, QWidget *parent)
    : QListView(parent),
      m_strip(strip)
{
    setObjectName(QStringLiteral("seriesStrip"));
    setAccessibleName(tr("Series of the study"));
    auto *words = new SeriesStripWords(this);
    words->setSourceModel(&strip);
    setModel(words);
    setItemDelegate(new SeriesDelegate(strip, this));
    setUniformItemSizes(false); // a study's first series carries its header
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setMinimumWidth(SeriesDelegate::kThumbnail + 2 * kPadding + 16);
    const int side = qRound(SeriesDelegate::kThumbnail * devicePixelRatioF());
    strip.setThumbnailSize({side, side});
    // A new study never inherits the selection of the last one.
    connect(words, &QAbstractItemModel::modelReset, this, [this] { m_pressedRow = -1; });
}

void SeriesStrip::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        scheduleDelayedItemsLayout();
}

void SeriesStrip::mousePressEvent(QMouseEvent *event)
{
    QListView::mousePressEvent(event);
    m_pressed = event->position().toPoint();
    const QModelIndex index = indexAt(m_pressed);
    m_pressedRow = event->button() == Qt::LeftButton && index.isValid() ? index.row() : -1;
}

void SeriesStrip::mouseMoveEvent(QMouseEvent *event)
{
    const bool far =
        (event->position().toPoint() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (m_pressedRow >= 0 && far && event->buttons().testFlag(Qt::LeftButton)) {
        dragSeries(std::exchange(m_pressedRow, -1));
        return;
    }
    if (m_pressedRow < 0 && event->buttons() == Qt::NoButton)
        QListView::mouseMoveEvent(event);
}

void SeriesStrip::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const int row = std::exchange(m_pressedRow, -1);
    if (row >= 0 && indexAt(event->position().toPoint()).row() == row)
        Q_EMIT seriesChosen(row);
}

void SeriesStrip::keyPressEvent(QKeyEvent *event)
{
    const bool choose =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (choose && currentIndex().isValid()) {
        Q_EMIT seriesChosen(currentIndex().row());
        return;
    }
    QListView::keyPressEvent(event);
}

void SeriesStrip::dragSeries(int row)
{
    const auto &series = m_strip.seriesAt(row);
    if (series.displayable == 0)
        return;
    auto *content = new QMimeData;
    content->setData(ViewportWidget::seriesMimeType(), QByteArray::fromStdString(series.uid.value()));
    auto *drag = new QDrag(this);
    drag->setMimeData(content);
    if (const auto *thumbnail = m_strip.thumbnailAt(row)) {
        const QImage image(reinterpret_cast<const uchar *>(thumbnail->pixels.data()), thumbnail->size.width,
                           thumbnail->size.height, thumbnail->size.width * 4, QImage::Format_RGB32);
        drag->setPixmap(QPixmap::fromImage(image));
    }
    // lint-allow(nested-loop): Qt offers a drag in no other way; it ends with the mouse button.
    drag->exec(Qt::CopyAction);
}

} // namespace negatoscope::ui
