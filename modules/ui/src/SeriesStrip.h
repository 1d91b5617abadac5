#pragma once

#include <session/SeriesStripModel.h>

#include <QtCore/QIdentityProxyModel>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>

namespace negatoscope::ui {

/// Adds the words for people and for screen readers to the strip's rows.
class SeriesStripWords final : public QIdentityProxyModel
{
    Q_OBJECT
public:
    using QIdentityProxyModel::QIdentityProxyModel;
    QVariant data(const QModelIndex &index, int role) const override;
};

/// Draws one series: its thumbnail, modality and number, description, image count, and whether it is shown.
class SeriesDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    SeriesDelegate(const session::SeriesStripModel &strip, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    static constexpr int kThumbnail = 64;

private:
    int drawHeader(QPainter *painter, const QRect &rect, int row) const;
    void drawThumbnail(QPainter *painter, const QRect &where, int row) const;
    const session::SeriesStripModel &m_strip;
};

/// The series of the open study. A click, Return or Space shows one in the active viewport; it can be dragged
/// onto any.
class SeriesStrip final : public QListView
{
    Q_OBJECT
public:
    SeriesStrip(session::SeriesStripModel &strip, QWidget *parent);

Q_SIGNALS:
    void seriesChosen(int row);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void dragSeries(int row);

    session::SeriesStripModel &m_strip;
    QPoint m_pressed;
    int m_pressedRow = -1;
};

} // namespace negatoscope::ui
