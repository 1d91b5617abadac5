#include <session/Archives.h>

#include <archive/Connect.h>

#include <algorithm>
#include <utility>

namespace negatoscope::session {

namespace {

std::optional<archive::Settings> find(const std::vector<archive::Settings> &archives, const std::string &name)
{
    const auto at = std::find_if(archives.begin(), archives.end(),
                                 [&](const archive::Settings &one) { return one.name == name; });
    return at == archives.end() ? std::nullopt : std::optional(*at);
}

} // namespace

Archives::Archives(std::string configFolder, QObject *parent)
    : QObject(parent),
      m_folder(std::move(configFolder))
{
    reload();
}

Archives::~Archives() = default;

std::optional<archive::Settings> Archives::named(const std::string &name) const
{
    return find(m_archives, name);
}

void Archives::reload()
{
    act([](archive::ArchiveList &) { return base::Status(); });
}

template <typename Act>
base::Status Archives::act(Act act)
{
    auto list = archive::ArchiveList::read(m_folder);
    if (!list) {
        if (std::exchange(m_error, list.error()) != list.error())
            Q_EMIT changed();
        return base::failure(list.error());
    }
    const bool couldNotRead = std::exchange(m_error, std::nullopt).has_value();
    auto done = act(*list);
    if (take(list->archives()) || couldNotRead)
        Q_EMIT changed();
    return done;
}

bool Archives::take(const std::vector<archive::Settings> &archives)
{
    if (archives == m_archives)
        return false;
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_connected, [&](const auto &connected) {
        return find(archives, connected.first) != find(m_archives, connected.first);
    });
    m_archives = archives;
    return true;
}

base::Status Archives::add(archive::Settings settings)
{
    return act([&](archive::ArchiveList &list) { return list.add(std::move(settings)); });
}

base::Status Archives::change(const std::string &name, archive::Settings settings)
{
    return act([&](archive::ArchiveList &list) { return list.change(name, std::move(settings)); });
}

base::Status Archives::remove(const std::string &name)
{
    return act([&](archive::ArchiveList &list) { return list.remove(name); });
}

base::Status Archives::replaceAll(std::vector<archive::Settings> archives)
{
    return act([&](archive::ArchiveList &list) { return list.replaceAll(std::move(archives)); });
}

QByteArray Archives::toJson() const
{
    return QByteArray::fromStdString(archive::ArchiveList::write(m_archives));
}

base::Result<int> Archives::takeJson(const QByteArray &json)
{
    TRY(const std::vector<archive::Settings> taken, archive::ArchiveList::parse(json.toStdString()));
    TRY_DO(act([&](archive::ArchiveList &list) {
        std::vector<archive::Settings> all = list.archives();
        for (const archive::Settings &one : taken) {
            const auto same = std::find_if(all.begin(), all.end(), [&](const archive::Settings &known) {
                return known.name == one.name;
            });
            if (same == all.end())
                all.push_back(one);
            else
                *same = one;
        }
        return list.replaceAll(std::move(all));
    }));
    return static_cast<int>(taken.size());
}

std::optional<archive::SettingsProblem> Archives::problemIn(const archive::Settings &settings)
{
    return archive::problemIn(settings);
}

base::Result<std::shared_ptr<archive::Archive>> Archives::connectTo(const std::string &name) const
{
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_connected.find(name); known != m_connected.end())
        return known->second;
    const auto settings = find(m_archives, name);
    if (!settings)
        return base::failure(base::ErrorCode::NotFound, "no archive of this name");
    TRY(std::shared_ptr<archive::Archive> archive, archive::connectTo(*settings));
    m_connected.emplace(name, archive);
    return archive;
}

} // namespace negatoscope::session
