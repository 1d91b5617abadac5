#pragma once

#include <session/ReadingPresenter.h>

#include <QtCore/QMimeData>

namespace negatoscope::ui {

/// A study on its way from the list to a reading window of this program. It carries the whole record, so that
/// what opens is compared with who was dragged (docs/safety.md P1).
class StudyDrag final : public QMimeData
{
    Q_OBJECT
public:
    explicit StudyDrag(cache::StudyRecord study) : m_study(std::move(study)) {}

    const cache::StudyRecord &study() const { return m_study; }
    /// Null if something else is dragged.
    static const cache::StudyRecord *studyOf(const QMimeData *data)
    {
        const auto *drag = qobject_cast<const StudyDrag *>(data);
        return drag != nullptr ? &drag->m_study : nullptr;
    }

    QStringList formats() const override { return {QStringLiteral("application/x-negatoscope-study")}; }

private:
    const cache::StudyRecord m_study;
};

} // namespace negatoscope::ui
