#include "ScreenSet.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QEvent>
#include <QtCore/QSettings>
#include <QtGui/QGuiApplication>
#include <QtGui/QScreen>
#include <QtGui/QWindow>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace negatoscope::ui {

namespace {

using namespace std::chrono_literals;
constexpr Qt::WindowStates kWhole = Qt::WindowMaximized | Qt::WindowFullScreen; ///< of a screen
constexpr int kLeastSeen = 64; ///< device-independent pixels, each way
constexpr auto kSaveDelay = 400ms;
/// Screens come and go one by one when a desk is plugged in.
constexpr auto kSettleDelay = 600ms;

QList<QScreen *> screensFromLeft()
{
    auto screens = QGuiApplication::screens();
    std::stable_sort(screens.begin(), screens.end(), [](const QScreen *a, const QScreen *b) {
        return std::pair(a->geometry().x(), a->geometry().y()) <
               std::pair(b->geometry().x(), b->geometry().y());
    });
    return screens;
}

} // namespace

QString screenSetKey()
{
    QByteArray text;
    for (const QScreen *screen : screensFromLeft()) {
        const QRect at = screen->geometry();
        text += screen->name().toUtf8() + ' ' + QByteArray::number(at.x()) + ' ' +
                QByteArray::number(at.y()) + ' ' + QByteArray::number(at.width()) + 'x' +
                QByteArray::number(at.height()) + '\n';
    }
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(12));
}

QScreen *nextScreen(const QWidget &window)
{
    const auto screens = screensFromLeft();
    const auto at = screens.indexOf(window.screen());
    return screens.isEmpty() ? nullptr : screens[(at + 1) % screens.size()];
}

void moveToScreen(QWidget &window, QScreen &screen)
{
    const QRect from = window.screen()->availableGeometry(), to = screen.availableGeometry();
    if (window.screen() == &screen)
        return;
    const bool maximised = window.isMaximized(), full = window.isFullScreen();
    const QRect old = maximised || full ? window.normalGeometry() : window.geometry();
    // The same part of the screen, never larger than it.
    const auto scaled = [](int value, int whole, int other) {
        return static_cast<int>(std::lround(static_cast<double>(value) * other / std::max(whole, 1)));
    };
    const QSize size(std::clamp(scaled(old.width(), from.width(), to.width()), 1, to.width()),
                     std::clamp(scaled(old.height(), from.height(), to.height()), 1, to.height()));
    const QPoint corner(to.x() + std::clamp(scaled(old.x() - from.x(), from.width(), to.width()), 0,
                                            to.width() - size.width()),
                        to.y() + std::clamp(scaled(old.y() - from.y(), from.height(), to.height()), 0,
                                            to.height() - size.height()));
    if (maximised || full)
        window.showNormal();
    window.setScreen(&screen);
    window.setGeometry(QRect(corner, size));
    if (full)
        window.showFullScreen();
    else if (maximised)
        window.showMaximized();
}

WindowPlace::WindowPlace(QWidget &window, QSettings &settings, const QString &name)
    : QObject(&window),
      m_window(window),
      m_settings(settings),
      m_name(name),
      m_screens(screenSetKey())
{
    window.installEventFilter(this);
    m_saving.setSingleShot(true);
    m_saving.setInterval(kSaveDelay);
    connect(&m_saving, &QTimer::timeout, this, &WindowPlace::save);
    m_settling.setSingleShot(true);
    m_settling.setInterval(kSettleDelay);
    connect(&m_settling, &QTimer::timeout, this, &WindowPlace::takeScreens);
    const auto later = [this] {
        m_saving.stop(); // what the system does to the window now is not the reader's choice
        m_settling.start();
    };
    connect(qGuiApp, &QGuiApplication::screenAdded, this, later);
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, later);
}

QString WindowPlace::key() const
{
    return QStringLiteral("places/%1/%2").arg(m_screens, m_name);
}

bool WindowPlace::restore()
{
    const QByteArray place = m_settings.value(key()).toByteArray();
    return !place.isEmpty() && m_window.restoreGeometry(place) && !bringIntoSight();
}

/// A window that nobody can see or take hold of is a lost window. True if it was one.
bool WindowPlace::bringIntoSight()
{
    const auto screens = QGuiApplication::screens();
    const bool visible = std::any_of(screens.begin(), screens.end(), [this](const QScreen *screen) {
        const QRect seen = screen->availableGeometry().intersected(m_window.geometry());
        return seen.width() >= kLeastSeen && seen.height() >= kLeastSeen;
    });
    if (visible || m_window.screen() == nullptr)
        return false;
    const Qt::WindowStates state = m_window.windowState();
    m_window.setWindowState(state & ~kWhole);
    m_window.setGeometry(m_window.screen()->availableGeometry());
    m_window.setWindowState(state);
    return true;
}

void WindowPlace::save()
{
    if (m_window.isFullScreen() || m_settling.isActive() || m_screens != screenSetKey())
        return;
    m_settings.setValue(key(), m_window.saveGeometry());
}

void WindowPlace::takeScreens()
{
    if (const QString now = screenSetKey(); now != m_screens) {
        m_screens = now;
        // A maximised window would stay where it is if it were told to be maximised elsewhere.
        const Qt::WindowStates state = m_window.windowState();
        m_window.setWindowState(state & ~kWhole);
        // A place of this set of screens, else at least one where it can be seen: the system moves nothing.
        const bool restored = restore();
        if (!restored)
            bringIntoSight();
        m_window.setWindowState(restored ? m_window.windowState() | (state & Qt::WindowFullScreen) : state);
    }
}

bool WindowPlace::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::WindowStateChange:
        if (m_window.isVisible() && !m_settling.isActive())
            m_saving.start();
        break;
    case QEvent::Close:
        m_saving.stop();
        save();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace negatoscope::ui
