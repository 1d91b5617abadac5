#include "Pages.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtGui/QScreen>
#include <QtGui/QWheelEvent>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>

#include <algorithm>

namespace negatoscope::test {

// --- Study list ---

QLineEdit &StudyListPage::field() const
{
    return *m_window.findChild<QLineEdit *>(QStringLiteral("searchField"));
}

QAbstractItemView &StudyListPage::table() const
{
    return *m_window.findChild<QAbstractItemView *>(QStringLiteral("studyTable"));
}

void StudyListPage::search(const QString &text)
{
    QTest::keyClicks(&field(), text);
}

void StudyListPage::clearSearch()
{
    QTest::keyClick(&field(), Qt::Key_Escape);
}

int StudyListPage::listed() const
{
    return table().model()->rowCount();
}

QString StudyListPage::patientAt(int row) const
{
    return table().model()->index(row, session::StudyListModel::Patient).data().toString();
}

bool StudyListPage::isEmptyPageShown() const
{
    return m_window.findChild<QWidget *>(QStringLiteral("emptyPage"))->isVisible();
}

QString StudyListPage::importText() const
{
    return m_window.findChild<QLabel *>(QStringLiteral("importText"))->text();
}

void StudyListPage::open(const QString &studyUid)
{
    QVERIFY(m_window.selectStudy(base::StudyUid(studyUid.toStdString())));
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_Return);
}

QStringList StudyListPage::headers() const
{
    QStringList headers;
    for (int column = 0; column < table().model()->columnCount(); ++column)
        headers << table().model()->headerData(column, Qt::Horizontal).toString();
    return headers;
}

// --- Reading window ---

ui::ViewportWidget &ReadingPage::viewport() const
{
    return *m_window.viewports().at(static_cast<std::size_t>(presenter().activeIndex()));
}

ui::ViewportWidget *ReadingPage::viewportAt(int index) const
{
    return m_window.viewports().at(static_cast<std::size_t>(index));
}

const session::ViewportState &ReadingPage::state() const
{
    return presenter().active()->state();
}

QJsonObject ReadingPage::tile() const
{
    return presenter().active()->json();
}

void ReadingPage::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    viewport().setFocus();
    QTest::keyClick(&viewport(), key, modifiers);
}

void ReadingPage::wheel(int steps, Qt::KeyboardModifiers modifiers)
{
    QWidget &target = viewport();
    const QPointF at = target.rect().center();
    for (int i = 0; i < std::abs(steps); ++i) {
        QWheelEvent event(at, target.mapToGlobal(at), {}, QPoint(0, steps > 0 ? 120 : -120), Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&target, &event);
    }
}

void ReadingPage::drag(Qt::MouseButton button, QPoint distance)
{
    QWidget &target = viewport();
    const QPoint from = target.rect().center();
    QTest::mousePress(&target, button, {}, from);
    for (int part = 1; part <= 8; ++part) {
        const QPointF at = from + distance * part / 8;
        QMouseEvent move(QEvent::MouseMove, at, target.mapToGlobal(at), Qt::NoButton, button, Qt::NoModifier);
        QCoreApplication::sendEvent(&target, &move);
    }
    QTest::mouseRelease(&target, button, {}, from + distance);
}

void ReadingPage::doubleClick()
{
    QTest::mouseDClick(&viewport(), Qt::LeftButton, {}, viewport().rect().center());
}

void ReadingPage::clickSeries(int row)
{
    auto &strip = *m_window.findChild<QAbstractItemView *>(QStringLiteral("seriesStrip"));
    const QModelIndex index = strip.model()->index(row, 0);
    strip.scrollTo(index);
    QTest::mouseClick(strip.viewport(), Qt::LeftButton, {}, strip.visualRect(index).center());
}

bool ReadingPage::isSettled() const
{
    using Content = session::ViewportState::Content;
    if (presenter().isOpening() || !presenter().study())
        return false;
    const auto &viewports = presenter().viewports();
    const bool shown = std::all_of(viewports.begin(), viewports.end(), [](const auto &viewport) {
        const auto &now = viewport->state();
        return now.content == Content::Empty ||
               (now.content != Content::Waiting && !now.pending && now.countFinal);
    });
    if (!shown)
        return false;
    auto &strip = presenter().strip();
    for (int row = 0; row < strip.rowCount(); ++row) {
        if (strip.seriesAt(row).displayable > 0 && !strip.thumbnailAt(row) && !strip.errorAt(row))
            return false;
    }
    return true;
}

void keepPicture(QWidget &window, const QString &name)
{
    QString folder = qEnvironmentVariable("NEGATOSCOPE_SCREENSHOTS");
    if (folder.isEmpty())
        folder = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("screenshots"));
    QDir().mkpath(folder);
    // Before its first painting, or behind another, a window has no pixels of its own on the screen.
    const bool exposed = QTest::qWaitForWindowExposed(&window, 500);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    window.repaint();
    for (auto *viewport : window.findChildren<ui::ViewportWidget *>())
        viewport->repaint(); // a change may not have been painted yet
    QPixmap picture = exposed ? window.screen()->grabWindow(window.winId()) : QPixmap();
    if (picture.isNull())
        picture = window.grab();
    QVERIFY2(picture.save(QDir(folder).filePath(name + QLatin1String(".png"))), qPrintable(folder));
}

} // namespace negatoscope::test
