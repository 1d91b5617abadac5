#pragma once

#include "PreScan.h"

namespace negatoscope::codec {

/// Parses a pre-scanned file with DCMTK into our values, text in UTF-8.
///
/// DCMTK sees only Scan::wholesome: complete elements of bounded depth, without pixels and oversized values;
/// these stand in the result as elements without value (valueOmitted). Errors: LimitExceeded (values together
/// beyond limits.dataSetBytes), Malformed (DCMTK refuses), CannotRead.
base::Result<dicom::ParsedFile> readDataSet(const ByteSource &source, const Scan &scan, const Limits &limits);

} // namespace negatoscope::codec
