#include <session/Gesture.h>

#include <QtCore/QStringList>

#include <array>
#include <utility>

namespace negatoscope::session {

namespace {

constexpr std::array kKinds{std::pair(Gesture::Kind::Drag, "drag"), std::pair(Gesture::Kind::Click, "click"),
                            std::pair(Gesture::Kind::DoubleClick, "double"),
                            std::pair(Gesture::Kind::Wheel, "wheel")};
constexpr std::array kButtons{std::pair(Qt::LeftButton, "left"), std::pair(Qt::MiddleButton, "middle"),
                              std::pair(Qt::RightButton, "right"), std::pair(Qt::BackButton, "back"),
                              std::pair(Qt::ForwardButton, "forward")};
constexpr std::array kModifiers{std::pair(Qt::ControlModifier, "ctrl"), std::pair(Qt::ShiftModifier, "shift"),
                                std::pair(Qt::AltModifier, "alt"), std::pair(Qt::MetaModifier, "meta")};
constexpr QLatin1String kHeld("key:");

template <typename Table, typename Value>
QString nameIn(const Table &table, Value value)
{
    for (const auto &row : table)
        if (row.first == value)
            return QLatin1String(row.second);
    return {};
}

template <typename Table>
auto valueIn(const Table &table, const QString &name)
{
    using Value = typename Table::value_type::first_type;
    for (const auto &row : table)
        if (name == QLatin1String(row.second))
            return std::optional<Value>(row.first);
    return std::optional<Value>();
}

} // namespace

QString Gesture::text() const
{
    QStringList words{nameIn(kKinds, kind)};
    if (kind != Kind::Wheel)
        words << nameIn(kButtons, button);
    QStringList held;
    for (const auto &row : kModifiers)
        if (modifiers.testFlag(row.first))
            held << QLatin1String(row.second);
    if (!held.isEmpty())
        words << held.join(u'+');
    if (!heldKey.isEmpty())
        words << kHeld + heldKey;
    return words.join(u' ');
}

std::optional<Gesture> Gesture::fromText(const QString &text)
{
    QStringList words = text.split(u' ');
    const auto kind = valueIn(kKinds, words.takeFirst());
    if (!kind)
        return std::nullopt;
    Gesture gesture;
    gesture.kind = *kind;
    if (*kind != Kind::Wheel) {
        const auto button = valueIn(kButtons, words.isEmpty() ? QString() : words.takeFirst());
        if (!button)
            return std::nullopt;
        gesture.button = *button;
    }
    if (!words.isEmpty() && words.last().startsWith(kHeld))
        gesture.heldKey = words.takeLast().mid(kHeld.size());
    if (!words.isEmpty()) {
        const QStringList names = words.takeFirst().split(u'+');
        for (const QString &name : names) {
            const auto modifier = valueIn(kModifiers, name);
            if (!modifier)
                return std::nullopt;
            gesture.modifiers |= *modifier;
        }
    }
    return words.isEmpty() ? std::optional(gesture) : std::nullopt;
}

} // namespace negatoscope::session
