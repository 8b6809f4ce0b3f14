#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cmake --install gives a tree that works wherever it is moved, and that needs neither the build nor the sources:
# install.sh SOURCES BUILD CMAKE
set -euo pipefail
sources=$(cd "$1" && pwd) build=$(cd "$2" && pwd) cmake=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "install.sh: $*" >&2 && exit 1; }

"$cmake" --install "$build" --prefix "$work/first place" >"$work/said" 2>&1 || fail "$(tail -5 "$work/said")"
mkdir "$work/home" "$work/another place"
mv "$work/first place" "$work/another place/of it"
prefix="$work/another place/of it"

# Nothing of this session's environment, in a folder with nothing in it.
alone() { (cd "$work/home" && env -i PATH="$PATH" HOME="$work/home" QT_QPA_PLATFORM=offscreen OMP_WAIT_POLICY=passive "$@"); }
not_of_the_tree() { # WHAT TEXT
  local place
  for place in "$sources" "$build" "$work/first place"; do
    [[ $2 != *"$place"* ]] || fail "$1 names $place: $(grep -F -m 3 -- "$place" <<<"$2")"
  done
}
says() { # PROGRAM ARGUMENT...: prints what it says
  local said
  said=$(alone "$prefix/bin/$1" "${@:2}" 2>&1) || fail "$*: $said"
  not_of_the_tree "$*" "$said"
  echo "$said"
}

version=$(sed -nE 's/^project\(P2LStudio VERSION ([0-9.]+).*/\1/p' "$sources/CMakeLists.txt")
said=$(says p2l --version)
[[ $said == "p2l $version" ]] || fail "p2l --version: $said"
said=$(says p2l_studio --version)
[[ $said == "p2l-studio $version" ]] || fail "p2l_studio --version: $said"
said=$(says p2l list presets)
grep -q '^p2l-tiny-inpaint ' <<<"$said" || fail "p2l list presets: $said"
# It names the folders of the models: those of the moved tree.
said=$(says p2l list models)
grep -qF "  $prefix/share/p2l-studio/models/p2l-tiny" <<<"$said" || fail "p2l list models: $said"
says p2l metrics show >/dev/null
says p2l selftest >/dev/null

for program in p2l p2l_studio; do
  said=$(alone ldd "$prefix/bin/$program")
  [[ $said != *"not found"* ]] || fail "$program lacks a library: $(grep 'not found' <<<"$said")"
  not_of_the_tree "ldd $program" "$said"
  grep -q "libtorch_cpu.so => $prefix/bin/../lib/p2l-studio/" <<<"$said" || fail "$program loads another LibTorch: $said"
done
for file in man/man1/{p2l,p2l_studio,p2l-cuda}.1.gz bash-completion/completions/p2l zsh/vendor-completions/_p2l \
  fish/vendor_completions.d/p2l.fish mime/packages/p2l-studio.xml; do
  [[ -s $prefix/share/$file ]] || fail "there is no share/$file"
done
