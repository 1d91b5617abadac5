// The part of ArchiveForm that knows what its fields mean.
#include "ArchiveForm.h"

#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSpinBox>

#include <chrono>

namespace negatoscope::ui {

namespace {

std::string plain(const QLineEdit &edit)
{
    return edit.text().trimmed().toStdString();
}

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

} // namespace

void ArchiveForm::showSettings(const archive::Settings &settings)
{
    const QScopedValueRollback showing(m_showing, true);
    const auto seconds = [](std::chrono::milliseconds limit) {
        return static_cast<int>((limit.count() + 999) / 1000);
    };
    QStringList mayConnect;
    for (const std::string &address : settings.mayConnect)
        mayConnect << text(address);
    m_name->setText(text(settings.name));
    m_kind->setCurrentIndex(settings.isWeb() ? 1 : 0);
    m_host->setText(text(settings.host));
    m_port->setValue(settings.port);
    m_theirTitle->setText(text(settings.theirTitle));
    m_ourTitle->setText(text(settings.ourTitle));
    m_retrieveBy->setCurrentIndex(m_retrieveBy->findData(int(settings.retrieveBy)));
    m_listenPort->setValue(settings.listenPort);
    m_listenAddress->setText(text(settings.listenAddress));
    m_mayConnect->setText(mayConnect.join(QStringLiteral(", ")));
    m_url->setText(text(settings.url));
    m_login->setCurrentIndex(m_login->findData(int(settings.login)));
    m_user->setText(text(settings.user));
    m_passwordFile->setText(text(settings.passwordFile));
    m_tls->setChecked(settings.tls.on);
    m_cleartext->setChecked(settings.allowCleartext);
    m_authority->setText(text(settings.tls.authorityFile));
    m_certificate->setText(text(settings.tls.certificateFile));
    m_key->setText(text(settings.tls.keyFile));
    m_revocation->setText(text(settings.tls.revocationFile));
    m_fingerprint->setText(text(settings.tls.pinnedSha256));
    m_associations->setValue(settings.associations);
    m_connect->setValue(seconds(settings.limits.connect));
    m_association->setValue(seconds(settings.limits.association));
    m_idle->setValue(seconds(settings.limits.idle));
    m_commitment->setValue(seconds(settings.limits.commitment));
    for (const auto &[field, row] : m_rows)
        row.problem->hide();
    m_shown = settings;
    showRows();
}

archive::Settings ArchiveForm::settings() const
{
    archive::Settings settings = m_shown.value_or(archive::Settings());
    const auto limit = [](const QSpinBox &spin, std::chrono::milliseconds &into) {
        // What was finer than a second stays, unless it was changed.
        if (spin.value() != (into.count() + 999) / 1000)
            into = std::chrono::seconds(spin.value());
    };
    settings.name = plain(*m_name);
    settings.url = isWeb() ? plain(*m_url) : std::string();
    if (isWeb() && settings.url.empty())
        settings.url = "https://"; // says what is missing
    takeAddress(settings);
    settings.tls = {};
    settings.tls.on = isEncrypted();
    if (settings.tls.on) {
        settings.tls.authorityFile = plain(*m_authority);
        settings.tls.certificateFile = plain(*m_certificate);
        settings.tls.keyFile = plain(*m_key);
        settings.tls.revocationFile = plain(*m_revocation);
        settings.tls.pinnedSha256 = plain(*m_fingerprint);
    }
    settings.allowCleartext = !settings.tls.on && m_cleartext->isChecked();
    settings.associations = m_associations->value();
    limit(*m_connect, settings.limits.connect);
    limit(*m_association, settings.limits.association);
    limit(*m_idle, settings.limits.idle);
    limit(*m_commitment, settings.limits.commitment);
    return settings;
}

/// Of the way that is spoken; those of the other are as if never set.
void ArchiveForm::takeAddress(archive::Settings &settings) const
{
    const archive::Settings standard;
    settings.login = archive::Login::None;
    settings.user.clear();
    settings.passwordFile.clear();
    settings.mayConnect.clear();
    if (isWeb()) {
        settings.host.clear();
        settings.theirTitle.clear();
        settings.ourTitle = standard.ourTitle;
        settings.port = standard.port;
        settings.retrieveBy = standard.retrieveBy;
        settings.listenPort = 0;
        settings.listenAddress.clear();
        settings.login = static_cast<archive::Login>(m_login->currentData().toInt());
        if (settings.login == archive::Login::Basic) {
            settings.user = plain(*m_user);
            settings.passwordFile = plain(*m_passwordFile);
        }
        return;
    }
    settings.host = plain(*m_host);
    settings.port = static_cast<std::uint16_t>(m_port->value());
    settings.theirTitle = plain(*m_theirTitle);
    settings.ourTitle = plain(*m_ourTitle);
    settings.retrieveBy = static_cast<archive::RetrieveBy>(m_retrieveBy->currentData().toInt());
    const bool move = settings.retrieveBy != archive::RetrieveBy::Get;
    settings.listenPort = static_cast<std::uint16_t>(move ? m_listenPort->value() : 0);
    settings.listenAddress = move ? plain(*m_listenAddress) : std::string();
    for (const QString &address : m_mayConnect->text().split(u',', Qt::SkipEmptyParts))
        if (move && !address.trimmed().isEmpty())
            settings.mayConnect.push_back(address.trimmed().toStdString());
}

} // namespace negatoscope::ui
