#include "BindingWords.h"

#include "Actions.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtGui/QKeySequence>

namespace negatoscope::ui::words {

namespace {

using Kind = session::Gesture::Kind;

class Hands
{
    Q_DECLARE_TR_FUNCTIONS(Hands)
};

QString kindAndButton(const session::Gesture &gesture)
{
    if (gesture.kind == Kind::Wheel)
        return QLocale().toLower(kindText(gesture.kind));
    const QString button = QLocale().toLower(buttonText(gesture.button));
    switch (gesture.kind) {
    case Kind::Drag:
        return Hands::tr("%1 drag", "gesture: button").arg(button);
    case Kind::DoubleClick:
        return Hands::tr("%1 double click", "gesture: button").arg(button);
    case Kind::Click:
    case Kind::Wheel:
        break;
    }
    return Hands::tr("%1 click", "gesture: button").arg(button);
}

} // namespace

QString kindText(Kind kind)
{
    switch (kind) {
    case Kind::Drag:
        return Hands::tr("Drag");
    case Kind::Click:
        return Hands::tr("Click");
    case Kind::DoubleClick:
        return Hands::tr("Double click");
    case Kind::Wheel:
        break;
    }
    return Hands::tr("Wheel");
}

QString buttonText(Qt::MouseButton button)
{
    switch (button) {
    case Qt::MiddleButton:
        return Hands::tr("Middle");
    case Qt::RightButton:
        return Hands::tr("Right");
    case Qt::BackButton:
        return Hands::tr("Back button");
    case Qt::ForwardButton:
        return Hands::tr("Forward button");
    default:
        return Hands::tr("Left");
    }
}

QString gestureText(const session::Gesture &gesture)
{
    QStringList parts;
    // The system's own words for the modifiers: "Ctrl", "Maj" on a French Mac keyboard, ...
    if (gesture.modifiers != Qt::NoModifier) {
        QString modifiers =
            QKeySequence(QKeyCombination(gesture.modifiers, Qt::Key_F1)).toString(QKeySequence::NativeText);
        modifiers.chop(3); // "+F1"
        parts << modifiers;
    }
    if (!gesture.heldKey.isEmpty())
        parts << keysText({gesture.heldKey});
    parts << kindAndButton(gesture);
    return parts.join(QStringLiteral(" + "));
}

QString actText(const QString &act)
{
    if (act == QLatin1String("activeTool"))
        return Hands::tr("The tool in hand");
    if (act == QLatin1String("contextMenu"))
        return Hands::tr("Menu");
    if (act == QLatin1String("scroll"))
        return Hands::tr("Scroll through the images");
    if (act == QLatin1String("zoom"))
        return Hands::tr("Zoom at the pointer");
    if (act == QLatin1String("series"))
        return Hands::tr("Next and previous series");
    if (act == QLatin1String("phase"))
        return Hands::tr("Next and previous phase; of planes the thickness");
    if (act == QLatin1String("windowWidth"))
        return Hands::tr("Window width");
    if (act == QLatin1String("windowCenter"))
        return Hands::tr("Window level");
    return act.isEmpty() ? Hands::tr("Nothing") : actionText(act);
}

QString bindableText(const session::Bindable &bindable)
{
    const QString text = actionText(bindable.name);
    return bindable.area == session::Bindable::Area::StudyList
               ? Hands::tr("Study list: %1", "action").arg(text)
               : text;
}

QString keysText(const QStringList &keys)
{
    QStringList texts;
    for (const QString &key : keys)
        texts << QKeySequence(key, QKeySequence::PortableText).toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(", "));
}

} // namespace negatoscope::ui::words
