#include "ArchiveForm.h"

#include <ui/Theme.h>

#include <QtCore/QDir>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace negatoscope::ui {

namespace {

using archive::SettingsProblem;
constexpr int kLongestTitle = 16, kLongestName = 64;
constexpr int kMostSeconds = 3600, kMostAssociations = 16, kMostPort = 65535;

} // namespace

ArchiveForm::ArchiveForm(QWidget *parent) : QWidget(parent), m_form(new QFormLayout(this))
{
    setObjectName(QStringLiteral("archiveForm"));
    m_form->setContentsMargins(0, 0, measures::kPadding, 0);
    m_form->setSpacing(measures::kPadding);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setFormAlignment(Qt::AlignLeft | Qt::AlignTop);
    buildAddress();
    buildWeb();
    buildProtection();
    buildLimits();
    showRows();
}

ArchiveForm::Row ArchiveForm::addRow(const QString &label, QWidget *field)
{
    Row row;
    row.box = new QWidget(this);
    auto *column = new QVBoxLayout(row.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(field);
    row.problem = new QLabel(row.box);
    row.problem->setObjectName(field->objectName() + QLatin1String("Problem"));
    row.problem->setTextFormat(Qt::PlainText);
    row.problem->setWordWrap(true);
    row.problem->setProperty("role", QStringLiteral("error"));
    row.problem->hide();
    column->addWidget(row.problem);
    auto *name = new QLabel(label, this);
    name->setMinimumHeight(measures::kControl);
    name->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_form->addRow(name, row.box);
    m_rows.emplace_back(field, row);
    return row;
}

void ArchiveForm::addTitle(const QString &text)
{
    auto *title = new QLabel(text, this);
    title->setProperty("role", QStringLiteral("secondary"));
    title->setContentsMargins(0, measures::kPadding, 0, 0);
    m_form->addRow(title);
}

QLineEdit *ArchiveForm::addText(const char *name, const QString &label, const QString &tip,
                                const QString &example)
{
    auto *edit = new QLineEdit(this);
    edit->setObjectName(QLatin1String(name));
    edit->setAccessibleName(label);
    edit->setToolTip(tip);
    edit->setPlaceholderText(example);
    connect(edit, &QLineEdit::editingFinished, this, [this, edit] {
        if (!m_showing && edit->isModified()) {
            edit->setModified(false);
            Q_EMIT edited();
        }
    });
    addRow(label, edit);
    return edit;
}

QLineEdit *ArchiveForm::addFile(const char *name, const QString &label, const QString &tip)
{
    QLineEdit *edit = addText(name, label, tip);
    auto *choose = new QPushButton(tr("Choose…"), this);
    choose->setObjectName(QLatin1String(name) + QLatin1String("Choose"));
    choose->setAccessibleName(tr("Choose: %1").arg(label));
    choose->setToolTip(tip);
    choose->setAutoDefault(false);
    auto *column = static_cast<QVBoxLayout *>(m_rows.back().second.box->layout());
    auto *row = new QHBoxLayout;
    row->setSpacing(measures::kPadding);
    column->removeWidget(edit);
    row->addWidget(edit, 1);
    row->addWidget(choose);
    column->insertLayout(0, row);
    connect(choose, &QPushButton::clicked, this, [this, edit, label] { chooseFile(*edit, label); });
    return edit;
}

QSpinBox *ArchiveForm::addNumber(const char *name, const QString &label, const QString &tip, int least,
                                 int most)
{
    auto *spin = new QSpinBox(this);
    spin->setObjectName(QLatin1String(name));
    spin->setAccessibleName(label);
    spin->setToolTip(tip);
    spin->setRange(least, most);
    spin->setKeyboardTracking(false);
    spin->setGroupSeparatorShown(false);
    connect(spin, &QSpinBox::valueChanged, this, [this] {
        if (!m_showing)
            Q_EMIT edited();
    });
    addRow(label, spin);
    return spin;
}

QSpinBox *ArchiveForm::addSeconds(const char *name, const QString &label, const QString &tip)
{
    QSpinBox *spin = addNumber(name, label, tip, 1, kMostSeconds);
    spin->setSuffix(tr(" s", "unit after a number"));
    return spin;
}

QCheckBox *ArchiveForm::addCheck(const char *name, const QString &text, const QString &tip)
{
    auto *check = new QCheckBox(text, this);
    check->setObjectName(QLatin1String(name));
    check->setToolTip(tip);
    connect(check, &QCheckBox::toggled, this, [this] {
        showRows();
        if (!m_showing)
            Q_EMIT edited();
    });
    addRow(QString(), check);
    return check;
}

void ArchiveForm::buildAddress()
{
    const auto choice = [this](const char *name, const QString &label, const QString &tip) {
        auto *combo = new QComboBox(this);
        combo->setObjectName(QLatin1String(name));
        combo->setAccessibleName(label);
        combo->setToolTip(tip);
        connect(combo, &QComboBox::activated, this, [this] {
            showRows();
            Q_EMIT edited();
        });
        addRow(label, combo);
        return combo;
    };
    m_name = addText("archiveName", tr("Name"), tr("What this workstation calls the archive"));
    m_name->setMaxLength(kLongestName);
    m_kind = choice("archiveKind", tr("Speaks"), tr("How the archive is reached"));
    m_kind->addItem(tr("DICOM (DIMSE)"), false);
    m_kind->addItem(tr("DICOMweb"), true);
    m_host = addText("archiveHost", tr("Host"), tr("Name or address of the archive"), tr("pacs.example.org"));
    m_port =
        addNumber("archivePort", tr("Port"), tr("104 and 11112 are usual, 2762 under TLS"), 1, kMostPort);
    m_theirTitle = addText("archiveTitle", tr("AE title of the archive"),
                           tr("What the archive calls itself; its administrator knows"));
    m_ourTitle = addText("ourTitle", tr("AE title of this workstation"),
                         tr("What the archive knows this workstation by"));
    m_theirTitle->setMaxLength(kLongestTitle);
    m_ourTitle->setMaxLength(kLongestTitle);
    m_retrieveBy = choice("retrieveBy", tr("Images come by"),
                          tr("C-GET needs nothing else; by C-MOVE the archive connects to this workstation"));
    m_retrieveBy->addItem(tr("What the archive can do"), int(archive::RetrieveBy::Automatic));
    m_retrieveBy->addItem(tr("C-GET"), int(archive::RetrieveBy::Get));
    m_retrieveBy->addItem(tr("C-MOVE"), int(archive::RetrieveBy::Move));
    m_listenPort = addNumber("listenPort", tr("Port to receive on"),
                             tr("For C-MOVE: open only while images come"), 0, kMostPort);
    m_listenPort->setSpecialValueText(tr("None: no C-MOVE"));
    m_listenAddress = addText("listenAddress", tr("Address to receive on"),
                              tr("For C-MOVE; empty: the one that reaches the archive"));
    m_mayConnect = addText("mayConnect", tr("Who may send"),
                           tr("Addresses besides the archive's own, with commas between them"));
}

void ArchiveForm::buildWeb()
{
    m_url = addText("archiveUrl", tr("Address"), tr("Where the DICOMweb service begins"),
                    tr("https://pacs.example.org/dicom-web"));
    m_login = new QComboBox(this);
    m_login->setObjectName(QStringLiteral("archiveLogin"));
    m_login->setAccessibleName(tr("Log in"));
    m_login->setToolTip(tr("How the archive knows this workstation"));
    m_login->addItem(tr("As nobody"), int(archive::Login::None));
    m_login->addItem(tr("User and password"), int(archive::Login::Basic));
    connect(m_login, &QComboBox::activated, this, [this] {
        showRows();
        Q_EMIT edited();
    });
    addRow(tr("Log in"), m_login);
    m_user = addText("archiveUser", tr("User"), tr("The name that the archive knows"));
    m_passwordFile = addFile("passwordFile", tr("File of the password"),
                             tr("Its first line is the password; nobody but you may be able to read it"));
}

void ArchiveForm::buildProtection()
{
    addTitle(tr("Protection"));
    m_tls = addCheck("archiveTls", tr("Encrypt with TLS"),
                     tr("TLS 1.2 or 1.3; the certificate of the archive is checked"));
    m_cleartext = addCheck("allowCleartext", tr("Allow clear text"),
                           tr("Only where the network itself is protected: an administrator's decision"));
    m_unprotected = new QLabel(
        tr("Not encrypted: names and images cross the network so that others on it can read them."), this);
    m_unprotected->setObjectName(QStringLiteral("unprotectedWarning"));
    m_unprotected->setWordWrap(true);
    m_unprotected->setProperty("role", QStringLiteral("warning"));
    m_form->addRow(QString(), m_unprotected);
    m_authority =
        addFile("authorityFile", tr("Authority"),
                tr("Certificates of who vouches for the archive (PEM); empty: those of the system"));
    m_certificate = addFile("certificateFile", tr("Own certificate"),
                            tr("Of this workstation, where the archive wants one (PEM)"));
    m_key = addFile("keyFile", tr("Its private key"), tr("PEM, without a password"));
    m_revocation = addFile("revocationFile", tr("Revoked certificates"), tr("A list of the authority (PEM)"));
    m_fingerprint = addText("fingerprint", tr("Fingerprint"),
                            tr("SHA-256 of the archive's certificate: this one and no other is accepted"));
}

void ArchiveForm::buildLimits()
{
    addTitle(tr("Times and connections"));
    m_associations = addNumber("associations", tr("Connections at once"),
                               tr("More are faster where the archive allows them"), 1, kMostAssociations);
    m_connect = addSeconds("connectLimit", tr("To connect"), tr("How long a connection may take"));
    m_association =
        addSeconds("associationLimit", tr("To negotiate"), tr("How long TLS and the association may take"));
    m_idle = addSeconds("idleLimit", tr("To answer"), tr("How long nothing may come"));
    m_commitment = addSeconds("commitmentLimit", tr("To confirm safe keeping"),
                              tr("How long the answer about storage commitment may take"));
}

bool ArchiveForm::isWeb() const
{
    return m_kind->currentData().toBool();
}

bool ArchiveForm::isEncrypted() const
{
    return isWeb() ? !m_url->text().trimmed().startsWith(QLatin1String("http:")) : m_tls->isChecked();
}

void ArchiveForm::showRows()
{
    if (m_form->rowCount() == 0 || m_rows.back().first != m_commitment)
        return; // still being built
    const auto visible = [this](QWidget *field, bool shown) {
        for (const auto &[known, row] : m_rows)
            if (known == field)
                m_form->setRowVisible(row.box, shown);
    };
    const bool web = isWeb(), encrypted = isEncrypted();
    const bool basic = web && m_login->currentData().toInt() == int(archive::Login::Basic);
    const bool move = !web && m_retrieveBy->currentData().toInt() != int(archive::RetrieveBy::Get);
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_host, m_port, m_theirTitle, m_ourTitle, m_retrieveBy, m_tls})
        visible(field, !web);
    for (QWidget *field : std::initializer_list<QWidget *>{m_listenPort, m_listenAddress, m_mayConnect})
        visible(field, move);
    visible(m_url, web);
    visible(m_login, web);
    visible(m_user, basic);
    visible(m_passwordFile, basic);
    visible(m_cleartext, !encrypted);
    m_form->setRowVisible(m_unprotected, !encrypted);
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_authority, m_certificate, m_key, m_revocation, m_fingerprint})
        visible(field, encrypted);
}

