#include <session/WindowPresets.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace negatoscope::session {

base::Result<WindowPresets> WindowPresets::fromJson(const QByteArray &json) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return base::failure(base::ErrorCode::Malformed,
                             "window presets: " + error.errorString().toStdString() + " at byte " +
                                 std::to_string(error.offset));
    WindowPresets presets;
    const QJsonObject modalities = document.object();
    for (auto modality = modalities.begin(); modality != modalities.end(); ++modality) {
        int position = 0;
        const QJsonArray entries = modality.value().toArray();
        for (const QJsonValue &entry : entries) {
            ++position;
            const QJsonObject object = entry.toObject();
            const QString name = object.value(QLatin1String("name")).toString();
            const double center = object.value(QLatin1String("center")).toDouble(qQNaN());
            const double width = object.value(QLatin1String("width")).toDouble(qQNaN());
            if (name.isEmpty() || qIsNaN(center) || !(width >= 1))
                return base::failure(base::ErrorCode::Malformed, "window presets: entry " + std::to_string(position) +
                                                                     " of " + modality.key().toStdString() +
                                                                     " needs a name, a center and a width of 1 or more");
            presets.m_presets[modality.key()].push_back({name, {center, width, imaging::VoiFunction::Linear}});
        }
    }
    return presets;
}

const std::vector<WindowPreset> &WindowPresets::of(const QString &modality) const {
    static const std::vector<WindowPreset> none;
    const auto at = m_presets.find(modality);
    return at == m_presets.end() ? none : at->second;
}

} // namespace negatoscope::session
