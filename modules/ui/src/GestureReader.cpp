#include "GestureReader.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QKeySequence>

#include <array>
#include <utility>

namespace negatoscope::ui {

namespace {

constexpr Qt::KeyboardModifiers kModifiers =
    Qt::ControlModifier | Qt::ShiftModifier | Qt::AltModifier | Qt::MetaModifier;

QString keyName(const QKeyEvent &event)
{
    return QKeySequence(event.key()).toString(QKeySequence::PortableText);
}

} // namespace

GestureReader::GestureReader(const session::Bindings &bindings, QObject *parent)
    : QObject(parent),
      m_bindings(bindings)
{}

QString GestureReader::actFor(session::Gesture::Kind kind, Qt::MouseButton button,
                              Qt::KeyboardModifiers modifiers) const
{
    return m_bindings.actOf({kind, button, modifiers & kModifiers, m_heldKey});
}

std::optional<session::Tool> GestureReader::toolFor(Qt::MouseButton button, Qt::KeyboardModifiers modifiers,
                                                    session::Tool inHand) const
{
    const QString act = actFor(session::Gesture::Kind::Drag, button, modifiers);
    return act == QLatin1String("activeTool") ? std::optional(inHand) : toolOfAction(act);
}

WheelAct GestureReader::wheelActFor(Qt::KeyboardModifiers modifiers) const
{
    static const std::array kActs{std::pair(QLatin1String("scroll"), WheelAct::Scroll),
                                  std::pair(QLatin1String("zoom"), WheelAct::Zoom),
                                  std::pair(QLatin1String("series"), WheelAct::Series),
                                  std::pair(QLatin1String("phase"), WheelAct::Phase),
                                  std::pair(QLatin1String("windowWidth"), WheelAct::WindowWidth),
                                  std::pair(QLatin1String("windowCenter"), WheelAct::WindowCenter)};
    const QString act = actFor(session::Gesture::Kind::Wheel, Qt::NoButton, modifiers);
    for (const auto &row : kActs)
        if (act == row.first)
            return row.second;
    return WheelAct::None;
}

std::optional<session::Tool> GestureReader::toolOfAction(const QString &name)
{
    if (!name.startsWith(QLatin1String("tool")) || name.size() < 5)
        return std::nullopt;
    return session::toolNamed(name.at(4).toLower() + name.mid(5));
}

bool GestureReader::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        if (m_bindings.isHeldKey(keyName(static_cast<QKeyEvent &>(*event)))) {
            event->accept(); // a key press, not the shortcut of an action
            return true;
        }
        break;
    case QEvent::KeyPress:
        if (const QString key = keyName(static_cast<QKeyEvent &>(*event)); m_bindings.isHeldKey(key)) {
            m_heldKey = key;
            return true;
        }
        break;
    case QEvent::KeyRelease:
        if (const auto &key = static_cast<QKeyEvent &>(*event);
            !key.isAutoRepeat() && keyName(key) == m_heldKey)
            m_heldKey.clear();
        break;
    case QEvent::FocusOut: // its release may never be seen here
        m_heldKey.clear();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace negatoscope::ui
