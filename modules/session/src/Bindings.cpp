#include <session/Bindings.h>

#include <base/Log.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace negatoscope::session {

namespace {

using Kind = Gesture::Kind;

Gesture gesture(const char *text)
{
    return *Gesture::fromText(QLatin1String(text));
}

bool meantTogether(const Bindable &a, const Bindable &b)
{
    using Area = Bindable::Area;
    if (a.area == Area::Everywhere || b.area == Area::Everywhere)
        return true;
    return (a.area == Area::StudyList) == (b.area == Area::StudyList);
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject objectOf(const QString &json)
{
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

base::Result<std::map<QString, QStringList>> keysFrom(const QJsonObject &json)
{
    std::map<QString, QStringList> keys;
    for (auto row = json.begin(); row != json.end(); ++row) {
        QStringList list;
        const QJsonArray values = row.value().toArray();
        for (const QJsonValue &value : values)
            list << value.toString();
        if (!row.value().isArray() || list.contains(QString()))
            return base::failure(base::ErrorCode::Malformed,
                                 "keys of " + row.key().toStdString() + " are no list of key names");
        keys[row.key()] = list;
    }
    return keys;
}

} // namespace

Bindings::Bindings(std::vector<Bindable> bindables, Settings &settings, QObject *parent)
    : QObject(parent),
      m_bindables(std::move(bindables)),
      m_settings(settings)
{
    load();
}

const std::map<Gesture, QString> &Bindings::defaultGestures()
{
    static const std::map<Gesture, QString> kDefaults{
        {gesture("drag left"), QStringLiteral("activeTool")},
        {gesture("drag middle"), QStringLiteral("toolPan")},
        {gesture("drag right"), QStringLiteral("toolWindow")},
        {gesture("wheel"), QStringLiteral("scroll")},
        {gesture("wheel ctrl"), QStringLiteral("zoom")},
        {gesture("wheel shift"), QStringLiteral("phase")},
        {gesture("drag left ctrl+shift"), QStringLiteral("toolMask")},
        {gesture("click right"), QStringLiteral("contextMenu")},
        {gesture("click back"), QStringLiteral("previousSeries")},
        {gesture("click forward"), QStringLiteral("nextSeries")},
        {gesture("double left"), QStringLiteral("maximise")},
    };
    return kDefaults;
}

const Bindable *Bindings::find(const QString &name) const
{
    const auto at = std::find_if(m_bindables.begin(), m_bindables.end(),
                                 [&](const Bindable &bindable) { return bindable.name == name; });
    return at == m_bindables.end() ? nullptr : &*at;
}

// --- Keys ---

QStringList Bindings::keysOf(const QString &name) const
{
    if (const auto own = m_keys.find(name); own != m_keys.end())
        return own->second;
    const Bindable *bindable = find(name);
    return bindable != nullptr ? bindable->keys : QStringList();
}

void Bindings::setKeys(const QString &name, const QStringList &keys)
{
    const Bindable *bindable = find(name);
    if (bindable == nullptr || keysOf(name) == keys)
        return;
    if (bindable->keys == keys)
        m_keys.erase(name);
    else
        m_keys[name] = keys;
    keep();
}

QStringList Bindings::holdersOf(const QString &key, const QString &name) const
{
    QStringList holders;
    const Bindable *own = find(name);
    for (const Bindable &other : m_bindables)
        if (own != nullptr && &other != own && meantTogether(*own, other) && keysOf(other.name).contains(key))
            holders << other.name;
    return holders;
}

std::vector<Bindings::Conflict> Bindings::conflicts() const
{
    std::vector<Conflict> conflicts;
    QStringList done;
    for (const Bindable &bindable : m_bindables) {
        for (const QString &key : keysOf(bindable.name)) {
            const QStringList others = holdersOf(key, bindable.name);
            const QString mark =
                key + (bindable.area == Bindable::Area::StudyList ? QLatin1String("/list") : QLatin1String());
            if (!others.isEmpty() && !done.contains(mark)) {
                done << mark;
                conflicts.push_back({key, QStringList{bindable.name} + others});
            }
        }
    }
    // A key that a gesture needs held never reaches the actions of a viewport.
    for (const auto &row : m_gestures) {
        for (const Bindable &bindable : m_bindables)
            if (bindable.area != Bindable::Area::StudyList && !row.first.heldKey.isEmpty() &&
                !row.second.isEmpty() && keysOf(bindable.name).contains(row.first.heldKey))
                conflicts.push_back({row.first.heldKey, {bindable.name, row.first.text()}});
    }
    return conflicts;
}

// --- Mouse ---

QString Bindings::actOf(const Gesture &gesture) const
{
    const auto act = [this](const Gesture &wanted) {
        const auto at = m_gestures.find(wanted);
        return at == m_gestures.end() ? std::nullopt : std::optional(at->second);
    };
    if (const auto exact = act(gesture))
        return *exact;
    Gesture plain = gesture;
    plain.modifiers = {};
    if (const auto held = act(plain))
        return *held;
    plain.heldKey.clear();
    return act(plain).value_or(QString());
}

void Bindings::bind(const Gesture &gesture, const QString &act)
{
    const auto usual = defaultGestures().find(gesture);
    if (act.isEmpty() && usual == defaultGestures().end())
        m_gestures.erase(gesture);
    else
        m_gestures[gesture] = act; // an empty act over a default frees it
    keep();
}

bool Bindings::isHeldKey(const QString &key) const
{
    return !key.isEmpty() && std::any_of(m_gestures.begin(), m_gestures.end(), [&](const auto &row) {
        return row.first.heldKey == key && !row.second.isEmpty();
    });
}

QStringList Bindings::actsFor(Kind kind) const
{
    QStringList acts;
    if (kind == Kind::Wheel)
        return {QStringLiteral("scroll"), QStringLiteral("zoom"),        QStringLiteral("series"),
                QStringLiteral("phase"),  QStringLiteral("windowWidth"), QStringLiteral("windowCenter")};
    acts << (kind == Kind::Drag ? QStringLiteral("activeTool") : QStringLiteral("contextMenu"));
    for (const Bindable &bindable : m_bindables)
        if (bindable.area != Bindable::Area::StudyList && (kind != Kind::Drag || bindable.isTool))
            acts << bindable.name;
    return acts;
}

// --- Keeping ---

void Bindings::reset(const QString &name)
{
    if (m_keys.erase(name) > 0)
        keep();
}

void Bindings::resetAll()
{
    m_keys.clear();
    m_gestures = defaultGestures();
    keep();
}

QByteArray Bindings::toJson() const
{
    QJsonObject keys, mouse;
    for (const auto &row : m_keys)
        keys.insert(row.first, QJsonArray::fromStringList(row.second));
    for (const auto &row : m_gestures) {
        const auto usual = defaultGestures().find(row.first);
        if (usual == defaultGestures().end() || usual->second != row.second)
            mouse.insert(row.first.text(), row.second);
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("format"), QStringLiteral("negatoscope-bindings-1")},
                                     {QStringLiteral("keys"), keys},
                                     {QStringLiteral("mouse"), mouse}})
        .toJson();
}

