#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QTimer>

class QScreen;
class QSettings;
class QWidget;

namespace negatoscope::ui {

/// The screens there are now, as a key for settings: the same screens at the same places give the same key.
QString screenSetKey();

/// The screen after the one a window is on, left to right, then from the start again; its own if it is alone.
QScreen *nextScreen(const QWidget &window);
/// To the same part of another screen; a maximised or full-screen window stays so.
void moveToScreen(QWidget &window, QScreen &screen);

/// Remembers where a window is, for each set of screens: a laptop on the desk has its places there, the same
/// laptop in the ward has others. Goes where the window was when screens come or go.
class WindowPlace final : public QObject
{
    Q_OBJECT
public:
    /// `name` is the window's in the settings, e.g. "readingWindow2". Both must outlive this object.
    WindowPlace(QWidget &window, QSettings &settings, const QString &name);

    /// False if the window has no place for these screens yet.
    bool restore();
    void save();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeScreens();
    bool bringIntoSight();
    QString key() const;

    QWidget &m_window;
    QSettings &m_settings;
    const QString m_name;
    QString m_screens; ///< the set that the window's place is of
    QTimer m_saving, m_settling;
};

} // namespace negatoscope::ui
