#pragma once

#include <archive/Archive.h>
#include <archive/Settings.h>

#include <QtCore/QByteArray>
#include <QtCore/QObject>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace negatoscope::session {

/// The archives that this workstation knows, read from the configuration folder and kept in it
/// (archives.json).
///
/// Every act reads the file again before it writes, so that what another program has added stays, and a file
/// that cannot be read is never written over: error() says why, and no act is done until it can be read.
/// Threads : the UI's; connectTo() from any.
/// Errors  : those of archive::ArchiveList.
class Archives final : public QObject
{
    Q_OBJECT
public:
    explicit Archives(std::string configFolder, QObject *parent = nullptr);
    ~Archives() override;
    Q_DISABLE_COPY_MOVE(Archives)

    const std::vector<archive::Settings> &all() const { return m_archives; }
    std::optional<archive::Settings> named(const std::string &name) const;
    /// Why the list could not be read; all() is what was read last.
    const std::optional<base::Error> &error() const { return m_error; }

    /// Reads the file again.
    void reload();
    base::Status add(archive::Settings settings);
    /// The archive called `name` gets these settings, among them perhaps another name.
    base::Status change(const std::string &name, archive::Settings settings);
    base::Status remove(const std::string &name);
    base::Status replaceAll(std::vector<archive::Settings> archives);

    /// The list as a file for other workstations: as archives.json is, so without any secret.
    QByteArray toJson() const;
    /// Takes what toJson() wrote: archives of these names are replaced, others stay. How many were taken.
    base::Result<int> takeJson(const QByteArray &json);
    /// What would keep these settings from working.
    static std::optional<archive::SettingsProblem> problemIn(const archive::Settings &settings);

    /// The archive of this name; nothing is sent yet. The same one while its settings stay: it remembers
    /// connections and what it has learnt. Errors: NotFound, those of archive::connectTo.
    base::Result<std::shared_ptr<archive::Archive>> connectTo(const std::string &name) const;

Q_SIGNALS:
    void changed();

private:
    template <typename Act>
    base::Status act(Act act);
    bool take(const std::vector<archive::Settings> &archives);

    const std::string m_folder;
    std::vector<archive::Settings> m_archives; ///< written in the UI thread, under the mutex
    std::optional<base::Error> m_error;
    mutable std::mutex m_mutex;
    mutable std::map<std::string, std::shared_ptr<archive::Archive>> m_connected;
};

} // namespace negatoscope::session
