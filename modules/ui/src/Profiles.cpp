#include "Profiles.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <array>

namespace negatoscope::ui {

namespace {

/// The words of resources/profiles, for translation.
constexpr std::array kWords{
    QT_TRANSLATE_NOOP("Profiles", "Left drag scrolls"),
    QT_TRANSLATE_NOOP("Profiles", "Left drag scrolls, right drag zooms, middle drag windows; presets on the "
                                  "function keys, Space for the next series."),
    QT_TRANSLATE_NOOP("Profiles", "Left drag windows"),
    QT_TRANSLATE_NOOP("Profiles",
                      "Left drag windows, right drag zooms, middle drag pans; layouts on Alt with "
                      "digits, full screen on Enter."),
    QT_TRANSLATE_NOOP("Profiles", "Right drag scrolls"),
    QT_TRANSLATE_NOOP("Profiles", "Middle drag windows, right drag scrolls, the wheel zooms; the left hand "
                                  "stays on W, A, S, D and Q, E."),
};

QString translated(const QString &words)
{
    for (const char *known : kWords)
        if (words == QLatin1String(known))
            return QCoreApplication::translate("Profiles", known);
    return words;
}

/// Keys and mouse of a profile that differ from what is delivered.
QJsonObject differences(const QByteArray &json)
{
    QJsonObject profile = QJsonDocument::fromJson(json).object();
    QJsonObject mouse = profile.value(QLatin1String("mouse")).toObject();
    for (const auto &row : session::Bindings::defaultGestures())
        if (mouse.value(row.first.text()).toString() == row.second && !row.second.isEmpty())
            mouse.remove(row.first.text());
    return {{QStringLiteral("keys"), profile.value(QLatin1String("keys"))}, {QStringLiteral("mouse"), mouse}};
}

} // namespace

std::vector<Profile> readyMadeProfiles()
{
    std::vector<Profile> profiles;
    const QDir folder(QStringLiteral(":/profiles"));
    const QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray json = file.readAll();
        const QJsonObject words = QJsonDocument::fromJson(json).object();
        profiles.push_back({QFileInfo(name).completeBaseName(),
                            translated(words.value(QLatin1String("name")).toString()),
                            translated(words.value(QLatin1String("hint")).toString()), json});
    }
    return profiles;
}

QString profileInUse(const session::Bindings &bindings)
{
    const QJsonObject now = differences(bindings.toJson());
    if (now.value(QLatin1String("keys")).toObject().isEmpty() &&
        now.value(QLatin1String("mouse")).toObject().isEmpty())
        return QStringLiteral("delivered");
    for (const Profile &profile : readyMadeProfiles())
        if (differences(profile.json) == now)
            return profile.file;
    return QStringLiteral("own");
}

} // namespace negatoscope::ui
