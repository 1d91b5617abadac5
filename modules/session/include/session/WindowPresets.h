#pragma once

#include <base/Result.h>
#include <imaging/Window.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <map>
#include <optional>
#include <vector>

namespace negatoscope::session {

/// A named window on a digit key.
struct WindowPreset
{
    QString name; ///< an anatomical term, translated by ui ("Lung", "Bone", ...), or what the reader wrote
    imaging::Window window;
    bool operator==(const WindowPreset &) const = default;
};

/// Why a list of presets cannot stand on the digit keys.
struct PresetProblem
{
    enum class Kind {
        NoName,
        SameName, ///< as another one of the list: the corner text could not tell which window it is
        Narrow,   ///< narrower than 1 (PS3.3 C.11.2.1.2.1)
        TooMany,  ///< there are nine digits
    };
    Kind kind = Kind::NoName;
    int position = 0; ///< from 0
};

/// Presets per modality: {"CT": [{"name", "center", "width"}...]}, as in resources/presets/windows.json.
class WindowPresets
{
public:
    static constexpr int kMost = 9;
    using List = std::vector<WindowPreset>;

    WindowPresets() = default;
    /// Errors: Malformed, with the modality and position of the entry that is wrong.
    static base::Result<WindowPresets> fromJson(const QByteArray &json);
    QByteArray toJson() const;
    static std::optional<PresetProblem> problemIn(const List &presets);

    /// On keys 1 to 9 in this order; empty for a modality without presets.
    const List &of(const QString &modality) const;
    /// Those that have a list, be it an empty one.
    QStringList modalities() const;
    /// A list without problems.
    void set(const QString &modality, List presets);
    void forget(const QString &modality);

private:
    std::map<QString, List> m_presets;
};

} // namespace negatoscope::session
