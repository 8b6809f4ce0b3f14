#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# installer/package for another release, with a debootstrap and a chroot that only answer: release.sh SOURCES
set -euo pipefail
sources=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "release.sh: $*" >&2 && exit 1; }
expect() { grep -qF -- "$2" <<<"$1" || fail "wanted '$2' in: $1"; }

# A checkout, whose build and ignored files stay at home.
tree=$work/tree
mkdir -p "$tree"/{core,docs,build/release,.deps/libtorch/lib}
cp -r "$sources/installer" "$tree/"
printf '# Changelog\n\n## 0.2.0, not released\n' >"$tree/docs/changelog.md"
touch -d '2026-05-06 UTC' "$tree/docs/changelog.md"
touch "$tree/core/a b.cpp" "$tree/build/release/p2l" "$tree/.deps/libtorch/lib/libtorch_cpu.so"
package() { PATH=$work/bin:$PATH CALLS=$work/calls "$tree/installer/package" "$@" 2>&1; }
program() { # NAME SCRIPT
  printf '#!/bin/bash\n%s\n' "$2" >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}
mkdir "$work/bin"
program debootstrap 'mkdir -p "$3/etc" && echo "$2" >>"$CALLS" && touch "$3/etc/debian_version" && echo "VERSION_CODENAME=$2" >"$3/etc/os-release"'
program chroot 'echo "$*" >>"$CALLS"; case "$*" in *installer/package*) mkdir -p "$1/var/tmp/packages" && touch "$1/var/tmp/packages/p2l.deb" ;; esac'
for name in mount umount; do program $name :; done
program mountpoint 'exit 1'

! said=$(package --root "$work/bare") || fail "a root for no release"
expect "$said" "--root is of --release"
if ((EUID)); then
  ! said=$(package --release trixie deb) || fail "a root without being root"
  expect "$said" "need root"
  exit
fi

version=$(sed -n 's/^torch_version=//p' "$tree/installer/libtorch.sh")
echo "$version cpu" >"$tree/.deps/libtorch/.p2l-version"
package --release trixie --root "$work/bare" --out "$work/out" deb >/dev/null
place=$work/bare/var/tmp/p2l-studio
[[ -e $work/out/p2l.deb ]] || fail "no package came back"
expect "$(cat "$work/calls")" "/var/tmp/p2l-studio/installer/package --out /var/tmp/packages deb"
# The day of the changelog's last change goes with it, for the copy has no git.
expect "$(cat "$work/calls")" "SOURCE_DATE_EPOCH=$(date -u -d 2026-05-06 +%s) "
[[ $(grep -cx trixie "$work/calls") == 1 ]] || fail "debootstrap: $(cat "$work/calls")"
[[ -e "$place/core/a b.cpp" && -x $place/installer/package ]] || fail "sources are missing: $(find "$place")"
[[ -e $place/.deps/libtorch/lib/libtorch_cpu.so && ! -e $place/build ]] || fail "not the CPU's LibTorch, or a build: $(find "$place")"

# Again: the root and its build stay, a source that is gone goes.
mkdir -p "$place/build" && touch "$place/build/made"
mv "$tree/core/a b.cpp" "$tree/core/c.cpp"
package --release trixie --root "$work/bare" --out "$work/out" deb >/dev/null
[[ $(grep -cx trixie "$work/calls") == 1 ]] || fail "the root was made again"
[[ -e $place/build/made && -e $place/core/c.cpp && ! -e "$place/core/a b.cpp" ]] || fail "not as it is now: $(find "$place")"

# Without a folder the root goes when all is done.
said=$(package --release trixie --out "$work/out" deb)
made=$(sed -n 's/.*a bare trixie in //p' <<<"$said")
[[ $made == /var/tmp/* && ! -e $made ]] || fail "the root is left: $said"

# Another release's root is refused, and a failed build is a failure.
! said=$(package --release sid --root "$work/bare" deb) || fail "a root of trixie served for sid"
expect "$said" "is no sid"
program chroot '[[ "$*" != *installer/package* ]]'
! said=$(package --release trixie --root "$work/bare" deb) || fail "a failed build made a package"
expect "$said" "the packages of trixie could not be made"
