#include "ForeignFile.h"

#include "Descriptor.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace negatoscope::cache {

namespace {

using std::operator""sv;

struct Signature
{
    std::size_t at = 0;
    std::string_view bytes;
};

constexpr std::array kSignatures{
    Signature{0, "\xff\xd8\xff"sv},                     // JPEG
    Signature{0, "\x89PNG\r\n\x1a\n"sv},                // PNG
    Signature{0, "GIF8"sv},                             // GIF
    Signature{0, "II*\0"sv},                            // TIFF
    Signature{0, "MM\0*"sv},                            // TIFF
    Signature{6, "\0\0\0\0\x36\0\0\0\x28\0\0\0"sv},     // BMP
    Signature{0, "\0\0\1\0"sv},                         // icon
    Signature{0, "\0\0\0\x0cjP  "sv},                   // JPEG 2000
    Signature{0, "RIFF"sv},                             // AVI, WAV, WebP
    Signature{4, "ftyp"sv},                             // MP4, HEIC
    Signature{0, "%PDF-"sv},                            // PDF
    Signature{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv}, // Thumbs.db, old Office
    Signature{0, "\0\0\0\1Bud1"sv},                     // .DS_Store
    Signature{0, "\0\5\x16\7"sv},                       // macOS: ._ beside a file
    Signature{0, "L\0\0\0\1\x14\2\0"sv},                // Windows shortcut
    Signature{0, "MZ"sv},                               // Windows program
    Signature{0, "\x7f"
                 "ELF"sv},                // Linux program
    Signature{0, "\xcf\xfa\xed\xfe"sv},   // macOS program
    Signature{0, "\xca\xfe\xba\xbe"sv},   // Java class, macOS program
    Signature{0, "MSCF"sv},               // cabinet
    Signature{0, "ITSF"sv},               // help file
    Signature{0, "\x1f\x8b"sv},           // gzip
    Signature{0, "7z\xbc\xaf\x27\x1c"sv}, // 7z
    Signature{0, "Rar!"sv},               // RAR
    Signature{0, "SQLite format 3\0"sv},  // SQLite
    Signature{0, "\xff\xfe"sv},           // UTF-16 text
    Signature{0, "\xfe\xff"sv},           // UTF-16 text
};

/// Text in ASCII, UTF-8 or an 8-bit character set: no control characters but white space and escapes.
bool isText(std::string_view bytes)
{
    return !bytes.empty() && std::none_of(bytes.begin(), bytes.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && "\t\n\v\f\r\x1b\x1a"sv.find(c) == std::string_view::npos) || byte == 0x7f;
    });
}

} // namespace

bool isPlainlyForeign(const std::string &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    std::array<char, 4096> head = {};
    const ssize_t got = file.isOpen() ? ::pread(file.get(), head.data(), head.size(), 0) : -1;
    if (got <= 0)
        return false;
    const std::string_view bytes(head.data(), static_cast<std::size_t>(got));
    if (bytes.size() >= 132 && bytes.substr(128, 4) == "DICM")
        return false;
    return isText(bytes) ||
           std::any_of(kSignatures.begin(), kSignatures.end(), [&](const Signature &signature) {
               return bytes.size() >= signature.at &&
                      bytes.substr(signature.at, signature.bytes.size()) == signature.bytes;
           });
}

} // namespace negatoscope::cache
