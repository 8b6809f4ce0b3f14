# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings, sanitizers and ccache, the same for every target.
find_program(P2L_CCACHE ccache)
if(P2L_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_SOURCE_DIR}/cmake/with_ccache.sh ${P2L_CCACHE} ${CMAKE_SOURCE_DIR})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

add_library(p2l_warnings INTERFACE)
target_compile_options(p2l_warnings INTERFACE -Wall -Wextra -Wno-missing-field-initializers
  $<$<BOOL:${P2L_WARNINGS_AS_ERRORS}>:-Werror>)

if(P2L_SANITIZE)
  add_compile_options(-fsanitize=${P2L_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${P2L_SANITIZE})
endif()
