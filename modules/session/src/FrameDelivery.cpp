#include <cache/Cache.h>
#include <session/FrameDelivery.h>

namespace negatoscope::session {

FrameDelivery::FrameDelivery(codec::DecodeService &decoder, cache::Cache &cache, std::size_t budgetBytes, QObject *parent)
    : QObject(parent), m_store(budgetBytes),
      m_loader(std::make_unique<frames::FrameLoader>(
          decoder, m_store,
          [this](const frames::FrameKey &key, const frames::FrameResult &result) {
              // On a loader thread: receivers live in another one, so the connection queues.
              Q_EMIT frameReady(key, result);
          },
          [&cache](const base::InstanceUid &instance, std::stop_token stop) -> base::Status {
              auto status = cache.check(instance, std::move(stop));
              // What is opened in place has no hash to be held against.
              if (!status && status.error().code() == base::ErrorCode::NotFound)
                  return {};
              return status;
          })) {}

FrameDelivery::~FrameDelivery() = default;

} // namespace negatoscope::session
