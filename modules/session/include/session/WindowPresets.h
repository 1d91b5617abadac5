#pragma once

#include <base/Result.h>
#include <imaging/Window.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <map>
#include <vector>

namespace negatoscope::session {

/// A named window on a digit key.
struct WindowPreset
{
    QString name;              ///< an anatomical term, translated by ui ("Lung", "Bone", ...)
    imaging::Window window;
    bool operator==(const WindowPreset &) const = default;
};

/// Presets per modality, from resources/presets/windows.json: {"CT": [{"name", "center", "width"}...]}.
class WindowPresets {
public:
    WindowPresets() = default;
    /// Errors: Malformed, with the modality and position of the entry that is wrong.
    static base::Result<WindowPresets> fromJson(const QByteArray &json);

    /// On keys 1 to 9 in this order; empty for a modality without presets.
    const std::vector<WindowPreset> &of(const QString &modality) const;

private:
    std::map<QString, std::vector<WindowPreset>> m_presets;
};

} // namespace negatoscope::session
