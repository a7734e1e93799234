# Run by cpack before it packs: what Debian's policy wants beside the files. Each package gets
# its copyright and changelog, and the manual is compressed, without a time stamp.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()

set(names ${CPACK_TCPHS_DEBIAN_NAMES})
while(names)
  list(POP_FRONT names component package)
  set(tree ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr)
  set(doc ${tree}/share/doc/${package})
  file(MAKE_DIRECTORY ${doc})
  file(READ ${CPACK_TCPHS_SOURCE}/packaging/copyright.head head)
  file(READ ${CPACK_TCPHS_SOURCE}/LICENSE licence)
  string(REGEX REPLACE "\n+$" "" licence "${licence}")
  string(REGEX REPLACE "\n\n" "\n.\n" licence "${licence}")
  string(REGEX REPLACE "\n" "\n " licence "${licence}")
  file(WRITE ${doc}/copyright "${head} ${licence}\n")
  file(
    COPY ${CPACK_TCPHS_SOURCE}/CHANGELOG.md
    DESTINATION ${doc}
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
  file(RENAME ${doc}/CHANGELOG.md ${doc}/changelog)
  string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
  file(WRITE ${doc}/changelog.Debian
       "tcphs (${CPACK_PACKAGE_VERSION}-1) unstable; urgency=medium\n\n"
       "  * New version; see changelog.gz.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${now}\n")
  file(GLOB_RECURSE plain ${tree}/share/man/*.[157] ${doc}/changelog*)
  foreach(file ${plain})
    execute_process(COMMAND gzip -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
endwhile()
