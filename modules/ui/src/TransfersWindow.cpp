#include "TransfersWindow.h"

#include "ScreenSet.h"
#include "TransferSentences.h"

#include <ui/Theme.h>

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace negatoscope::ui {

using session::Transfer;
using Column = session::TransferListModel::Column;
using State = Transfer::State;

// --- Words ---

TransferTableWords::TransferTableWords(session::TransferListModel &transfers, QObject *parent)
    : QIdentityProxyModel(parent),
      m_transfers(transfers)
{
    setSourceModel(&transfers);
}

QVariant TransferTableWords::data(const QModelIndex &index, int role) const
{
    const Transfer &transfer = m_transfers.transferAt(index.row());
    const bool isWrong = transfer.state == State::Failed || transfer.state == State::Incomplete ||
                         (transfer.state == State::Waiting && transfer.error);
    if (role == Qt::ForegroundRole && index.column() == Column::State && isWrong)
        return QColor(transfer.state == State::Failed ? colours::kError : colours::kWarning);
    if (role == Qt::ForegroundRole && index.column() == Column::State && transfer.state == State::Done)
        return QColor(colours::kComplete);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Column::Patient:
        return transferWords::patientOf(transfer);
    case Column::Study:
        return transferWords::studyOf(transfer);
    case Column::Progress:
        return transferWords::amountOf(transfer);
    case Column::Speed:
        return transferWords::speedOf(transfer);
    case Column::Left:
        return transferWords::leftOf(transfer);
    case Column::State:
        return transferWords::stateOf(transfer);
    default:
        return mapToSource(index).data(Qt::DisplayRole);
    }
}

QVariant TransferTableWords::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Column::Patient:
        return tr("Patient");
    case Column::Study:
        return tr("Study");
    case Column::Archive:
        return tr("Archive");
    case Column::Progress:
        return tr("Images here");
    case Column::Speed:
        return tr("Speed");
    case Column::Left:
        return tr("Time left");
    case Column::State:
        return tr("State");
    default:
        return {};
    }
}

TransferProgressDelegate::TransferProgressDelegate(session::TransferListModel &transfers, QObject *parent)
    : QStyledItemDelegate(parent),
      m_transfers(transfers)
{}

void TransferProgressDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                     const QModelIndex &index) const
{
    constexpr int kBar = 3;
    QStyledItemDelegate::paint(painter, option, index);
    const Transfer &transfer = m_transfers.transferAt(index.row());
    if (transfer.expected <= 0)
        return;
    const QRect track = option.rect.adjusted(4, option.rect.height() - kBar - 1, -8, -1);
    const double part = std::clamp(static_cast<double>(transfer.here) / transfer.expected, 0.0, 1.0);
    const QColor colour = transfer.state == State::Done         ? QColor(colours::kComplete)
                          : transfer.state == State::Incomplete ? QColor(colours::kWarning)
                                                                : QColor(colours::kAccent);
    painter->fillRect(track, QColor(colours::kLine));
    painter->fillRect(QRect(track.topLeft(), QSize(static_cast<int>(track.width() * part), track.height())),
                      colour);
}

// --- The window ---

