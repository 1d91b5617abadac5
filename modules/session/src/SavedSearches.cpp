#include <session/SavedSearches.h>

#include <base/Log.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <algorithm>

namespace negatoscope::session {

namespace {

QJsonObject jsonOf(const SavedSearch &search)
{
    return {{QStringLiteral("name"), search.name},
            {QStringLiteral("place"), search.place.toJson()},
            {QStringLiteral("question"), search.question.toJson()},
            {QStringLiteral("refreshMinutes"), search.refreshMinutes}};
}

base::Result<SavedSearch> searchOf(const QJsonObject &json)
{
    SavedSearch search;
    search.name = json.value(QLatin1String("name")).toString().trimmed();
    if (search.name.isEmpty())
        return base::failure(base::ErrorCode::Malformed, "saved search without a name");
    TRY(search.place, SearchPlace::fromJson(json.value(QLatin1String("place")).toObject()));
    TRY(search.question, StudyQuestion::fromJson(json.value(QLatin1String("question")).toObject()));
    search.refreshMinutes =
        std::clamp(json.value(QLatin1String("refreshMinutes")).toInt(), 0, SavedSearches::kMostMinutes);
    return search;
}

} // namespace

SavedSearches::SavedSearches(Settings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    const auto document = QJsonDocument::fromJson(settings.text(Setting::SavedSearches).toUtf8());
    for (const QJsonValue &one : document.array()) {
        auto search = searchOf(one.toObject());
        if (!search)
            base::log(base::LogLevel::Warning, "settings", search.error().describe());
        else if (named(search->name) == nullptr)
            m_all.push_back(*std::move(search));
    }
}

const SavedSearch *SavedSearches::named(const QString &name) const
{
    const auto at = std::find_if(m_all.begin(), m_all.end(),
                                 [&](const SavedSearch &search) { return search.name == name; });
    return at == m_all.end() ? nullptr : &*at;
}

void SavedSearches::save(SavedSearch search)
{
    search.name = search.name.trimmed();
    if (search.name.isEmpty())
        return;
    search.refreshMinutes = std::clamp(search.refreshMinutes, 0, kMostMinutes);
    const auto at = std::find_if(m_all.begin(), m_all.end(),
                                 [&](const SavedSearch &one) { return one.name == search.name; });
    if (at == m_all.end())
        m_all.push_back(std::move(search));
    else
        *at = std::move(search);
    keep();
}

void SavedSearches::remove(const QString &name)
{
    const SavedSearch *search = named(name);
    if (search == nullptr)
        return;
    const auto place = search - m_all.data();
    m_removed = std::pair(static_cast<std::size_t>(place), *search);
    m_all.erase(m_all.begin() + place);
    keep();
}

void SavedSearches::undoRemove()
{
    const auto removed = std::exchange(m_removed, std::nullopt);
    if (!removed || named(removed->second.name) != nullptr)
        return;
    const auto place = std::min(removed->first, m_all.size());
    m_all.insert(m_all.begin() + static_cast<std::ptrdiff_t>(place), removed->second);
    keep();
}

void SavedSearches::keep()
{
    QJsonArray json;
    for (const SavedSearch &search : m_all)
        json.append(jsonOf(search));
    m_settings.set(Setting::SavedSearches,
                   m_all.empty() ? QString()
                                 : QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
    Q_EMIT changed();
}

} // namespace negatoscope::session
