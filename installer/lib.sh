# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What these scripts and those of tests/gpu and tests/package share. Sourced, never run.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # read by the scripts that source this file
deps=$root/.deps

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}
# refuse SENTENCE: what was asked for cannot be meant.
refuse() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 2
}
# unknown_argument ARGUMENT
unknown_argument() {
  [[ $1 != -* ]] || refuse "there is no option $1: $0 --help lists those that there are."
  refuse "an option was expected, found '$1': $0 --help lists them."
}
# need_value OPTION ARGUMENT...: the next argument is a value, not nothing and no further option.
need_value() {
  [[ -n ${2:-} ]] || refuse "$1 needs a value: $0 --help says which."
  [[ $2 != --* ]] || refuse "$1 needs a value, found the option $2: $0 --help says which."
}

# need_room FOLDER MEGABYTES WHAT: a full disk is said before the download, not in the middle of it.
need_room() {
  local free
  free=$(df -Pm -- "$1" | awk 'NR == 2 { print $4 }')
  ((free >= $2)) || fail "$3 needs about $2 MB in $1, but only $free MB are free there."
}

# checkout_files PATH...: those that git does not ignore, parted by NUL; of an unpacked archive, all.
checkout_files() {
  { git -c safe.directory="$root" ls-files --cached --others --exclude-standard "$@" 2>/dev/null ||
    find "$@" \( -path ./build -o -path ./.deps \) -prune -o -type f -print; } |
    while read -r file; do [[ ! -f $file ]] || printf '%s\0' "$file"; done
}
