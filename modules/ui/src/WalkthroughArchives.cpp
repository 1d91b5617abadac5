// The part of Walkthrough that finds studies in archives, reads one and looks for priors there.
#include <ui/ReadingWindow.h>
#include <ui/StudyListWindow.h>
#include <ui/Walkthrough.h>
#include <ui/Workstation.h>

#include <session/Archives.h>
#include <session/StudyListModel.h>
#include <session/StudySearch.h>

#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

namespace negatoscope::ui {

void Walkthrough::planArchives()
{
    const auto list = [this]() -> QWidget * { return &m_workstation.studyListWindow(); };
    m_steps.push_back(
        {QStringLiteral("archives-found"),
         [this, list] {
             if (m_workstation.archives().all().empty())
                 return false;
             m_workstation.studyListWindow().setPlace({session::SearchPlace::Kind::Everywhere, {}});
             list()->findChild<QPushButton *>(QStringLiteral("searchAnyway"))->click();
             return true;
         },
         [this] {
             const auto &search = m_workstation.search();
             return !search.isAsking() && search.answeredAt().isValid();
         },
         list});
    addOpeningStep(
        QStringLiteral("study-of-an-archive"), [this] { return openRemote(); },
        [this] {
            const auto &study = reading()->presenter().study();
            return study->completeness == cache::Completeness::Complete;
        });
    const auto priors = [this] { return reading()->findChild<QListView *>(QStringLiteral("priorsList")); };
    addOpeningStep(
        QStringLiteral("priors-of-an-archive"),
        [this] {
            const base::StudyUid study = studyWithRemotePrior();
            m_workstation.studyListWindow().setPlace({});
            return !study.isEmpty() && openListed(study);
        },
        [priors] { return priors()->model()->rowCount() > 0; });
    addReadingStep(
        QStringLiteral("prior-beside"),
        [priors] {
            if (priors()->model()->rowCount() == 0)
                return false;
            Q_EMIT priors()->clicked(priors()->model()->index(0, 0));
            return true;
        },
        [this] {
            const auto &presenter = reading()->presenter();
            return !presenter.besides().empty() || presenter.question().has_value();
        });
}

/// The one with most images that nothing is here of.
bool Walkthrough::openRemote()
{
    const auto &search = m_workstation.search();
    int best = -1, most = 0;
    for (int row = 0; row < search.rowCount(); ++row) {
        const auto &found = search.rowAt(row);
        if (found.whereabouts() == session::Whereabouts::Remote && found.study.instances.value_or(1) > most) {
            best = row;
            most = found.study.instances.value_or(1);
        }
    }
    if (best < 0)
        return false;
    m_opened = search.rowAt(best).study.uid;
    auto *table = m_workstation.studyListWindow().findChild<QTableView *>(QStringLiteral("foundTable"));
    table->selectRow(best);
    Q_EMIT table->doubleClicked(table->currentIndex());
    return true;
}

/// One that is here, of a patient of whom an archive has something else.
base::StudyUid Walkthrough::studyWithRemotePrior() const
{
    const auto &search = m_workstation.search();
    for (int row = 0; row < search.rowCount(); ++row) {
        const auto &here = search.rowAt(row);
        for (int other = 0; here.local && other < search.rowCount(); ++other) {
            const auto &found = search.rowAt(other);
            if (found.whereabouts() == session::Whereabouts::Remote && !here.study.patient.id.empty() &&
                found.study.patient.id == here.study.patient.id)
                return here.study.uid;
        }
    }
    return {};
}

} // namespace negatoscope::ui
