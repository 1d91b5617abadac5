#pragma once

#include <session/Transfer.h>

#include <QtCore/QString>

namespace negatoscope::ui::transferWords {

QString patientOf(const session::Transfer &transfer);
/// "CT Thorax, 02/01/2024".
QString studyOf(const session::Transfer &transfer);
/// "120 of 1,000 images".
QString amountOf(const session::Transfer &transfer);
/// "14 MB/s"; empty while nothing comes.
QString speedOf(const session::Transfer &transfer);
/// "12 s left"; empty while it is not known.
QString leftOf(const session::Transfer &transfer);
/// What it does or waits for, what failed and what to do.
QString stateOf(const session::Transfer &transfer);
/// All of it in a line: "CT Thorax of MARTIN Claire: 120 of 1,000 images, 14 MB/s, 12 s left".
QString lineOf(const session::Transfer &transfer);

} // namespace negatoscope::ui::transferWords
