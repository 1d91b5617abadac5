#include "SendStrip.h"

#include <ui/ErrorSentences.h>
#include <ui/IconSet.h>
#include <ui/Theme.h>

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>

namespace negatoscope::ui {

SendStrip::SendStrip(session::StudySending &sending, QWidget *parent)
    : QWidget(parent),
      m_sending(sending),
      m_text(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_cancel(new QPushButton(icons::icon(QStringLiteral("cancel")), tr("Cancel"), this)),
      m_dismiss(new QPushButton(tr("Close"), this))
{
    setObjectName(QStringLiteral("sendStrip"));
    setAccessibleName(tr("Sending"));
    setProperty("role", QStringLiteral("strip"));
    setAttribute(Qt::WA_StyledBackground);
    m_text->setObjectName(QStringLiteral("sendText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_bar->setObjectName(QStringLiteral("sendBar"));
    m_bar->setAccessibleName(tr("Progress of sending"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(240);
    m_cancel->setObjectName(QStringLiteral("sendCancel"));
    m_dismiss->setObjectName(QStringLiteral("sendDismiss"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    row->addWidget(m_dismiss);
    connect(m_cancel, &QPushButton::clicked, &sending, &session::StudySending::cancel);
    connect(m_dismiss, &QPushButton::clicked, this, &QWidget::hide);
    connect(&sending, &session::StudySending::changed, this, &SendStrip::takeChange);
    hide();
}

void SendStrip::takeChange()
{
    const bool running = m_sending.isRunning();
    if (!running && !m_sending.lastReport())
        return;
    m_bar->setVisible(running);
    m_cancel->setVisible(running);
    m_dismiss->setVisible(!running);
    if (running) {
        const auto &progress = m_sending.progress();
        const QLocale locale;
        QString text = tr("Sending to %1: %2 of %3 images")
                           .arg(QString::fromStdString(m_sending.archive()), locale.toString(progress.done),
                                locale.toString(progress.total));
        if (m_sending.waiting() > 0)
            text += QStringLiteral(", ") + tr("%n more order(s) waiting", nullptr, m_sending.waiting());
        m_text->setText(text);
        setRole(*m_text, QString());
        m_bar->setRange(0, progress.total);
        m_bar->setValue(progress.done);
    } else {
        showReport();
    }
    show();
}

void SendStrip::showReport()
{
    const auto &report = *m_sending.lastReport();
    const QString archive = QString::fromStdString(report.archive);
    const QLocale locale;
    QStringList parts{tr("%1 of %n image(s) sent to %2.", nullptr, report.total)
                          .arg(locale.toString(report.sent), archive)};
    const bool cancelled = report.error && report.error->code() == base::ErrorCode::Cancelled;
    if (cancelled)
        parts << tr("Cancelled.");
    else if (report.error)
        parts << sentenceFor(*report.error, archive);
    else if (report.firstRefusal)
        parts << sentenceFor(*report.firstRefusal, archive);
    if (report.altered > 0)
        parts << tr("%n was (were) kept, but not as sent.", nullptr, report.altered);
    m_text->setText(parts.join(u' '));
    setRole(*m_text, report.sent < report.total && !cancelled ? QStringLiteral("error") : QString());
}

} // namespace negatoscope::ui
