// The part of Workstation about studies that come from archives.
#include "TransferStrip.h"
#include "TransfersWindow.h"

#include <ui/ReadingWindow.h>
#include <ui/StudyListWindow.h>
#include <ui/Workstation.h>

#include <session/StudyListModel.h>
#include <session/TransferQueue.h>

#include <QtWidgets/QLayout>

namespace negatoscope::ui {

using session::Purpose;
using session::Transfer;

ReadingWindow &Workstation::openRemote(const session::RequestedStudy &study)
{
    m_transfers->request(study, Purpose::OnScreen);
    ReadingWindow &window = readingWindow();
    window.presenter().openArriving(study);
    raise(window);
    return window;
}

void Workstation::fetch(const session::RequestedStudy &study)
{
    m_transfers->request(study, Purpose::Asked);
}

void Workstation::showTransfers()
{
    if (!m_transfersWindow) {
        m_transfersWindow = std::make_unique<TransfersWindow>(*m_transfers, m_settings.places());
        connect(m_transfersWindow.get(), &TransfersWindow::openRequested, this,
                [this](const session::RequestedStudy &study) { openRemote(study); });
    }
    raise(*m_transfersWindow);
}

void Workstation::addTransferStrip(QMainWindow &window, session::ReadingPresenter *reading)
{
    const auto own = [reading] {
        std::vector<base::StudyUid> studies;
        if (reading != nullptr && reading->arriving())
            studies.push_back(reading->arriving()->uid);
        if (reading != nullptr)
            for (const auto &study : reading->studies())
                studies.push_back(study.uid);
        return studies;
    };
    auto *strip = new TransferStrip(*m_transfers, own, &window);
    window.centralWidget()->layout()->addWidget(strip);
    connect(strip, &TransferStrip::listRequested, this, &Workstation::showTransfers);
    if (reading != nullptr)
        connect(reading, &session::ReadingPresenter::changed, strip, &TransferStrip::takeChange);
}

QJsonArray Workstation::transfersJson() const
{
    QJsonArray transfers;
    for (const Transfer &transfer : m_transfers->transfers()) {
        const auto text = [](std::string_view value) {
            return QString::fromUtf8(value.data(), qsizetype(value.size()));
        };
        QJsonObject json{{QStringLiteral("studyInstanceUid"), text(transfer.study.uid.value())},
                         {QStringLiteral("patientName"), text(transfer.study.patient.name.display())},
                         {QStringLiteral("patientId"), text(transfer.study.patient.id)},
                         {QStringLiteral("archive"), text(transfer.study.archive)},
                         {QStringLiteral("purpose"), text(nameOf(transfer.purpose))},
                         {QStringLiteral("state"), text(nameOf(transfer.state))},
                         {QStringLiteral("expected"), transfer.expected},
                         {QStringLiteral("here"), transfer.here},
                         {QStringLiteral("bytes"), static_cast<qint64>(transfer.bytes)},
                         {QStringLiteral("bytesPerSecond"), transfer.bytesPerSecond},
                         {QStringLiteral("attempts"), transfer.attempts}};
        if (transfer.secondsLeft)
            json.insert(QStringLiteral("secondsLeft"), *transfer.secondsLeft);
        if (transfer.secondsToRetry)
            json.insert(QStringLiteral("secondsToRetry"), *transfer.secondsToRetry);
        if (transfer.error)
            json.insert(QStringLiteral("error"), text(base::nameOf(transfer.error->code())));
        transfers.append(json);
    }
    return transfers;
}

} // namespace negatoscope::ui
