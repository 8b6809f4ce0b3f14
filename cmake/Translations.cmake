# SPDX-License-Identifier: GPL-3.0-or-later
# The studio's German: resources/translations/p2l_studio_de.ts becomes P2L_TRANSLATION by the target p2l_translation.
# LinguistTools would need Qt's whole tools; lupdate and lrelease alone are in Debian's qt6-l10n-tools.
foreach(tool lrelease lupdate)
  string(TOUPPER P2L_${tool} variable)
  find_program(${variable} NAMES ${tool} ${tool}6 ${tool}-qt6 PATHS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS}
    NO_DEFAULT_PATH DOC "Qt's ${tool} (Debian: qt6-l10n-tools)" REQUIRED)
endforeach()
set(P2L_TRANSLATION_SOURCE ${CMAKE_SOURCE_DIR}/resources/translations/p2l_studio_de.ts)
set(P2L_TRANSLATION ${CMAKE_BINARY_DIR}/translations/p2l_studio_de.qm)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/translations)
add_custom_command(OUTPUT ${P2L_TRANSLATION}
  COMMAND ${P2L_LRELEASE} -silent ${P2L_TRANSLATION_SOURCE} -qm ${P2L_TRANSLATION}
  DEPENDS ${P2L_TRANSLATION_SOURCE} VERBATIM)
add_custom_target(p2l_translation DEPENDS ${P2L_TRANSLATION})
