# SPDX-License-Identifier: GPL-3.0-or-later
# OpenCV by components, from the packages of the single modules.
#
# Debian keeps OpenCVConfig.cmake in libopencv-dev alone, which brings every module with it: VTK and 170 packages
# (570 MB) that nothing here uses.
find_path(OpenCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
mark_as_advanced(OpenCV_INCLUDE_DIR)

if(OpenCV_INCLUDE_DIR AND EXISTS ${OpenCV_INCLUDE_DIR}/opencv2/core/version.hpp)
  set(OpenCV_VERSION)
  foreach(part MAJOR MINOR REVISION)
    file(STRINGS ${OpenCV_INCLUDE_DIR}/opencv2/core/version.hpp line REGEX "#define CV_VERSION_${part} ")
    string(REGEX MATCH "[0-9]+" number "${line}")
    list(APPEND OpenCV_VERSION ${number})
  endforeach()
  list(JOIN OpenCV_VERSION . OpenCV_VERSION)
endif()

set(OpenCV_LIBS)
foreach(component IN LISTS OpenCV_FIND_COMPONENTS)
  find_library(OpenCV_${component}_LIBRARY opencv_${component})
  mark_as_advanced(OpenCV_${component}_LIBRARY)
  if(OpenCV_${component}_LIBRARY AND EXISTS ${OpenCV_INCLUDE_DIR}/opencv2/${component}.hpp)
    set(OpenCV_${component}_FOUND TRUE)
    if(NOT TARGET opencv_${component})
      add_library(opencv_${component} UNKNOWN IMPORTED)
      set_target_properties(opencv_${component} PROPERTIES
        IMPORTED_LOCATION ${OpenCV_${component}_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${OpenCV_INCLUDE_DIR})
    endif()
    list(APPEND OpenCV_LIBS opencv_${component})
  endif()
endforeach()
set(OpenCV_INCLUDE_DIRS ${OpenCV_INCLUDE_DIR})

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCV REQUIRED_VARS OpenCV_INCLUDE_DIR OpenCV_LIBS
  VERSION_VAR OpenCV_VERSION HANDLE_COMPONENTS)
