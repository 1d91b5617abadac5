#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QVariant>

#include <memory>
#include <optional>
#include <span>

class QSettings;

namespace negatoscope::session {

/// What can be set. A new one: its name here, its row in src/Settings.cpp, its row in a page of ui.
enum class Setting {
    Language,
    Theme,
    Density,
    TextSize,
    RememberedTool,
    RememberedCornerText,
    Keys,
    Mouse,
    WindowPresets,
    CornerTexts,
    SavedSearches,
    PriorsFetched,
    FrameBudgetMiB,
    CacheQuotaGiB,
    SupportContact,
};

/// One row of the table of settings.
struct SettingRow
{
    enum class Type { Choice, Integer, Text };
    /// User: the person's own, else the administrator's. Machine: the administrator's, else the person's.
    /// Site: the administrator's alone.
    enum class Scope { User, Machine, Site };

    Setting id;
    const char *key; ///< in the file; stable
    Type type;
    const char *fallback;
    Scope scope;
    const char *allowed = ""; ///< Choice: words, separated by spaces; Integer: "least most"
};

std::span<const SettingRow> settingTable();

/// What an Integer may be.
struct Limits
{
    int least = 0, most = 0;
};
Limits limitsOf(Setting setting);

/// The preferences of one person at one station: a table, two files, and who decides where they disagree.
///
/// A value that the table does not allow falls back to the next file and then to the default; it is logged
/// once and listed in problems(). What windows remember of themselves (places, columns) is kept beside the
/// table, in places().
/// Threads : of the UI.
class Settings final : public QObject
{
    Q_OBJECT
public:
    /// `administratorFile` need not exist.
    explicit Settings(const QString &userFile, const QString &administratorFile = {},
                      QObject *parent = nullptr);
    ~Settings() override;
    Q_DISABLE_COPY_MOVE(Settings)

    /// Where an administrator puts what holds for a machine or a site.
    static QString administratorFile();

    QString text(Setting setting) const;
    int integer(Setting setting) const;
    /// False if the table does not allow the value, or if the reader may not change it.
    bool set(Setting setting, const QVariant &value);
    void reset(Setting setting);
    /// Whether set() can have an effect: not what the administrator decides.
    bool isChangeable(Setting setting) const;
    /// Keys whose value was not understood so far.
    const QStringList &problems() const { return m_problems; }

    /// Sizes and places of windows, columns, last folders: remembered, but not set by anyone.
    QSettings &places() { return *m_user; }

Q_SIGNALS:
    void changed(negatoscope::session::Setting setting);

private:
    QVariant value(const SettingRow &row) const;
    std::optional<QVariant> valueIn(const QSettings *file, const SettingRow &row) const;

    std::unique_ptr<QSettings> m_user, m_administrator;
    mutable QStringList m_problems;
};

} // namespace negatoscope::session