void ArchiveForm::chooseFile(QLineEdit &field, const QString &title)
{
    auto *dialog = new QFileDialog(this, title, field.text().isEmpty() ? QDir::homePath() : field.text());
    dialog->setObjectName(QStringLiteral("archiveFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, &field](const QString &path) {
        field.setText(path);
        Q_EMIT edited();
    });
    dialog->open();
}

// --- Checks ---

QString sentenceFor(SettingsProblem problem)
{
    using enum SettingsProblem;
    switch (problem) {
    case Name:
        return ArchiveForm::tr("Give the archive a name of up to 64 letters.");
    case Url:
        return ArchiveForm::tr("Give the address of the DICOMweb service, such as "
                               "https://pacs.example.org/dicom-web.");
    case UrlAndHost:
    case HttpsWithoutTls:
    case HttpWithTls:
    case LoginWithoutNeed:
    case TlsFilesWithoutTls:
        return ArchiveForm::tr("These settings do not go together.");
    case PasswordInClear:
        return ArchiveForm::tr(
            "A password is sent only under https; change the address, or log in as nobody.");
    case User:
        return ArchiveForm::tr("Give the name of the user, without a colon.");
    case PasswordFile:
        return ArchiveForm::tr(
            "Give the file whose first line is the password; only you may be able to read it.");
    case Host:
        return ArchiveForm::tr("Give the host name or address of the archive.");
    case Port:
        return ArchiveForm::tr("A port is a number from 1 to 65535.");
    case TheirTitle:
    case OurTitle:
        return ArchiveForm::tr("An AE title has 1 to 16 letters, digits or signs, without backslash.");
    case MoveWithoutPort:
        return ArchiveForm::tr("To be sent images by C-MOVE this workstation needs a port to receive on; the "
                               "archive must know it.");
    case Associations:
        return ArchiveForm::tr("Choose 1 to 16 connections.");
    case Limit:
        return ArchiveForm::tr("A time to wait is at most an hour.");
    case KeyWithoutCertificate:
        return ArchiveForm::tr("The private key needs the certificate that it belongs to.");
    case Fingerprint:
        return ArchiveForm::tr(
            "The SHA-256 fingerprint of a certificate has 64 digits from 0 to 9 and A to F.");
    case MoveWithoutCertificate:
        return ArchiveForm::tr(
            "C-MOVE under TLS needs a certificate of this workstation: the archive connects "
            "to it.");
    }
    return {};
}

