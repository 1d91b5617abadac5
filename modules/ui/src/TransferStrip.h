#pragma once

#include <session/TransferQueue.h>

#include <QtWidgets/QWidget>

#include <functional>
#include <optional>
#include <set>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;

namespace negatoscope::ui {

/// The line at the bottom of a window while something comes from an archive: how far it is, or why it does
/// not come. Hidden else.
class TransferStrip final : public QWidget
{
    Q_OBJECT
public:
    /// `own`: the studies of the window, whose transfers it tells first; empty function: none.
    TransferStrip(session::TransferQueue &transfers, std::function<std::vector<base::StudyUid>()> own,
                  QWidget *parent);

    /// The queue has changed, or what the window shows.
    void takeChange();

Q_SIGNALS:
    void listRequested();

private:
    std::optional<session::Transfer> toTell() const;
    void show(const session::Transfer &transfer);

    session::TransferQueue &m_transfers;
    std::function<std::vector<base::StudyUid>()> m_own;
    std::set<session::TransferNumber> m_dismissed; ///< ended ones that the reader has seen
    session::TransferNumber m_shown = 0;
    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_retry, *m_list, *m_dismiss;
};

} // namespace negatoscope::ui
