#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Addresses of a site stand in the description where there is one, and then of pictures that the project has:
# website.sh SOURCES METAINFO RELEASED_METAINFO [WEBSITE]
set -euo pipefail
fail() { echo "website.sh: $*" >&2 && exit 1; }
[[ -n ${4:-} ]] || ! grep -nE '@|https?:' "$2" || fail "$2 names an address, and no site was given"
grep -qF '<url type="homepage">https://p2lstudio.example</url>' "$3" || fail "$3 has no homepage"
mapfile -t pictures < <(sed -nE 's|.*https://p2lstudio.example/screenshots/([^<]*)<.*|\1|p' "$3")
((${#pictures[@]} >= 4)) || fail "$3 has ${#pictures[@]} screenshots"
for picture in "${pictures[@]}"; do
  [[ -s $1/resources/screenshots/$picture ]] || fail "there is no resources/screenshots/$picture"
done
for file in "$2" "$3"; do
  grep -qF '<release version="0.' "$file" || fail "$file lost its releases"
  grep -qF '; ' "$file" || grep -qF '<li>Run, pause' "$file" || fail "$file lost its text"
done
