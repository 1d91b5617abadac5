#pragma once

#include <session/Bindings.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <vector>

namespace negatoscope::ui {

/// A ready-made profile of keys and mouse, of resources/profiles.
struct Profile
{
    QString file;       ///< stable name: that of its file
    QString name, hint; ///< in the reader's language
    QByteArray json;    ///< for Bindings::fromJson()
};
std::vector<Profile> readyMadeProfiles();

/// "delivered", the stable name of the ready-made profile that is in force, or "own".
QString profileInUse(const session::Bindings &bindings);

} // namespace negatoscope::ui
