#pragma once

#include <session/FoundStudies.h>
#include <session/StudyPreview.h>

#include <QtWidgets/QWidget>

#include <optional>

class QLabel;
class QListView;
class QPushButton;

namespace negatoscope::ui {

class StudyTimeline;

/// The study under the cursor: who, what, when, its series, the patient's other studies, and the buttons that
/// open it.
class StudyPreviewPanel final : public QWidget
{
    Q_OBJECT
public:
    StudyPreviewPanel(session::StudyPreview &preview, QWidget *parent);
    /// A study of which nothing is here, shown while the preview has none.
    void setFound(const std::optional<session::FoundRow> &found);
    const std::optional<session::FoundRow> &found() const { return m_found; }

Q_SIGNALS:
    void openRequested(bool beside);
    /// Another study of the same patient.
    void otherRequested(const negatoscope::cache::StudyRecord &study, bool beside);

private:
    void takeChange();
    void fill(const cache::StudyRecord &study);
    void fillFound(const session::FoundRow &row);
    void fillPatient(const dicom::PatientIdentity &patient, const std::string &studyDate);
    QLabel *addLabel(const QString &name, const QString &role);

    session::StudyPreview &m_preview;
    std::optional<session::FoundRow> m_found;
    QLabel *m_name, *m_person, *m_identity, *m_exam, *m_date, *m_numbers, *m_state, *m_timelineTitle;
    QListView *m_series;
    StudyTimeline *m_timeline;
    QPushButton *m_open, *m_openBeside;
};

} // namespace negatoscope::ui
