#include <dicom/CharacterSet.h>

#include <algorithm>
#include <cstdint>

/// Any text in any declared set becomes UTF-8. The first bytes choose the set.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace negatoscope;
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const std::size_t split = std::min(bytes.find('\n'), size);
    const dicom::CharacterSet set(bytes.substr(0, split));
    for (const dicom::Vr vr : {dicom::Vr{{'P', 'N'}}, dicom::Vr{{'L', 'T'}}})
        (void)set.decode(bytes.substr(split), vr);
    return 0;
}
