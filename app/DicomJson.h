#pragma once

#include <dicom/DataSet.h>

#include <QtCore/QJsonObject>

namespace negatoscope::app {

/// A data set in the DICOM JSON model (PS3.18 F.2). Values left out of the data set (pixels) have no value here.
QJsonObject dicomJson(const dicom::DataSet &dataSet);

} // namespace negatoscope::app
