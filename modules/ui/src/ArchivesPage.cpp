#include "ArchivesPage.h"

#include "ArchiveForm.h"
#include "ArchiveTestBox.h"

#include <ui/ErrorSentences.h>
#include <ui/IconSet.h>
#include <ui/Theme.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtCore/QScopedValueRollback>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace negatoscope::ui {

namespace {

constexpr int kListWidth = 210;
constexpr qint64 kMostBytes = 4 << 20;

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

/// Where the archive is, and what protects the way to it.
QString addressOf(const archive::Settings &one)
{
    const QString address =
        one.isWeb() ? text(one.url)
                    : QStringLiteral("%1@%2:%3").arg(text(one.theirTitle), text(one.host)).arg(one.port);
    return address + u'\n' +
           (one.tls.on ? ArchivesPage::tr("Encrypted with TLS")
                       : ArchivesPage::tr("Not encrypted: patient data crosses the network in clear."));
}

} // namespace

ArchivesPage::ArchivesPage(session::Archives &archives, QWidget *parent)
    : QWidget(parent),
      m_archives(archives),
      m_list(new QListWidget(this)),
      m_says(new QLabel(this))
{
    setObjectName(QStringLiteral("archivesPage"));
    m_says->setObjectName(QStringLiteral("archivesMessage"));
    m_says->setTextFormat(Qt::PlainText);
    m_says->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * measures::kPadding);
    row->addWidget(makeList());
    row->addWidget(makeEditor(), 1);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(measures::kPadding);
    column->addLayout(row, 1);
    column->addWidget(m_says);
    connect(&archives, &session::Archives::changed, this, &ArchivesPage::fill);
    connect(m_list, &QListWidget::currentRowChanged, this, &ArchivesPage::takeSelection);
    connect(m_form, &ArchiveForm::edited, this, &ArchivesPage::keep);
    fill();
    m_list->setCurrentRow(0);
}

QPushButton *ArchivesPage::addButton(const char *name, const QString &text, const QString &tip,
                                     QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

QWidget *ArchivesPage::makeList()
{
    auto *left = new QWidget(this);
    m_list->setObjectName(QStringLiteral("archivesList"));
    m_list->setAccessibleName(tr("Archives"));
    m_list->setIconSize({16, 16});
    m_list->setProperty("role", QStringLiteral("pages"));
    auto *grid = new QGridLayout(left);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(measures::kPadding);
    auto *add = addButton("addArchive", tr("Add"), tr("One more archive"), left);
    m_remove = addButton("removeArchive", tr("Remove"),
                         tr("Forget the selected archive; nothing in it changes"), left);
    m_undo = addButton("undoArchives", tr("Undo"), tr("Bring back the list as it was before the last change"),
                       left);
    auto *import = addButton("importArchives", tr("Import…"),
                             tr("Take archives from a file; those of the same name are replaced"), left);
    m_export = addButton("exportArchives", tr("Export…"),
                         tr("Write the list to a file for other workstations; it holds no password"), left);
    grid->addWidget(m_list, 0, 0, 1, 2);
    grid->addWidget(add, 1, 0);
    grid->addWidget(m_remove, 1, 1);
    grid->addWidget(import, 2, 0);
    grid->addWidget(m_export, 2, 1);
    grid->addWidget(m_undo, 3, 0, 1, 2);
    connect(add, &QPushButton::clicked, this, &ArchivesPage::add);
    connect(m_remove, &QPushButton::clicked, this, &ArchivesPage::remove);
    connect(m_undo, &QPushButton::clicked, this, &ArchivesPage::undo);
    connect(import, &QPushButton::clicked, this, &ArchivesPage::importFile);
    connect(m_export, &QPushButton::clicked, this, &ArchivesPage::exportFile);
    // Words of the longest language fit.
    const int buttons = 2 * std::max({add->sizeHint().width(), m_remove->sizeHint().width(),
                                      import->sizeHint().width(), m_export->sizeHint().width()});
    left->setFixedWidth(std::max(kListWidth, buttons + measures::kPadding));
    return left;
}

QWidget *ArchivesPage::makeEditor()
{
    auto *right = new QWidget(this);
    m_form = new ArchiveForm(right);
    m_scroll = new QScrollArea(right);
    m_scroll->setObjectName(QStringLiteral("archiveScroll"));
    m_scroll->setWidget(m_form);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_none = new QLabel(tr("No archive yet. Add one, or import the list of another workstation."), right);
    m_none->setObjectName(QStringLiteral("noArchives"));
    m_none->setWordWrap(true);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setProperty("role", QStringLiteral("secondary"));
    m_tests = new ArchiveTestBox([this] { return m_form->settings(); }, right);
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measures::kPadding);
    column->addWidget(m_none, 1);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_tests);
    return right;
}

void ArchivesPage::showEvent(QShowEvent *event)
{
    m_archives.reload(); // another program may have added some
    QWidget::showEvent(event);
}

void ArchivesPage::say(const QString &sentence, bool wrong)
{
    setRole(*m_says, wrong ? QStringLiteral("error") : QStringLiteral("secondary"));
    m_says->setText(sentence);
    m_says->setVisible(!sentence.isEmpty());
}