void ArchiveForm::say(const QWidget *field, const QString &sentence)
{
    for (const auto &[known, row] : m_rows) {
        row.problem->setText(known == field ? sentence : QString());
        row.problem->setVisible(known == field && !sentence.isEmpty());
    }
}

bool ArchiveForm::check()
{
    using enum SettingsProblem;
    const archive::Settings now = settings();
    const auto problem = session::Archives::problemIn(now);
    if (!problem) {
        const bool forbidden = !now.tls.on && !now.allowCleartext;
        say(m_cleartext, forbidden ? tr("Without encryption this must be allowed: nothing is sent otherwise.")
                                   : QString());
        return !forbidden;
    }
    const std::pair<SettingsProblem, const QWidget *> places[] = {
        {Name, m_name},
        {Url, m_url},
        {PasswordInClear, m_login},
        {User, m_user},
        {PasswordFile, m_passwordFile},
        {Host, m_host},
        {Port, m_port},
        {TheirTitle, m_theirTitle},
        {OurTitle, m_ourTitle},
        {MoveWithoutPort, m_listenPort},
        {KeyWithoutCertificate, m_certificate},
        {Fingerprint, m_fingerprint},
        {MoveWithoutCertificate, m_certificate},
    };
    const auto *const place = std::find_if(std::begin(places), std::end(places),
                                           [&](const auto &one) { return one.first == *problem; });
    say(place != std::end(places) ? place->second : m_name, sentenceFor(*problem));
    return false;
}

void ArchiveForm::showNameTaken()
{
    say(m_name, tr("Another archive has this name. What is written here is not kept."));
}

void ArchiveForm::focusName()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

} // namespace negatoscope::ui
