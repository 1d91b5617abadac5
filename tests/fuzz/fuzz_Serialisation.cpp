#include "Serialisation.h"

#include <cstdint>

/// Whatever a worker sends, the program reads it without harm.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace negatoscope;
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    codec::Reader file(bytes);
    (void)codec::readParsedFile(file, {});
    codec::Reader error(bytes);
    (void)codec::readError(error);
    return 0;
}
