#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the studio says where no window can be opened: studio_without_display.sh P2L_STUDIO
set -euo pipefail
studio=$1
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE= # the window speaks English
export HOME=$home XDG_RUNTIME_DIR=$home
unset DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM

fail() {
  echo "FAILED: $*" >&2
  cat "$home/out" "$home/err" >&2
  exit 1
}
# says CODE: runs the studio with the other arguments; its exit code must be CODE.
says() {
  local wanted=$1 code=0
  shift
  (ulimit -c 0; "$studio" "$@") >"$home/out" 2>"$home/err" || code=$?
  ((code == wanted)) || fail "$*: exit code $code"
}
is_one_sentence() {
  [[ $(wc -l <"$home/err") == 1 ]] || fail "more than one line"
  grep -q "^p2l_studio: No window can be opened here ($1); .* p2l --help\.$" "$home/err" || fail "another sentence"
}

says 1 photo.png
is_one_sentence "DISPLAY is not set"
DISPLAY=:987 says 1
is_one_sentence "the display :987 cannot be reached"
QT_QPA_PLATFORM=nothing says 1
is_one_sentence "QT_QPA_PLATFORM is nothing"
says 0 --version
grep -Eq '^p2l-studio [0-9]+\.[0-9]+' "$home/out" || fail "no version"
# The program starts anew with libgomp's policy set, but libraries are initialised once.
env -u OMP_WAIT_POLICY OMP_DISPLAY_ENV=verbose "$studio" --version >"$home/out" 2>"$home/err" || fail "--version"
[[ $(grep -c 'OPENMP DISPLAY ENVIRONMENT BEGIN' "$home/err") == 1 ]] || fail "libraries are initialised twice"
grep -q "GOMP_SPINCOUNT = '0'" "$home/err" || fail "threads spin between tensor operations"
says 0 --help
grep -qF '[PHOTO|PROJECT]' "$home/out" || fail "help does not name what may be opened"
[[ ! -s $home/err ]] || fail "help says something beside"
grep -q 'Restores photos' "$home/out" || fail "English is not spoken"
says 0 --language de --help
grep -q 'Restauriert Fotos' "$home/out" || fail "German is not spoken"
LANGUAGE=de_AT says 0 --help
grep -q 'Restauriert Fotos' "$home/out" || fail "German is not spoken on a German system"
LANGUAGE=de_AT says 0 --language en --help
grep -q 'Restores photos' "$home/out" || fail "English is not spoken on a German system"
says 2 --language xx
grep -q '^p2l_studio: --language must be one of en, de, found xx\.$' "$home/err" || fail "a wrong language is not named"
echo "studio without a display: all well"
