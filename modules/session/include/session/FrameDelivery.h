#pragma once

#include <frames/FrameLoader.h>

#include <QtCore/QObject>

#include <memory>

namespace negatoscope::cache {
class Cache;
}

namespace negatoscope::session {

/// Brings loaded frames from the loader's threads to the thread this object lives in. A cached file is checked
/// against its hash before its first frame is shown (docs/safety.md F4).
class FrameDelivery final : public QObject {
    Q_OBJECT
public:
    FrameDelivery(codec::DecodeService &decoder, cache::Cache &cache, std::size_t budgetBytes, QObject *parent = nullptr);
    ~FrameDelivery() override;
    Q_DISABLE_COPY_MOVE(FrameDelivery)

    frames::FrameStore &store() { return m_store; }
    frames::FrameLoader &loader() { return *m_loader; }

Q_SIGNALS:
    void frameReady(const negatoscope::frames::FrameKey &key, const negatoscope::frames::FrameResult &result);

private:
    frames::FrameStore m_store;
    std::unique_ptr<frames::FrameLoader> m_loader;
};

} // namespace negatoscope::session
