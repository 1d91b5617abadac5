#include "ExportWindow.h"

#include <ui/ErrorSentences.h>
#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QDir>
#include <QtCore/QSettings>
#include <QtCore/QStandardPaths>
#include <QtGui/QShortcut>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>

namespace negatoscope::ui {

namespace {

using Format = session::ExportRequest::Format;

constexpr auto kFolderKey = QLatin1String("export/folder");
constexpr auto kFormatKey = QLatin1String("export/format");

} // namespace

ExportWindow::ExportWindow(session::Services services, Source source, QSettings &settings, QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_source(std::move(source)),
      m_settings(settings),
      m_export(services),
      m_what(new QComboBox(this)),
      m_format(new QComboBox(this)),
      m_deidentified(new QCheckBox(tr("De-identified: no name, id, date or place"), this)),
      m_note(new QLabel(this)),
      m_said(new QLabel(this)),
      m_folder(new QLineEdit(this)),
      m_bar(new QProgressBar(this)),
      m_browse(new QPushButton(tr("Choose…"), this)),
      m_start(new QPushButton(tr("Export"), this)),
      m_close(new QPushButton(tr("Close"), this))
{
    setObjectName(QStringLiteral("exportWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Negatoscope - export"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/negatoscope.svg")));
    build();
    connect(&m_export, &session::ExportPresenter::changed, this, &ExportWindow::takeProgress);
    connect(&m_export, &session::ExportPresenter::finished, this, &ExportWindow::takeFinished);
    takeChoice();
    resize(640, 400);
    m_start->setFocus();
}

void ExportWindow::build()
{
    const auto name = [](QWidget *widget, const char *object, const QString &accessible) {
        widget->setObjectName(QLatin1String(object));
        widget->setAccessibleName(accessible);
    };
    const auto &study = m_source.study;
    QString who = words::text(study.patient.name.display());
    if (who.isEmpty())
        who = tr("no patient name");
    auto *title = new QLabel(who, this);
    title->setTextFormat(Qt::PlainText);
    title->setProperty("role", QStringLiteral("title"));
    QStringList parts{words::patientIdText(words::text(study.patient.id), words::text(study.patient.issuer)),
                      words::dateText(words::text(study.studyDate)), words::text(study.description)};
    parts.removeAll(QString());
    auto *which = new QLabel(parts.join(QStringLiteral("   ")), this);
    which->setTextFormat(Qt::PlainText);
    which->setProperty("role", QStringLiteral("secondary"));

    name(m_what, "exportWhat", tr("What is exported"));
    m_what->addItem(tr("The whole study, %n image(s)", nullptr, study.frames), static_cast<int>(What::Study));
    if (m_source.series) {
        const QString series =
            (words::text(m_source.series->modality) + u' ' + words::text(m_source.series->description))
                .trimmed();
        m_what->addItem(tr("This series: %1, %n image(s)", nullptr, m_source.series->frames).arg(series),
                        static_cast<int>(What::Series));
        if (m_source.image)
            m_what->addItem(tr("This image"), static_cast<int>(What::Image));
    }
    name(m_format, "exportFormat", tr("Format"));
    m_format->addItem(tr("DICOM: the files as they are"), static_cast<int>(Format::Dicom));
    m_format->addItem(tr("PNG pictures, with identity and letters"), static_cast<int>(Format::Png));
    m_format->addItem(tr("JPEG pictures, with identity and letters"), static_cast<int>(Format::Jpeg));
    m_format->setCurrentIndex(std::max(m_format->findData(m_settings.value(kFormatKey).toInt()), 0));
    name(m_deidentified, "exportDeidentified", m_deidentified->text());
    name(m_folder, "exportFolder", tr("Folder"));
    m_folder->setText(QDir::toNativeSeparators(
        m_settings.value(kFolderKey, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
            .toString()));
    name(m_browse, "exportBrowse", tr("Choose a folder"));
    name(m_bar, "exportBar", tr("Export progress"));
    name(m_start, "exportStart", m_start->text());
    name(m_close, "exportClose", m_close->text());
    m_bar->setTextVisible(false);
    m_note->setProperty("role", QStringLiteral("secondary"));
    for (QLabel *label : {m_note, m_said}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_said->setObjectName(QStringLiteral("exportSaid"));
    m_start->setDefault(true);

    auto *folder = new QHBoxLayout;
    folder->addWidget(m_folder, 1);
    folder->addWidget(m_browse);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(measures::kPadding);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->addRow(tr("Export"), m_what);
    form->addRow(tr("As"), m_format);
    form->addRow(QString(), m_deidentified);
    form->addRow(QString(), m_note);
    form->addRow(tr("Into"), folder);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_bar, 1);
    buttons->addStretch(1);
    buttons->addWidget(m_start);
    buttons->addWidget(m_close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(title);
    column->addWidget(which);
    column->addSpacing(8);
    column->addLayout(form);
    column->addStretch(1);
    column->addWidget(m_said);
    column->addLayout(buttons);
    m_bar->hide();

    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportWindow::takeChoice);
    connect(m_browse, &QPushButton::clicked, this, &ExportWindow::chooseFolder);
    connect(m_start, &QPushButton::clicked, this, &ExportWindow::start);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_export.isRunning())
            m_export.cancel();
        else
            close();
    });
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, m_close, &QPushButton::click);
    m_what->setCurrentIndex(m_source.image ? 1 : 0);
}

void ExportWindow::takeChoice()
{
    const auto format = static_cast<Format>(m_format->currentData().toInt());
    m_deidentified->setEnabled(format != Format::Dicom);
    if (format == Format::Dicom) {
        m_deidentified->setChecked(false);
        m_note->setText(tr("DICOM files keep every name and number that is in them."));
    } else {
        m_note->setText(tr("Images whose pixels may show a name are left out of a de-identified export."));
    }
}

void ExportWindow::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Export into a folder"), m_folder->text());
    dialog->setObjectName(QStringLiteral("exportFolderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &path) { m_folder->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

void ExportWindow::start()
{
    session::ExportRequest request;
    request.folder = QDir::fromNativeSeparators(m_folder->text().trimmed());
    if (!QDir::isAbsolutePath(request.folder))
        return say(tr("Choose the folder to export into."), QStringLiteral("error"));
    request.study = m_source.study.uid;
    const auto what = static_cast<What>(m_what->currentData().toInt());
    if (what != What::Study) {
        request.series = m_source.series->uid;
        request.viewing = m_source.viewing;
    }
    if (what == What::Image)
        request.image = m_source.image;
    request.format = static_cast<Format>(m_format->currentData().toInt());
    request.deidentified = m_deidentified->isChecked();
    Leaving leaving = m_source.leaving;
    leaving.deidentified = request.deidentified;
    request.encode = pictureEncoder(request.format, leaving);
    m_settings.setValue(kFolderKey, request.folder);
    m_settings.setValue(kFormatKey, m_format->currentData());
    m_export.start(std::move(request));
}

void ExportWindow::takeProgress()
{
    const bool running = m_export.isRunning();
    for (QWidget *widget :
         {static_cast<QWidget *>(m_what), static_cast<QWidget *>(m_format), static_cast<QWidget *>(m_folder),
          static_cast<QWidget *>(m_browse), static_cast<QWidget *>(m_start)})
        widget->setEnabled(!running);
    m_deidentified->setEnabled(!running && m_format->currentIndex() > 0);
    m_bar->setVisible(running);
    m_close->setText(running ? tr("Cancel") : tr("Close"));
    if (!running)
        return;
    m_bar->setRange(0, m_export.total());
    m_bar->setValue(m_export.done());
    say(m_export.total() > 0 ? tr("%1 of %n", nullptr, m_export.total()).arg(m_export.done())
                             : tr("Looking what there is…"),
        {});
}

void ExportWindow::takeFinished()
{
    using base::ErrorCode;
    const auto &report = *m_export.lastReport();
    if (!report) {
        switch (report.error().code()) {
        case ErrorCode::Cancelled:
            return say(tr("Cancelled: nothing was exported."), {});
        case ErrorCode::DiskFull:
            return say(
                tr("The disk is full: nothing was exported. Free some space or choose another folder."),
                QStringLiteral("error"));
        case ErrorCode::CannotWrite:
            return say(tr("This folder cannot be written to: nothing was exported."),
                       QStringLiteral("error"));
        default:
            return say(tr("Nothing was exported. %1").arg(sentenceFor(report.error())),
                       QStringLiteral("error"));
        }
    }
    QStringList sentences{tr("%n file(s) written to %1.", nullptr, report->files)
                              .arg(QDir::toNativeSeparators(report->folder))};
    if (!report->failed.empty())
        sentences << tr("%n could not be exported, the first because: %1", nullptr,
                        static_cast<int>(report->failed.size()))
                         .arg(sentenceFor(report->failed.front().error));
    say(sentences.join(u' '), report->failed.empty() ? QString() : QStringLiteral("warning"));
}

void ExportWindow::say(const QString &sentence, const QString &role)
{
    m_said->setText(sentence);
    setRole(*m_said, role);
}

} // namespace negatoscope::ui
