# Exploit mitigations for builds that are shipped (not Debug: the sanitizers want their own).
# Each is asked for only where this compiler and this C library have it.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
include(CheckLinkerFlag)
include(CheckPIESupported)

check_pie_supported(LANGUAGES C)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# The same sources give the same bytes, wherever they are unpacked.
check_c_compiler_flag(-ffile-prefix-map=/a=b TCPHS_HAS_PREFIX_MAP)
if(TCPHS_HAS_PREFIX_MAP)
  add_compile_options(-ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}=.)
endif()

if(NOT TCPHS_HARDENING)
  return()
endif()

foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  string(MAKE_C_IDENTIFIER "TCPHS_HAS${flag}" has)
  check_c_compiler_flag("-Werror ${flag}" ${has})
  if(${has})
    add_compile_options($<$<NOT:$<CONFIG:Debug>>:${flag}>)
  endif()
endforeach()

# A C library that doesn't know level 3 says so with a warning.
set(CMAKE_REQUIRED_FLAGS "-O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
check_c_source_compiles("#include <stdio.h>\nint main(void) { return 0; }" TCPHS_HAS_FORTIFY_3)
unset(CMAKE_REQUIRED_FLAGS)
if(TCPHS_HAS_FORTIFY_3)
  set(fortify 3)
else()
  set(fortify 2)
endif()
add_compile_options($<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE>
                    $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=${fortify}>)

foreach(flag relro now noexecstack)
  check_linker_flag(C -Wl,-z,${flag} TCPHS_HAS_Z_${flag})
  if(TCPHS_HAS_Z_${flag})
    add_link_options(-Wl,-z,${flag})
  endif()
endforeach()
