#pragma once

#include <session/Bindings.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QObject>

#include <optional>

namespace negatoscope::ui {

enum class WheelAct { None, Scroll, Zoom, Series, Phase, WindowWidth, WindowCenter };

/// What the mouse means over a viewport now: the reader's bindings, and the key that is held down.
///
/// As an event filter of the viewports it sees their keys first: a key that some gesture needs held is kept
/// from the actions.
class GestureReader final : public QObject
{
    Q_OBJECT
public:
    GestureReader(const session::Bindings &bindings, QObject *parent);

    /// The tool that a drag is, `inHand` where the bindings say so; empty: the drag does nothing.
    std::optional<session::Tool> toolFor(Qt::MouseButton button, Qt::KeyboardModifiers modifiers,
                                         session::Tool inHand) const;
    /// contextMenu(), the name of an action, or empty.
    QString actFor(session::Gesture::Kind kind, Qt::MouseButton button,
                   Qt::KeyboardModifiers modifiers) const;
    WheelAct wheelActFor(Qt::KeyboardModifiers modifiers) const;

    static QString contextMenu() { return QStringLiteral("contextMenu"); }
    /// The tool of an action such as "toolPan"; empty for other names.
    static std::optional<session::Tool> toolOfAction(const QString &name);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    const session::Bindings &m_bindings;
    QString m_heldKey;
};

} // namespace negatoscope::ui
