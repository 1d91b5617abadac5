#pragma once

#include "CommandLine.h"

#include <dicom/PersonName.h>

#include <QtCore/QDate>
#include <QtCore/QString>

#include <string>
#include <string_view>

namespace negatoscope::app {

inline QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// Text of files and archives, safe to print.
inline QString visible(const std::string &text)
{
    return QString::fromStdString(dicom::visibleText(text));
}

/// DA as ISO 8601; what is no date stays as it is.
inline QString isoDate(const std::string &da)
{
    const QDate date = QDate::fromString(QString::fromStdString(da), QStringLiteral("yyyyMMdd"));
    return date.isValid() ? date.toString(Qt::ISODate) : visible(da);
}

/// ISO 8601 as DA; `option` is named where it is no date.
inline base::Result<std::string> dicomDate(const QString &text, const QString &option)
{
    const QDate date = QDate::fromString(text, Qt::ISODate);
    if (!date.isValid())
        return base::failure(base::ErrorCode::BadArgument,
                             option.toStdString() + " needs a date such as 2026-11-22.");
    return date.toString(QStringLiteral("yyyyMMdd")).toStdString();
}

/// The option's date as DA, empty without it.
inline base::Result<std::string> dateOption(const CommandLine &line, const QString &option)
{
    if (!line.has(option))
        return std::string();
    return dicomDate(line.value(option), option);
}

} // namespace negatoscope::app
