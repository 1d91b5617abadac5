#pragma once

#include <base/Result.h>
#include <session/Gesture.h>
#include <session/Settings.h>

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <map>
#include <vector>

namespace negatoscope::session {

/// Something that a key or the mouse can be bound to, as the table of actions in ui names it.
struct Bindable
{
    enum class Area { Viewport, ReadingWindow, StudyList, Everywhere };
    QString name;                    ///< stable, in settings and profiles
    QStringList keys;                ///< portable, unless the reader changes them
    Area area = Area::ReadingWindow; ///< a viewport's keys are those of its window as well
    bool isTool = false;             ///< can be dragged
};

/// Which key and which gesture does what: the defaults, and over them what the reader has changed.
///
/// Gestures name an act: "activeTool" (drag: the tool in hand), a tool by its bindable name (drag), "scroll",
/// "zoom", "series", "phase" (wheel), "contextMenu" or any bindable (click, double click), or "" for nothing.
/// Changes are kept in Settings at once; changed() is emitted once per change or imported profile.
class Bindings final : public QObject
{
    Q_OBJECT
public:
    Bindings(std::vector<Bindable> bindables, Settings &settings, QObject *parent = nullptr);
    Q_DISABLE_COPY_MOVE(Bindings)

    const std::vector<Bindable> &bindables() const { return m_bindables; }
    QStringList keysOf(const QString &name) const;
    void setKeys(const QString &name, const QStringList &keys);
    bool areKeysChanged(const QString &name) const { return m_keys.contains(name); }

    const std::map<Gesture, QString> &gestures() const { return m_gestures; }
    /// Empty: nothing happens. A gesture with modifiers that nobody bound does what it does without them.
    QString actOf(const Gesture &gesture) const;
    /// An empty act frees the gesture.
    void bind(const Gesture &gesture, const QString &act);
    /// Whether any gesture needs this key to be held.
    bool isHeldKey(const QString &key) const;
    static const std::map<Gesture, QString> &defaultGestures();
    /// What can be bound to gestures of a kind, in the order to offer it.
    QStringList actsFor(Gesture::Kind kind) const;

    /// One key for two acts that can be meant at the same time; a gesture that holds it is named by its text.
    struct Conflict
    {
        QString key;
        QStringList names;
    };
    std::vector<Conflict> conflicts() const;
    /// Who else has this key where `name` is meant.
    QStringList holdersOf(const QString &key, const QString &name) const;

    void resetAll();
    void reset(const QString &name);

    /// Everything that differs from the defaults, as a profile.
    QByteArray toJson() const;
    /// Replaces all changes by those of a profile. Errors: Malformed, saying what; then nothing has changed.
    base::Status fromJson(const QByteArray &json);

Q_SIGNALS:
    void changed();

private:
    const Bindable *find(const QString &name) const;
    void load();
    void keep();

    const std::vector<Bindable> m_bindables;
    Settings &m_settings;
    std::map<QString, QStringList> m_keys; ///< those that differ
    std::map<Gesture, QString> m_gestures; ///< all in force
};

} // namespace negatoscope::session
