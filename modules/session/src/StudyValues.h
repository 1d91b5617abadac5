#pragma once

#include <dicom/PersonName.h>

#include <QtCore/QDateTime>
#include <QtCore/QStringList>
#include <QtCore/QVariant>

#include <string>
#include <vector>

namespace negatoscope::session {

/// Values of a study as its columns give them, of the cache and of archives alike.

inline QString shownText(const std::string &text)
{
    return QString::fromStdString(dicom::visibleText(text));
}

inline QDate dateOf(const std::string &da)
{
    return QDate::fromString(QString::fromStdString(da), QStringLiteral("yyyyMMdd"));
}

/// A QDateTime, a QDate where there is no time, or nothing.
inline QVariant dateTimeOf(const std::string &da, const std::string &tm)
{
    const QDate date = dateOf(da);
    if (!date.isValid())
        return {};
    const QTime time = QTime::fromString(QString::fromStdString(tm).left(4), QStringLiteral("HHmm"));
    return time.isValid() ? QVariant(QDateTime(date, time)) : QVariant(date);
}

inline QString modalitiesText(const std::vector<std::string> &modalities)
{
    QStringList all;
    for (const std::string &modality : modalities)
        all << shownText(modality);
    return all.join(QLatin1Char(' '));
}

} // namespace negatoscope::session
