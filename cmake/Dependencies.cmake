# Every third-party library, found once. modules/modules.json says which module may use which.
find_package(PkgConfig REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Svg Network LinguistTools)
find_package(OpenSSL REQUIRED COMPONENTS Crypto SSL)
find_package(CURL 7.85 REQUIRED COMPONENTS HTTPS)
find_package(SQLiteCpp REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(DCMTK REQUIRED)
find_package(JPEG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(OPENJPEG REQUIRED IMPORTED_TARGET libopenjp2)
pkg_check_modules(CHARLS REQUIRED IMPORTED_TARGET charls)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
find_path(EXPECTED_INCLUDE_DIR tl/expected.hpp REQUIRED)

# Not linked to the program but to a library that it loads when a volume is drawn; ImagingCore is for tests.
find_package(VTK 9.1 REQUIRED COMPONENTS CommonCore CommonDataModel CommonMath ImagingCore RenderingCore
    RenderingOpenGL2 RenderingVolume RenderingVolumeOpenGL2)
set(NEGATOSCOPE_VTK VTK::CommonCore VTK::CommonDataModel VTK::CommonMath VTK::RenderingCore
    VTK::RenderingOpenGL2 VTK::RenderingVolume VTK::RenderingVolumeOpenGL2)

# GDCM's and DCMTK's own packages export bare names or an old style; wrap them as SYSTEM targets.
find_package(GDCM REQUIRED)
add_library(negatoscope_gdcm INTERFACE)
target_include_directories(negatoscope_gdcm SYSTEM INTERFACE ${GDCM_INCLUDE_DIRS})
target_link_libraries(negatoscope_gdcm INTERFACE gdcmMSFF gdcmDSED gdcmCommon)

add_library(negatoscope_dcmtk INTERFACE)
target_include_directories(negatoscope_dcmtk SYSTEM INTERFACE ${DCMTK_INCLUDE_DIRS})
target_link_libraries(negatoscope_dcmtk INTERFACE DCMTK::dcmdata DCMTK::dcmjpeg DCMTK::ijg8 DCMTK::ijg12 DCMTK::ijg16 DCMTK::oflog DCMTK::ofstd)
