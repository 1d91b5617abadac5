#include "SettingsJson.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <array>
#include <optional>
#include <set>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr int kVersion = 1;

/// Takes the members of one object by name and type; keeps the first thing that is wrong.
class Members
{
public:
    Members(QJsonObject object, std::string place) : m_object(std::move(object)), m_place(std::move(place)) {}

    void take(const char *name, std::string &into)
    {
        with(name, QJsonValue::String, "a text", [&](const QJsonValue &value) {
            into = value.toString().toStdString();
            return true;
        });
    }
    void take(const char *name, bool &into)
    {
        with(name, QJsonValue::Bool, "true or false", [&](const QJsonValue &value) {
            into = value.toBool();
            return true;
        });
    }
    template <typename Number>
    void takeNumber(const char *name, Number &into, int least, int most)
    {
        const std::string range =
            "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
        with(name, QJsonValue::Double, range.c_str(), [&](const QJsonValue &value) {
            const double number = value.toDouble();
            const int whole = value.toInt(least - 1);
            if (number != whole || whole < least || whole > most)
                return false;
            into = Number(whole);
            return true;
        });
    }
    void take(const char *name, RetrieveBy &into)
    {
        with(name, QJsonValue::String, "automatic, get or move", [&](const QJsonValue &value) {
            for (const RetrieveBy by : {RetrieveBy::Automatic, RetrieveBy::Get, RetrieveBy::Move})
                if (value.toString().toStdString() == nameOf(by)) {
                    into = by;
                    return true;
                }
            return false;
        });
    }
    void take(const char *name, Login &into)
    {
        with(name, QJsonValue::String, "none or basic", [&](const QJsonValue &value) {
            for (const Login login : {Login::None, Login::Basic})
                if (value.toString().toStdString() == nameOf(login)) {
                    into = login;
                    return true;
                }
            return false;
        });
    }
    void take(const char *name, std::vector<std::string> &into)
    {
        with(name, QJsonValue::Array, "a list of texts", [&](const QJsonValue &value) {
            for (const QJsonValue &one : value.toArray()) {
                if (!one.isString())
                    return false;
                into.push_back(one.toString().toStdString());
            }
            return true;
        });
    }
    std::optional<Members> object(const char *name)
    {
        std::optional<Members> inner;
        with(name, QJsonValue::Object, "an object", [&](const QJsonValue &value) {
            inner.emplace(value.toObject(), m_place + "." + name);
            return true;
        });
        return inner;
    }

    /// Also when a member was not asked for: a word that is misspelt must not be passed over.
    base::Status finish() const
    {
        if (m_error)
            return failure(*m_error);
        for (const QString &name : m_object.keys())
            if (!m_known.contains(name.toStdString()))
                return failure(ErrorCode::Malformed,
                               m_place + ": there is no \"" + name.toStdString() + "\"");
        return {};
    }

private:
    template <typename Use>
    void with(const char *name, QJsonValue::Type type, const char *wanted, Use use)
    {
        m_known.insert(name);
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.isUndefined() || m_error)
            return;
        if (value.type() != type || !use(value))
            m_error = base::Error(ErrorCode::Malformed, m_place + "." + name + " is not " + wanted);
    }

    QJsonObject m_object;
    std::string m_place;
    std::set<std::string> m_known;
    std::optional<base::Error> m_error;
};

struct NamedLimit
{
    const char *name;
    std::chrono::milliseconds Limits::*limit;
};
constexpr std::array kLimits{
    NamedLimit{"connectMs", &Limits::connect}, NamedLimit{"associationMs", &Limits::association},
    NamedLimit{"idleMs", &Limits::idle}, NamedLimit{"commitmentMs", &Limits::commitment}};

struct NamedFile
{
    const char *name;
    std::string Tls::*file;
};
constexpr std::array kTlsTexts{
    NamedFile{"authorityFile", &Tls::authorityFile}, NamedFile{"certificateFile", &Tls::certificateFile},
    NamedFile{"keyFile", &Tls::keyFile}, NamedFile{"revocationFile", &Tls::revocationFile},
    NamedFile{"pinnedSha256", &Tls::pinnedSha256}};

