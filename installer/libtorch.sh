# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# LibTorch's libraries out of PyPI's wheels, for setup (.deps/libtorch) and cuda (beside an installed program). Sourced,
# never run. Everything happens in $work, a folder that the caller makes and removes.

torch_version=2.15.0
onemkl_licence_version=2026.1.0
work=

# pip_download WHAT ARGUMENT...: wheels for the pinned Python into $work/wheels, whichever Python runs pip.
pip_download() {
  # Older pips do not know that a wheel for an older glibc serves as well, so every one is named.
  local what=$1 minor platforms=()
  shift
  for minor in {28..5}; do platforms+=(--platform "manylinux_2_${minor}_x86_64"); done
  platforms+=(--platform manylinux2014_x86_64 --platform manylinux2010_x86_64 --platform manylinux1_x86_64)
  mkdir -p "$work/wheels" "$work/tmp"
  # No cache and TMPDIR beside the result: half a gigabyte must not end up in a small /tmp or in ~/.cache.
  TMPDIR=$work/tmp /usr/bin/python3 -m pip download --no-cache-dir --disable-pip-version-check --no-input \
    --only-binary=:all: --implementation cp --python-version 3.11 --abi cp311 "${platforms[@]}" \
    --dest "$work/wheels" "$@" </dev/null ||
    fail "$what could not be downloaded from PyPI (pip's messages above say why; mostly the network or a full disk)."
}

# unzip_wheel WHEEL FOLDER PATTERN...: -DD gives the files today's date, for otherwise a newer LibTorch could look older
# than the build.
unzip_wheel() {
  local wheel=$1 folder=$2
  shift 2
  unzip -q -DD "$wheel" "$@" -d "$folder" ||
    fail "${wheel##*/} could not be unpacked into $folder (damaged download or full disk)."
}

# cuda_requirements WHEEL: what this torch says that it was built against, a line each.
cuda_requirements() {
  local found
  found=$(unzip -p "$1" '*.dist-info/METADATA' |
    sed -nE 's/^Requires-Dist: ((cuda-toolkit|nvidia-)[^;]*[^; ]) *(;.*)?$/\1/p')
  [[ -n $found ]] || fail "LibTorch $torch_version no longer says which CUDA libraries it needs; installer/libtorch.sh has to be adapted."
  printf '%s\n' "$found"
}

# unzip_nvidia FOLDER PATTERN...: the libraries of all NVIDIA wheels into one folder, the last entry of the RPATH
# ($ORIGIN) of LibTorch's libraries. The wheels go as they are unpacked.
unzip_nvidia() {
  local folder=$1 wheel
  shift
  for wheel in "$work"/wheels/nvidia_*.whl; do
    # 11: nothing matched, a wheel of headers.
    unzip -q -DD -j -o "$wheel" "$@" -d "$folder" 2>/dev/null || (($? == 11)) ||
      fail "${wheel##*/} could not be unpacked into $folder (damaged download or full disk)."
    rm "$wheel"
  done
}

# check_libraries FILE...: every library that they name is found beside them or in the system.
check_libraries() {
  local lost
  lost=$(env -u LD_LIBRARY_PATH ldd "$@" | sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p' | sort -u |
    grep -vxF libcuda.so.1 || true) # that one comes with the card's driver
  [[ -z $lost ]] || fail "LibTorch $torch_version is incomplete, these libraries were not found: ${lost//$'\n'/ }."
}
