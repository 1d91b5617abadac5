#pragma once

#include <cache/Cache.h>
#include <codec/DecodeService.h>
#include <session/FrameDelivery.h>
#include <session/Services.h>
#include <session/WindowPresets.h>

#include <QtCore/QSettings>
#include <QtCore/QString>
#include <QtCore/QTemporaryDir>

#include <memory>

namespace negatoscope::test {

/// The services of a whole workstation, as the program makes them, on an empty cache of their own.
class Station {
public:
    /// Null members on failure; `problem` says why.
    Station();
    ~Station();

    bool isReady() const { return m_services != nullptr; }
    const QString &problem() const { return m_problem; }
    session::Services services() const { return *m_services; }
    QSettings &settings() { return *m_settings; }

private:
    class Reader;

    QTemporaryDir m_folder;
    QString m_problem;
    std::unique_ptr<codec::DecodeService> m_decoder;
    std::unique_ptr<Reader> m_reader;
    std::unique_ptr<cache::Cache> m_cache;
    std::unique_ptr<session::FrameDelivery> m_frames;
    session::WindowPresets m_presets;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<session::Services> m_services;
};

} // namespace negatoscope::test
