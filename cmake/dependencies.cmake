# What tcphs is built on. Required: libpcap and ncurses with wide characters. The others add a
# feature each and are left out where they aren't installed; `tcphs -V` lists what is in.
#
# Sets TCPHS_LIBRARIES (the library's), TCPHS_PROGRAM_LIBRARIES, TCPHS_DEFINITIONS, and for the
# installed files TCPHS_REQUIRES_PRIVATE, the pkg-config modules that a static link needs, and
# TCPHS_STATIC_DEPENDENCIES, the lines of CMake that find them.
find_package(PkgConfig REQUIRED)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
pkg_check_modules(PCAP REQUIRED IMPORTED_TARGET libpcap)
pkg_check_modules(NCURSES REQUIRED IMPORTED_TARGET ncursesw)

set(TCPHS_LIBRARIES PkgConfig::PCAP Threads::Threads m)
set(TCPHS_PROGRAM_LIBRARIES PkgConfig::NCURSES)
set(TCPHS_DEFINITIONS TCPHS_VERSION="${PROJECT_VERSION}")
set(TCPHS_REQUIRES_PRIVATE libpcap)
set(TCPHS_STATIC_DEPENDENCIES "  pkg_check_modules(PCAP REQUIRED IMPORTED_TARGET libpcap)")

# tcphs_optional(NAME MODULE WHERE WHAT): with MODULE installed TCPHS_HAVE_NAME is defined to 1.
# WHERE is the list that the library joins: TCPHS_LIBRARIES or TCPHS_PROGRAM_LIBRARIES.
macro(tcphs_optional name module where what)
  option(TCPHS_WITH_${name} "${what}, with ${module}" ON)
  if(TCPHS_WITH_${name})
    pkg_check_modules(${name} IMPORTED_TARGET ${module})
  endif()
  if(TCPHS_WITH_${name} AND ${name}_FOUND)
    list(APPEND ${where} PkgConfig::${name})
    list(APPEND TCPHS_DEFINITIONS TCPHS_HAVE_${name}=1)
    if(${where} STREQUAL TCPHS_LIBRARIES)
      list(APPEND TCPHS_REQUIRES_PRIVATE ${module})
      string(APPEND TCPHS_STATIC_DEPENDENCIES
             "\n  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${module})")
    endif()
  else()
    message(STATUS "without ${module}: no ${what}")
  endif()
endmacro()

# Compressed captures: each format by its own library, lz4 by ourselves.
tcphs_optional(ZLIB zlib TCPHS_LIBRARIES "gzip")
tcphs_optional(ZSTD libzstd TCPHS_LIBRARIES "zstd")
tcphs_optional(LZMA liblzma TCPHS_LIBRARIES "xz")
option(TCPHS_WITH_BZIP2 "bzip2, with libbz2" ON) # which many systems have without its module
if(TCPHS_WITH_BZIP2)
  find_package(BZip2 QUIET)
endif()
if(TCPHS_WITH_BZIP2 AND BZIP2_FOUND)
  list(APPEND TCPHS_LIBRARIES BZip2::BZip2)
  list(APPEND TCPHS_DEFINITIONS TCPHS_HAVE_BZIP2=1)
  set(TCPHS_LIBS_PRIVATE " -lbz2")
  string(APPEND TCPHS_STATIC_DEPENDENCIES "\n  find_dependency(BZip2)")
else()
  message(STATUS "without libbz2: no bzip2")
endif()
# For those that are missing.
if(NOT (ZLIB_FOUND AND ZSTD_FOUND AND LZMA_FOUND AND BZIP2_FOUND))
  tcphs_optional(LIBARCHIVE libarchive TCPHS_LIBRARIES "other compressed captures")
endif()

# Librsvg is loaded when a picture is asked for (src/render/cairo_load.c): its headers are all
# that the build needs.
option(TCPHS_WITH_RSVG "png and pdf, with librsvg-2.0" ON)
if(TCPHS_WITH_RSVG)
  pkg_check_modules(RSVG librsvg-2.0)
endif()
if(TCPHS_WITH_RSVG AND RSVG_FOUND)
  list(APPEND TCPHS_DEFINITIONS TCPHS_HAVE_RSVG=1)
  include_directories(SYSTEM ${RSVG_INCLUDE_DIRS})
  list(APPEND TCPHS_LIBRARIES ${CMAKE_DL_LIBS})
else()
  message(STATUS "without librsvg-2.0: no png and pdf")
endif()

if(TCPHS_SANDBOX)
  list(APPEND TCPHS_DEFINITIONS TCPHS_SANDBOX=1)
endif()
tcphs_optional(CAPNG libcap-ng TCPHS_PROGRAM_LIBRARIES "empty bounding set")
tcphs_optional(SECCOMP libseccomp TCPHS_PROGRAM_LIBRARIES "system call filter")
