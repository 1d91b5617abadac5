# shellcheck shell=bash disable=SC2034
# The one list of Debian 12 packages, in groups; every script and package of this project reads it.
# Only what is built or run: a library is listed when its first user is there.

# What compiles the workstation.
packages_build=(
    g++
    make
    cmake
    ninja-build
    ccache
    pkg-config
    qt6-base-dev
    qt6-svg-dev
    qt6-tools-dev     # Qt's translation targets for CMake
    qt6-l10n-tools    # lupdate and lrelease
    libdcmtk-dev
    libgdcm-dev
    libgdcm-tools     # GDCM's CMake package refuses to be found without its programs
    libopenjp2-7-dev
    libcharls-dev
    libjpeg62-turbo-dev
    zlib1g-dev
    libseccomp-dev
    libsqlite3-dev
    libsqlitecpp-dev
    libzip-dev
    libssl-dev
    libcurl4-openssl-dev
    libexpected-dev
    libvtk9-dev       # volumes in 3D; in tests the oracle and the yardstick of our own planes
)

# What a built workstation needs beyond the libraries that it links.
packages_run=(
    libqt6printsupport6  # also Qt's plug-in that finds the printers of CUPS
    libqt6svg6        # also Qt's plug-in that reads SVG icons
    fonts-noto-core   # the interface, and names in Latin, Greek, Cyrillic, Arabic, Hebrew, Thai
    fonts-noto-cjk    # names in Chinese, Japanese, Korean
)

# A machine without a screen.
packages_display=(
    xvfb
)

# An archive: the demo of quickstart.sh --with-archive, and one that the tests find in, retrieve from and send to.
packages_archive=(
    orthanc
    orthanc-dicomweb
)

# What the tests and the checks of the sources use.
packages_test=(
    python3
    python3-numpy     # tools/make_phantom.py
    python3-pydicom   # tools/make_phantom.py
    dcmtk             # independent decoders: dcmdjpls, dcmdjpeg, dcm2pnm; archives: dcmqrscp, storescp
    libopenjp2-tools  # independent decoder: opj_decompress
    openssl           # its server offers weak TLS to the tests
    qt6-base-private-dev  # screens that a test plugs in and out
    clang-format
    shellcheck
)

# What the preset `fuzz` compiles our parsers with; nothing else needs it.
packages_fuzz=(
    clang
    libclang-rt-14-dev  # libFuzzer and the sanitizers of Debian 12's clang
)
