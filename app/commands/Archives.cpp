#include "ArchiveChoice.h"

#include <ui/ErrorSentences.h>

#include <QtCore/QJsonArray>
#include <QtCore/QRegularExpression>

namespace negatoscope::app {

using base::ErrorCode;

namespace {

tl::unexpected<base::Error> wrong(const QString &sentence)
{
    return base::failure(ErrorCode::BadArgument, sentence.toStdString());
}

/// A list that cannot be read is named with its place: an administrator mends it.
int failList(const base::Error &error, const Output &output)
{
    if (error.code() != ErrorCode::Malformed)
        return output.fail(error);
    output.warn(QString::fromStdString(error.text()));
    return SurroundingsFailed;
}

base::Status readAddress(const QString &text, archive::Settings &settings)
{
    static const QRegularExpression pattern(
        QStringLiteral("^([^@]+)@(?:\\[([0-9A-Fa-f:.]+)\\]|([^:@]+)):([0-9]{1,5})$"));
    const auto match = pattern.match(text);
    const int port = match.captured(4).toInt();
    if (!match.hasMatch() || port < 1 || port > 65535)
        return wrong(QStringLiteral("--dimse needs AET@HOST:PORT, for example PACS@pacs.example.org:11112."));
    settings.theirTitle = match.captured(1).toStdString();
    settings.host = (match.captured(2).isEmpty() ? match.captured(3) : match.captured(2)).toStdString();
    settings.port = static_cast<std::uint16_t>(port);
    return {};
}

/// --web URL, and how the archive knows us.
base::Status readWeb(const CommandLine &line, archive::Settings &settings)
{
    settings.url = line.value(QStringLiteral("--web")).toStdString();
    settings.tls.on = settings.url.starts_with("https:");
    const QString login = line.value(QStringLiteral("--login"));
    if (login.isEmpty() || login == QLatin1String("none"))
        return {};
    if (!login.startsWith(QLatin1String("basic:")) || !line.has(QStringLiteral("--password-file")))
        return wrong(QStringLiteral("--login needs none, or basic:USER with --password-file FILE."));
    settings.login = archive::Login::Basic;
    settings.user = login.mid(6).toStdString();
    settings.passwordFile = line.path(line.value(QStringLiteral("--password-file"))).toStdString();
    return {};
}

base::Result<int> number(const CommandLine &line, const QString &option, int otherwise, int most)
{
    if (!line.has(option))
        return otherwise;
    bool ok = false;
    const int value = line.value(option).toInt(&ok);
    if (!ok || value < 1 || value > most)
        return wrong(QStringLiteral("%1 needs a number from 1 to %2.").arg(option).arg(most));
    return value;
}

base::Result<archive::Settings> settingsOf(const CommandLine &line)
{
    archive::Settings settings;
    settings.name = line.arguments[1].toStdString();
    settings.tls.on = line.has(QStringLiteral("--tls"));
    if (line.has(QStringLiteral("--web")) == line.has(QStringLiteral("--dimse")))
        return wrong(QStringLiteral("archives add needs either --dimse AET@HOST:PORT or --web URL."));
    TRY_DO(line.has(QStringLiteral("--web")) ? readWeb(line, settings)
                                             : readAddress(line.value(QStringLiteral("--dimse")), settings));
    if (line.has(QStringLiteral("--aet")))
        settings.ourTitle = line.value(QStringLiteral("--aet")).toStdString();
    const bool get = line.has(QStringLiteral("--get")), move = line.has(QStringLiteral("--move"));
    if (get && move)
        return wrong(QStringLiteral("--get and --move exclude each other."));
    settings.retrieveBy = get    ? archive::RetrieveBy::Get
                          : move ? archive::RetrieveBy::Move
                                 : archive::RetrieveBy::Automatic;
    TRY(const int listen, number(line, QStringLiteral("--listen"), 0, 65535));
    settings.listenPort = static_cast<std::uint16_t>(listen);
    TRY(settings.associations, number(line, QStringLiteral("--associations"), settings.associations, 16));
    settings.allowCleartext = line.has(QStringLiteral("--allow-cleartext"));
    for (const auto &[option, file] :
         {std::pair("--ca", &archive::Tls::authorityFile),
          std::pair("--cert", &archive::Tls::certificateFile), std::pair("--key", &archive::Tls::keyFile),
          std::pair("--crl", &archive::Tls::revocationFile)})
        if (line.has(QLatin1String(option)))
            settings.tls.*file = line.path(line.value(QLatin1String(option))).toStdString();
    settings.tls.pinnedSha256 = line.value(QStringLiteral("--pin")).toStdString();
    if (!settings.tls.on && !settings.allowCleartext)
        return wrong(QStringLiteral(
            "An archive is reached under --tls or https; without it, --allow-cleartext must say that "
            "patient data may cross the network unprotected."));
    return settings;
}

QJsonObject jsonOf(const archive::Settings &settings)
{
    if (settings.isWeb())
        return {
            {QStringLiteral("name"), nameOf(settings)},
            {QStringLiteral("kind"), QStringLiteral("web")},
            {QStringLiteral("url"), QString::fromStdString(settings.url)},
            {QStringLiteral("login"), QString::fromStdString(std::string(archive::nameOf(settings.login)))},
            {QStringLiteral("user"), QString::fromStdString(settings.user)},
            {QStringLiteral("tls"), settings.tls.on}};
    return {{QStringLiteral("name"), nameOf(settings)},
            {QStringLiteral("kind"), QStringLiteral("dimse")},
            {QStringLiteral("host"), QString::fromStdString(settings.host)},
            {QStringLiteral("port"), settings.port},
            {QStringLiteral("theirTitle"), QString::fromStdString(settings.theirTitle)},
            {QStringLiteral("ourTitle"), QString::fromStdString(settings.ourTitle)},
            {QStringLiteral("retrieveBy"),
             QString::fromStdString(std::string(archive::nameOf(settings.retrieveBy)))},
            {QStringLiteral("listenPort"), settings.listenPort},
            {QStringLiteral("tls"), settings.tls.on}};
}

int list(const CommandLine &line, const archive::ArchiveList &known, const Output &output)
{
    QJsonArray all;
    for (const archive::Settings &settings : known.archives()) {
        if (line.json) {
            all.append(jsonOf(settings));
            continue;
        }
        if (settings.isWeb()) {
            output.line(QStringLiteral("%1  %2%3, %4")
                            .arg(nameOf(settings), QString::fromStdString(settings.url),
                                 settings.user.empty()
                                     ? QString()
                                     : QStringLiteral(" as ") + QString::fromStdString(settings.user),
                                 settings.tls.on ? QStringLiteral("TLS") : QStringLiteral("in clear")));
            continue;
        }
        output.line(QStringLiteral("%1  %2@%3:%4 as %5, %6")
                        .arg(nameOf(settings), QString::fromStdString(settings.theirTitle),
                             QString::fromStdString(settings.host))
                        .arg(settings.port)
                        .arg(QString::fromStdString(settings.ourTitle),
                             settings.tls.on ? QStringLiteral("TLS") : QStringLiteral("in clear")));
    }
    if (line.json)
        output.json({{QStringLiteral("archives"), all}});
    return Done;
}

int verifyArchive(const CommandLine &line, const archive::Settings &settings, const Output &output)
{
    const auto archive = archive::connectTo(settings);
    const auto verified = archive ? (*archive)->verify({}) : base::failure(archive.error());
    if (!verified) {
        if (line.json)
            output.json({{QStringLiteral("archive"), nameOf(settings)},
                         {QStringLiteral("answers"), false},
                         {QStringLiteral("error"), app::jsonOf(verified.error(), nameOf(settings))}});
        return output.fail(verified.error(), nameOf(settings));
    }
    if (line.json)
        output.json({{QStringLiteral("archive"), nameOf(settings)},
                     {QStringLiteral("answers"), true},
                     {QStringLiteral("implementation"), QString::fromStdString(verified->implementation)},
                     {QStringLiteral("protection"), QString::fromStdString(verified->protection)},
                     {QStringLiteral("wallMs"), double(verified->time.count())}});
    else
        output.line(QStringLiteral("%1 answers (%2, %3) in %4 ms")
                        .arg(nameOf(settings), QString::fromStdString(verified->implementation),
                             verified->protection.empty() ? QStringLiteral("in clear")
                                                          : QString::fromStdString(verified->protection))
                        .arg(verified->time.count()));
    return Done;
}

int failNamed(const base::Error &error, const QString &name, const Output &output)
{
    if (error.code() == ErrorCode::NotFound)
        return output.fail(
            {ErrorCode::BadArgument, "There is no archive called " + name.toStdString() + "."});
    if (error.code() == ErrorCode::Conflict)
        return output.fail(
            {ErrorCode::BadArgument, "There is an archive called " + name.toStdString() + " already."});
    return output.fail(error);
}

} // namespace

QJsonObject jsonOf(const base::Error &error, const QString &archive)
{
    return {{QStringLiteral("code"), QString::fromStdString(std::string(base::nameOf(error.code())))},
            {QStringLiteral("reason"), ui::sentenceFor(error, archive)}};
}

base::Result<archive::Settings> chosenArchive(const CommandLine &line)
{
    const QString name = line.value(QStringLiteral("--archive"));
    if (name.isEmpty())
        return wrong(QStringLiteral("%1 needs --archive NAME.").arg(line.command));
    TRY(const auto known, archive::ArchiveList::read(line.configFolder.toStdString()));
    auto settings = known.find(name.toStdString());
    if (!settings)
        return wrong(QStringLiteral("There is no archive called %1.").arg(name));
    return settings;
}

int archives(const CommandLine &line, const Output &output)
{
    const QString act = line.arguments.value(0), name = line.arguments.value(1);
    const bool needsName = act != QLatin1String("list");
    const bool isAct = act == QLatin1String("list") || act == QLatin1String("add") ||
                       act == QLatin1String("remove") || act == QLatin1String("verify");
    if (!isAct || line.arguments.size() != (needsName ? 2 : 1))
        return output.fail(
            {ErrorCode::BadArgument, "archives needs list, verify NAME, remove NAME or add NAME."});
    auto known = archive::ArchiveList::read(line.configFolder.toStdString());
    if (!known)
        return failList(known.error(), output);
    if (act == QLatin1String("list"))
        return list(line, *known, output);
    if (act == QLatin1String("add")) {
        auto settings = settingsOf(line);
        const auto added = settings ? known->add(*std::move(settings)) : base::failure(settings.error());
        return added ? list(line, *known, output) : failNamed(added.error(), name, output);
    }
    if (act == QLatin1String("remove")) {
        const auto removed = known->remove(name.toStdString());
        return removed ? list(line, *known, output) : failNamed(removed.error(), name, output);
    }
    const auto settings = known->find(name.toStdString());
    return settings ? verifyArchive(line, *settings, output) : failNamed(settings.error(), name, output);
}

} // namespace negatoscope::app