void ArchivesPage::fill()
{
    {
        const QScopedValueRollback filling(m_filling, true);
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const archive::Settings &one : m_archives.all()) {
            auto *item = new QListWidgetItem(text(one.name), m_list);
            item->setIcon(one.tls.on ? icons::icon(QStringLiteral("protected"))
                                     : icons::icon(QStringLiteral("unprotected"), colours::kWarning));
            item->setToolTip(addressOf(one));
            item->setData(Qt::AccessibleTextRole, text(one.name) + QStringLiteral(". ") + addressOf(one));
            if (m_current == one.name)
                m_list->setCurrentItem(item);
        }
        if (m_isNew) {
            auto *item = new QListWidgetItem(tr("New archive"), m_list);
            item->setToolTip(tr("Not kept yet: something is missing."));
            m_list->setCurrentItem(item);
        } else if (m_list->currentRow() < 0) {
            m_list->setCurrentRow(0);
        }
    }
    if (m_archives.error())
        say(tr("The list of archives cannot be read; it was not changed. %1")
                .arg(sentenceFor(*m_archives.error())),
            true);
    else
        say({});
    m_export->setEnabled(!m_archives.all().empty());
    m_undo->setEnabled(m_before.has_value());
    takeSelection();
}

void ArchivesPage::select(const std::string &name)
{
    m_isNew = false;
    m_current = name;
    fill();
}

void ArchivesPage::takeSelection()
{
    if (m_filling)
        return;
    const int row = m_list->currentRow();
    const auto &all = m_archives.all();
    const bool known = row >= 0 && row < static_cast<int>(all.size());
    if (known && m_isNew) { // what was begun and left is not kept
        m_isNew = false;
        const QSignalBlocker quiet(m_list);
        delete m_list->takeItem(m_list->count() - 1);
    }
    const std::optional<std::string> before = m_current;
    m_current = known ? std::optional(all[static_cast<std::size_t>(row)].name) : std::nullopt;
    const bool any = known || m_isNew;
    m_none->setVisible(!any);
    m_scroll->setVisible(any);
    m_tests->setVisible(any);
    m_remove->setEnabled(any);
    if (!any)
        return;
    // What the reader is writing stays as she writes it.
    if (known && (m_form->settings() != all[static_cast<std::size_t>(row)] || before != m_current)) {
        m_form->showSettings(all[static_cast<std::size_t>(row)]);
        if (before != m_current)
            m_tests->forget();
    }
    m_tests->setReady(m_form->check());
}

template <typename Act>
base::Status ArchivesPage::act(Act act)
{
    const auto before = m_archives.all();
    const auto done = act();
    if (done) {
        m_before = before;
        m_undo->setEnabled(true);
    } else {
        say(sentenceFor(done.error()), true);
    }
    return done;
}

void ArchivesPage::keep()
{
    const bool works = m_form->check();
    m_tests->setReady(works);
    if (!works)
        return;
    const archive::Settings settings = m_form->settings();
    const auto taken = m_archives.named(settings.name);
    if (taken && (m_isNew || m_current != settings.name)) {
        m_form->showNameTaken();
        m_tests->setReady(false);
        return;
    }
    const bool isNew = m_isNew;
    const auto current = m_current;
    // The list that comes back is the one with this archive in it.
    m_isNew = false;
    m_current = settings.name;
    const auto kept = act(
        [&] { return isNew || !current ? m_archives.add(settings) : m_archives.change(*current, settings); });
    if (!kept) {
        m_isNew = isNew;
        m_current = current;
    }
}

void ArchivesPage::add()
{
    m_isNew = true;
    m_current.reset();
    m_tests->forget();
    m_form->showSettings({});
    fill();
    m_form->focusName();
}

void ArchivesPage::remove()
{
    if (m_isNew) {
        m_isNew = false;
        fill();
        return;
    }
    if (!m_current)
        return;
    const std::string name = *m_current;
    if (act([&] { return m_archives.remove(name); }))
        say(tr("%1 is forgotten; Undo brings it back.").arg(text(name)));
}

void ArchivesPage::undo()
{
    if (!m_before)
        return;
    const auto before = *m_before;
    if (act([&] { return m_archives.replaceAll(before); }))
        say(tr("The list is as it was before the last change."));
}

void ArchivesPage::importFile()
{
    auto *dialog =
        new QFileDialog(this, tr("Import archives"), QDir::homePath(), tr("Lists of archives (*.json)"));
    dialog->setObjectName(QStringLiteral("importArchivesDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ArchivesPage::take);
    dialog->open();
}

void ArchivesPage::take(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMostBytes) {
        say(tr("The file cannot be read."), true);
        return;
    }
    const QByteArray json = file.readAll();
    int count = 0;
    const auto taken = act([&]() -> base::Status {
        const auto done = m_archives.takeJson(json);
        if (!done)
            return base::failure(done.error());
        count = *done;
        return {};
    });
    if (taken)
        say(tr("%n archive(s) taken from the file.", nullptr, count));
    else if (taken.error().code() == base::ErrorCode::Malformed)
        // An administrator mends it: the place in the file helps.
        say(tr("This is no list of archives; nothing was taken. %1")
                .arg(QString::fromStdString(taken.error().text())),
            true);
}

void ArchivesPage::exportFile()
{
    auto *dialog =
        new QFileDialog(this, tr("Export archives"), QDir::homePath(), tr("Lists of archives (*.json)"));
    dialog->setObjectName(QStringLiteral("exportArchivesDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &ArchivesPage::write);
    dialog->open();
}

void ArchivesPage::write(const QString &path)
{
    QSaveFile file(path);
    const QByteArray json = m_archives.toJson();
    if (file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.commit())
        say(tr("Written to %1.").arg(QDir::toNativeSeparators(path)));
    else
        say(tr("The file cannot be written."), true);
}

} // namespace negatoscope::ui
