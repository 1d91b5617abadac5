#include <rendering/VolumePreset.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtGui/QColor>

#include <algorithm>
#include <optional>

namespace negatoscope::rendering {

namespace {

base::Result<VolumePreset> presetOf(const QJsonObject &object)
{
    VolumePreset preset;
    preset.id = object[QLatin1String("id")].toString().toStdString();
    const auto wrong = [&](const char *what) {
        return base::failure(base::ErrorCode::Malformed, "volume preset '" + preset.id + "': " + what);
    };
    if (preset.id.empty())
        return wrong("it has no id");
    for (const QJsonValue &modality : object[QLatin1String("modalities")].toArray())
        preset.modalities.push_back(modality.toString().toStdString());

    const QString blending = object[QLatin1String("blending")].toString(QStringLiteral("composite"));
    if (blending == QLatin1String("maximum"))
        preset.blending = VolumePreset::Blending::Maximum;
    else if (blending == QLatin1String("minimum"))
        preset.blending = VolumePreset::Blending::Minimum;
    else if (blending != QLatin1String("composite"))
        return wrong("blending is composite, maximum or minimum");
    const QString scale = object[QLatin1String("scale")].toString(QStringLiteral("value"));
    if (scale == QLatin1String("window"))
        preset.scale = VolumePreset::Scale::Window;
    else if (scale != QLatin1String("value"))
        return wrong("scale is value or window");

    const QJsonObject light = object[QLatin1String("light")].toObject();
    preset.shaded = preset.blending == VolumePreset::Blending::Composite && !light.isEmpty();
    preset.ambient = light[QLatin1String("ambient")].toDouble(preset.ambient);
    preset.diffuse = light[QLatin1String("diffuse")].toDouble(preset.diffuse);
    preset.specular = light[QLatin1String("specular")].toDouble(preset.specular);
    preset.specularPower = light[QLatin1String("power")].toDouble(preset.specularPower);

    for (const QJsonValue &point : object[QLatin1String("opacity")].toArray()) {
        const QJsonArray pair = point.toArray();
        preset.opacity.push_back({pair.at(0).toDouble(), pair.at(1).toDouble(-1)});
        if (preset.opacity.back().opacity < 0 || preset.opacity.back().opacity > 1)
            return wrong("opacities lie between 0 and 1");
    }
    for (const QJsonValue &point : object[QLatin1String("colours")].toArray()) {
        const QJsonArray pair = point.toArray();
        const QColor colour(pair.at(1).toString());
        if (!colour.isValid())
            return wrong("a colour is written #rrggbb");
        preset.colours.push_back({pair.at(0).toDouble(), {colour.redF(), colour.greenF(), colour.blueF()}});
    }
    const auto byPlace = [](const auto &a, const auto &b) { return a.at < b.at; };
    if (preset.opacity.size() < 2 || preset.colours.empty() ||
        !std::is_sorted(preset.opacity.begin(), preset.opacity.end(), byPlace) ||
        !std::is_sorted(preset.colours.begin(), preset.colours.end(), byPlace))
        return wrong("it needs two opacities and a colour at least, in increasing order");
    return preset;
}

} // namespace

bool VolumePreset::suits(std::string_view modality) const
{
    return modalities.empty() ||
           std::find(modalities.begin(), modalities.end(), modality) != modalities.end();
}

double VolumePreset::opacityAt(double at) const
{
    if (opacity.empty() || at < opacity.front().at)
        return 0;
    for (std::size_t i = 1; i < opacity.size(); ++i) {
        const Opacity &from = opacity[i - 1], &to = opacity[i];
        if (at < to.at)
            return from.opacity + (to.opacity - from.opacity) * (at - from.at) / (to.at - from.at);
    }
    return opacity.back().opacity;
}

base::Result<std::vector<VolumePreset>> volumePresetsFromJson(std::string_view json)
{
    QJsonParseError error;
    const auto document =
        QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size())), &error);
    if (!document.isArray())
        return base::failure(base::ErrorCode::Malformed,
                             "volume presets: " + error.errorString().toStdString() + " at byte " +
                                 std::to_string(error.offset));
    std::vector<VolumePreset> presets;
    for (const QJsonValue &entry : document.array()) {
        TRY(auto preset, presetOf(entry.toObject()));
        presets.push_back(std::move(preset));
    }
    if (presets.empty())
        return base::failure(base::ErrorCode::Malformed, "volume presets: there are none");
    return presets;
}

} // namespace negatoscope::rendering
