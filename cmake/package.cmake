# Packages, from a tree configured for /usr (cmake --preset package): `cpack -G DEB`, `cpack -G RPM` (one package for each component of install.cmake),
# `cpack -G TGZ`, and `cpack --config CPackSourceConfig.cmake` for the sources. With
# SOURCE_DATE_EPOCH set they come out the same, octet for octet.
set(CPACK_PACKAGE_NAME tcphs)
set(CPACK_PACKAGE_VENDOR "tcphs developers")
set(CPACK_PACKAGE_CONTACT "tcphs developers <developers@tcphs.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_CURRENT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_COMPONENTS_ALL program library development)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
    "tcphs reads a capture or an interface, finds the TCP connections and shows how
each was opened and closed: every segment, the state of RFC 9293 that both ends
were in, whether the numbers were right, and what was remarkable or wrong.")
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION
    "libtcphs reads captures, follows the TCP connections in them through the
state machine of RFC 9293, and says how each was opened and closed and what was
wrong. This is the shared library.")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
    "The headers of libtcphs, the static library, and the files with which
pkg-config and CMake find them.")

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME tcphs)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS librsvg2-2) # loaded for png and pdf
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libtcphs${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_RECOMMENDS librsvg2-2)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_SOURCE_DIR}/packaging/triggers)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libtcphs-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libtcphs${PROJECT_VERSION_MAJOR} (= ${PROJECT_VERSION}-1), libpcap-dev")

set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE BSD-3-Clause)
set(CPACK_RPM_SPEC_MORE_DEFINE
    "%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define _buildhost localhost")
set(CPACK_RPM_PROGRAM_PACKAGE_NAME tcphs)
set(CPACK_RPM_PROGRAM_PACKAGE_SUGGESTS librsvg2)
set(CPACK_RPM_LIBRARY_PACKAGE_NAME libtcphs)
set(CPACK_RPM_DEVELOPMENT_PACKAGE_NAME libtcphs-devel)
set(CPACK_RPM_DEVELOPMENT_PACKAGE_REQUIRES "libtcphs = ${PROJECT_VERSION}, libpcap-devel")
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/share/man /usr/share/man/man1 /usr/share/man/man5 /usr/share/man/man7
    /usr/share/bash-completion /usr/share/bash-completion/completions
    /usr/share/zsh /usr/share/zsh/site-functions
    /usr/share/fish /usr/share/fish/vendor_completions.d
    /usr/${CMAKE_INSTALL_LIBDIR} /usr/${CMAKE_INSTALL_LIBDIR}/cmake /usr/${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME tcphs-${PROJECT_VERSION})
set(CPACK_SOURCE_IGNORE_FILES "/\\.git/" "/\\.git$" "/build[^/]*/" "/\\.cache/"
                              "/compile_commands\\.json$" "/CMakeUserPresets\\.json$")

# Runs over the tree of each component before it is packed.
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/packaging/debian.cmake)
set(CPACK_TCPHS_SOURCE ${CMAKE_CURRENT_SOURCE_DIR})
set(CPACK_TCPHS_DEBIAN_NAMES program tcphs library libtcphs${PROJECT_VERSION_MAJOR} development
                             libtcphs-dev)
include(CPack)