base::Result<Settings> settingsOf(const QJsonObject &object, const std::string &place)
{
    constexpr int kHour = 3'600'000;
    Settings settings;
    Members members(object, place);
    members.take("name", settings.name);
    members.take("url", settings.url);
    members.take("login", settings.login);
    members.take("user", settings.user);
    members.take("passwordFile", settings.passwordFile);
    members.take("host", settings.host);
    members.takeNumber("port", settings.port, 1, 65535);
    members.take("theirTitle", settings.theirTitle);
    members.take("ourTitle", settings.ourTitle);
    members.take("retrieveBy", settings.retrieveBy);
    members.take("listenAddress", settings.listenAddress);
    members.takeNumber("listenPort", settings.listenPort, 0, 65535);
    members.take("mayConnect", settings.mayConnect);
    members.take("allowCleartext", settings.allowCleartext);
    members.takeNumber("associations", settings.associations, 1, 16);
    settings.tls.on = settings.url.starts_with("https:");
    if (auto tls = members.object("tls")) {
        settings.tls.on = true;
        for (const NamedFile &text : kTlsTexts)
            tls->take(text.name, settings.tls.*text.file);
        TRY_DO(tls->finish());
    }
    if (auto limits = members.object("limits")) {
        for (const NamedLimit &limit : kLimits) {
            auto count = static_cast<int>((settings.limits.*limit.limit).count());
            limits->takeNumber(limit.name, count, 1, kHour);
            settings.limits.*limit.limit = std::chrono::milliseconds(count);
        }
        TRY_DO(limits->finish());
    }
    TRY_DO(members.finish());
    return settings;
}

void setText(QJsonObject &object, const char *name, const std::string &text)
{
    if (!text.empty())
        object.insert(QLatin1String(name), QString::fromStdString(text));
}

void setWeb(QJsonObject &object, const Settings &settings)
{
    setText(object, "url", settings.url);
    if (settings.login == Login::None)
        return;
    setText(object, "login", std::string(nameOf(settings.login)));
    setText(object, "user", settings.user);
    setText(object, "passwordFile", settings.passwordFile);
}

void setDimse(QJsonObject &object, const Settings &settings)
{
    setText(object, "host", settings.host);
    object.insert(QLatin1String("port"), settings.port);
    setText(object, "theirTitle", settings.theirTitle);
    setText(object, "ourTitle", settings.ourTitle);
    setText(object, "retrieveBy", std::string(nameOf(settings.retrieveBy)));
    setText(object, "listenAddress", settings.listenAddress);
    if (settings.listenPort != 0)
        object.insert(QLatin1String("listenPort"), settings.listenPort);
    if (!settings.mayConnect.empty()) {
        QJsonArray addresses;
        for (const std::string &address : settings.mayConnect)
            addresses.append(QString::fromStdString(address));
        object.insert(QLatin1String("mayConnect"), addresses);
    }
}

QJsonObject jsonOf(const Settings &settings)
{
    const Settings standard;
    QJsonObject object;
    setText(object, "name", settings.name);
    if (settings.isWeb())
        setWeb(object, settings);
    else
        setDimse(object, settings);
    if (settings.tls.on) {
        QJsonObject tls;
        for (const NamedFile &text : kTlsTexts)
            setText(tls, text.name, settings.tls.*text.file);
        object.insert(QLatin1String("tls"), tls);
    }
    if (settings.allowCleartext)
        object.insert(QLatin1String("allowCleartext"), true);
    if (settings.associations != standard.associations)
        object.insert(QLatin1String("associations"), settings.associations);
    if (settings.limits != standard.limits) {
        QJsonObject limits;
        for (const NamedLimit &limit : kLimits)
            limits.insert(QLatin1String(limit.name),
                          static_cast<int>((settings.limits.*limit.limit).count()));
        object.insert(QLatin1String("limits"), limits);
    }
    return object;
}

} // namespace

base::Result<std::vector<Settings>> settingsOfJson(const std::string &json)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(json), &error);
    if (error.error != QJsonParseError::NoError)
        return failure(ErrorCode::Malformed,
                       "archives.json: no JSON at byte " + std::to_string(error.offset));
    const QJsonObject root = document.object();
    if (root.value(QLatin1String("version")).toInt() != kVersion)
        return failure(ErrorCode::Malformed, "archives.json: its version is not 1");
    const QJsonValue list = root.value(QLatin1String("archives"));
    if (!list.isArray() || root.size() != 2)
        return failure(ErrorCode::Malformed,
                       "archives.json: it is not made of a version and a list of archives");
    std::vector<Settings> archives;
    for (const QJsonValue &one : list.toArray()) {
        const std::string place = "archives.json: archive " + std::to_string(archives.size() + 1);
        if (!one.isObject())
            return failure(ErrorCode::Malformed, place + " is not an object");
        TRY(auto settings, settingsOf(one.toObject(), place));
        archives.push_back(std::move(settings));
    }
    return archives;
}

std::string jsonOfSettings(const std::vector<Settings> &archives)
{
    QJsonArray list;
    for (const Settings &settings : archives)
        list.append(jsonOf(settings));
    const QJsonObject root{{QStringLiteral("version"), kVersion}, {QStringLiteral("archives"), list}};
    return QJsonDocument(root).toJson(QJsonDocument::Indented).toStdString();
}

} // namespace negatoscope::archive
