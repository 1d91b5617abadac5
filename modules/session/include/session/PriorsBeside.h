#pragma once

#include <session/PriorsPresenter.h>

#include <QtCore/QObject>

namespace negatoscope::session {

class ReadingPresenter;
class Settings;
class TransferQueue;

/// The other exams of the patient of one reading window: looks for them when its study opens, fetches as
/// many of the relevant ones by itself as the reader wants, and opens those she chooses beside.
///
/// All references must outlive it. Threads: the UI's.
class PriorsBeside final : public QObject
{
    Q_OBJECT
public:
    PriorsBeside(Services services, ReadingPresenter &reading, TransferQueue &transfers,
                 const Settings &settings, QObject *parent = nullptr);
    ~PriorsBeside() override;
    Q_DISABLE_COPY_MOVE(PriorsBeside)

    PriorsPresenter &presenter() { return m_priors; }
    /// Beside what is on screen; what is only in an archive is fetched, and opens with its first image.
    void open(const Prior &prior);
    /// The most relevant one of the same person that is not open yet. False if there is none.
    bool openBest();
    /// The cache has changed.
    void refresh() { m_priors.refresh(); }

private:
    void takeStudy();
    void fetchRelevant();

    ReadingPresenter &m_reading;
    TransferQueue &m_transfers;
    const Settings &m_settings;
    PriorsPresenter m_priors;
};

} // namespace negatoscope::session
