#include "Serialisation.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace negatoscope;

std::string written(const dicom::ParsedFile &file)
{
    codec::Writer writer;
    codec::write(writer, file);
    return std::move(writer.bytes());
}

} // namespace

/// Whatever a worker sends, the program reads it without harm; and what it read, it writes so that it reads
/// the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    codec::Reader file(bytes);
    if (const auto first = codec::readParsedFile(file, {})) {
        const std::string once = written(*first);
        codec::Reader again(once);
        const auto second = codec::readParsedFile(again, {});
        if (!second || again.left() != 0 || written(*second) != once)
            std::abort();
    }
    codec::Reader error(bytes);
    (void)codec::readError(error);
    return 0;
}
