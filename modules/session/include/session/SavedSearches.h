#pragma once

#include <session/Settings.h>
#include <session/StudyQuestion.h>

#include <QtCore/QObject>
#include <QtCore/QString>

#include <optional>
#include <utility>
#include <vector>

namespace negatoscope::session {

/// A question that is asked again and again, by name: a worklist.
struct SavedSearch
{
    QString name;
    SearchPlace place;
    StudyQuestion question;
    int refreshMinutes = 0; ///< while it is shown; 0: only when asked for

    bool operator==(const SavedSearch &) const = default;
};

/// The searches that a reader has saved, in her order; kept in the settings, where an administrator may
/// deliver some. A name is there once.
class SavedSearches final : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMostMinutes = 24 * 60;

    explicit SavedSearches(Settings &settings, QObject *parent = nullptr);

    const std::vector<SavedSearch> &all() const { return m_all; }
    const SavedSearch *named(const QString &name) const; ///< null: none
    /// Takes the place of one of this name, else the last place. Nothing without a name.
    void save(SavedSearch search);
    void remove(const QString &name);
    /// Brings back what was removed last, where it stood.
    void undoRemove();

Q_SIGNALS:
    void changed();

private:
    void keep();

    Settings &m_settings;
    std::vector<SavedSearch> m_all;
    std::optional<std::pair<std::size_t, SavedSearch>> m_removed; ///< last, and where it stood
};

} // namespace negatoscope::session
