#include <session/ReadingPreferences.h>

#include <array>
#include <utility>

namespace negatoscope::session {

namespace {

using Mode = ReadingPresenter::CornerText;
constexpr std::array kModes{std::pair(Mode::Full, "full"), std::pair(Mode::Minimal, "minimal"),
                            std::pair(Mode::None, "none")};

} // namespace

ReadingPreferences::ReadingPreferences(ReadingPresenter &reading, Settings &settings, QObject *parent)
    : QObject(parent),
      m_reading(reading),
      m_settings(settings)
{
    if (const auto tool = toolNamed(settings.text(Setting::RememberedTool)))
        reading.setTool(*tool);
    for (const auto &row : kModes)
        if (settings.text(Setting::RememberedCornerText) == QLatin1String(row.second))
            reading.setCornerText(row.first);
    connect(&reading, &ReadingPresenter::changed, this, &ReadingPreferences::remember);
}

void ReadingPreferences::remember()
{
    m_settings.set(Setting::RememberedTool, nameOf(m_reading.tool()));
    for (const auto &row : kModes)
        if (m_reading.cornerText() == row.first)
            m_settings.set(Setting::RememberedCornerText, QLatin1String(row.second));
}

} // namespace negatoscope::session
