#include "ProfileBar.h"

#include "Profiles.h"

#include <ui/ErrorSentences.h>
#include <ui/Theme.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace negatoscope::ui {

namespace {

QByteArray read(const QString &path)
{
    QFile file(path);
    constexpr qint64 kLargest = 1 << 20;
    return file.open(QIODevice::ReadOnly) ? file.read(kLargest) : QByteArray();
}

} // namespace

ProfileBar::ProfileBar(session::Bindings &bindings, const QString &prefix, QWidget *parent)
    : QWidget(parent),
      m_bindings(bindings),
      m_profiles(new QComboBox(this)),
      m_undo(new QPushButton(tr("Undo"), this)),
      m_message(new QLabel(this))
{
    m_profiles->setObjectName(prefix + QStringLiteral("Profiles"));
    m_profiles->setAccessibleName(tr("Ready-made profile of keys and mouse"));
    m_profiles->addItem(tr("Profile: as delivered"), QByteArray());
    for (const Profile &profile : readyMadeProfiles()) {
        m_profiles->addItem(tr("Profile: %1").arg(profile.name), profile.json);
        m_profiles->setItemData(m_profiles->count() - 1, profile.hint, Qt::ToolTipRole);
    }
    m_message->setObjectName(prefix + QStringLiteral("Message"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);

    auto *row = new QHBoxLayout;
    row->setSpacing(measures::kPadding);
    row->addWidget(m_profiles);
    const auto button = [&](QPushButton *made, const char *name, const QString &tip, auto work) {
        made->setObjectName(prefix + QLatin1String(name));
        made->setToolTip(tip);
        made->setAutoDefault(false);
        row->addWidget(made);
        connect(made, &QPushButton::clicked, this, work);
    };
    button(new QPushButton(tr("Use"), this), "UseProfile", tr("Replace all keys and mouse by the profile"),
           [this] { use(m_profiles->currentData().toByteArray()); });
    button(m_undo, "Undo", tr("Bring back the keys and mouse from before the last profile"), [this] {
        if (m_bindings.fromJson(std::exchange(m_before, m_bindings.toJson())))
            say(tr("As before."));
    });
    m_undo->setEnabled(false);
    row->addStretch(1);
    button(new QPushButton(tr("Import…"), this), "Import", tr("Take keys and mouse from a file"),
           [this] { importFile(); });
    button(new QPushButton(tr("Export…"), this), "Export", tr("Write keys and mouse to a file"),
           [this] { exportFile(); });

    connect(m_profiles, &QComboBox::currentIndexChanged, this,
            [this](int index) { say(m_profiles->itemData(index, Qt::ToolTipRole).toString()); });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_message);
    say({});
}

void ProfileBar::say(const QString &sentence, bool wrong)
{
    setRole(*m_message, wrong ? QStringLiteral("error") : QStringLiteral("secondary"));
    m_message->setText(sentence);
}

void ProfileBar::use(const QByteArray &profile)
{
    const QByteArray before = m_bindings.toJson();
    if (profile.isEmpty()) {
        m_bindings.resetAll();
    } else if (const auto used = m_bindings.fromJson(profile); !used) {
        say(sentenceFor(used.error()), true);
        return;
    }
    m_before = before;
    m_undo->setEnabled(true);
    say(tr("Keys and mouse are now those of the profile."));
}

void ProfileBar::importFile()
{
    auto *dialog =
        new QFileDialog(this, tr("Import keys and mouse"), QDir::homePath(), tr("Profiles (*.json)"));
    dialog->setObjectName(QStringLiteral("importProfileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const QByteArray profile = read(path);
        if (profile.isEmpty())
            say(tr("The file is empty or cannot be read."), true);
        else
            use(profile);
    });
    dialog->open();
}

void ProfileBar::exportFile()
{
    auto *dialog =
        new QFileDialog(this, tr("Export keys and mouse"), QDir::homePath(), tr("Profiles (*.json)"));
    dialog->setObjectName(QStringLiteral("exportProfileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        const QByteArray profile = m_bindings.toJson();
        if (file.open(QIODevice::WriteOnly) && file.write(profile) == profile.size() && file.commit())
            say(tr("Written to %1.").arg(QDir::toNativeSeparators(path)));
        else
            say(tr("The file cannot be written."), true);
    });
    dialog->open();
}

} // namespace negatoscope::ui
