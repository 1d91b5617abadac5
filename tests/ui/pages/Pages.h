#pragma once

#include <ui/ReadingWindow.h>
#include <ui/StudyListWindow.h>
#include <ui/ViewportWidget.h>

#include <QtCore/QJsonObject>
#include <QtWidgets/QWidget>

class QAbstractItemView;
class QLineEdit;

namespace negatoscope::test {

/// What a reader does at the study list, and what she sees there.
class StudyListPage
{
public:
    explicit StudyListPage(ui::StudyListWindow &window) : m_window(window) {}

    void search(const QString &text);
    void clearSearch();
    int listed() const;
    QString patientAt(int row) const;
    bool isEmptyPageShown() const;
    QString importText() const;
    /// Selects the study and presses Return on it.
    void open(const QString &studyUid);
    QStringList headers() const;
    QWidget &window() { return m_window; }

private:
    QLineEdit &field() const;
    QAbstractItemView &table() const;
    ui::StudyListWindow &m_window;
};

/// What a reader does in a reading window.
class ReadingPage
{
public:
    explicit ReadingPage(ui::ReadingWindow &window) : m_window(window) {}

    /// A key as pressed with the focus in the active viewport.
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void wheel(int steps, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void drag(Qt::MouseButton button, QPoint distance);
    void doubleClick();
    void clickSeries(int row);
    /// Everything asked for is on screen, or a reason why not.
    bool isSettled() const;
    /// The active viewport as `negatoscope state` tells it.
    QJsonObject tile() const;
    const session::ViewportState &state() const;
    ui::ViewportWidget &viewport() const;
    ui::ViewportWidget *viewportAt(int index) const;
    QWidget &window() { return m_window; }
    session::ReadingPresenter &presenter() const { return m_window.presenter(); }

private:
    ui::ReadingWindow &m_window;
};

/// Keeps a picture of a window for looking at: NEGATOSCOPE_SCREENSHOTS, or a folder beside the program.
void keepPicture(QWidget &window, const QString &name);

} // namespace negatoscope::test