TransfersWindow::TransfersWindow(session::TransferQueue &transfers, QSettings &places, QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_transfers(transfers),
      m_model(transfers),
      m_words(new TransferTableWords(m_model, this)),
      m_table(new QTableView(this)),
      m_summary(new QLabel(this)),
      m_sentence(new QLabel(this))
{
    setObjectName(QStringLiteral("transfersWindow"));
    setWindowTitle(tr("Transfers"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/negatoscope.svg")));
    build();
    resize(1180, 420);
    (new WindowPlace(*this, places, QStringLiteral("transfers")))->restore();
    connect(&transfers, &session::TransferQueue::changed, this, &TransfersWindow::takeChange);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TransfersWindow::takeChange);
    takeChange();
}

void TransfersWindow::build()
{
    m_table->setObjectName(QStringLiteral("transferTable"));
    m_table->setAccessibleName(tr("Transfers"));
    m_table->setModel(m_words);
    m_table->setItemDelegateForColumn(Column::Progress, new TransferProgressDelegate(m_model, this));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measures::kRow);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    for (const auto &[section, width] : {std::pair<int, int>(Column::Patient, 160),
                                         {Column::Study, 210},
                                         {Column::Archive, 100},
                                         {Column::Progress, 130},
                                         {Column::Speed, 75},
                                         {Column::Left, 80}})
        m_table->horizontalHeader()->resizeSection(section, width);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT openRequested(m_model.transferAt(index.row()).study);
    });

    for (QLabel *label : {m_summary, m_sentence}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_summary->setObjectName(QStringLiteral("transferSummary"));
    m_sentence->setObjectName(QStringLiteral("transferSentence"));
    m_pause = addButton(QStringLiteral("pauseTransfer"), tr("Pause"),
                        tr("Stop what is selected until it is resumed (Space)"));
    m_retry = addButton(QStringLiteral("retryTransfer"), tr("Try again"),
                        tr("Begin what is selected now, without waiting (F5)"));
    m_cancel = addButton(QStringLiteral("cancelTransfer"), tr("Cancel"),
                         tr("Take what is selected out of the list; what has arrived stays here (Del)"));
    m_pauseAll = addButton(QStringLiteral("pauseAllTransfers"), tr("Pause all"), {});
    m_cancelAll = addButton(QStringLiteral("cancelAllTransfers"), tr("Cancel all"),
                            tr("Take everything that has not ended out of the list; what has arrived stays"));
    m_clear = addButton(QStringLiteral("clearTransfers"), tr("Clear ended"),
                        tr("Take everything that has ended out of the list"));
    auto *close = addButton(QStringLiteral("closeTransfers"), tr("Close"), {});

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_summary);
    column->addWidget(m_table, 1);
    column->addWidget(m_sentence);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {m_pause, m_retry, m_cancel})
        buttons->addWidget(button);
    buttons->addStretch(1);
    for (QPushButton *button : {m_pauseAll, m_cancelAll, m_clear})
        buttons->addWidget(button);
    buttons->addSpacing(16);
    buttons->addWidget(close);
    column->addLayout(buttons);

    const auto wantsPause = [this] {
        const auto transfers = chosen();
        return std::any_of(transfers.begin(), transfers.end(), [](const Transfer &transfer) {
            return transfer.state == State::Running || transfer.state == State::Waiting;
        });
    };
    const auto togglePause = [this, wantsPause] { act(wantsPause() ? Act::Pause : Act::Resume); };
    connect(m_pause, &QPushButton::clicked, this, togglePause);
    connect(m_retry, &QPushButton::clicked, this, [this] { act(Act::Retry); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { act(Act::Cancel); });
    connect(m_pauseAll, &QPushButton::clicked, this, [this] {
        if (m_transfers.isBusy())
            m_transfers.pauseAll();
        else
            m_transfers.resumeAll();
    });
    connect(m_cancelAll, &QPushButton::clicked, &m_transfers, &session::TransferQueue::cancelAll);
    connect(m_clear, &QPushButton::clicked, &m_transfers, &session::TransferQueue::clearFinished);
    connect(close, &QPushButton::clicked, this, &QWidget::close);
    const auto key = [this](const QKeySequence &sequence, QWidget *where, auto work) {
        auto *shortcut = new QShortcut(sequence, where);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, work);
    };
    key(Qt::Key_Space, m_table, togglePause);
    key(Qt::Key_F5, m_table, [this] { act(Act::Retry); });
    key(Qt::Key_Delete, m_table, [this] { act(Act::Cancel); });
    key(Qt::Key_Escape, this, [this] { QWidget::close(); });
}

QPushButton *TransfersWindow::addButton(const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setToolTip(tip);
    return button;
}

std::vector<Transfer> TransfersWindow::chosen() const
{
    std::vector<Transfer> transfers;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        transfers.push_back(m_model.transferAt(index.row()));
    return transfers;
}

void TransfersWindow::act(Act act)
{
    for (const Transfer &transfer : chosen()) {
        switch (act) {
        case Act::Pause:
            m_transfers.pause(transfer.number);
            break;
        case Act::Resume:
            m_transfers.resume(transfer.number);
            break;
        case Act::Retry:
            m_transfers.retry(transfer.number);
            break;
        case Act::Cancel:
            m_transfers.cancel(transfer.number);
            break;
        }
    }
}

void TransfersWindow::takeChange()
{
    const auto transfers = chosen();
    const auto any = [](const std::vector<Transfer> &all, auto is) {
        return std::any_of(all.begin(), all.end(), [&](const Transfer &transfer) { return is(transfer); });
    };
    const auto isPaused = [](const Transfer &transfer) { return transfer.state == State::Paused; };
    const auto isBusy = [](const Transfer &transfer) {
        return transfer.state == State::Running || transfer.state == State::Waiting;
    };
    const auto isOver = [](const Transfer &transfer) { return transfer.isOver(); };
    const auto canRetry = [](const Transfer &transfer) {
        return transfer.state == State::Failed || transfer.state == State::Incomplete ||
               (transfer.state == State::Waiting && transfer.secondsToRetry);
    };
    m_pause->setEnabled(any(transfers, isBusy) || any(transfers, isPaused));
    m_pause->setText(!any(transfers, isBusy) && any(transfers, isPaused) ? tr("Resume") : tr("Pause"));
    m_retry->setEnabled(any(transfers, canRetry));
    m_cancel->setEnabled(!transfers.empty());
    const auto &all = m_transfers.transfers();
    m_pauseAll->setEnabled(any(all, isBusy) || any(all, isPaused));
    m_pauseAll->setText(!any(all, isBusy) && any(all, isPaused) ? tr("Resume all") : tr("Pause all"));
    m_cancelAll->setEnabled(any(all, isBusy) || any(all, isPaused));
    m_clear->setEnabled(any(all, isOver));
    m_sentence->setVisible(transfers.size() == 1);
    if (transfers.size() == 1)
        m_sentence->setText(transferWords::stateOf(transfers.front()));
    const auto busy = static_cast<int>(std::count_if(all.begin(), all.end(), isBusy));
    m_summary->setText(all.empty() ? tr("Nothing comes from an archive now.")
                       : busy > 0  ? tr("%n study(studies) on its (their) way. What runs when the program "
                                         "ends goes on with the next start.",
                                        nullptr, busy)
                                   : tr("Nothing is on its way."));
}

} // namespace negatoscope::ui
