#include <session/CornerChoices.h>

#include <base/Log.h>

namespace negatoscope::session {

CornerChoices::CornerChoices(Settings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    const QString kept = settings.text(Setting::CornerTexts);
    if (kept.isEmpty())
        return;
    if (auto layouts = CornerLayouts::fromJson(kept.toUtf8()))
        m_layouts = *std::move(layouts);
    else
        base::log(base::LogLevel::Warning, "settings", layouts.error().describe());
}

void CornerChoices::set(const QString &modality, const CornerLayout &layout)
{
    const CornerLayout whole = withRequired(layout);
    if (whole == m_layouts.of(modality))
        return;
    m_layouts.forget(modality);
    if (whole != m_layouts.of(modality))
        m_layouts.set(modality, whole);
    keep();
}

void CornerChoices::reset(const QString &modality)
{
    if (!m_layouts.has(modality))
        return;
    m_layouts.forget(modality);
    keep();
}

void CornerChoices::keep()
{
    m_settings.set(Setting::CornerTexts,
                   m_layouts.isEmpty() ? QString() : QString::fromUtf8(m_layouts.toJson()));
    Q_EMIT changed();
}

} // namespace negatoscope::session
