#include <session/PresetChoices.h>

#include <base/Log.h>

namespace negatoscope::session {

PresetChoices::PresetChoices(WindowPresets shipped, Settings &settings, QObject *parent)
    : QObject(parent),
      m_shipped(std::move(shipped)),
      m_inForce(m_shipped),
      m_settings(settings)
{
    const QString kept = settings.text(Setting::WindowPresets);
    if (kept.isEmpty())
        return;
    auto own = WindowPresets::fromJson(kept.toUtf8());
    if (!own) {
        base::log(base::LogLevel::Warning, "settings", own.error().describe());
        return;
    }
    m_own = *std::move(own);
    const QStringList modalities = m_own.modalities();
    for (const QString &modality : modalities)
        m_inForce.set(modality, m_own.of(modality));
}

std::optional<PresetProblem> PresetChoices::set(const QString &modality, const WindowPresets::List &presets)
{
    if (const auto problem = WindowPresets::problemIn(presets))
        return problem;
    if (presets == m_inForce.of(modality))
        return std::nullopt;
    m_inForce.set(modality, presets);
    if (presets == m_shipped.of(modality))
        m_own.forget(modality);
    else
        m_own.set(modality, presets);
    keep();
    return std::nullopt;
}

void PresetChoices::reset(const QString &modality)
{
    set(modality, m_shipped.of(modality));
}

void PresetChoices::keep()
{
    m_settings.set(Setting::WindowPresets,
                   m_own.modalities().isEmpty() ? QString() : QString::fromUtf8(m_own.toJson()));
    Q_EMIT changed();
}

} // namespace negatoscope::session
