#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# installer/setup where nothing is installed or built, with package managers that only answer: setup_test.sh INSTALLER
set -euo pipefail
installer=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "setup_test.sh: $*" >&2 && exit 1; }
expect() { grep -qF -- "$2" <<<"$1" || fail "wanted '$2' in: $1"; }

tree=$work/tree
mkdir -p "$tree"/{core/types,app,ui,tests}
cp -r "$installer" "$tree/"
cp "$installer/../CMakePresets.json" "$tree/"
touch "$tree"/core/types/{a,b}.cpp "$tree"/app/main.cpp "$tree"/ui/window.cpp "$tree"/tests/{a,b}_test.cpp

# Programs that every distribution has, and no package manager.
bin=$work/bin
mkdir "$bin"
for program in bash env dirname cat sed awk grep sort comm find wc tail head nproc df uname mkdir flock tr xargs tput ldconfig; do
  ! path=$(PATH=$PATH:/usr/sbin:/sbin command -v "$program") || ln -s "$path" "$bin/$program"
done
setup() { (cd "$work" && PATH=$work/manager:$bin P2L_TORCH_VARIANT=cpu CMAKE_BUILD_PARALLEL_LEVEL=2 "$tree/installer/setup" "$@" 2>&1); }
manager() { # NAME QUERY SCRIPT: a package manager and what it is asked by
  rm -rf "$work/manager" && mkdir "$work/manager"
  printf '#!/bin/sh\nexit 0\n' >"$work/manager/$1"
  printf '#!/bin/sh\n%s\n' "$3" >"$work/manager/$2"
  chmod +x "$work/manager"/*
}

# What cannot be meant is one sentence and exit code 2, before anything is looked for.
refused() { # SENTENCE PROGRAM ARGUMENT...
  local said status=0
  said=$("${@:2}" 2>&1 >/dev/null) || status=$?
  [[ $status == 2 && $(wc -l <<<"$said") == 1 ]] || fail "exit code $status of ${*:2}: $said"
  expect "$said" "$1"
}
sources=$(cd "$installer/.." && pwd)
for script in installer/{setup,package,cuda} tests/gpu/{prepare,run,train,check_archive} tests/package/check; do
  refused "there is no option --nope: $sources/$script --help" "$sources/$script" --nope
  option=--out
  case $script in
    */setup) option=--preset ;;
    */cuda) option=--wheels ;;
    */check) option=--release ;;
  esac
  refused "$option needs a value: $sources/$script --help" "$sources/$script" $option
  refused "$option needs a value, found the option --help" "$sources/$script" $option --help
  [[ $("$sources/$script" --help) == "usage: "* ]] || fail "$script --help"
done
refused "an option was expected, found 'nope'" "$sources/tests/gpu/run" nope
for script in run train; do
  refused "--p2l needs a built p2l, found no program /nope" "$sources/tests/gpu/$script" --p2l /nope --out "$work/report"
  refused "found no program $work:" "$sources/tests/gpu/$script" --p2l "$work" --out "$work/report"
  [[ ! -e $work/report ]] || fail "$script began a report without a program"
done
refused "there is no option --only: $sources/installer/test --help" "$sources/installer/test" -j2 --only p2l
refused "deb or archive was expected, found 'rpm'" "$sources/installer/package" rpm
refused "a package (.deb or .tar.zst) is needed, found '/nope'" "$sources/tests/package/check" /nope
refused "one package is checked at a time, found 'a.deb' and 'b.deb'" "$sources/tests/package/check" a.deb b.deb
refused "--preset is one of release dev asan tsan fuzz, found 'nope'." "$sources/installer/setup" --preset nope
refused "--preset is one of release dev asan tsan fuzz, found 'base'." "$sources/installer/setup" --estimate --preset base

