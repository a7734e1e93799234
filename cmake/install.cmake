# Three components, as distributions part them: the program (which needs no libtcphs), the
# shared library, and what others build with.
include(CMakePackageConfigHelpers)

if(TARGET tcphs)
  install(TARGETS tcphs RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
endif()
install(
  TARGETS libtcphs_shared
  EXPORT tcphs-targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
          COMPONENT library
          NAMELINK_COMPONENT development)
install(
  TARGETS libtcphs_static
  EXPORT tcphs-static-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
# What the compiler keeps for the whole-program pass is of use to the very same compiler only, and
# names the folder of the build.
if(CMAKE_OBJCOPY AND NOT APPLE)
  install(
    CODE "set(archive \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/libtcphs.a\")
          execute_process(COMMAND \"${CMAKE_OBJCOPY}\" --enable-deterministic-archives
                                  --remove-section=.gnu.lto_* --remove-section=.gnu.debuglto_*
                                  --strip-symbol=__gnu_lto_v1 \"\${archive}\")"
    COMPONENT development)
endif()
install(
  DIRECTORY include/tcphs
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development
  FILES_MATCHING
  PATTERN "*.h")

# find_package(tcphs) gives tcphs::tcphs; with COMPONENTS static also tcphs::static, which asks
# for everything that the library itself stands on.
set(tcphs_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tcphs)
configure_package_config_file(cmake/tcphs-config.cmake.in tcphs-config.cmake
                              INSTALL_DESTINATION ${tcphs_cmake_dir})
write_basic_package_version_file(tcphs-config-version.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES ${CMAKE_CURRENT_BINARY_DIR}/tcphs-config.cmake
        ${CMAKE_CURRENT_BINARY_DIR}/tcphs-config-version.cmake
  DESTINATION ${tcphs_cmake_dir}
  COMPONENT development)
foreach(set tcphs-targets tcphs-static-targets)
  install(
    EXPORT ${set}
    NAMESPACE tcphs::
    DESTINATION ${tcphs_cmake_dir}
    COMPONENT development)
endforeach()

string(REPLACE ";" ", " TCPHS_PC_REQUIRES "${TCPHS_REQUIRES_PRIVATE}")
foreach(kind LIB INCLUDE)
  if(IS_ABSOLUTE "${CMAKE_INSTALL_${kind}DIR}")
    set(TCPHS_PC_${kind}DIR ${CMAKE_INSTALL_${kind}DIR})
  else()
    set(TCPHS_PC_${kind}DIR "\${prefix}/${CMAKE_INSTALL_${kind}DIR}")
  endif()
endforeach()
# The prefix is found from where the file lies, so that the tree can be installed anywhere.
file(RELATIVE_PATH TCPHS_PC_PREFIX ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" TCPHS_PC_PREFIX "\${pcfiledir}/${TCPHS_PC_PREFIX}")
configure_file(cmake/libtcphs.pc.in libtcphs.pc @ONLY)
install(
  FILES ${CMAKE_CURRENT_BINARY_DIR}/libtcphs.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT development)

install(
  FILES completions/tcphs.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME tcphs
  COMPONENT program)
install(
  FILES completions/_tcphs
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions
  COMPONENT program)
install(
  FILES completions/tcphs.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
  COMPONENT program)
install(
  DIRECTORY lessons/
  DESTINATION ${CMAKE_INSTALL_DATADIR}/tcphs/lessons
  COMPONENT program
  FILES_MATCHING
  PATTERN "*.lesson")
install(
  DIRECTORY captures/
  DESTINATION ${CMAKE_INSTALL_DATADIR}/tcphs/captures
  COMPONENT program
  FILES_MATCHING
  PATTERN "*.pcap"
  PATTERN "*.pcapng"
  PATTERN "INDEX.md")
install(
  FILES docs/schema/tcphs.schema.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/tcphs
  COMPONENT program)
