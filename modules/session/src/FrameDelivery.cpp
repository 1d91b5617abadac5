#include <session/FrameDelivery.h>

namespace negatoscope::session {

FrameDelivery::FrameDelivery(codec::DecodeService &decoder, std::size_t budgetBytes, QObject *parent)
    : QObject(parent), m_store(budgetBytes),
      m_loader(std::make_unique<frames::FrameLoader>(
          decoder, m_store, [this](const frames::FrameKey &key, const frames::FrameResult &result) {
              // On a loader thread: receivers live in another one, so the connection queues.
              Q_EMIT frameReady(key, result);
          })) {}

FrameDelivery::~FrameDelivery() = default;

} // namespace negatoscope::session
