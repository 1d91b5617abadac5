#include "TransferStrip.h"

#include "TransferSentences.h"

#include <ui/Theme.h>

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>

#include <algorithm>

namespace negatoscope::ui {

using session::Transfer;
using State = Transfer::State;

TransferStrip::TransferStrip(session::TransferQueue &transfers,
                             std::function<std::vector<base::StudyUid>()> own, QWidget *parent)
    : QWidget(parent),
      m_transfers(transfers),
      m_own(std::move(own))
{
    setObjectName(QStringLiteral("transferStrip"));
    setAccessibleName(tr("Transfers"));
    setProperty("role", QStringLiteral("strip"));
    setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(8);
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("transferText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_bar = new QProgressBar(this);
    m_bar->setObjectName(QStringLiteral("transferBar"));
    m_bar->setAccessibleName(tr("Progress of the transfer"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(240);
    const auto button = [&](const QString &name, const QString &text) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(name);
        made->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the viewports
        return made;
    };
    m_retry = button(QStringLiteral("transferRetry"), tr("Try again"));
    m_list = button(QStringLiteral("transferList"), tr("Transfers…"));
    m_list->setToolTip(tr("Show everything that comes from archives"));
    m_dismiss = button(QStringLiteral("transferDismiss"), tr("Close"));
    row->addWidget(m_text, 1);
    row->addWidget(m_bar);
    row->addWidget(m_retry);
    row->addWidget(m_list);
    row->addWidget(m_dismiss);
    connect(m_retry, &QPushButton::clicked, this, [this] { m_transfers.retry(m_shown); });
    connect(m_list, &QPushButton::clicked, this, &TransferStrip::listRequested);
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        m_dismissed.insert(m_shown);
        takeChange();
    });
    connect(&transfers, &session::TransferQueue::changed, this, &TransferStrip::takeChange);
    hide();
    takeChange();
}

/// Of the window's own studies the first that is not done, else the first that runs.
std::optional<Transfer> TransferStrip::toTell() const
{
    const auto own = m_own ? m_own() : std::vector<base::StudyUid>();
    const Transfer *other = nullptr;
    for (const Transfer &transfer : m_transfers.transfers()) {
        if (transfer.state == State::Done || m_dismissed.contains(transfer.number))
            continue;
        if (std::find(own.begin(), own.end(), transfer.study.uid) != own.end())
            return transfer;
        const bool isTold = transfer.state == State::Running || transfer.error.has_value();
        if (other == nullptr && isTold)
            other = &transfer;
    }
    return other != nullptr ? std::optional(*other) : std::nullopt;
}

void TransferStrip::takeChange()
{
    // What has been begun again is news again.
    for (const Transfer &transfer : m_transfers.transfers())
        if (transfer.state == State::Running)
            m_dismissed.erase(transfer.number);
    const auto transfer = toTell();
    setVisible(transfer.has_value());
    if (transfer)
        show(*transfer);
}

void TransferStrip::show(const Transfer &transfer)
{
    m_shown = transfer.number;
    const auto &all = m_transfers.transfers();
    const auto more = std::count_if(all.begin(), all.end(), [&](const Transfer &other) {
        return other.number != transfer.number &&
               (other.state == State::Running || other.state == State::Waiting);
    });
    QString text = transferWords::lineOf(transfer);
    if (more > 0)
        text += QStringLiteral("   ") + tr("(%n more)", "other transfers", static_cast<int>(more));
    if (m_text->text() != text)
        m_text->setText(text);
    const bool hasFailed = transfer.state == State::Failed || transfer.state == State::Incomplete;
    setRole(*m_text, hasFailed ? QStringLiteral("error") : QString());
    const bool runs = transfer.state == State::Running;
    m_bar->setVisible(runs || transfer.state == State::Paused);
    m_bar->setRange(0, runs && transfer.expected == 0 ? 0 : std::max(transfer.expected, 1));
    m_bar->setValue(transfer.here);
    m_retry->setVisible(hasFailed || (transfer.state == State::Waiting && transfer.error));
    m_dismiss->setVisible(!runs);
}

} // namespace negatoscope::ui
