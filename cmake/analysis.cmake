# Targets for those who change tcphs; none is part of a build.
#   tidy      clang-tidy with .clang-tidy        cppcheck   cppcheck, what it is sure of
#   format    clang-format in place
file(GLOB_RECURSE tcphs_all_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/*.[ch]
     ${CMAKE_CURRENT_SOURCE_DIR}/include/*.h ${CMAKE_CURRENT_SOURCE_DIR}/man/*.c
     ${CMAKE_CURRENT_SOURCE_DIR}/tests/*.[ch])
set(tcphs_units ${tcphs_all_sources})
list(FILTER tcphs_units INCLUDE REGEX "/src/.*\\.c$")

find_program(CLANG_TIDY clang-tidy)
if(CLANG_TIDY)
  add_custom_target(
    tidy
    COMMAND ${CLANG_TIDY} --quiet -p ${CMAKE_BINARY_DIR} ${tcphs_units}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    VERBATIM)
endif()

find_program(CPPCHECK cppcheck)
if(CPPCHECK)
  add_custom_target(
    cppcheck
    COMMAND
      ${CPPCHECK} --quiet --std=c11 --enable=warning,performance,portability --inline-suppr
      --suppress=missingIncludeSystem --suppress=ctuuninitvar --error-exitcode=1 -D_GNU_SOURCE
      -I${CMAKE_CURRENT_SOURCE_DIR}/include -I${CMAKE_CURRENT_SOURCE_DIR}/src ${tcphs_units}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    VERBATIM)
endif()

find_program(CLANG_FORMAT clang-format)
if(CLANG_FORMAT)
  add_custom_target(
    format
    COMMAND ${CLANG_FORMAT} -i ${tcphs_all_sources}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    VERBATIM)
endif()
