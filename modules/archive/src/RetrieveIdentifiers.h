#pragma once

#include <archive/Records.h>
#include <dicom/DataSet.h>

#include <functional>
#include <vector>

namespace negatoscope::archive {

/// The identifiers of the requests for what is wanted (PS3.4 C.4.2.1.4, C.4.3.1.4): the study, each series,
/// or lists of instances of a series. With `takes`, instances of other SOP classes are left out.
std::vector<dicom::DataSet>
retrieveIdentifiers(const Wanted &wanted, const std::function<bool(const std::string &sopClass)> &takes = {});

} // namespace negatoscope::archive
