# The program is linked as a whole, so that the steps of a packet are compiled together; the
# objects stay ordinary ones too, for the library and the unit tests, which link fast.
include(CheckIPOSupported)
if(NOT TCPHS_LTO OR NOT CMAKE_C_COMPILER_ID STREQUAL "GNU" OR NOT CMAKE_BUILD_TYPE STREQUAL "Release")
  return()
endif()
check_ipo_supported(RESULT TCPHS_HAS_IPO OUTPUT ignored LANGUAGES C)
if(TCPHS_HAS_IPO)
  foreach(part tcphs_objects tcphs_parts tcphs)
    target_compile_options(${part} PRIVATE -flto=auto -ffat-lto-objects)
  endforeach()
  target_link_options(tcphs PRIVATE -flto=auto -O3)
endif()