# None of them is here: Debian's names.
mkdir "$work/manager"
! said=$(setup --tests --parity --fuzz) || fail "without a package manager it went on: $said"
expect "$said" "none of apt, dnf, pacman and zypper"
debian=${said##*calls: }
[[ $debian == *build-essential*libgtest-dev* ]] || fail "no Debian names: $debian"
# shellcheck source=../../installer/packages.sh
source "$installer/packages.sh"
for name in $debian; do
  grep -qE "^$name +\|[^|]*[^ |][^|]*\|[^|]*[^ |][^|]*\|[^|]*[^ |]" <<<"$other_names" ||
    fail "installer/packages.sh lacks $name, or a name of it"
done

# Nothing is installed: one command to copy, by the names there.
manager dnf rpm 'exit 1'
! said=$(setup) || fail "without Fedora's packages it went on: $said"
expect "$said" "sudo dnf install gcc-c++ make cmake ninja-build "
expect "$said" " qcustomplot-qt6-devel "
[[ $said != *libopencv-core-dev* && $said != *"build-essential"* && $said != *clang* ]] || fail "Debian's names: $said"
[[ $(grep -c 'sudo dnf' <<<"$said") == 1 && $(grep -o opencv-devel <<<"$said" | wc -l) == 1 ]] || fail "not one command: $said"
! said=$(setup --tests) || fail "without the tests' packages it went on"
expect "$said" "xwininfo xprop"
expect "$said" "desktop-file-utils appstream zsh fish"
# All but one.
manager dnf rpm 'case "$*" in *lcms2*) exit 1 ;; esac'
! said=$(setup) || fail "without lcms2 it went on"
[[ $(tail -1 <<<"$said" | xargs) == "sudo dnf install lcms2-devel" ]] || fail "more than what is missing: $said"

# All is installed: it goes on, and says how long.
manager dnf rpm 'exit 0'
said=$(setup --estimate)
expect "$said" "this will take"
expect "$said" "build, 4 files, 2 at a time"
expect "$said" "LibTorch"
[[ $said != *packages:* ]] || fail "nothing is missing: $said"

manager pacman pacman 'shift; for name; do echo "$name"; done; exit 127'
! said=$(setup) || fail "without Arch's packages it went on: $said"
expect "$said" "sudo pacman -S --needed base-devel cmake ninja "
[[ $said != *"!"* ]] || fail "a name that is none: $said"
# What no package has is said, and the rest is built.
manager pacman pacman 'exit 0'
rm -f "$bin/ldconfig"
printf '#!/bin/sh\nexit 0\n' >"$bin/ldconfig"
chmod +x "$bin/ldconfig"
said=$(setup --estimate)
expect "$said" "the command line alone"
expect "$said" "build, 3 files"
printf '#!/bin/sh\necho "	libqcustomplot-qt6.so (libc6,x86-64) => /usr/lib/libqcustomplot-qt6.so"\n' >"$bin/ldconfig"
said=$(setup --estimate)
expect "$said" "build, 4 files"
# One program alone.
mkdir "$tree"/app/{cli,studio}
touch "$tree"/app/cli/{a,b,c}.cpp "$tree/app/studio/window.cpp"
expect "$(setup --estimate --only p2l)" "build, 5 files"
expect "$(setup --estimate --preset dev --only p2l)" "build, 5 files"
expect "$(setup --estimate --only p2l_studio)" "build, 4 files"
! said=$(setup --estimate --only gimp) || fail "it would build a program that is none: $said"
expect "$said" "--only is p2l or p2l_studio, found 'gimp'."
rm -r "$tree"/app/{cli,studio}

manager zypper rpm 'exit 1'
! said=$(setup) || fail "without openSUSE's packages it went on: $said"
expect "$said" "sudo zypper install gcc-c++ make cmake ninja "

# What is left of a build: new and changed sources, all that a touched header may ask for.
manager dnf rpm 'exit 0'
objects=$tree/build/release
mkdir -p "$objects"/core/CMakeFiles/p2l_core.dir/types "$objects"/app/CMakeFiles/p2l.dir/__/ui
export P2L_TORCH_ROOT=$work/torch
mkdir -p "$P2L_TORCH_ROOT"/{lib,include}
touch "$P2L_TORCH_ROOT/lib/libtorch_cpu.so"
find "$tree" -name '*.cpp' -exec touch -d '2 hours ago' {} +
touch -d '1 hour ago' "$objects/.ninja_log" "$objects"/core/CMakeFiles/p2l_core.dir/types/{a,b}.cpp.o \
  "$objects/app/CMakeFiles/p2l.dir/main.cpp.o" "$objects/app/CMakeFiles/p2l.dir/__/ui/window.cpp.o"
expect "$(setup --estimate)" "there is nothing to do"
touch -d '2 hours ago' "$tree/core/types/of_another_build.cpp"
expect "$(setup --estimate)" "build, 1 file, 2 at a time"
printf '  "file": "%s",\n' "$tree"/core/types/{a,b}.cpp "$tree/app/main.cpp" "$tree/ui/window.cpp" >"$objects/compile_commands.json"
expect "$(setup --estimate)" "there is nothing to do"
touch "$tree/core/types/a.cpp"
expect "$(setup --estimate)" "build, 1 file, 2 at a time"
touch -d '30 minutes ago' "$tree/core/types/a.h"
expect "$(setup --estimate)" "build, 1 to 5 files"

# A build's output: in a file every twentieth and all that is said besides, on a terminal one line.
# shellcheck source=../../installer/progress.sh
source "$installer/progress.sh"
output() {
  for i in {1..40}; do
    echo "[$i/40] Building CXX object core/file$i.cpp.o"
    [[ $i != 7 ]] || echo "core/file7.cpp:1:1: warning: of the compiler"
  done
}
said=$(output | show_progress)
[[ $said != *$'\r'* && $said != *$'\033'* ]] || fail "control characters in a file: $said"
expect "$said" "warning: of the compiler"
expect "$said" "[20/40], less than a minute left"
[[ $(tail -1 <<<"$said") == "[40/40]" && $(wc -l <<<"$said") -le 23 ]] || fail "not every twentieth: $said"
[[ $(printf 'ninja: no work to do.' | show_progress) == "ninja: no work to do." ]] || fail "what is no step is lost"
if command -v script >/dev/null; then
  export -f output show_progress span
  said=$(SHELL=$BASH script -qec 'bash -c "output | show_progress"' /dev/null </dev/null)
  [[ $said == *$'\r\033[K[40/40]'* && $said == *$'\r\033[Kcore/file7.cpp:1:1: warning'* ]] || fail "not on one line: $said"
fi

for times in "10 20=less than a minute" "10 400=at most 7 minutes" "120 600=2 to 10 minutes" "4000 7200=67 minutes to 2 h 00 min"; do
  # shellcheck disable=SC2086
  [[ $(range ${times%=*}) == "${times#*=}" ]] || fail "$times: $(range ${times%=*})"
done
