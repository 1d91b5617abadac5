#pragma once

#include <session/ReadingPresenter.h>
#include <ui/Theme.h>

#include <QtWidgets/QWidget>

#include <optional>
#include <utility>

namespace negatoscope::ui {

/// Who this is, which exam and when, and whether it is all there: one line across the reading window.
class PatientBanner final : public QWidget
{
    Q_OBJECT
public:
    explicit PatientBanner(QWidget *parent);

    /// `mark`: which of the window's studies it is; another person's stands hatched. `arrived`: how many
    /// images of how many are here, while it is not complete.
    void setStudy(const std::optional<cache::StudyRecord> &study, session::StudyMark mark = {},
                  std::optional<std::pair<int, int>> arrived = {});
    /// What the reader must know of other people on screen: stands hatched at the left of the exam, empty:
    /// none.
    void setOtherPersons(const QString &sentence);
    /// A sentence instead of the study: why it could not be opened.
    void setError(const QString &sentence);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name, m_person, m_study, m_error, m_warning, m_completeness, m_others;
    colours::Role m_completenessColour = colours::kSecondaryText;
    session::StudyMark m_mark;
    bool m_hasStudy = false;
};

} // namespace negatoscope::ui
