# One INTERFACE target carries every compiler flag of the project: negatoscope::options.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

option(NEGATOSCOPE_WERROR "Treat warnings as errors" OFF)
option(NEGATOSCOPE_FUZZ "Build the libFuzzer targets (Clang)" OFF)
set(NEGATOSCOPE_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")

# Qt 6.4's moc cannot read libstdc++'s <concepts>, which <compare> and the ranges bring in; it needs none of it.
set(CMAKE_AUTOMOC_MOC_OPTIONS -D_GLIBCXX_CONCEPTS)

include(CheckPIESupported)
check_pie_supported()

add_library(negatoscope_options INTERFACE)
add_library(negatoscope::options ALIAS negatoscope_options)

target_compile_options(negatoscope_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wunused
    -Wnull-dereference -Wformat=2 -Wimplicit-fallthrough
    # GCC 12 at -O3 sees null pointers inside std::vector: worth a look, not a stop.
    $<$<BOOL:${NEGATOSCOPE_WERROR}>:-Werror> $<$<BOOL:${NEGATOSCOPE_WERROR}>:-Wno-error=null-dereference>)

target_compile_definitions(negatoscope_options INTERFACE
    QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
    _GLIBCXX_ASSERTIONS)

if(NEGATOSCOPE_SANITIZE)
    target_compile_options(negatoscope_options INTERFACE
        -fsanitize=${NEGATOSCOPE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(negatoscope_options INTERFACE -fsanitize=${NEGATOSCOPE_SANITIZE})
    target_compile_definitions(negatoscope_options INTERFACE NEGATOSCOPE_SANITIZED)
else()
    target_compile_options(negatoscope_options INTERFACE
        -fstack-protector-strong -fstack-clash-protection -fcf-protection
        $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE> $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
    target_link_options(negatoscope_options INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,--as-needed)
endif()

# Every module tells libFuzzer which branches it took; only the fuzzers link its main().
if(NEGATOSCOPE_FUZZ)
    target_compile_options(negatoscope_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
