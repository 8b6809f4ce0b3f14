# SPDX-License-Identifier: GPL-3.0-or-later
# What is installed, and the Debian package of it (installer/package makes it, and an archive).
#
# <prefix>/bin, <prefix>/share and <prefix>/lib/p2l-studio with LibTorch's CPU libraries. The programs look for those
# beside themselves, so that the tree may be moved as a whole.
set(P2L_PRIVATE_LIBRARIES lib/p2l-studio)
# An RPATH and no RUNPATH: it holds for the libraries of libraries, too, which the archive brings with it. The real CUDA
# libraries, which installer/cuda fetches into a folder of their own, come before the stubs.
set(origin "$ORIGIN/../${P2L_PRIVATE_LIBRARIES}")
foreach(program p2l p2l_studio)
  if(TARGET ${program})
    set_target_properties(${program} PROPERTIES INSTALL_RPATH "${origin}/cuda:${origin}:${origin}/without-cuda")
    target_link_options(${program} PRIVATE -Wl,--disable-new-dtags)
  endif()
endforeach()

# libtorch_cpu.so of the wheel names libcudart and libcupti, a profiler's needs. Stubs of our own with the symbols that
# it asks for take their place: every call reports that there is no device. Its names of local symbols, a fifth of it,
# serve debuggers alone.
include(CudaStubs)
file(GLOB torch_libraries ${P2L_TORCH_ROOT}/lib/libtorch_cpu.so ${P2L_TORCH_ROOT}/lib/libc10.so
  ${P2L_TORCH_ROOT}/lib/libgomp*)
install(FILES ${torch_libraries} DESTINATION ${P2L_PRIVATE_LIBRARIES})
foreach(library libtorch_cpu.so libc10.so)
  install(CODE "execute_process(COMMAND ${CMAKE_STRIP} --strip-unneeded
    \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${P2L_PRIVATE_LIBRARIES}/${library}\" COMMAND_ERROR_IS_FATAL ANY)")
endforeach()
p2l_add_cuda_stubs(${P2L_TORCH_ROOT}/lib/libtorch_cpu.so ${P2L_PRIVATE_LIBRARIES}/without-cuda)

# p2l-cuda
set(scripts ${CMAKE_INSTALL_DATADIR}/p2l-studio/installer)
install(PROGRAMS installer/cuda DESTINATION ${scripts})
install(FILES installer/lib.sh installer/libtorch.sh DESTINATION ${scripts})
file(CREATE_LINK ../${scripts}/cuda ${CMAKE_BINARY_DIR}/p2l-cuda SYMBOLIC)
install(FILES ${CMAKE_BINARY_DIR}/p2l-cuda DESTINATION ${CMAKE_INSTALL_BINDIR})

install(DIRECTORY resources/ DESTINATION ${CMAKE_INSTALL_DATADIR}/p2l-studio PATTERN screenshots EXCLUDE
  PATTERN translations EXCLUDE)

# The manual page and the completions come from the program's own declarations.
set(reference ${CMAKE_BINARY_DIR}/reference)
add_custom_command(
  OUTPUT ${reference}/p2l.1.gz ${reference}/p2l ${reference}/_p2l ${reference}/p2l.fish
  COMMAND ${CMAKE_COMMAND} -E make_directory ${reference}
  COMMAND p2l manual > ${reference}/p2l.1
  COMMAND gzip -9nf ${reference}/p2l.1
  COMMAND p2l completion bash > ${reference}/p2l
  COMMAND p2l completion zsh > ${reference}/_p2l
  COMMAND p2l completion fish > ${reference}/p2l.fish
  DEPENDS p2l VERBATIM)
foreach(page p2l_studio.1 p2l-cuda.1)
  add_custom_command(OUTPUT ${reference}/${page}.gz
    COMMAND ${CMAKE_COMMAND} -E make_directory ${reference}
    COMMAND gzip -9nc ${CMAKE_SOURCE_DIR}/installer/${page} > ${reference}/${page}.gz
    DEPENDS ${CMAKE_SOURCE_DIR}/installer/${page} VERBATIM)
endforeach()
add_custom_target(p2l_installed ALL
  DEPENDS ${reference}/p2l.1.gz ${reference}/p2l_studio.1.gz ${reference}/p2l-cuda.1.gz p2l_stub_cudart p2l_stub_cupti)
install(FILES ${reference}/p2l.1.gz ${reference}/p2l-cuda.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${reference}/p2l DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${reference}/_p2l DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${reference}/p2l.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
if(TARGET p2l_studio)
  install(FILES ${reference}/p2l_studio.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES installer/p2l-studio.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
endif()
install(FILES resources/copyright LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/p2l-studio)
if(EXISTS ${P2L_TORCH_ROOT}/licences)
  install(DIRECTORY ${P2L_TORCH_ROOT}/licences/ DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/p2l-studio/libtorch)
endif()
install(FILES docs/changelog.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/p2l-studio)

set(CPACK_PACKAGE_NAME p2l-studio)
set(CPACK_PACKAGE_VENDOR "P2L Studio")
set(CPACK_PACKAGE_CONTACT "P2L Studio <p2l-studio@users.noreply.p2l-studio.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "restore photos with prompt-tuned latent diffusion")
set(CPACK_PACKAGE_DESCRIPTION "Restores photos that are too small, blurred, noisy or have missing parts: a
reverse diffusion tunes its text embedding as it goes and projects onto the
measurement. A window shows it step by step; the command line evaluates and
compares. LibTorch and a small model are inside.")
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # without the tests
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${P2L_TORCH_ROOT}/lib)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "qt6-image-formats-plugins, libqt6svg6")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, python3-pip, unzip")  # fetching LPIPS's weights and CUDA
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/installer/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)  # the one of the good ones that lintian takes
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
# What Debian alone reads; installer/package makes it.
set(CPACK_INSTALLED_DIRECTORIES ${CMAKE_BINARY_DIR}/debian usr)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/debian)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
  WORLD_EXECUTE)
include(CPack)
