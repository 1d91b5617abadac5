#include <session/TransferListModel.h>

#include <algorithm>

namespace negatoscope::session {

namespace {

bool contains(const std::vector<Transfer> &transfers, TransferNumber number)
{
    return std::any_of(transfers.begin(), transfers.end(),
                       [&](const Transfer &transfer) { return transfer.number == number; });
}

QString shown(const std::string &text)
{
    return QString::fromStdString(dicom::visibleText(text));
}

} // namespace

TransferListModel::TransferListModel(TransferQueue &transfers, QObject *parent)
    : QAbstractTableModel(parent),
      m_transfers(transfers),
      m_rows(transfers.transfers())
{
    connect(&transfers, &TransferQueue::changed, this, &TransferListModel::takeChange);
}

TransferListModel::~TransferListModel() = default;

int TransferListModel::rowOf(TransferNumber number) const
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(),
                                 [&](const Transfer &transfer) { return transfer.number == number; });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

void TransferListModel::takeChange()
{
    const auto &now = m_transfers.transfers();
    dropRows(now);
    addRows(now);
    orderRows(now);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void TransferListModel::dropRows(const std::vector<Transfer> &now)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (contains(now, transferAt(row).number))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

void TransferListModel::addRows(const std::vector<Transfer> &now)
{
    std::vector<Transfer> added;
    for (const Transfer &transfer : now)
        if (rowOf(transfer.number) < 0)
            added.push_back(transfer);
    if (added.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(added.size()) - 1);
    m_rows.insert(m_rows.end(), added.begin(), added.end());
    endInsertRows();
}

void TransferListModel::orderRows(const std::vector<Transfer> &now)
{
    const bool isInOrder =
        std::equal(m_rows.begin(), m_rows.end(), now.begin(), now.end(),
                   [](const Transfer &a, const Transfer &b) { return a.number == b.number; });
    if (isInOrder) {
        m_rows = now;
        return;
    }
    Q_EMIT layoutAboutToBeChanged();
    const auto before = persistentIndexList();
    std::vector<TransferNumber> numbers;
    for (const QModelIndex &at : before)
        numbers.push_back(transferAt(at.row()).number);
    m_rows = now;
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(rowOf(numbers[static_cast<std::size_t>(i)]), before[i].column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

int TransferListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TransferListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TransferListModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Transfer &transfer = transferAt(index.row());
    switch (index.column()) {
    case Patient:
        return shown(transfer.study.patient.name.display());
    case Study:
        return shown(transfer.study.description);
    case Archive:
        return shown(transfer.study.archive);
    case Progress:
        return transfer.here;
    case Speed:
        return transfer.bytesPerSecond;
    case Left:
        return transfer.secondsLeft ? QVariant(*transfer.secondsLeft) : QVariant();
    case State:
        return static_cast<int>(transfer.state);
    default:
        return {};
    }
}

} // namespace negatoscope::session
