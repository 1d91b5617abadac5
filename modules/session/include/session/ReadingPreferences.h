#pragma once

#include <session/ReadingPresenter.h>
#include <session/Settings.h>

#include <QtCore/QObject>

namespace negatoscope::session {

/// Gives a reading window the tool and corner text that the reader had last, and remembers those it gets.
///
/// Both must outlive it.
class ReadingPreferences final : public QObject
{
    Q_OBJECT
public:
    ReadingPreferences(ReadingPresenter &reading, Settings &settings, QObject *parent = nullptr);

private:
    void remember();

    ReadingPresenter &m_reading;
    Settings &m_settings;
};

} // namespace negatoscope::session
