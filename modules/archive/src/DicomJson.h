#pragma once

#include <base/Result.h>
#include <dicom/DataSet.h>

#include <string>
#include <vector>

namespace negatoscope::archive {

/// The data sets of an answer in DICOM JSON (PS3.18 F.2): a list of them, one of them, or nothing.
///
/// Limits : nesting 64 (docs/safety.md S14), counted before anything is parsed; the caller bounds the size.
/// Left out: bulk data and inline binary values: no identifier has them.
/// Errors : Malformed, LimitExceeded.
base::Result<std::vector<dicom::DataSet>> dataSetsOfJson(const std::string &json);

} // namespace negatoscope::archive
