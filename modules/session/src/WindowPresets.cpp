#include <session/WindowPresets.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace negatoscope::session {

base::Result<WindowPresets> WindowPresets::fromJson(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return base::failure(base::ErrorCode::Malformed,
                             "window presets: " + error.errorString().toStdString() + " at byte " +
                                 std::to_string(error.offset));
    WindowPresets presets;
    const QJsonObject modalities = document.object();
    for (auto modality = modalities.begin(); modality != modalities.end(); ++modality) {
        List list;
        const QJsonArray entries = modality.value().toArray();
        for (const QJsonValue &entry : entries) {
            const QJsonObject object = entry.toObject();
            list.push_back(
                {object.value(QLatin1String("name")).toString(),
                 {object.value(QLatin1String("center")).toDouble(qQNaN()),
                  object.value(QLatin1String("width")).toDouble(qQNaN()), imaging::VoiFunction::Linear}});
        }
        if (const auto problem = problemIn(list))
            return base::failure(base::ErrorCode::Malformed,
                                 "window presets: entry " + std::to_string(problem->position + 1) + " of " +
                                     modality.key().toStdString() +
                                     " needs a name of its own, a center and a width of 1 or more; nine are "
                                     "the most");
        presets.m_presets[modality.key()] = std::move(list);
    }
    return presets;
}

QByteArray WindowPresets::toJson() const
{
    QJsonObject modalities;
    for (const auto &[modality, list] : m_presets) {
        QJsonArray entries;
        for (const WindowPreset &preset : list)
            entries.append(QJsonObject{{QStringLiteral("name"), preset.name},
                                       {QStringLiteral("center"), preset.window.center},
                                       {QStringLiteral("width"), preset.window.width}});
        modalities.insert(modality, entries);
    }
    return QJsonDocument(modalities).toJson(QJsonDocument::Compact);
}

std::optional<PresetProblem> WindowPresets::problemIn(const List &presets)
{
    using Kind = PresetProblem::Kind;
    for (auto preset = presets.begin(); preset != presets.end(); ++preset) {
        const int position = static_cast<int>(preset - presets.begin());
        const auto sameName = [&](const WindowPreset &other) {
            return other.name.trimmed().compare(preset->name.trimmed(), Qt::CaseInsensitive) == 0;
        };
        if (preset->name.trimmed().isEmpty())
            return PresetProblem{Kind::NoName, position};
        if (std::any_of(presets.begin(), preset, sameName))
            return PresetProblem{Kind::SameName, position};
        if (!(preset->window.width >= 1) || qIsNaN(preset->window.center))
            return PresetProblem{Kind::Narrow, position};
        if (position >= kMost)
            return PresetProblem{Kind::TooMany, position};
    }
    return std::nullopt;
}

const WindowPresets::List &WindowPresets::of(const QString &modality) const
{
    static const List none;
    const auto at = m_presets.find(modality);
    return at == m_presets.end() ? none : at->second;
}

QStringList WindowPresets::modalities() const
{
    QStringList modalities;
    for (const auto &entry : m_presets)
        modalities << entry.first;
    return modalities;
}

void WindowPresets::set(const QString &modality, List presets)
{
    m_presets[modality] = std::move(presets);
}

void WindowPresets::forget(const QString &modality)
{
    m_presets.erase(modality);
}

} // namespace negatoscope::session
