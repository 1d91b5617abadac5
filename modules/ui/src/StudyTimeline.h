#pragma once

#include <session/StudyPreview.h>

#include <QtWidgets/QScrollArea>

#include <vector>

class QVBoxLayout;

namespace negatoscope::ui {

/// A patient's studies along a line, newest first: one click opens one, another opens it beside.
class StudyTimeline final : public QScrollArea
{
    Q_OBJECT
public:
    explicit StudyTimeline(QWidget *parent);

    /// `current` is marked and not opened by its entry.
    void setStudies(const std::vector<cache::StudyRecord> &studies, const base::StudyUid &current);
    QSize sizeHint() const override;

Q_SIGNALS:
    void openRequested(const negatoscope::cache::StudyRecord &study, bool beside);

private:
    void addRow(const cache::StudyRecord &study, bool isCurrent, bool isFirst, bool isLast);

    QWidget *m_content;
    QVBoxLayout *m_rows;
    std::vector<base::StudyUid> m_shown;
    base::StudyUid m_current;
    int m_count = 0;
};

} // namespace negatoscope::ui
