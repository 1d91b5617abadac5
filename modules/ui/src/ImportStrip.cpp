#include "ImportStrip.h"

#include <ui/ErrorSentences.h>
#include <ui/IconSet.h>
#include <ui/Theme.h>

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>

namespace negatoscope::ui {

ImportStrip::ImportStrip(session::ImportPresenter &imports, QWidget *parent)
    : QWidget(parent),
      m_imports(imports)
{
    setObjectName(QStringLiteral("importStrip"));
    setAccessibleName(tr("Import"));
    setProperty("role", QStringLiteral("strip"));
    setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(8);
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("importText"));
    m_text->setTextFormat(Qt::PlainText);
    m_bar = new QProgressBar(this);
    m_bar->setObjectName(QStringLiteral("importBar"));
    m_bar->setAccessibleName(tr("Import progress"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(240);
    m_cancel = new QPushButton(icons::icon(QStringLiteral("cancel")), tr("Cancel"), this);
    m_cancel->setObjectName(QStringLiteral("importCancel"));
    m_refused = new QPushButton(icons::icon(QStringLiteral("warning"), colours::kWarning), QString(), this);
    m_refused->setObjectName(QStringLiteral("refusedFilesButton"));
    m_refused->setAccessibleName(tr("Refused files"));
    m_dismiss = new QPushButton(tr("Close"), this);
    m_dismiss->setObjectName(QStringLiteral("importDismiss"));
    row->addWidget(m_text);
    row->addWidget(m_bar);
    row->addWidget(m_refused);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_dismiss);
    connect(m_cancel, &QPushButton::clicked, &imports, &session::ImportPresenter::cancel);
    connect(m_refused, &QPushButton::clicked, this, &ImportStrip::refusedFilesRequested);
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT dismissed();
    });
    connect(&imports, &session::ImportPresenter::changed, this, &ImportStrip::takeChange);
    hide();
}

void ImportStrip::takeChange()
{
    const bool running = m_imports.isRunning();
    if (!running && !m_imports.lastReport())
        return;
    m_bar->setVisible(running);
    m_cancel->setVisible(running);
    m_dismiss->setVisible(!running);
    if (running)
        showProgress();
    else
        showResult();
    show();
}

void ImportStrip::showProgress()
{
    const auto &progress = m_imports.progress();
    const QLocale locale;
    const QString done = locale.toString(progress.done), found = locale.toString(progress.found);
    const QString counts = progress.listing ? tr("%1 of %2 files so far").arg(done, found)
                                            : tr("%1 of %2 files").arg(done, found);
    const bool copying = m_imports.mode() == session::ImportPresenter::Mode::Import;
    QString text = copying ? tr("Importing: %1").arg(counts) : tr("Reading: %1").arg(counts);
    if (progress.bytes > 0)
        text += QStringLiteral(", %1").arg(locale.formattedDataSize(static_cast<qint64>(progress.bytes)));
    if (m_imports.waiting() > 0)
        text += QStringLiteral(", ") + tr("%n more job(s) waiting", nullptr, m_imports.waiting());
    m_text->setText(text);
    setRole(*m_text, QString());
    m_bar->setRange(0, progress.listing ? 0 : progress.found);
    m_bar->setValue(progress.done);
    m_refused->setVisible(progress.refused > 0);
    m_refused->setEnabled(false); // the list comes with the report
    m_refused->setText(tr("%n file(s) refused", nullptr, progress.refused));
}

void ImportStrip::showResult()
{
    const auto &report = *m_imports.lastReport();
    if (!report) {
        m_text->setText(sentenceFor(report.error()));
        setRole(*m_text, QStringLiteral("error"));
        m_refused->hide();
        return;
    }
    QStringList parts;
    if (report->cancelled)
        parts << tr("Cancelled; what had been imported stays.");
    parts << tr("%n image(s) added.", nullptr, report->imported);
    if (report->alreadyThere > 0)
        parts << tr("%n was (were) already there.", nullptr, report->alreadyThere);
    if (report->conflicts > 0)
        parts << tr("%n differ(s) from what is here and was kept aside.", nullptr, report->conflicts);
    m_text->setText(parts.join(u' '));
    setRole(*m_text, QString());
    const int refused = static_cast<int>(report->refused.size()) - report->ignored;
    m_refused->setVisible(!report->refused.empty());
    m_refused->setEnabled(true);
    m_refused->setText(refused > 0 ? tr("%n file(s) refused", nullptr, refused)
                                   : tr("%n file(s) ignored", nullptr, report->ignored));
    m_refused->setToolTip(tr("Show which files were refused and why"));
}

} // namespace negatoscope::ui
