#pragma once

#include <session/CornerLayout.h>
#include <session/Settings.h>

#include <QtCore/QObject>

namespace negatoscope::session {

/// Which corner text a reader has. Changes are kept in Settings at once; changed() is emitted once per
/// change.
///
/// Threads : of the UI.
class CornerChoices final : public QObject
{
    Q_OBJECT
public:
    explicit CornerChoices(Settings &settings, QObject *parent = nullptr);
    Q_DISABLE_COPY_MOVE(CornerChoices)

    const CornerLayouts &layouts() const { return m_layouts; }
    /// What is required and missing is put back (withRequired()).
    void set(const QString &modality, const CornerLayout &layout);
    /// A modality's as that of all others; that of all others as it ships.
    void reset(const QString &modality);

Q_SIGNALS:
    void changed();

private:
    void keep();

    CornerLayouts m_layouts;
    Settings &m_settings;
};

} // namespace negatoscope::session
