# The shared library shows what begins with tcphs_ and nothing else.
if(APPLE)
  set(tcphs_exports ${CMAKE_CURRENT_SOURCE_DIR}/cmake/libtcphs.exports)
  target_link_options(libtcphs_shared PRIVATE -Wl,-exported_symbols_list,${tcphs_exports})
else()
  set(tcphs_exports ${CMAKE_CURRENT_SOURCE_DIR}/cmake/libtcphs.map)
  target_link_options(libtcphs_shared PRIVATE -Wl,--version-script,${tcphs_exports})
endif()
set_target_properties(libtcphs_shared PROPERTIES LINK_DEPENDS ${tcphs_exports})
