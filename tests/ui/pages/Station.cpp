#include "Station.h"

#include <ui/Theme.h>

#include <QtCore/QFile>
#include <QtCore/QThreadPool>

namespace negatoscope::test {

/// Lets the cache read files through the decoder's workers.
class Station::Reader final : public cache::FileReader {
public:
    explicit Reader(codec::DecodeService &decoder) : m_decoder(decoder) {}

    std::vector<base::Result<dicom::ParsedFile>> readHeaders(std::span<const std::string> paths,
                                                             std::span<const dicom::Tag> wanted,
                                                             std::stop_token stop) override {
        return m_decoder.readHeaders(paths, wanted, codec::Purpose::Import, std::move(stop));
    }
    base::Result<dicom::ParsedFile> readDataSet(const std::string &path, std::stop_token stop) override {
        return m_decoder.readDataSet(path, codec::Purpose::Import, std::move(stop));
    }
    base::Result<std::vector<Entry>> listArchive(const std::string &path, std::stop_token stop) override {
        TRY(const auto entries, m_decoder.listArchive(path, std::move(stop)));
        std::vector<Entry> result;
        for (const auto &entry : entries)
            result.push_back({entry.index, entry.name, entry.size});
        return result;
    }
    base::Status extractEntry(const std::string &path, std::uint64_t index, int descriptor, std::stop_token stop) override {
        return m_decoder.extractEntry(path, index, descriptor, std::move(stop));
    }

private:
    codec::DecodeService &m_decoder;
};

Station::Station() {
    ui::initialiseResources();
    codec::DecodeService::Options decoding;
    decoding.workerProgram = NEGATOSCOPE_WORKER;
    auto decoder = codec::DecodeService::start(decoding);
    if (!decoder) {
        m_problem = QString::fromStdString(decoder.error().describe());
        return;
    }
    m_decoder = std::move(*decoder);
    m_reader = std::make_unique<Reader>(*m_decoder);
    cache::Cache::Options caching;
    caching.folder = m_folder.filePath(QStringLiteral("cache")).toStdString();
    caching.reserveBytes = 64 << 20;
    auto cache = cache::Cache::open(caching, *m_reader);
    if (!cache) {
        m_problem = QString::fromStdString(cache.error().describe());
        return;
    }
    m_cache = std::move(*cache);
    m_frames = std::make_unique<session::FrameDelivery>(*m_decoder, 512 << 20);
    QFile presets(QStringLiteral(":/presets/windows.json"));
    if (!presets.open(QIODevice::ReadOnly)) {
        m_problem = QStringLiteral("the presets are not among the resources");
        return;
    }
    auto parsed = session::WindowPresets::fromJson(presets.readAll());
    if (!parsed) {
        m_problem = QString::fromStdString(parsed.error().describe());
        return;
    }
    m_presets = std::move(*parsed);
    m_settings = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    m_services.reset(new session::Services{*m_cache, *m_decoder, *m_frames, m_presets});
}

Station::~Station() {
    QThreadPool::globalInstance()->waitForDone();   // background work refers to the services
}

} // namespace negatoscope::test
