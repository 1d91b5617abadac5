#include "StudyPreviewPanel.h"

#include "FoundTable.h"
#include "SeriesStrip.h"
#include "StudyTimeline.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace negatoscope::ui {

namespace {

QString qstring(const std::string &value)
{
    return QString::fromStdString(value);
}

QString modalitiesOf(const std::vector<std::string> &modalities)
{
    QStringList all;
    for (const auto &modality : modalities)
        all << words::text(modality);
    return all.join(u' ');
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral("   "));
}

} // namespace

QLabel *StudyPreviewPanel::addLabel(const QString &name, const QString &role)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setProperty("role", role);
    label->setTextFormat(Qt::PlainText); // text from files is text
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout()->addWidget(label);
    return label;
}

StudyPreviewPanel::StudyPreviewPanel(session::StudyPreview &preview, QWidget *parent)
    : QWidget(parent),
      m_preview(preview)
{
    setObjectName(QStringLiteral("studyPreview"));
    setAccessibleName(tr("Selected study"));
    setProperty("role", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(260);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(4);
    m_name = addLabel(QStringLiteral("previewName"), QStringLiteral("title"));
    m_person = addLabel(QStringLiteral("previewPerson"), {});
    m_identity = addLabel(QStringLiteral("previewIdentity"), QStringLiteral("secondary"));
    column->addSpacing(8);
    m_exam = addLabel(QStringLiteral("previewExam"), {});
    m_date = addLabel(QStringLiteral("previewDate"), {});
    m_numbers = addLabel(QStringLiteral("previewNumbers"), QStringLiteral("secondary"));
    m_state = addLabel(QStringLiteral("previewState"), QStringLiteral("secondary"));
    column->addSpacing(8);

    m_series = new QListView(this);
    m_series->setObjectName(QStringLiteral("previewSeries"));
    m_series->setAccessibleName(tr("Series of the selected study"));
    auto *words = new SeriesStripWords(this);
    words->setSourceModel(&preview.series());
    m_series->setModel(words);
    m_series->setItemDelegate(new SeriesDelegate(preview.series(), this));
    m_series->setSelectionMode(QAbstractItemView::NoSelection);
    m_series->setUniformItemSizes(true);
    m_series->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_series->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_series, 1);
    const int side = qRound(SeriesDelegate::kThumbnail * devicePixelRatioF());
    preview.series().setThumbnailSize({side, side});

    column->addSpacing(4);
    m_timelineTitle = addLabel(QStringLiteral("timelineTitle"), QStringLiteral("secondary"));
    m_timeline = new StudyTimeline(this);
    column->addWidget(m_timeline);
    connect(m_timeline, &StudyTimeline::openRequested, this, &StudyPreviewPanel::otherRequested);
    column->addSpacing(4);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_open = new QPushButton(tr("Open"), this);
    m_open->setObjectName(QStringLiteral("openButton"));
    m_open->setDefault(true);
    m_open->setToolTip(tr("Open the study (Return)"));
    m_openBeside = new QPushButton(tr("Open beside"), this);
    m_openBeside->setObjectName(QStringLiteral("openBesideButton"));
    m_openBeside->setToolTip(tr("Open beside what is on screen, in the same window (Shift+Enter)"));
    buttons->addWidget(m_open, 1);
    buttons->addWidget(m_openBeside, 1);
    column->addStretch(0);
    column->addLayout(buttons);

    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(false); });
    connect(m_openBeside, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(true); });
    connect(m_series, &QListView::doubleClicked, this, [this] { Q_EMIT openRequested(false); });
    connect(&preview, &session::StudyPreview::changed, this, &StudyPreviewPanel::takeChange);
    takeChange();
}

void StudyPreviewPanel::setFound(const std::optional<session::FoundRow> &found)
{
    m_found = found;
    takeChange();
}

void StudyPreviewPanel::takeChange()
{
    const auto &study = m_preview.study();
    m_open->setEnabled(study || m_found);
    m_openBeside->setEnabled(study.has_value());
    m_series->setVisible(study.has_value());
    const auto &timeline = m_preview.timeline();
    m_timeline->setStudies(timeline, study ? study->uid : base::StudyUid());
    m_timeline->setVisible(timeline.size() > 1);
    m_timelineTitle->setVisible(timeline.size() > 1);
    m_timelineTitle->setText(tr("%n study(ies) of this patient", nullptr, static_cast<int>(timeline.size())));
    for (QLabel *label : {m_name, m_person, m_identity, m_exam, m_date, m_numbers, m_state})
        label->clear();
    if (study)
        fill(*study);
    else if (m_found)
        fillFound(*m_found);
    else
        m_person->setText(tr("No study is selected."));
    for (QLabel *label : {m_name, m_person, m_identity, m_exam, m_date, m_numbers, m_state})
        label->setVisible(!label->text().isEmpty());
}

void StudyPreviewPanel::fillPatient(const dicom::PatientIdentity &patient, const std::string &studyDate)
{
    const QString name = words::text(patient.name.display());
    m_name->setText(name.isEmpty() ? tr("no patient name") : name);
    m_person->setText(
        joined({words::sexText(words::text(patient.sex)),
                words::ageText(words::date(qstring(patient.birthDate)), words::date(qstring(studyDate))),
                words::dateText(words::text(patient.birthDate))}));
    m_identity->setText(words::patientIdText(words::text(patient.id), words::text(patient.issuer)));
}

void StudyPreviewPanel::fillFound(const session::FoundRow &row)
{
    const archive::FoundStudy &study = row.study;
    fillPatient(study.patient, study.studyDate);
    m_exam->setText(joined({modalitiesOf(study.modalities), words::text(study.description)}));
    m_date->setText(words::dateTimeText(words::text(study.studyDate), qstring(study.studyTime)));
    QStringList numbers;
    if (study.series)
        numbers << tr("%n series", nullptr, *study.series);
    if (study.instances)
        numbers << words::imagesText(*study.instances);
    m_numbers->setText(numbers.join(QStringLiteral(", ")));
    QStringList sentences;
    for (const StudySign &sign : foundSigns(row))
        sentences << sign.sentence;
    m_state->setText(sentences.join(u'\n'));
    setRole(*m_state, row.conflict ? QStringLiteral("warning") : QString());
}

void StudyPreviewPanel::fill(const cache::StudyRecord &study)
{
    fillPatient(study.patient, study.studyDate);
    m_exam->setText(joined({modalitiesOf(study.modalities), words::text(study.description)}));
    m_date->setText(words::dateTimeText(words::text(study.studyDate), qstring(study.studyTime)));
    QStringList numbers{tr("%n series", nullptr, study.series), words::imagesText(study.frames)};
    if (study.bytes > 0)
        numbers << QLocale().formattedDataSize(static_cast<qint64>(study.bytes), 1,
                                               QLocale::DataSizeTraditionalFormat);
    if (const int hidden = m_preview.notDisplayable(); hidden > 0)
        numbers << tr("%n object(s) without an image", nullptr, hidden);
    m_numbers->setText(numbers.join(QStringLiteral(", ")));
    m_state->setText(stateSentences(study).join(u'\n'));
    const bool warn = study.identityConflict || study.completeness == cache::Completeness::Incomplete;
    setRole(*m_state, warn ? QStringLiteral("warning") : QString());
}

} // namespace negatoscope::ui
