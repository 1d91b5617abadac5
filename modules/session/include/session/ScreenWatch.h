#pragma once

#include <session/TransferQueue.h>

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <vector>

namespace negatoscope::session {

class ReadingPresenter;

/// Tells the queue of transfers what the reading windows show: which studies are on screen, and which image
/// of which series the reader looks at, so that those and what lies around them come first.
class ScreenWatch final : public QObject
{
    Q_OBJECT
public:
    explicit ScreenWatch(TransferQueue &transfers, QObject *parent = nullptr);
    ~ScreenWatch() override;
    Q_DISABLE_COPY_MOVE(ScreenWatch)

    /// Watches a window until it is gone.
    void add(ReadingPresenter &reading);

private:
    void addViewports(ReadingPresenter &reading);
    void later();
    void tell();

    TransferQueue &m_transfers;
    std::vector<ReadingPresenter *> m_readings;
    QTimer m_timer;
};

} // namespace negatoscope::session
