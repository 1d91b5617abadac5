#pragma once

#include <session/ReadingPresenter.h>
#include <ui/Theme.h>

#include <QtWidgets/QWidget>

#include <optional>

namespace negatoscope::ui {

/// Who this is, which exam and when, and whether it is all there: one line across the reading window.
class PatientBanner final : public QWidget
{
    Q_OBJECT
public:
    explicit PatientBanner(QWidget *parent);

    void setStudy(const std::optional<cache::StudyRecord> &study);
    /// A sentence instead of the study: why it could not be opened.
    void setError(const QString &sentence);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name, m_person, m_study, m_error, m_warning, m_completeness;
    colours::Role m_completenessColour = colours::kSecondaryText;
    bool m_hasStudy = false;
};

} // namespace negatoscope::ui
