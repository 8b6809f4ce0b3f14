# SPDX-License-Identifier: GPL-3.0-or-later
# What software centres read. They show screenshots from the web alone, and there is no site yet: whoever publishes the
# program says where resources/screenshots lie, and without that no address is claimed.
set(P2L_HOMEPAGE "" CACHE STRING "Homepage of a release, with resources/screenshots as /screenshots, for software centres")

# Versions and their dates are the changelog's.
function(p2l_releases out)
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/installer/releases OUTPUT_VARIABLE releases OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/changelog.md)
  if(NOT releases MATCHES "^${PROJECT_VERSION} ")
    message(FATAL_ERROR "docs/changelog.md does not begin with version ${PROJECT_VERSION}, which CMakeLists.txt names.")
  endif()
  string(REGEX REPLACE "([^ \n]+) ([a-z]+) ([0-9-]+)" "    <release version=\"\\1\" type=\"\\2\" date=\"\\3\"/>" releases
    "${releases}")
  set(${out} "${releases}" PARENT_SCOPE)
endfunction()

function(p2l_metainfo file website)
  set(P2L_HOMEPAGE ${website})
  p2l_releases(P2L_RELEASES)
  file(READ ${CMAKE_SOURCE_DIR}/installer/org.p2lstudio.P2LStudio.metainfo.xml text)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/installer/org.p2lstudio.P2LStudio.metainfo.xml)
  if(NOT website)
    string(REGEX REPLACE " *<url type=\"homepage\">[^\n]*\n" "" text "${text}")
    string(REGEX REPLACE " *<screenshots>.*</screenshots>\n" "" text "${text}")
  endif()
  string(CONFIGURE "${text}" text @ONLY)
  file(CONFIGURE OUTPUT ${file} CONTENT "${text}" @ONLY)
endfunction()