base::Status Bindings::fromJson(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonObject profile = QJsonDocument::fromJson(json, &error).object();
    if (profile.value(QLatin1String("format")).toString() != QLatin1String("negatoscope-bindings-1"))
        return base::failure(base::ErrorCode::Malformed, error.error != QJsonParseError::NoError
                                                             ? error.errorString().toStdString()
                                                             : "this is no profile of keys and mouse");
    TRY(auto keys, keysFrom(profile.value(QLatin1String("keys")).toObject()));
    auto gestures = defaultGestures();
    const QJsonObject mouse = profile.value(QLatin1String("mouse")).toObject();
    for (auto row = mouse.begin(); row != mouse.end(); ++row) {
        const auto gesture = Gesture::fromText(row.key());
        const QString act = row.value().toString();
        if (!gesture || !row.value().isString())
            return base::failure(base::ErrorCode::Malformed,
                                 "'" + row.key().toStdString() + "' is no gesture");
        if (!act.isEmpty() && !actsFor(gesture->kind).contains(act))
            return base::failure(base::ErrorCode::Malformed, "'" + act.toStdString() +
                                                                 "' cannot be bound to '" +
                                                                 row.key().toStdString() + "'");
        gestures[*gesture] = act;
    }
    for (const auto &row : keys)
        if (find(row.first) == nullptr)
            return base::failure(base::ErrorCode::Malformed,
                                 "there is no action '" + row.first.toStdString() + "'");
    m_keys = std::move(keys);
    m_gestures = std::move(gestures);
    keep();
    return {};
}

void Bindings::load()
{
    m_gestures = defaultGestures();
    if (auto keys = keysFrom(objectOf(m_settings.text(Setting::Keys)))) {
        m_keys = *std::move(keys);
        // What an earlier version could do, or a later one can: the others still hold.
        std::erase_if(m_keys, [&](const auto &row) { return find(row.first) == nullptr; });
    } else {
        base::log(base::LogLevel::Warning, "settings", keys.error().describe());
    }
    const QJsonObject mouse = objectOf(m_settings.text(Setting::Mouse));
    for (auto row = mouse.begin(); row != mouse.end(); ++row) {
        const auto gesture = Gesture::fromText(row.key());
        const QString act = row.value().toString();
        if (gesture && (act.isEmpty() || actsFor(gesture->kind).contains(act)))
            m_gestures[*gesture] = act;
        else
            base::log(base::LogLevel::Warning, "settings", "a gesture that is not known is left out");
    }
}

void Bindings::keep()
{
    const QJsonObject profile = QJsonDocument::fromJson(toJson()).object();
    m_settings.set(Setting::Keys,
                   QString::fromUtf8(compact(profile.value(QLatin1String("keys")).toObject())));
    m_settings.set(Setting::Mouse,
                   QString::fromUtf8(compact(profile.value(QLatin1String("mouse")).toObject())));
    Q_EMIT changed();
}

} // namespace negatoscope::session
