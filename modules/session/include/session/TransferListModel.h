#pragma once

#include <session/TransferQueue.h>

#include <QtCore/QAbstractTableModel>

namespace negatoscope::session {

/// The queue of transfers as a table, in its order. Rows keep their selection when the order changes.
class TransferListModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Patient, Study, Archive, Progress, Speed, Left, State, ColumnCount };

    explicit TransferListModel(TransferQueue &transfers, QObject *parent = nullptr);
    ~TransferListModel() override;
    Q_DISABLE_COPY_MOVE(TransferListModel)

    const Transfer &transferAt(int row) const { return m_rows.at(static_cast<std::size_t>(row)); }
    int rowOf(TransferNumber transfer) const; ///< -1: none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    /// Raw values: names and texts, images here, bytes per second, seconds left, Transfer::State.
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void takeChange();
    void dropRows(const std::vector<Transfer> &now);
    void addRows(const std::vector<Transfer> &now);
    void orderRows(const std::vector<Transfer> &now);

    TransferQueue &m_transfers;
    std::vector<Transfer> m_rows;
};

} // namespace negatoscope::session
