#include "FileListWindow.h"

#include <ui/ErrorSentences.h>
#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QVBoxLayout>

namespace negatoscope::ui {

FileListWindow::FileListWindow(const QString &name, const QString &title, const QString &summary,
                               const Rows &rows, QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_table(new QTableWidget(static_cast<int>(rows.size()), 2, this))
{
    setObjectName(name + QLatin1String("Window"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    resize(960, 480);

    m_table->setObjectName(name + QLatin1String("Table"));
    m_table->setAccessibleName(title);
    m_table->setHorizontalHeaderLabels({tr("File"), tr("Reason")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->resizeSection(0, 420);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measures::kRow);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setTabKeyNavigation(false);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto &[path, reason] = rows[static_cast<std::size_t>(row)];
        for (const auto &[column, text] : {std::pair(0, path), std::pair(1, reason)}) {
            auto *item = new QTableWidgetItem(text);
            item->setToolTip(text);
            m_table->setItem(row, column, item);
        }
    }

    auto *count = new QLabel(summary, this);
    count->setTextFormat(Qt::PlainText);
    count->setWordWrap(true);
    auto *copyButton = new QPushButton(tr("Copy list"), this);
    copyButton->setObjectName(QStringLiteral("copyFileList"));
    copyButton->setToolTip(tr("Copy the selected rows, or all of them (Ctrl+C)"));
    auto *closeButton = new QPushButton(tr("Close"), this);
    closeButton->setObjectName(QStringLiteral("closeFileList"));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(count);
    column->addWidget(m_table, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(copyButton);
    buttons->addStretch(1);
    buttons->addWidget(closeButton);
    column->addLayout(buttons);

    connect(copyButton, &QPushButton::clicked, this, &FileListWindow::copy);
    connect(closeButton, &QPushButton::clicked, this, &QWidget::close);
    connect(new QShortcut(QKeySequence::Copy, this), &QShortcut::activated, this, &FileListWindow::copy);
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
}

FileListWindow *FileListWindow::ofRefused(const std::vector<cache::RefusedFile> &files, QWidget *parent)
{
    Rows rows;
    for (const auto &file : files)
        rows.emplace_back(QString::fromStdString(dicom::visibleText(file.path, 4096)),
                          sentenceFor(file.error));
    return new FileListWindow(
        QStringLiteral("refusedFiles"), tr("Refused files"),
        tr("%n file(s) refused; everything else was taken.", nullptr, static_cast<int>(rows.size())), rows,
        parent);
}

FileListWindow *FileListWindow::ofAside(const cache::StudyRecord &study,
                                        const std::vector<cache::AsideRecord> &files, QWidget *parent)
{
    Rows rows;
    for (const auto &file : files) {
        QString reason;
        switch (file.reason) {
        case cache::AsideReason::OtherVersion:
            reason = tr("Another version of an image that is shown.");
            break;
        case cache::AsideReason::OtherPatient:
            reason = tr("Says another patient than its study: %1, %2.")
                         .arg(words::text(file.patient.name.display()),
                              words::patientIdText(words::text(file.patient.id),
                                                   words::text(file.patient.issuer)));
            break;
        case cache::AsideReason::OtherStudy:
            reason = tr("Its series or image belongs to another study.");
            break;
        }
        rows.emplace_back(QString::fromStdString(file.path), reason);
    }
    return new FileListWindow(
        QStringLiteral("asideFiles"), tr("Files kept aside"),
        tr("%n file(s) of the study of %1 kept but not shown: nothing was overwritten or merged.", nullptr,
           static_cast<int>(rows.size()))
            .arg(words::text(study.patient.name.display())),
        rows, parent);
}

void FileListWindow::copy()
{
    QStringList lines;
    const bool all = m_table->selectionModel()->selectedRows().isEmpty();
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (all || m_table->selectionModel()->isRowSelected(row))
            lines << m_table->item(row, 0)->text() + u'\t' + m_table->item(row, 1)->text();
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace negatoscope::ui
