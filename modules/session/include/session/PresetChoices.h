#pragma once

#include <session/Settings.h>
#include <session/WindowPresets.h>

#include <QtCore/QObject>

namespace negatoscope::session {

/// Which window presets a reader has: those that ship, and over them whole lists of modalities that she has
/// changed. Changes are kept in Settings at once; changed() is emitted once per change.
///
/// Threads : of the UI.
class PresetChoices final : public QObject
{
    Q_OBJECT
public:
    PresetChoices(WindowPresets shipped, Settings &settings, QObject *parent = nullptr);
    Q_DISABLE_COPY_MOVE(PresetChoices)

    /// The same object for the life of this one.
    const WindowPresets &inForce() const { return m_inForce; }
    bool isChanged(const QString &modality) const { return m_own.modalities().contains(modality); }
    /// Empty: done. Else nothing has changed.
    std::optional<PresetProblem> set(const QString &modality, const WindowPresets::List &presets);
    /// What ships again.
    void reset(const QString &modality);

Q_SIGNALS:
    void changed();

private:
    void keep();

    const WindowPresets m_shipped;
    WindowPresets m_own, m_inForce;
    Settings &m_settings;
};

} // namespace negatoscope::session
