# SPDX-License-Identifier: GPL-3.0-or-later
# Imported target p2l::torch for a LibTorch folder (lib, include).
#
# The wheel's own TorchConfig.cmake insists on a CUDA toolkit even where only the CPU libraries are used,
# so the target is declared here. With libtorch_cuda.so in the folder, CUDA is linked as well.
set(P2L_TORCH_ROOT ${CMAKE_SOURCE_DIR}/.deps/libtorch CACHE PATH "LibTorch folder with lib/ and include/")

if(NOT EXISTS ${P2L_TORCH_ROOT}/lib/libtorch_cpu.so)
  message(FATAL_ERROR "No LibTorch in ${P2L_TORCH_ROOT} (lib/libtorch_cpu.so is missing): "
    "run installer/setup, or give -DP2L_TORCH_ROOT=<folder of a LibTorch 2.x>.")
endif()

add_library(p2l_torch INTERFACE)
add_library(p2l::torch ALIAS p2l_torch)
target_include_directories(p2l_torch SYSTEM INTERFACE
  ${P2L_TORCH_ROOT}/include ${P2L_TORCH_ROOT}/include/torch/csrc/api/include)
target_link_libraries(p2l_torch INTERFACE
  ${P2L_TORCH_ROOT}/lib/libtorch_cpu.so ${P2L_TORCH_ROOT}/lib/libc10.so)
# at::parallel_for, which our kernels share their work with, calls the OpenMP runtime: the one that torch loads.
file(GLOB P2L_TORCH_OPENMP ${P2L_TORCH_ROOT}/lib/libgomp*)
if(NOT P2L_TORCH_OPENMP)
  find_package(OpenMP REQUIRED COMPONENTS CXX)
  set(P2L_TORCH_OPENMP ${OpenMP_CXX_LIBRARIES})
endif()
target_link_libraries(p2l_torch INTERFACE ${P2L_TORCH_OPENMP})
# In the build tree alone; what is installed looks beside itself (Packaging.cmake).
set(CMAKE_BUILD_RPATH ${P2L_TORCH_ROOT}/lib)
target_link_options(p2l_torch INTERFACE -Wl,-rpath-link,${P2L_TORCH_ROOT}/lib)
if(EXISTS ${P2L_TORCH_ROOT}/lib/libtorch_cuda.so)
  # Nothing refers to libtorch_cuda by symbol: it registers its kernels when it is loaded.
  target_link_libraries(p2l_torch INTERFACE
    -Wl,--no-as-needed ${P2L_TORCH_ROOT}/lib/libtorch_cuda.so ${P2L_TORCH_ROOT}/lib/libc10_cuda.so
    -Wl,--as-needed)
  message(STATUS "LibTorch: ${P2L_TORCH_ROOT} (CUDA)")
else()
  message(STATUS "LibTorch: ${P2L_TORCH_ROOT} (CPU)")
endif()
