# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What setup, run and test share. Sourced, never run.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # read by the scripts that source this file
deps=$root/.deps

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# need_room FOLDER MEGABYTES WHAT: a full disk is said before the download, not in the middle of it.
need_room() {
  local free
  free=$(df -Pm -- "$1" | awk 'NR == 2 { print $4 }')
  ((free >= $2)) || fail "$3 needs about $2 MB in $1, but only $free MB are free there."
}
