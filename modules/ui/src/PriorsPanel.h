#pragma once

#include <session/PriorsPresenter.h>

#include <QtWidgets/QWidget>

class QLabel;
class QListView;

namespace negatoscope::ui {

class PriorsModel;

/// The patient's other exams below the strip of a reading window, those worth a look first. A click or Return
/// opens one beside, after fetching it where it is only in an archive. Hidden while there is nothing to say.
class PriorsPanel final : public QWidget
{
    Q_OBJECT
public:
    PriorsPanel(session::PriorsPresenter &priors, QWidget *parent);

    QSize sizeHint() const override;

Q_SIGNALS:
    void priorChosen(const negatoscope::session::Prior &prior);

private:
    void takeChange();
    QString title() const;
    QString problems() const;

    session::PriorsPresenter &m_priors;
    PriorsModel *m_model;
    QLabel *m_title, *m_problems;
    QListView *m_list;
};

/// Everything that is known of a prior, for a tooltip: exam, where it is, why it is worth a look, and whether
/// it is perhaps another person's.
QString priorText(const session::Prior &prior);

} // namespace negatoscope::ui
