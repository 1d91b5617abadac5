#pragma once

#include <session/TransferListModel.h>

#include <QtCore/QIdentityProxyModel>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QSettings;
class QTableView;

namespace negatoscope::ui {

/// The table of transfers in the reader's words.
class TransferTableWords final : public QIdentityProxyModel
{
    Q_OBJECT
public:
    TransferTableWords(session::TransferListModel &transfers, QObject *parent);

    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    session::TransferListModel &m_transfers;
};

/// Draws how far a transfer is: a bar below the number of images.
class TransferProgressDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    TransferProgressDelegate(session::TransferListModel &transfers, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    session::TransferListModel &m_transfers;
};

/// Everything that comes from archives, and what the reader can do to it.
class TransfersWindow final : public QWidget
{
    Q_OBJECT
public:
    TransfersWindow(session::TransferQueue &transfers, QSettings &places, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The reader wants to see the study, as far as it is here.
    void openRequested(const negatoscope::session::RequestedStudy &study);

private:
    enum class Act { Pause, Resume, Retry, Cancel };
    QPushButton *addButton(const QString &name, const QString &text, const QString &tip);
    void build();
    void act(Act act);
    std::vector<session::Transfer> chosen() const;
    void takeChange();

    session::TransferQueue &m_transfers;
    session::TransferListModel m_model;
    TransferTableWords *m_words;
    QTableView *m_table;
    QLabel *m_summary, *m_sentence;
    QPushButton *m_pause, *m_retry, *m_cancel, *m_pauseAll, *m_cancelAll, *m_clear;
};

} // namespace negatoscope::ui
