// The part of ReadingWindow about whose studies are on screen, and what is dropped on it.
#include "Actions.h"
#include "ImportStrip.h"
#include "PatientBanner.h"
#include "PriorsPanel.h"
#include "StudyDrag.h"
#include "ViewportGrid.h"

#include <ui/ReadingWindow.h>
#include <ui/Words.h>

#include <QtGui/QDragEnterEvent>
#include <QtWidgets/QLayout>

namespace negatoscope::ui {

namespace {

QString nameOf(const cache::StudyRecord &study)
{
    const QString name = words::text(study.patient.name.display());
    return name.isEmpty() ? ReadingWindow::tr("no patient name") : name;
}

/// What is known of a study of which nothing is here yet.
cache::StudyRecord recordOf(const session::RequestedStudy &study)
{
    cache::StudyRecord record;
    record.uid = study.uid;
    record.patient = study.patient;
    record.studyDate = study.studyDate;
    record.studyTime = study.studyTime;
    record.accession = study.accession;
    record.description = study.description;
    record.modalities = study.modalities;
    record.completeness = cache::Completeness::Incomplete;
    return record;
}

} // namespace

/// The banner and the title name whom the active viewport shows. Who else is on screen, here or in another
/// window, stands in the banner as long as it is so (P2).
void ReadingWindow::takePersons()
{
    const auto *active = m_reading.active();
    const auto &arriving = m_reading.arriving();
    const auto shown = arriving                               ? std::optional(recordOf(*arriving))
                       : active != nullptr && active->study() ? active->study()
                                                              : m_reading.study();
    const base::StudyUid uid = shown ? shown->uid : base::StudyUid();
    const auto arrived = shown ? m_reading.arrived(uid) : std::nullopt;
    const auto completeness = shown ? shown->completeness : cache::Completeness::Unknown;
    const session::StudyMark mark = m_reading.markOf(uid);
    if (uid != m_bannerStudy || mark != m_bannerMark || arrived != m_bannerArrived ||
        completeness != m_bannerCompleteness || (!shown && m_reading.isOpening())) {
        m_banner->setStudy(shown, mark, arrived);
        m_bannerArrived = arrived;
        m_bannerCompleteness = completeness;
        m_bannerStudy = uid;
        m_bannerMark = mark;
        const QString program = m_number > 1 ? tr("Negatoscope, window %1").arg(m_number) : tr("Negatoscope");
        setWindowTitle(shown ? tr("%1 - %2", "window title: patient - program").arg(nameOf(*shown), program)
                             : program);
    }

    QStringList sentences;
    if (shown) {
        QStringList names, windows;
        for (const auto &study : m_reading.studies())
            if (session::compareStudies(study, *shown) != cache::Person::Same)
                names << nameOf(study);
        for (const auto &other : m_reading.othersElsewhere(*shown))
            windows << QString::number(other.window);
        names.removeDuplicates();
        windows.removeDuplicates();
        if (!names.isEmpty())
            sentences << tr("Another patient is shown here: %1").arg(names.join(QStringLiteral("; ")));
        if (!windows.isEmpty())
            sentences << tr("Another patient is open in window %1", "one or several numbers")
                             .arg(windows.join(QStringLiteral(", ")));
    }
    m_banner->setOtherPersons(sentences.join(QStringLiteral("   ")));
    (*m_actions)[ActionId::CloseBeside]->setEnabled(!m_reading.besides().empty());
}

ImportStrip *ReadingWindow::showImports(session::ImportPresenter &imports)
{
    if (m_imports)
        return nullptr;
    m_imports = new ImportStrip(imports, this);
    centralWidget()->layout()->addWidget(m_imports);
    connect(m_imports, &ImportStrip::dismissed, m_imports, &QObject::deleteLater);
    return m_imports;
}

void ReadingWindow::showPriors(session::PriorsPresenter &priors)
{
    auto *panel = new PriorsPanel(priors, m_side);
    m_side->layout()->addWidget(panel);
    connect(panel, &PriorsPanel::priorChosen, this, &ReadingWindow::priorChosen);
}

void ReadingWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (StudyDrag::studyOf(event->mimeData()) != nullptr)
        event->acceptProposedAction();
}

/// A study from the list: into an empty window it opens, else beside what is there, in the half of the
/// viewports it is dropped on; another person's is asked about.
void ReadingWindow::dropEvent(QDropEvent *event)
{
    const auto *study = StudyDrag::studyOf(event->mimeData());
    if (study == nullptr)
        return;
    event->acceptProposedAction();
    const int x = m_grid->mapFrom(this, event->position().toPoint()).x();
    m_reading.openBeside(study->uid, study->patient,
                         x < m_grid->width() / 2 ? session::Half::Left : session::Half::Right);
}

} // namespace negatoscope::ui
