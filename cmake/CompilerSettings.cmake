# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings, sanitizers and ccache, the same for every target.
find_program(P2L_CCACHE ccache)
if(P2L_CCACHE)
  # Precompiled headers are only cached when ccache may trust their time stamps and macros. With paths that begin at the
  # build folder, another clone finds what one has compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${P2L_CCACHE})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

add_library(p2l_warnings INTERFACE)
target_compile_options(p2l_warnings INTERFACE -Wall -Wextra -Wno-missing-field-initializers
  $<$<BOOL:${P2L_WARNINGS_AS_ERRORS}>:-Werror>)

if(P2L_SANITIZE)
  add_compile_options(-fsanitize=${P2L_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${P2L_SANITIZE})
endif()
