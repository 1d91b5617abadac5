#pragma once

#include <string>

namespace negatoscope::cache {

/// Whether a file that does not read as DICOM is plainly something else: a text, a picture, a document or a
/// program as they lie beside the images on discs and in folders. An empty file, zeros and noise are not: an
/// image may have become that. Looks at the first 4 KiB and parses nothing.
bool isPlainlyForeign(const std::string &path);

} // namespace negatoscope::cache
