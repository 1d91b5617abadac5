#include "RefusedFilesWindow.h"

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

RefusedFilesWindow::RefusedFilesWindow(const std::vector<cache::RefusedFile> &files, QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_table(new QTableWidget(static_cast<int>(files.size()), 2, this))
{
    setObjectName(QStringLiteral("refusedFilesWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Refused files"));
    resize(960, 480);

    m_table->setObjectName(QStringLiteral("refusedFilesTable"));
    m_table->setAccessibleName(tr("Refused files and reasons"));
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
        const auto &file = files[static_cast<std::size_t>(row)];
        const QString path = QString::fromStdString(dicom::visibleText(file.path, 4096)),
                      reason = sentenceFor(file.error);
        for (const auto &[column, text] : {std::pair(0, path), std::pair(1, reason)}) {
            auto *item = new QTableWidgetItem(text);
            item->setToolTip(text);
            m_table->setItem(row, column, item);
        }
    }

    auto *count =
        new QLabel(tr("%n file(s) refused; everything else was taken.", nullptr, m_table->rowCount()), this);
    auto *copyButton = new QPushButton(tr("Copy list"), this);
    copyButton->setObjectName(QStringLiteral("copyRefusedFiles"));
    copyButton->setToolTip(tr("Copy the selected rows, or all of them (Ctrl+C)"));
    auto *closeButton = new QPushButton(tr("Close"), this);
    closeButton->setObjectName(QStringLiteral("closeRefusedFiles"));

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

    connect(copyButton, &QPushButton::clicked, this, &RefusedFilesWindow::copy);
    connect(closeButton, &QPushButton::clicked, this, &QWidget::close);
    connect(new QShortcut(QKeySequence::Copy, this), &QShortcut::activated, this, &RefusedFilesWindow::copy);
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
}

void RefusedFilesWindow::copy()
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
