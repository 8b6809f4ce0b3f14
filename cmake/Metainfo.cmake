# SPDX-License-Identifier: GPL-3.0-or-later
# What software centres read. They show screenshots from the web alone, and there is no site yet: whoever publishes the
# program says where resources/screenshots lie, and without that no address is claimed.
set(P2L_HOMEPAGE "" CACHE STRING "Homepage of a release, with resources/screenshots as /screenshots, for software centres")

function(p2l_metainfo file website)
  set(P2L_HOMEPAGE ${website})
  file(READ ${CMAKE_SOURCE_DIR}/installer/org.p2lstudio.P2LStudio.metainfo.xml text)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/installer/org.p2lstudio.P2LStudio.metainfo.xml)
  if(NOT website)
    string(REGEX REPLACE " *<url type=\"homepage\">[^\n]*\n" "" text "${text}")
    string(REGEX REPLACE " *<screenshots>.*</screenshots>\n" "" text "${text}")
  endif()
  string(CONFIGURE "${text}" text @ONLY)
  file(CONFIGURE OUTPUT ${file} CONTENT "${text}" @ONLY)
endfunction()
