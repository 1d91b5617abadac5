#pragma once

#include <archive/Records.h>

#include <QtCore/QByteArray>

namespace negatoscope::session {

/// A tiny object that names no patient, for trying out whether an archive takes and gives objects.
///
/// Always the same, with the same UIDs: an archive that is tried out again and again keeps one of it.
namespace testobject {

extern const base::StudyUid kStudy;
extern const base::SeriesUid kSeries;
extern const base::InstanceUid kInstance;
inline constexpr const char *kSopClass = "1.2.840.10008.5.1.4.1.1.7"; ///< Secondary Capture
inline constexpr const char *kTransferSyntax = "1.2.840.10008.1.2.1"; ///< explicit VR little endian

/// PS3.10 file.
QByteArray file();
/// Its pixels, as they stand in the file.
QByteArray pixels();

} // namespace testobject
} // namespace negatoscope::session
