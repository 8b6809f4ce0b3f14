# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What run and train share: steps with a limit and a line of the report each, and the build. Sourced, never run.
# The script that sources it sets out, python, minutes, p2l and device.

# shellcheck source=../../installer/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../installer/lib.sh"

# shellcheck disable=SC2154  # out, python, minutes, p2l, device: of the script
begin_report() {
  [[ -z $p2l || -n $(type -P -- "$p2l") ]] ||
    refuse "--p2l needs a built p2l, found no program $p2l: name one, or leave --p2l out and it is built."
  [[ $minutes =~ ^[0-9]+(\.[0-9]+)?$ ]] || refuse "--minutes needs a number, found $minutes."
  limit=$(awk -v minutes="$minutes" 'BEGIN { printf "%d", 60 * minutes }')
  ((limit >= 20)) || refuse "--minutes $minutes is too little: a third of a minute is the least."
  [[ -n $p2l ]] || check_machine
  mkdir -p "$out" && out=$(cd -- "$out" && pwd)
  [[ -d $out ]] || refuse "$out cannot be made a folder."
  started=$(date +%s)
  failed=0
  printf 'step\tresult\tseconds\n' >"$out/summary.tsv"
}

# check_machine: what a build needs is there, before time is spent.
check_machine() {
  local needed found
  if [[ -f $root/system/glibc ]]; then
    needed=$(<"$root/system/glibc")
    found=$(getconf GNU_LIBC_VERSION 2>/dev/null || echo 'no glibc')
    found=${found#glibc }
    [[ $(printf '%s\n' "$needed" "$found" | sort -V | head -1) == "$needed" && $found == [0-9]* ]] ||
      refuse "the collected libraries need glibc $needed or later, found $found: take a machine or a container with it (Debian 12, Ubuntu 24.04), or pass --p2l a p2l that was built there."
  fi
  torch=${P2L_TORCH_ROOT:-$("$python" -c 'import importlib.util as u; print(u.find_spec("torch").submodule_search_locations[0])' 2>/dev/null)} ||
    refuse "a Python with torch is needed to build, found none in $python: name one with --python."
}

left() { echo $((started + limit - 5 - $(date +%s))); }

# step NAME SECONDS COMMAND...: at most so long, and never beyond the limit; its output is NAME.log.
step() {
  local name=$1 most=$2 begun result status rest
  shift 2
  rest=$(left)
  [[ $device != cpu ]] || most=$rest # how fast a processor is, no one knows
  begun=$(date +%s)
  if ((rest < 5)); then
    result='no time left'
    failed=1
  else
    status=0
    timeout -k 5 $((rest < most ? rest : most)) "$@" >"$out/$name.log" 2>&1 || status=$?
    case $status in
      0) result=ok ;;
      124 | 137) result='stopped at its limit' failed=1 ;;
      *) result="exit code $status" failed=1 ;;
    esac
  fi
  printf '%s\t%s\t%s\n' "$name" "$result" $(($(date +%s) - begun)) | tee -a "$out/summary.tsv"
  [[ $result == ok ]]
}

end_report() {
  printf 'all\t%s\t%s\n' "$( ((failed)) && echo 'see above' || echo ok)" $(($(date +%s) - started)) | tee -a "$out/summary.tsv"
  exit "$failed"
}

machine() {
  uname -srm
  getconf GNU_LIBC_VERSION
  c++ --version | head -1
  nproc
  grep -m1 'model name' /proc/cpuinfo
  nvidia-smi 2>&1
  "$python" -c 'import torch; print("torch", torch.__version__, "cuda", torch.version.cuda, torch.cuda.is_available())' ||
    echo "$python has no torch."
}

# note NAME WORDS: a line of the report for what was not done, and why.
note() { printf '%s\t%s\t0\n' "$1" "$2" | tee -a "$out/summary.tsv"; }

# libraries: where what tests/gpu/prepare collected lies, for the compiler, the linker and the programs.
libraries() {
  local system=$root/system/usr lib=$root/system/usr/lib/x86_64-linux-gnu
  [[ -d $system ]] || return 0
  export PATH=$system/bin:$PATH CMAKE_ROOT PKG_CONFIG_SYSROOT_DIR=$root/system
  export PKG_CONFIG_LIBDIR=$lib/pkgconfig:$system/share/pkgconfig
  export LD_LIBRARY_PATH=$lib:$lib/blas:$lib/lapack${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  CMAKE_ROOT=$(echo "$system"/share/cmake-*)
  found=(-DCMAKE_PREFIX_PATH="$system" -DCMAKE_LIBRARY_PATH="$lib" -DCMAKE_INCLUDE_PATH="$system/include"
    -DCMAKE_EXE_LINKER_FLAGS="-Wl,-rpath-link,$lib:$lib/blas:$lib/lapack")
}

# build TARGET...: command line and what else is named, without Qt, against the LibTorch of that Python; sets p2l.
build() {
  local found=()
  libraries
  step configure 60 cmake -G Ninja -S "$root" -B "$root/build/gpu" -DCMAKE_BUILD_TYPE=Release -DP2L_BUILD_STUDIO=OFF \
    -DBUILD_TESTING=OFF -DP2L_OPENCV_CODECS=OFF -DP2L_TORCH_ROOT="$torch" "${found[@]}" &&
    step build 240 cmake --build "$root/build/gpu" --target "$@" || return 1
  p2l=$root/build/gpu/bin/p2l
}

# Nothing asks the network.
export HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 python
