# SPDX-License-Identifier: GPL-3.0-or-later
# QCustomPlot for Qt 6 as QCustomPlotQt6::QCustomPlotQt6. Debian brings a config file; Fedora a library of another name
# and none.
find_package(QCustomPlotQt6 CONFIG QUIET)
if(NOT TARGET QCustomPlotQt6::QCustomPlotQt6)
  find_path(QCustomPlotQt6_INCLUDE_DIR qcustomplot.h)
  find_library(QCustomPlotQt6_LIBRARY NAMES QCustomPlotQt6 qcustomplot-qt6 QCustomPlot-qt6)
  mark_as_advanced(QCustomPlotQt6_INCLUDE_DIR QCustomPlotQt6_LIBRARY)
  include(FindPackageHandleStandardArgs)
  find_package_handle_standard_args(QCustomPlotQt6 REQUIRED_VARS QCustomPlotQt6_LIBRARY QCustomPlotQt6_INCLUDE_DIR)
  if(QCustomPlotQt6_FOUND)
    add_library(QCustomPlotQt6::QCustomPlotQt6 UNKNOWN IMPORTED)
    set_target_properties(QCustomPlotQt6::QCustomPlotQt6 PROPERTIES
      IMPORTED_LOCATION ${QCustomPlotQt6_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${QCustomPlotQt6_INCLUDE_DIR})
  endif()
endif()
