#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A version has one date, the changelog's, wherever it is named: dates.sh SOURCES [METAINFO]
set -euo pipefail
sources=$1 metainfo=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "dates.sh: $*" >&2 && exit 1; }
expect() { [[ $1 == "$2" ]] || fail "wanted '$2', found '$1'"; }

tree=$work/tree
mkdir -p "$tree/docs"
cp -r "$sources/installer" "$tree/"
printf '# Changelog\n\n## 0.3.0, not released\n- New.\n\n## 0.2.0, 2026-01-02\n- Older.\n' >"$tree/docs/changelog.md"
touch -d '2026-05-06 12:00 UTC' "$tree/docs/changelog.md"
expect "$("$tree/installer/releases")" $'0.3.0 development 2026-05-06\n0.2.0 stable 2026-01-02'
export SOURCE_DATE_EPOCH=1780000000 # 2026-05-28
expect "$("$tree/installer/releases")" $'0.3.0 development 2026-05-28\n0.2.0 stable 2026-01-02'
expect "$("$tree/installer/debian_changelog" 'A <a@b.c>' <"$tree/docs/changelog.md" | sed -n 's/^ -- A <a@b.c>  //p')" \
  $'Thu, 28 May 2026 00:00:00 +0000\nFri, 02 Jan 2026 00:00:00 +0000'
echo '## 0.1.0, in spring' >>"$tree/docs/changelog.md"
! said=$("$tree/installer/releases" 2>&1) || fail "a heading without a date was taken"
expect "$said" 'releases: a version and its date, or "not released", were expected in docs/changelog.md, found: ## 0.1.0, in spring'

# What was built has them. The day of a version that is not released is that of the last change before it was configured.
[[ -n $metainfo ]] || exit 0
days() { sed -E 's/(.* development) .*/\1/'; }
expect "$(sed -nE 's|.*<release version="([^"]*)" type="([^"]*)" date="([0-9-]{10})"/>|\1 \2 \3|p' "$metainfo" | days)" \
  "$("$sources/installer/releases" | days)"
