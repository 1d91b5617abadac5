#include <session/Settings.h>

#include <base/Log.h>

#include <QtCore/QSettings>

#include <algorithm>
#include <array>

namespace negatoscope::session {

namespace {

using Type = SettingRow::Type;
using Scope = SettingRow::Scope;

constexpr std::array kTable{
    SettingRow{Setting::Language, "ui/language", Type::Choice, "system", Scope::User,
               "system en en_GB en_US fr fr_FR"},
    SettingRow{Setting::Theme, "ui/theme", Type::Choice, "dark", Scope::User, "dark bright"},
    SettingRow{Setting::Density, "ui/density", Type::Choice, "normal", Scope::User, "normal high"},
    SettingRow{Setting::TextSize, "ui/textSize", Type::Integer, "13", Scope::User, "11 20"},
    SettingRow{Setting::RememberedTool, "reading/tool", Type::Text, "window", Scope::User},
    SettingRow{Setting::RememberedCornerText, "reading/cornerText", Type::Choice, "full", Scope::User,
               "full minimal none"},
    SettingRow{Setting::Keys, "hands/keys", Type::Text, "", Scope::User},
    SettingRow{Setting::Mouse, "hands/mouse", Type::Text, "", Scope::User},
    SettingRow{Setting::WindowPresets, "reading/windowPresets", Type::Text, "", Scope::User},
    SettingRow{Setting::CornerTexts, "reading/cornerTexts", Type::Text, "", Scope::User},
    SettingRow{Setting::SavedSearches, "studyList/savedSearches", Type::Text, "", Scope::User},
    SettingRow{Setting::PriorsFetched, "archives/priorsFetched", Type::Integer, "3", Scope::User, "0 20"},
    SettingRow{Setting::FrameBudgetMiB, "memory/frameBudgetMiB", Type::Integer, "0", Scope::Machine,
               "0 1048576"},
    SettingRow{Setting::CacheQuotaGiB, "cache/quotaGiB", Type::Integer, "0", Scope::Machine, "0 1048576"},
    SettingRow{Setting::SupportContact, "site/supportContact", Type::Text, "", Scope::Site},
};

const SettingRow &rowOf(Setting setting)
{
    return kTable.at(static_cast<std::size_t>(setting));
}

bool isAllowed(const SettingRow &row, const QVariant &value)
{
    const QStringList allowed = QString::fromLatin1(row.allowed).split(u' ', Qt::SkipEmptyParts);
    switch (row.type) {
    case Type::Text:
        return value.canConvert<QString>();
    case Type::Choice:
        return allowed.contains(value.toString());
    case Type::Integer: {
        bool isNumber = false;
        const int number = value.toString().toInt(&isNumber);
        const Limits limits = limitsOf(row.id);
        return isNumber && number >= limits.least && number <= limits.most;
    }
    }
    return false;
}

} // namespace

std::span<const SettingRow> settingTable()
{
    return kTable;
}

Limits limitsOf(Setting setting)
{
    const QStringList limits = QString::fromLatin1(rowOf(setting).allowed).split(u' ');
    return {limits.value(0).toInt(), limits.value(1).toInt()};
}

Settings::Settings(const QString &userFile, const QString &administratorFile, QObject *parent)
    : QObject(parent),
      m_user(std::make_unique<QSettings>(userFile, QSettings::IniFormat)),
      m_administrator(administratorFile.isEmpty()
                          ? nullptr
                          : std::make_unique<QSettings>(administratorFile, QSettings::IniFormat))
{}

Settings::~Settings() = default;

QString Settings::administratorFile()
{
    return QStringLiteral("/etc/negatoscope/negatoscope.ini");
}

std::optional<QVariant> Settings::valueIn(const QSettings *file, const SettingRow &row) const
{
    const QString key = QLatin1String(row.key);
    if (file == nullptr || !file->contains(key))
        return std::nullopt;
    QVariant value = file->value(key);
    if (row.type == Type::Text && value.typeId() == QMetaType::QStringList)
        value = value.toStringList().join(QStringLiteral(", ")); // a comma written by hand makes a list
    if (isAllowed(row, value))
        return value;
    if (!m_problems.contains(key)) {
        m_problems << key;
        base::log(base::LogLevel::Warning, "settings",
                  "the value of " + key.toStdString() + " is not allowed; the default holds");
    }
    return std::nullopt;
}

QVariant Settings::value(const SettingRow &row) const
{
    const QSettings *first = m_user.get(), *second = m_administrator.get();
    if (row.scope != Scope::User)
        std::swap(first, second);
    if (const auto found = valueIn(first, row))
        return *found;
    if (row.scope != Scope::Site) {
        if (const auto found = valueIn(second, row))
            return *found;
    }
    return QString::fromLatin1(row.fallback);
}

QString Settings::text(Setting setting) const
{
    return value(rowOf(setting)).toString();
}

int Settings::integer(Setting setting) const
{
    return value(rowOf(setting)).toString().toInt();
}

bool Settings::isChangeable(Setting setting) const
{
    const SettingRow &row = rowOf(setting);
    return row.scope == Scope::User ||
           (row.scope == Scope::Machine && !valueIn(m_administrator.get(), row).has_value());
}

bool Settings::set(Setting setting, const QVariant &value)
{
    const SettingRow &row = rowOf(setting);
    if (!isChangeable(setting) || !isAllowed(row, value))
        return false;
    if (text(setting) == value.toString())
        return true;
    m_user->setValue(QLatin1String(row.key), value);
    Q_EMIT changed(setting);
    return true;
}

void Settings::reset(Setting setting)
{
    const QString before = text(setting);
    m_user->remove(QLatin1String(rowOf(setting).key));
    if (text(setting) != before)
        Q_EMIT changed(setting);
}

} // namespace negatoscope::session
