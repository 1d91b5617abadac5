#pragma once

#include <dicom/Geometry.h>
#include <dicom/Stack.h>
#include <session/ViewportState.h>

#include <QtCore/QDate>
#include <QtCore/QString>
#include <QtCore/QTime>

#include <optional>
#include <string>

/// DICOM values as the reader's language writes them. Values themselves are never translated.
namespace negatoscope::ui::words {

/// Text from a file, made safe to show.
QString text(const std::string &value);

/// A DA value; invalid if it is not a date.
QDate date(const QString &da);
/// A TM value, to the second; invalid if it is not a time.
QTime time(const QString &tm);
/// As the locale writes dates in short, the year always with four digits.
QString dateText(const QDate &date);
/// The same for a DA value; what is no date is shown as it stands.
QString dateText(const QString &da);
QString dateTimeText(const QString &da, const QString &tm);

/// An AS value ("061Y") in words.
QString ageText(const QString &as);
/// The age at a date: years, months under two years, days under two months; empty if unknown.
QString ageText(const QDate &birth, const QDate &at);
/// One letter for M, F and O; empty if unknown.
QString sexText(const QString &cs);
/// "left", "right", "both sides" for L, R, B; what else there is as it stands.
QString lateralityText(const QString &cs);
/// "ID 8001234567 (CHU)"; a missing issuer is left out, a missing id is said.
QString patientIdText(const QString &id, const QString &issuer);

QString imagesText(int count);
QString completenessText(cache::Completeness completeness, int instances, std::optional<int> expected);
/// "lossy 12:1, JPEG 2000"; empty for a picture that is not known to be lossy.
QString lossyText(const session::PictureFacts &facts);
/// The translated name of a preset of resources/presets/windows.json; unknown names as they are.
QString presetName(const QString &name);
QString windowText(const imaging::Window &window);
/// "5 cm", "5 mm at detector": a length with where its millimetres come from.
QString lengthText(double mm, dicom::SpacingSource source);
QString numberText(double value, int decimals);

/// One sentence about a defect of the series' geometry, with numbers.
QString findingSentence(const dicom::GeometryFinding &finding);

} // namespace negatoscope::ui::words
